using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Placements;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Laws;

/// <summary>Where nothing is hidden and nothing varies, what the belief predicts is what the simulation runs, for every split, cache position and term.</summary>
public sealed class PredictionIsSimulationLaw
{
    [Theory]
    [InlineData("llama-2-7b", 12)]
    [InlineData("llama-2-7b", -6)]
    [InlineData("gemma-3-1b", 3)]
    [InlineData("mixtral-8x7b", 20)]
    [InlineData("three-layers", 35)]
    public void Prediction_equals_the_straight_simulation(string model, double snrDb)
    {
        var world = new World(TestScenarios.Still(40, model, snrDb), 3);
        var belief = new Belief(world.Scenario);
        var simulator = new TurnSimulator(world);
        var totals = new SplitTotals(belief.Profile.Layers);
        var kinds = new HashSet<KeyValueMigrationKind>();
        foreach (var turn in world.Schedule.Turns)
        {
            simulator.Select(turn.Request);
            foreach (var cacheAt in turn.ContextTokens == 0 ? [-1] : new[] { 0, 1, belief.Profile.Layers / 2, belief.Profile.Layers, -1 })
            {
                var seen = world.Observe(turn.Request, cacheAt, 0);
                Assert.Equal(0, seen.ReportedServerJobs);
                belief.Predict(seen, turn.OutputTokens, totals);
                var point = belief.OperatingPoint(seen);
                for (var k = 0; k <= belief.Profile.Layers; k++)
                {
                    var where = $"{model}, request {turn.Request}, cache at {cacheAt}, k = {k}";
                    var plan = belief.Plan(seen, k, turn.OutputTokens);
                    kinds.Add(plan.Kind);
                    var run = simulator.Run(k, plan);
                    TestSystems.Near(run.Latency.TotalSeconds, totals.LatencySeconds(k), 1e-9, where: where);
                    TestSystems.Near(run.Latency.DeviceSeconds, totals.DeviceSeconds[k], 1e-9, where: where);
                    TestSystems.Near(run.Latency.NetworkSeconds, totals.NetworkSeconds[k], 1e-9, run.Latency.TotalSeconds, where);
                    TestSystems.Near(run.Latency.ServerSeconds, totals.ServerSeconds[k], 1e-9, run.Latency.TotalSeconds, where);
                    TestSystems.Near(run.TimeToFirstTokenSeconds, totals.TimeToFirstTokenSeconds[k], 1e-9, where: where);
                    TestSystems.Near(run.Energy.DeviceJoules, totals.DeviceJoules[k], 1e-9, where: where);
                    TestSystems.Near(run.Energy.ServerGpuSeconds, totals.ServerGpuSeconds[k], 1e-9, where: where);
                    Assert.Equal(0, run.Latency.ServerQueueSeconds, 1e-9);

                    if (plan.Kind == KeyValueMigrationKind.None)
                    {
                        var parts = belief.Profile.Breakdown(k, plan.Work, point);
                        TestSystems.Near(parts.Latency.UplinkSeconds, run.Latency.UplinkSeconds, 1e-9, 1e-3, where);
                        TestSystems.Near(parts.Latency.UplinkWaitSeconds, run.Latency.UplinkWaitSeconds, 1e-9, where: where);
                        TestSystems.Near(parts.Latency.DownlinkSeconds, run.Latency.DownlinkSeconds, 1e-9, 1e-3, where);
                        TestSystems.Near(parts.Latency.DownlinkWaitSeconds, run.Latency.DownlinkWaitSeconds, 1e-9, where: where);
                        TestSystems.Near(parts.TimePerOutputTokenSeconds, run.TimePerOutputTokenSeconds, 1e-9, where: where);
                        TestSystems.Near(parts.Energy.RadioJoules, run.Energy.RadioJoules, 1e-9, where: where);
                        TestSystems.Near(parts.Energy.DeviceIdleJoules, run.Energy.DeviceIdleJoules, 1e-9, where: where);
                        TestSystems.Near(parts.Energy.ServerJoules, run.Energy.ServerJoules, 1e-9, where: where);
                        Assert.Equal(parts.UplinkBits, run.UplinkBits);
                        Assert.Equal(parts.DownlinkBits, run.DownlinkBits);
                        Assert.Equal(parts.DeviceBytes, run.DeviceBytes);
                        Assert.Equal(parts.ServerBytes, run.ServerBytes);
                        Assert.Equal(parts.TokenRecoveryRate, run.TokenRecoveryRate);
                        Assert.Equal(parts.NegativeLogLikelihoodIncrease, run.NegativeLogLikelihoodIncrease);
                    }
                }
            }
        }

        Assert.Contains(KeyValueMigrationKind.None, kinds);
        Assert.Contains(KeyValueMigrationKind.Restart, kinds);
        if (snrDb > 10)
        {
            Assert.Contains(KeyValueMigrationKind.Move, kinds);
        }
    }
}
