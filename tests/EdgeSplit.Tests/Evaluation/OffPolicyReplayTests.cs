using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Policies;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Evaluation;

public sealed class OffPolicyReplayTests
{
    private static readonly Scenario Small = SmallScenarios.Conversations(80);

    private static readonly LoggedRequest[] Log = Logged(Small);

    [Fact]
    public void A_replay_of_the_log_is_what_a_recorder_beside_the_run_would_have_written()
    {
        foreach (var scenario in new[] { Small, Small with { Settings = Small.Settings with { RegimeChanges = [new RegimeChange { Request = 30, LinkBiasDb = 5, ServerComputeFactor = 2 }] } } })
        {
            var profile = new SplitProfile(scenario.System, scenario.Limits);
            var recorder = new OffPolicyRecorder(new RandomSplit(3), new GreedyOnBelief(scenario.Objective, profile), scenario.Objective, profile);
            var records = new ConversationSimulator(new World(scenario, 6), recorder).Run();
            var replayed = OffPolicyReplay.Run(
                scenario, 6, [.. records.Select(r => new LoggedRequest(r.Request, r.Breakdown.SplitPoint, r.Propensity, r.Cost))], new GreedyOnBelief(scenario.Objective, profile));
            Assert.Equal(80, replayed.Count);
            Assert.True(recorder.Choices.Select(choice => choice.Reward).Distinct().Count() > 70);

            // The recorder has them in order of completion.
            static IEnumerable<LoggedChoice> Sorted(IEnumerable<LoggedChoice> choices) => choices.OrderBy(choice => choice.Reward);
            Assert.Equal(Sorted(recorder.Choices), Sorted(replayed));
        }
    }

    [Fact]
    public void A_policy_that_took_what_was_logged_is_estimated_at_what_was_logged()
    {
        var same = new ReplayedSplits("same", [.. Log.Select(logged => logged.SplitPoint)]);
        var certain = Log.Select(logged => logged with { Propensity = 1 }).ToArray();
        var choices = new OffPolicyLog(OffPolicyReplay.Run(Small, 6, certain, same));
        Assert.Equal(-Log.Average(logged => logged.Cost), choices.Estimate(OffPolicyEstimator.InversePropensity).Value, 1e-9);
        Assert.Equal(-Log.Average(logged => logged.Cost), choices.Estimate(OffPolicyEstimator.DoublyRobust).Value, 1e-9);
    }

    [Fact]
    public void A_log_of_something_else_is_found_out_at_the_first_request_that_differs()
    {
        Refused(7, "costSeconds", [.. Log.Select((logged, i) => i == 7 ? logged with { Cost = logged.Cost * 1.001 } : logged)]);
        Refused(7, "request", [.. Log.Take(7), .. Log.Skip(8)]);
        Refused(3, "splitPoint", [.. Log.Select((logged, i) => i == 3 ? logged with { SplitPoint = 6 } : logged)]);
        Refused(3, "splitPoint", [.. Log.Select((logged, i) => i == 3 ? logged with { SplitPoint = -1 } : logged)]);
        Refused(0, "propensity", [Log[0] with { Propensity = double.NaN }, .. Log.Skip(1)]);
        Refused(0, "costSeconds", Log, seed: 7);
        Assert.Throws<InvalidOperationException>(() => OffPolicyReplay.Run(Small, 6, Log, new RandomSplit(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => OffPolicyReplay.Run(Small, 6, [Log[0]], FixedSplit.ServerOnly()));

        static void Refused(int request, string field, IReadOnlyList<LoggedRequest> log, ulong seed = 6)
        {
            var error = Assert.Throws<LoggedRequestException>(() => OffPolicyReplay.Run(Small, seed, log, FixedSplit.ServerOnly()));
            Assert.Equal((request, field), (error.Request, error.Field));
        }
    }

    private static LoggedRequest[] Logged(Scenario scenario) =>
        [.. new ConversationSimulator(new World(scenario, 6), new RandomSplit(3)).Run().Select(r => new LoggedRequest(r.Request, r.Breakdown.SplitPoint, r.Propensity, r.Cost))];
}
