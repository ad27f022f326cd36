using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Learning;

public sealed class AgentPolicyTests
{
    private const int Requests = 150;
    private static readonly Scenario Scenario = SmallScenarios.Conversations(Requests);

    // Conversations arrive faster than they end, so that many are open at once.
    private static readonly Scenario Crowded = Scenario with { Workload = Scenario.Workload with { MeanTurns = 4, MeanThinkSeconds = 60 } };

    [Fact]
    public void The_agent_gets_each_conversation_whole_and_in_order_however_they_overlap()
    {
        var world = new World(Crowded, 1);
        var (agent, policy) = Create();
        var recorder = new RecordingPolicy(policy);
        new ConversationSimulator(world, recorder).Run();
        var conversations = recorder.Experiences.GroupBy(e => e.Conversation).ToDictionary(g => g.Key, g => g.ToArray());
        var overlaps = recorder.Experiences.Zip(recorder.Experiences.Skip(1)).Count(pair => pair.First.Conversation != pair.Second.Conversation && !pair.First.IsLast);
        Assert.True(overlaps > 20, $"the conversations have to overlap: {overlaps}");

        Assert.Equal(Requests, agent.Transitions.Count);
        var at = 0;
        foreach (var last in recorder.Experiences.Where(e => e.IsLast))
        {
            var turns = conversations[last.Conversation];
            Assert.Equal(turns.Select(t => t.Request).Order(), turns.Select(t => t.Request));
            for (var turn = 0; turn < turns.Length; turn++)
            {
                var transition = agent.Transitions[at++];
                var act = agent.Acts[recorder.Decisions.FindIndex(d => d.Request == turns[turn].Request)];
                Assert.Equal(act.Observation, transition.Observation);
                Assert.Equal(act.Mask, transition.Mask);
                Assert.Equal(act.Action, transition.Action);
                Assert.Equal(turns[turn].Decision.SplitPoint, transition.Action);
                Assert.Equal(turns[turn].Decision.Propensity, transition.Propensity);
                Assert.False(transition.Truncated);
                Assert.Equal(turn == turns.Length - 1, transition.Terminated);
                if (!transition.Terminated)
                {
                    Assert.Equal(agent.Transitions[at].Observation, transition.Next);
                    Assert.Equal(agent.Transitions[at].Mask, transition.NextMask);
                }
            }
        }

        Assert.Equal(Requests, at);
        Assert.Contains(agent.Acts, act => act.Mask.Contains(true));
    }

    [Fact]
    public void The_reward_is_the_negative_cost_over_the_mean_cost_so_far()
    {
        var world = new World(Scenario, 2);
        var (agent, policy) = Create();
        var recorder = new RecordingPolicy(policy);
        new ConversationSimulator(world, recorder).Run();
        var at = 0;
        for (var i = 0; i < Requests; i++)
        {
            if (!recorder.Experiences[i].IsLast)
            {
                continue;
            }

            var mean = recorder.Experiences.Take(i + 1).Average(e => e.Cost);
            foreach (var turn in recorder.Experiences.Where(e => e.Conversation == recorder.Experiences[i].Conversation))
            {
                Assert.Equal(-turn.Cost / mean, agent.Transitions[at++].Reward, 1e-9);
            }
        }

        Assert.Equal(recorder.Experiences.Average(e => e.Cost), policy.RewardScale, 1e-9);
    }

    [Fact]
    public void The_agent_learns_of_the_decision_that_was_run_not_of_the_one_it_wanted()
    {
        var (agent, policy) = Create();
        var context = SmallScenarios.Context(new Belief(Scenario), SmallScenarios.Observation);
        var wanted = policy.Decide(context).SplitPoint;
        var run = wanted == 1 ? 2 : 1;
        policy.Learn(new Experience(0, 0, context.Observation, new Decision(run, 0.25), default, 2.5, true));
        var transition = Assert.Single(agent.Transitions);
        Assert.Equal((run, 0.25, -1.0, true), (transition.Action, transition.Propensity, transition.Reward, transition.Terminated));
    }

