using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Environments;

/// <summary>Link and server of one request of one environment, in either physics. Shared by the environments of a batch, one request after the other.</summary>
/// <remarks>Draws what <see cref="World"/> draws at the same seed and request. Allocates nothing per request. Not thread-safe.</remarks>
internal sealed class RequestChannel
{
    private readonly ReusableFading uplink;
    private readonly ReusableFading downlink;
    private readonly ServerLoadProcess server;
    private readonly ForwardTimeline uplinkTimeline;
    private readonly ForwardTimeline downlinkTimeline;
    private readonly ForwardTimeline serverTimeline;
    private readonly StreamKey serverKey = StreamKey.Create(0, "server/load");
    private readonly double downlinkOffsetDb;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;

    internal RequestChannel(Scenario scenario)
    {
        var link = scenario.Link;
        uplink = new ReusableFading(link.Fading, link.UplinkRate, link.Uplink.BandwidthHz, link.CoherenceSeconds, "channel/uplink");
        downlink = new ReusableFading(link.Fading, link.DownlinkRate, link.Downlink.BandwidthHz, link.CoherenceSeconds, "channel/downlink");
        server = new ServerLoadProcess(scenario.ServerLoad, 1, serverKey, 0);
        uplinkTimeline = new ForwardTimeline(uplink);
        downlinkTimeline = new ForwardTimeline(downlink);
        serverTimeline = new ForwardTimeline(server);
        downlinkOffsetDb = scenario.DownlinkOffsetDb;
        uplinkDelaySeconds = scenario.System.UplinkDelay.TotalSeconds;
        downlinkDelaySeconds = scenario.System.DownlinkDelay.TotalSeconds;
    }

    /// <summary>The server's last report before a request.</summary>
    internal int ReportedJobs(ulong seed, int request)
    {
        server.Reset(1, serverKey with { Seed = seed }, (ulong)request);
        return server.ReportedJobs;
    }

    /// <summary>Takes up a request.</summary>
    internal void Select(ulong seed, int request, double meanSnrDb, double linkBiasDb, double serverLoadFactor)
    {
        uplink.Reset(seed, request, meanSnrDb - linkBiasDb);
        downlink.Reset(seed, request, meanSnrDb + downlinkOffsetDb - linkBiasDb);
        server.Reset(serverLoadFactor, serverKey with { Seed = seed }, (ulong)request);
        uplinkTimeline.Reset();
        downlinkTimeline.Reset();
        serverTimeline.Reset();
    }

    /// <summary>The state with which the selected request starts.</summary>
    internal OperatingPoint State(int jobs, double serverLoadFactor) =>
        new(uplink.FirstBitsPerSecond(), downlink.FirstBitsPerSecond(), 1 / (1 + (serverLoadFactor * jobs)));

    /// <summary>Runs the selected request token by token.</summary>
    /// <exception cref="InvalidOperationException">A message or a job can never be finished.</exception>
    internal SplitBreakdown Run(TurnProcess process, int splitPoint, in KeyValueMigrationPlan plan)
    {
        var request = process.Begin(splitPoint, plan);
        while (request.Kind != StageKind.Finished)
        {
            if (request.StreamedBits > 0)
            {
                process.FirstTokenArrived(DownlinkCompletionSeconds(request.StartSeconds, request.StreamedBits));
            }

            var done = request.Kind switch
            {
                StageKind.DeviceCompute => request.StartSeconds + request.Amount,
                StageKind.Uplink => uplinkTimeline.CompletionSeconds(request.StartSeconds + uplinkDelaySeconds, request.Amount / uplink.BandwidthHz),
                StageKind.ServerJob => serverTimeline.CompletionSeconds(request.StartSeconds, request.Amount),
                _ => DownlinkCompletionSeconds(request.StartSeconds, request.Amount),
            };
            if (!double.IsFinite(done))
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"At split {splitPoint}, a stage of kind {request.Kind} that starts at {request.StartSeconds} s can never be finished."));
            }

            request = process.Complete(done);
        }

        return process.Breakdown();
    }

    private double DownlinkCompletionSeconds(double startSeconds, double bits) =>
        downlinkTimeline.CompletionSeconds(startSeconds + downlinkDelaySeconds, bits / downlink.BandwidthHz);
}
