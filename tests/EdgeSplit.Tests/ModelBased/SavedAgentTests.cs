using System.Text;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Agents.ModelBased;
using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.ModelBased;

/// <summary>An agent that is saved in the middle of a run and loaded into a fresh one goes on bit for bit.</summary>
public sealed class SavedAgentTests
{
    private static readonly SurrogatePpoOptions Small = new()
    {
        TrainEvery = 40,
        UpdatesPerTraining = 2,
        Lanes = 4,
        Policy = new PpoOptions { StepsPerLane = 8, BatchSize = 16, Epochs = 2, HiddenWidths = [16] },
    };

    [Fact]
    public void A_model_based_agent_goes_on_as_if_nothing_had_happened() => AssertGoesOn(scenario => new ModelBasedAgent(new Belief(scenario), 3, new ModelBasedOptions
    {
        Limits = [LongTermLimit.EnergyBudget(1)],
        Surrogate = new SurrogateOptions { KeepsCalibration = true },
    }));

    [Fact]
    public void So_does_one_that_trains_a_policy_in_its_surrogate() => AssertGoesOn(scenario => new SurrogatePpoAgent(new Belief(scenario), 3, Small));

    [Fact]
    public void The_settings_are_read_back()
    {
        var belief = new Belief(SmallScenarios.Conversations(2));
        var options = new ModelBasedOptions
        {
            Rule = DecisionRule.Optimism,
            Limits = [LongTermLimit.LatencyPercentile(3), LongTermLimit.EnergyBudget(2) with { Method = LimitMethod.VirtualQueue }],
            Surrogate = SurrogateOptions.WithoutPrior with { DriftThreshold = double.PositiveInfinity },
        };
        var described = new ModelBasedAgent(belief, ulong.MaxValue, options).Describe();
        var read = ModelBasedDescription.Read(described, out var seed);
        Assert.Equal(ulong.MaxValue, seed);
        Assert.Equal(described.ToJsonString(), new ModelBasedAgent(belief, seed, read).Describe().ToJsonString());
    }

    [Theory]
    [InlineData("rule", "\"Boldness\"", "settings.rule")]
    [InlineData("epsilon", "\"much\"", "settings.epsilon")]
    [InlineData("epsilon", "2", "epsilon")]
    [InlineData("surrogate", "3", "settings.surrogate")]
    public void Settings_that_are_wrong_are_named(string key, string json, string named)
    {
        var described = new ModelBasedAgent(new Belief(SmallScenarios.Conversations(2)), 1).Describe();
        described[key] = System.Text.Json.Nodes.JsonNode.Parse(json);
        var error = Assert.Throws<FormatException>(() => ModelBasedDescription.Read(described, out _));
        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertGoesOn<T>(Func<Scenario, T> create)
        where T : ISplitPolicy, ISavedAgent
    {
        var world = new World(SmallScenarios.Conversations(160), 2);
        var whole = new ConversationSimulator(world, create(world.Scenario)).Run();
        var interrupted = new ConversationSimulator(world, new Interrupted<T>(() => create(world.Scenario), after: 90)).Run();
        Assert.Equal(whole, interrupted);
    }

    /// <summary>After some requests writes its agent down and goes on with a fresh one that has read it.</summary>
    private sealed class Interrupted<T>(Func<T> create, int after) : ISplitPolicy
        where T : ISplitPolicy, ISavedAgent
    {
        private T agent = create();
        private int finished;

        public string Name => ((ISplitPolicy)agent).Name;

        public Decision Decide(DecisionContext context) => agent.Decide(context);

        public void Learn(in Experience experience)
        {
            agent.Learn(experience);
            if (++finished == after)
            {
                using var stream = new MemoryStream();
                using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
                {
                    agent.SaveState(writer);
                }

                stream.Position = 0;
                agent = create();
                using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
                ((IRestorable)agent).LoadState(reader);
                Assert.Equal(stream.Length, stream.Position);
            }
        }
    }
}
