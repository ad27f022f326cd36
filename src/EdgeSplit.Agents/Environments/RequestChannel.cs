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
    private readonly double downlinkOffsetLinear;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;

    internal RequestChannel(Scenario scenario)
    {
        var link = scenario.Link;
        uplink = new ReusableFading(link.Fading, link.UplinkRate, link.UplinkGrantedHz, link.CoherenceSeconds, "channel/uplink");
        downlink = new ReusableFading(link.Fading, link.DownlinkRate, link.DownlinkGrantedHz, link.CoherenceSeconds, "channel/downlink");
        server = new ServerLoadProcess(scenario.ServerLoad, 1, serverKey, 0);
        uplinkTimeline = new ForwardTimeline(uplink, ReusableFading.BlocksAtOnce);
        downlinkTimeline = new ForwardTimeline(downlink, ReusableFading.BlocksAtOnce);
        serverTimeline = new ForwardTimeline(server, 1);
        downlinkOffsetLinear = Math.Pow(10, scenario.DownlinkOffsetDb / 10);
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
    /// <param name="seed">Seed of the world.</param>
    /// <param name="request">Index of the request.</param>
    /// <param name="snrLinear">True mean uplink SNR, hidden bias included, linear.</param>
    /// <param name="serverLoadFactor">Weight of another job on the server.</param>
    internal void Select(ulong seed, int request, double snrLinear, double serverLoadFactor)
    {
        uplink.Reset(seed, request, snrLinear);
        downlink.Reset(seed, request, snrLinear * downlinkOffsetLinear);
        server.Reset(serverLoadFactor, serverKey with { Seed = seed }, (ulong)request);
        uplinkTimeline.Reset();
        downlinkTimeline.Reset();
        serverTimeline.Reset();
    }

    /// <summary>One state for a whole request, without taking it up: the gain of its first uplink block in both directions, and the reported jobs.</summary>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="request">Index of the request.</param>
    /// <param name="snrLinear">True mean uplink SNR, hidden bias included, linear.</param>
    /// <param name="weightedJobs">Other jobs on the server times their weight.</param>
    internal OperatingPoint State(ulong seed, int request, double snrLinear, double weightedJobs)
    {
        var faded = snrLinear * uplink.FirstGain(seed, request);
        return new OperatingPoint(uplink.BitsPerSecond(faded), downlink.BitsPerSecond(faded * downlinkOffsetLinear), 1 / (1 + weightedJobs));
    }

    /// <summary>Runs the selected request token by token.</summary>
    /// <exception cref="InvalidOperationException">A message or a job can never be finished.</exception>
    internal void Run(TurnProcess process, int splitPoint, in KeyValueMigrationPlan plan) => process.Run(splitPoint, plan, new Stages(this));

    private readonly struct Stages(RequestChannel channel) : ITurnChannel
    {
        public double UplinkCompletionSeconds(double startSeconds, double bits) =>
            channel.uplinkTimeline.CompletionSeconds(startSeconds + channel.uplinkDelaySeconds, bits / channel.uplink.BandwidthHz);

        public double ServerCompletionSeconds(double startSeconds, double gpuSeconds) => channel.serverTimeline.CompletionSeconds(startSeconds, gpuSeconds);

        public double DownlinkCompletionSeconds(double startSeconds, double bits) =>
            channel.downlinkTimeline.CompletionSeconds(startSeconds + channel.downlinkDelaySeconds, bits / channel.downlink.BandwidthHz);
    }
}