    [Fact]
    public void Saved_amid_open_conversations_and_loaded_it_goes_on_bit_for_bit()
    {
        var world = new World(Crowded, 3);
        var (agent, policy) = Create();
        var straight = Run(world, policy);
        var (firstAgent, first) = Create();
        var (secondAgent, second) = Create();
        var openAtSwitch = 0;
        var switching = new SwitchingPolicy(first, Requests / 2, from =>
        {
            openAtSwitch = firstAgent.Acts.Count - firstAgent.Transitions.Count;
            using var memory = new MemoryStream();
            using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
            {
                first.SaveState(writer);
            }

            memory.Position = 0;
            using var reader = new BinaryReader(memory);
            second.LoadState(reader);
            Assert.Equal(memory.Length, memory.Position);
            return second;
        });
        Assert.Equal(straight, Run(world, switching));
        Assert.True(openAtSwitch > 5, $"conversations have to be open: {openAtSwitch}");
        Assert.Equal(agent.RewardSum, secondAgent.RewardSum);
        Assert.Equal(agent.StepCount, secondAgent.StepCount);
        Assert.Equal(policy.RewardScale, second.RewardScale);
        var rest = agent.Transitions.Skip(firstAgent.Transitions.Count).ToArray();
        Assert.Equal(rest.Length, secondAgent.Transitions.Count);
        Assert.All(rest.Zip(secondAgent.Transitions), pair =>
        {
            Assert.Equal(pair.First.Observation, pair.Second.Observation);
            Assert.Equal(pair.First.Next, pair.Second.Next);
            Assert.Equal(pair.First.Reward, pair.Second.Reward);
        });
    }

    [Fact]
    public void A_damaged_state_changes_nothing()
    {
        var world = new World(Scenario, 3);
        var (agent, policy) = Create();
        Run(world, policy);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        policy.SaveState(writer);
        var bytes = memory.ToArray();
        var (scale, steps) = (policy.RewardScale, agent.StepCount);
        for (var length = 0; length < bytes.Length; length += 3)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
            Assert.Throws<InvalidDataException>(() => policy.LoadState(reader));
            Assert.Equal((scale, steps), (policy.RewardScale, agent.StepCount));
        }
    }

    [Fact]
    public void Without_exploration_the_agent_is_asked_so_and_learns_nothing()
    {
        var world = new World(Scenario, 4);
        var agent = new RecordingAgent(Features().Length, SmallScenarios.Layers + 1);
        Run(world, new AgentPolicy(agent, Features(), explore: false));
        Assert.Equal(Requests, agent.Acts.Count);
        Assert.All(agent.Acts, act => Assert.False(act.Explore));
        Assert.Empty(agent.Transitions);
    }

    [Fact]
    public void Turns_out_of_order_and_agents_of_another_shape_are_refused()
    {
        var (_, policy) = Create();
        var context = SmallScenarios.Context(new Belief(Scenario), SmallScenarios.Observation);
        policy.Decide(context);
        Assert.Contains("not finished", Assert.Throws<InvalidOperationException>(() => policy.Decide(context)).Message, StringComparison.Ordinal);
        var stranger = new Experience(9, 5, context.Observation, new Decision(1, 1), default, 1, true);
        Assert.Contains("request 9", Assert.Throws<InvalidOperationException>(() => policy.Learn(stranger)).Message, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => new AgentPolicy(new RecordingAgent(3, 6), Features()));
        Assert.Contains("takes 3 observation entries and 6 actions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steady_state_allocates_nothing()
    {
        var (agent, policy) = Create();
        agent.KeepsTransitions = false;
        var context = SmallScenarios.Context(new Belief(Scenario), SmallScenarios.Observation);
        void Conversation(int index)
        {
            for (var turn = 0; turn < 3; turn++)
            {
                context.Set(turn, index, SmallScenarios.Observation);
                policy.Learn(new Experience(turn, index, context.Observation, policy.Decide(context), default, 1, turn == 2));
            }
        }

        for (var i = 0; i < 20; i++)
        {
            Conversation(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 20; i < 40; i++)
        {
            Conversation(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static DecisionFeatures Features() => new(Scenario.Objective, new SplitProfile(Scenario.System, Scenario.Limits));

    private static (RecordingAgent Agent, AgentPolicy Policy) Create()
    {
        var agent = new RecordingAgent(Features().Length, SmallScenarios.Layers + 1);
        return (agent, new AgentPolicy(agent, Features()));
    }

    private static IReadOnlyList<RequestRecord> Run(World world, ISplitPolicy policy) => new ConversationSimulator(world, policy).Run();

    /// <summary>Gives way to another policy when a number of requests has been decided.</summary>
    private sealed class SwitchingPolicy(AgentPolicy first, int after, Func<AgentPolicy, AgentPolicy> next) : ISplitPolicy
    {
        private AgentPolicy current = first;
        private int decided;

        public string Name => current.Name;

        public Decision Decide(DecisionContext context)
        {
            if (decided++ == after)
            {
                current = next(current);
            }

            return current.Decide(context);
        }

        public void Learn(in Experience experience) => current.Learn(experience);
    }
}
