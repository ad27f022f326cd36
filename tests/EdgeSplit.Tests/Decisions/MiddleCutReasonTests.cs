using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Decisions;

public sealed class MiddleCutReasonTests
{
    // A slow device and a cheap server: without limits everything belongs on the server.
    private const string Server = "{ \"latencyWeight\": 1 }";

    [Fact]
    public void A_privacy_limit_that_forces_layers_onto_the_device_is_named()
    {
        var reason = Find("objective", "{ \"latencyWeight\": 1, \"maximumTokenRecoveryRate\": 0.5 }");
        Assert.Equal(5, reason.Best);
        Assert.True(reason.IsMiddle);
        Assert.Contains(new MiddleCutRemoval("privacy limit", 0, true), reason.Removals);
    }

    [Fact]
    public void Where_an_end_wins_nothing_is_decisive()
    {
        var reason = Find("objective", Server);
        Assert.Equal(0, reason.Best);
        Assert.False(reason.IsMiddle);
        Assert.Empty(reason.Decisive);
    }

    [Fact]
    public void A_price_on_leakage_that_moves_the_cut_inwards_is_named()
    {
        var reason = Find("objective", "{ \"latencyWeight\": 1, \"leakageSeconds\": 0.4 }");
        Assert.True(reason.IsMiddle);
        Assert.Contains(reason.Decisive, removal => removal.What == "leakage" && removal.BestWithout == 0);
        Assert.DoesNotContain(reason.Removals, removal => removal.What == "privacy limit");
    }

    [Fact]
    public void Taking_a_term_away_gives_the_best_split_of_an_objective_without_it()
    {
        var scenario = SmallScenario.Read();
        var request = TypicalRequest.Of(scenario);
        var belief = new Belief(scenario);
        var reason = MiddleCutReason.Find(scenario.Objective, belief.Profile, request.Work, belief.OperatingPoint(request.Observation));
        var without = SplitSweep.Run(scenario with { Objective = scenario.Objective with { DeviceJouleSeconds = 0 } });
        Assert.Equal(without.Best, Assert.Single(reason.Removals, removal => removal.What == "device energy").BestWithout);
        var idle = SplitSweep.Run(scenario, request with { OtherJobs = 0 });
        Assert.Equal(idle.Best, Assert.Single(reason.Removals, removal => removal.What == "server queue").BestWithout);
    }

    private static MiddleCutReason Find(string section, string json)
    {
        var scenario = SmallScenario.Read(section, json);
        var request = TypicalRequest.Of(scenario);
        var belief = new Belief(scenario);
        return MiddleCutReason.Find(scenario.Objective, belief.Profile, request.Work, belief.OperatingPoint(request.Observation));
    }
}
