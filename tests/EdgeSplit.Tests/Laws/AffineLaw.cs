using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Placements;

namespace EdgeSplit.Tests.Laws;

/// <summary>With equal layers, one codec and unlimited memory every additive cost is affine in k between the ends, so that only k in {0, 1, largest feasible, L} can win.</summary>
public sealed class AffineLaw
{
    private static readonly string[] Models = ["llama-2-7b", "llama-2-70b", "llama-3-8b", "llama-3.2-1b", "mixtral-8x7b", "three-layers"];

    [Fact]
    public void Every_additive_cost_is_affine_in_k_between_the_ends()
    {
        foreach (var model in Models)
        {
            var profile = new SplitProfile(TestSystems.Roomy(model));
            var totals = new SplitTotals(profile.Layers);
            for (ulong draw = 0; draw < 60; draw++)
            {
                var (work, point, objective) = Draw(draw);
                profile.Totals(work, point, totals);
                var costs = new double[profile.Layers + 1];
                objective.Best(profile, totals, costs);
                foreach (var row in new[] { totals.DeviceSeconds, totals.NetworkSeconds, totals.ServerSeconds, totals.TimeToFirstTokenSeconds, totals.DeviceJoules, totals.ServerGpuSeconds, costs })
                {
                    for (var k = 2; k < profile.Layers - 1; k++)
                    {
                        var bend = row[k + 1] - (2 * row[k]) + row[k - 1];
                        Assert.True(Math.Abs(bend) <= 1e-12 * (row[k - 1] + row[k] + row[k + 1]), $"{model}, k = {k}, {work}: bend {bend} at {row[k]}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Only_the_ends_the_first_and_the_largest_feasible_split_can_win()
    {
        var winners = new HashSet<string>();
        foreach (var model in Models)
        {
            var roomy = TestSystems.Roomy(model);
            var roomyProfile = new SplitProfile(roomy);
            for (ulong draw = 0; draw < 400; draw++)
            {
                var (work, point, objective) = Draw(draw);

                // A third of the draws limit the device's memory somewhere.
                var limit = draw % 3 == 0 ? 1 + (int)(draw % (ulong)(roomy.Layers - 1)) : roomy.Layers;
                var profile = limit == roomy.Layers ? roomyProfile : new SplitProfile(roomy with
                {
                    Device = (Core.Devices.RooflineProfile)roomy.Device with { MemoryBytes = roomyProfile.DeviceBytes(limit, work) * 1.0001, UsableMemoryShare = 1 },
                });
                var totals = new SplitTotals(profile.Layers);
                profile.Totals(work, point, totals);
                var costs = new double[profile.Layers + 1];
                var best = objective.Best(profile, totals, costs);
                var largest = Enumerable.Range(1, profile.Layers - 1).Last(k => totals.Infeasibility[k] == SplitInfeasibility.None);
                var corner = new[] { 0, 1, largest, profile.Layers }.Min(k => costs[k]);
                Assert.True(corner <= costs[best] * (1 + 1e-12), $"{model}, draw {draw}: split {best} costs {costs[best]}, the corners {corner}");
                winners.Add(best == 0 ? "0" : best == profile.Layers ? "L" : best == 1 ? "1" : best == largest ? "largest" : "inside");
            }
        }

        // The draws must be wide enough for each corner to win somewhere.
        Assert.Superset(new HashSet<string> { "0", "1", "largest", "L" }, winners);
    }

    [Fact]
    public void Leakage_by_depth_lets_a_middle_cut_win()
    {
        // Memory for some twenty layers: the phone cannot run all of them.
        var roomy = TestSystems.Roomy("llama-2-7b");
        var profile = new SplitProfile(roomy with { Device = (Core.Devices.RooflineProfile)roomy.Device with { MemoryBytes = 3e9, UsableMemoryShare = 1 } });
        var totals = new SplitTotals(profile.Layers);
        profile.Totals(new TurnWork(100, 0, 40, 64), new OperatingPoint(50e6, 100e6, 1), totals);
        var costs = new double[33];
        Assert.Equal(8, new Objective { LeakageSeconds = 30 }.Best(profile, totals, costs));
    }

    private static (TurnWork Work, OperatingPoint Point, Objective Objective) Draw(ulong index)
    {
        var random = new RandomSource(StreamKey.Create(7, "affine law"), index);
        double Log(double low, double high, ref RandomSource source) => low * Math.Pow(high / low, source.NextUniform());
        var work = new TurnWork((int)Log(1, 1500, ref random), random.NextUniform() < 0.5 ? 0 : (int)Log(1, 1000, ref random), Log(1, 400, ref random), 512);
        var point = new OperatingPoint(Log(1e4, 1e9, ref random), Log(1e5, 1e9, ref random), Log(0.003, 1, ref random));
        var objective = new Objective
        {
            LatencyWeight = random.NextUniform() < 0.2 ? 0 : 1,
            DeviceJouleSeconds = random.NextUniform() < 0.5 ? 0 : Log(0.001, 10, ref random),
            ServerGpuSecondSeconds = random.NextUniform() < 0.5 ? 0 : Log(0.1, 1000, ref random),
            QualityNatSeconds = random.NextUniform() < 0.5 ? 0 : Log(0.1, 1000, ref random),
        };
        return (work, point, objective with { LatencyWeight = objective.LatencyWeight == 0 && objective.DeviceJouleSeconds == 0 ? 1 : objective.LatencyWeight });
    }
}
