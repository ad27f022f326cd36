using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>Link and server as one turn meets them: answers when a message or a job that starts at a given time is done.</summary>
/// <remarks>
/// <para>Keeps the timelines of one request, which all splits of that request share. Reusable; not thread-safe.</para>
/// <para>The terminal's share of the link is constant here and multiplies the bandwidth. <see cref="SharedLink"/> is the same link under a share that changes while a transfer runs.</para>
/// </remarks>
public sealed class TurnChannel : ITurnChannel
{
    private readonly double uplinkBandwidthHz;
    private readonly double downlinkBandwidthHz;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;
    private LinkTimeline? uplink;
    private LinkTimeline? downlink;
    private LinkTimeline? server;

    /// <summary>Creates a channel for a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    public TurnChannel(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        uplinkBandwidthHz = scenario.Link.UplinkGrantedHz;
        downlinkBandwidthHz = scenario.Link.DownlinkGrantedHz;
        uplinkDelaySeconds = scenario.System.UplinkDelay.TotalSeconds;
        downlinkDelaySeconds = scenario.System.DownlinkDelay.TotalSeconds;
    }

    /// <summary>Takes up the processes of another request.</summary>
    /// <param name="uplinkProcess">Spectral efficiency of the uplink, bit/s/Hz.</param>
    /// <param name="downlinkProcess">Spectral efficiency of the downlink, bit/s/Hz.</param>
    /// <param name="serverProcess">Share of the server, 0..1.</param>
    public void Reset(IEfficiencyProcess uplinkProcess, IEfficiencyProcess downlinkProcess, IEfficiencyProcess serverProcess)
    {
        if (uplink is null || downlink is null || server is null)
        {
            uplink = new LinkTimeline(uplinkProcess);
            downlink = new LinkTimeline(downlinkProcess);
            server = new LinkTimeline(serverProcess);
            return;
        }

        uplink.Reset(uplinkProcess);
        downlink.Reset(downlinkProcess);
        server.Reset(serverProcess);
    }

    /// <summary>When a requested stage is done, seconds since the start of the turn.</summary>
    /// <param name="request">The stage.</param>
    /// <exception cref="InvalidOperationException">No request was taken up.</exception>
    public double CompletionSeconds(in StageRequest request) => request.Kind switch
    {
        StageKind.DeviceCompute => request.StartSeconds + request.Amount,
        StageKind.Uplink => UplinkCompletionSeconds(request.StartSeconds, request.Amount),
        StageKind.ServerJob => ServerCompletionSeconds(request.StartSeconds, request.Amount),
        StageKind.Downlink => DownlinkCompletionSeconds(request.StartSeconds, request.Amount),
        _ => throw new InvalidOperationException("A finished turn waits for nothing."),
    };

    /// <inheritdoc/>
    public double UplinkCompletionSeconds(double startSeconds, double bits) =>
        uplink!.CompletionSeconds(startSeconds + uplinkDelaySeconds, bits / uplinkBandwidthHz);

    /// <inheritdoc/>
    public double ServerCompletionSeconds(double startSeconds, double gpuSeconds) => server!.CompletionSeconds(startSeconds, gpuSeconds);

    /// <inheritdoc/>
    public double DownlinkCompletionSeconds(double startSeconds, double bits) =>
        downlink!.CompletionSeconds(startSeconds + downlinkDelaySeconds, bits / downlinkBandwidthHz);

    /// <summary>This channel as a structure, so that the compiler makes a turn's loop for it alone.</summary>
    internal Direct AsStructure() => new(this);

    internal readonly struct Direct(TurnChannel channel) : ITurnChannel
    {
        public double UplinkCompletionSeconds(double startSeconds, double bits) => channel.UplinkCompletionSeconds(startSeconds, bits);

        public double ServerCompletionSeconds(double startSeconds, double gpuSeconds) => channel.ServerCompletionSeconds(startSeconds, gpuSeconds);

        public double DownlinkCompletionSeconds(double startSeconds, double bits) => channel.DownlinkCompletionSeconds(startSeconds, bits);
    }
}
