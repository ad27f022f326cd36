using EdgeSplit.Agents.Policies;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Tests.Policies;

namespace EdgeSplit.Tests.Surrogates;

/// <summary>Intervals that claim 90 % hold about that on requests not seen before, under uniformly random splits, in every group of splits.</summary>
public sealed class CalibrationLaws
{
    private const int Seeds = 6;

    [Theory]
    [InlineData(OutcomeHead.LatencySeconds)]
    [InlineData(OutcomeHead.DeviceJoules)]
    public void Nominal_intervals_cover_in_every_group(OutcomeHead head) => AssertCovers(SmallScenarios.SingleTurns(1000), head, from: 600);

    [Theory]
    [InlineData(OutcomeHead.LatencySeconds)]
    [InlineData(OutcomeHead.DeviceJoules)]
    public void They_do_so_again_after_the_world_has_changed(OutcomeHead head)
    {
        var scenario = SmallScenarios.SingleTurns(1400);
        var change = new RegimeChange { Request = 500, DeviceComputeFactor = 2, DeviceBandwidthFactor = 2, LinkBiasDb = 6 };
        AssertCovers(scenario with { Settings = scenario.Settings with { RegimeChanges = [change] } }, head, from: 1000);
    }

    private static void AssertCovers(Scenario scenario, OutcomeHead head, int from)
    {
        var (inside, all) = (new int[SplitGroups.Count], new int[SplitGroups.Count]);
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var world = new World(scenario, seed);
            var recorder = new RecordingPolicy(new RandomSplit(seed));
            new ConversationSimulator(world, recorder).Run();
            var surrogate = new OutcomeSurrogate(new Belief(scenario), new SurrogateOptions { KeepsCalibration = true }, StreamKey.Create(seed, "test"));
            foreach (var (experience, index) in recorder.Experiences.Select((e, i) => (e, i)))
            {
                if (index >= from)
                {
                    var split = experience.Decision.SplitPoint;
                    var group = (int)SplitGroups.Of(split, SmallScenarios.Layers);
                    var breakdown = experience.Outcome.Breakdown;
                    var measured = head == OutcomeHead.LatencySeconds ? breakdown.Latency.TotalSeconds : breakdown.Energy.DeviceJoules;
                    var (lower, upper) = surrogate.Interval(experience.Observation, split, head);
                    all[group]++;
                    inside[group] += measured >= lower && measured <= upper ? 1 : 0;
                }

                surrogate.Learn(experience);
            }
        }

        // Five layers: a group of one split has 1/6 of 2,400 requests, and three standard errors of its share are 0.045.
        Assert.All(Enumerable.Range(0, SplitGroups.Count).Where(group => all[group] > 0), group =>
            Assert.InRange((double)inside[group] / all[group], 0.85, 0.95));
        Assert.True(all.Count(n => n > 300) >= 4, string.Join(' ', all));
    }
}
