using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless;

namespace EdgeSplit.Core.Simulation;

/// <summary>What the public profile predicts from an observation: the nominal link at the estimated SNR, the server at its reported load, the data sheet's compute.</summary>
/// <remarks>Predictions run in about a microsecond without allocation. One instance per thread: it owns buffers.</remarks>
public sealed class Belief
{
    private readonly INominalEfficiency uplinkEfficiency;
    private readonly INominalEfficiency downlinkEfficiency;
    private readonly double uplinkBandwidthHz;
    private readonly double downlinkBandwidthHz;
    private readonly double downlinkOffsetDb;
    private readonly SplitTotals restarted;

    /// <summary>Creates the belief of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    public Belief(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario = scenario;
        Profile = new SplitProfile(scenario.System, scenario.Limits);
        Migration = new KeyValueMigration(Profile);
        uplinkBandwidthHz = scenario.Link.UplinkGrantedHz;
        downlinkBandwidthHz = scenario.Link.DownlinkGrantedHz;
        downlinkOffsetDb = scenario.Link.DownlinkOffsetDb;
        restarted = new SplitTotals(Profile.Layers);
        uplinkEfficiency = scenario.Link.Nominal(LinkDirection.Uplink);
        downlinkEfficiency = scenario.Link.Nominal(LinkDirection.Downlink);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The public cost profile.</summary>
    public SplitProfile Profile { get; }

    /// <summary>How KV caches are brought to another split.</summary>
    public KeyValueMigration Migration { get; }

    /// <summary>Rates and server share that an observation suggests.</summary>
    /// <param name="observation">What the device sees.</param>
    public OperatingPoint OperatingPoint(in Observation observation) => new(
        uplinkBandwidthHz * uplinkEfficiency.At(observation.ChannelEstimateDb),
        downlinkBandwidthHz * downlinkEfficiency.At(observation.ChannelEstimateDb + downlinkOffsetDb),
        1 / (1 + observation.ReportedServerJobs));

    /// <summary>The turn as the device sees it, with a given number of output tokens.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="outputTokens">Output tokens, at least 1; a mean need not be whole.</param>
    public static TurnWork Work(in Observation observation, double outputTokens) =>
        new(observation.PromptTokens, observation.ContextTokens, outputTokens, observation.MaximumOutputTokens);

    /// <summary>How the KV cache would come to a split.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="splitPoint">The split point that the turn would take, 0..L.</param>
    /// <param name="outputTokens">Output tokens of the turn, at least 1; they do not change the plan.</param>
    public KeyValueMigrationPlan Plan(in Observation observation, int splitPoint, double outputTokens) =>
        Migration.Plan(observation.CacheSplitPoint, splitPoint, Work(observation, outputTokens), OperatingPoint(observation));

    /// <summary>Predicts all splits of a turn, KV migration included.</summary>
    /// <param name="observation">What the device sees.</param>
    /// <param name="outputTokens">Output tokens to predict for: the expected number before, the true one afterwards.</param>
    /// <param name="totals">Receives totals and mask.</param>
    public void Predict(in Observation observation, double outputTokens, SplitTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var work = Work(observation, outputTokens);
        var point = OperatingPoint(observation);
        Profile.Totals(work, point, totals);
        if (observation.ContextTokens == 0)
        {
            return;
        }

        Profile.Totals(KeyValueMigration.Restarted(work), point, restarted);
        var cacheAt = observation.CacheSplitPoint;
        for (var k = 0; k <= Profile.Layers; k++)
        {
            if (k == cacheAt)
            {
                continue;
            }

            // With the context read again, only the first token's time changes.
            var restartSeconds = restarted.TimeToFirstTokenSeconds[k] - totals.TimeToFirstTokenSeconds[k];
            var plan = cacheAt < 0 ? default : Migration.Plan(cacheAt, k, work, point, restartSeconds);
            if (plan.Kind != KeyValueMigrationKind.Move)
            {
                totals.DeviceSeconds[k] = restarted.DeviceSeconds[k];
                totals.NetworkSeconds[k] = restarted.NetworkSeconds[k];
                totals.ServerSeconds[k] = restarted.ServerSeconds[k];
                totals.TimeToFirstTokenSeconds[k] = restarted.TimeToFirstTokenSeconds[k];
                totals.DeviceJoules[k] = restarted.DeviceJoules[k];
                totals.ServerGpuSeconds[k] = restarted.ServerGpuSeconds[k];
            }
            else
            {
                var bits = plan.UplinkBits + plan.DownlinkBits;
                var seconds = Migration.MoveSeconds(bits, plan.UplinkBits > 0, point);
                totals.NetworkSeconds[k] += seconds;
                totals.TimeToFirstTokenSeconds[k] += seconds;
                totals.DeviceJoules[k] += MoveJoules(k, plan, seconds, point);
            }
        }
    }

    // The radio is connected from the first message on: a move before the device's prefill keeps it waiting through that; with all layers on the device the move is all it does.
    private double MoveJoules(int splitPoint, in KeyValueMigrationPlan plan, double seconds, in OperatingPoint point)
    {
        ref readonly var radio = ref Profile.Radio;
        var upSeconds = plan.UplinkBits / point.UplinkBitsPerSecond;
        var downSeconds = plan.DownlinkBits / point.DownlinkBitsPerSecond;
        var waiting = seconds - upSeconds - downSeconds;
        var fixedJoules = splitPoint == Profile.Layers ? radio.TailJoules
            : radio.Waiting * (Profile.DevicePassSeconds(splitPoint, new ForwardPass(plan.Work.PromptTokens, plan.Work.ContextTokens)) + Profile.EncodeSeconds(splitPoint, plan.Work.PromptTokens));
        return fixedJoules + (radio.Waiting * waiting) + radio.AirJoules(upSeconds, plan.UplinkBits, downSeconds, plan.DownlinkBits);
    }
}
