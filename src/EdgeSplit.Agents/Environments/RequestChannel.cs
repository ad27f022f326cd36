using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Agents.Environments;

/// <summary>Link and server of one request of one environment, in either physics. Shared by the environments of a batch, one request after the other.</summary>
/// <remarks>Draws what <see cref="World"/> draws at the same seed and request. Allocates nothing per request where the link is one of plain block fading; other links make
/// their processes anew. Not thread-safe.</remarks>
internal sealed class RequestChannel
{
    private const int MostPresentBlocks = 512;
    private const double PresentSeconds = 0.1; // long enough for the slots of both directions
    private const double LeastShareOfNominal = 1e-3;

    private readonly ILinkSampler link;
    private readonly INominalEfficiency nominalUplink;
    private readonly INominalEfficiency nominalDownlink;
    private readonly ReusableFading? uplink; // of plain block fading
    private readonly ReusableFading? downlink;
    private readonly ServerLoadProcess server;
    private readonly ForwardTimeline uplinkTimeline;
    private readonly ForwardTimeline downlinkTimeline;
    private readonly ForwardTimeline serverTimeline;
    private readonly StreamKey serverKey = StreamKey.Create(0, "server/load");
    private readonly double uplinkHz;
    private readonly double downlinkHz;
    private readonly double downlinkOffsetLinear;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;
    private readonly double[] presentBlocks = new double[MostPresentBlocks];

    internal RequestChannel(Scenario scenario)
    {
        link = scenario.Link.CreateSampler();
        (nominalUplink, nominalDownlink) = (scenario.Link.Nominal(LinkDirection.Uplink), scenario.Link.Nominal(LinkDirection.Downlink));
        (uplinkHz, downlinkHz) = (scenario.Link.UplinkGrantedHz, scenario.Link.DownlinkGrantedHz);
        if (scenario.Link is LinkParameters { IsPlainBlockFading: true } radio)
        {
            uplink = new ReusableFading(radio.Fading, radio.UplinkRate, uplinkHz, radio.CoherenceSeconds, "channel/uplink");
            downlink = new ReusableFading(radio.Fading, radio.DownlinkRate, downlinkHz, radio.CoherenceSeconds, "channel/downlink");
        }

        var none = new ConstantEfficiencyProcess(1);
        server = new ServerLoadProcess(scenario.ServerLoad, 1, serverKey, 0);
        uplinkTimeline = new ForwardTimeline(uplink is null ? none : uplink, ReusableFading.BlocksAtOnce);
        downlinkTimeline = new ForwardTimeline(downlink is null ? none : downlink, ReusableFading.BlocksAtOnce);
        serverTimeline = new ForwardTimeline(server, 1);
        downlinkOffsetLinear = Math.Pow(10, scenario.Link.DownlinkOffsetDb / 10);
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
    /// <param name="session">Whose request it is, and the hidden bias of its world.</param>
    /// <param name="snrLinear">True level of the uplink, hidden bias included, linear.</param>
    /// <param name="serverLoadFactor">Weight of another job on the server.</param>
    internal void Select(in LinkSession session, double snrLinear, double serverLoadFactor)
    {
        if (uplink is not null && downlink is not null)
        {
            uplink.Reset(session.Seed, session.Request, snrLinear);
            downlink.Reset(session.Seed, session.Request, snrLinear * downlinkOffsetLinear);
            uplinkTimeline.Reset();
            downlinkTimeline.Reset();
        }
        else
        {
            uplinkTimeline.Reset(link.Create(LinkDirection.Uplink, session));
            downlinkTimeline.Reset(link.Create(LinkDirection.Downlink, session));
        }

        server.Reset(serverLoadFactor, serverKey with { Seed = session.Seed }, session.Request);
        serverTimeline.Reset();
    }

    /// <summary>One state for a whole request, without taking it up: the first uplink block's gain in both directions (without plain block fading: the mean of the first tenth of a
    /// second in each direction, but at least a thousandth of the nominal efficiency, since one state cannot recover from an outage), and the reported jobs.</summary>
    /// <param name="session">Whose request it is, and the hidden bias of its world.</param>
    /// <param name="snrLinear">True level of the uplink, hidden bias included, linear.</param>
    /// <param name="weightedJobs">Other jobs on the server times their weight.</param>
    internal OperatingPoint State(in LinkSession session, double snrLinear, double weightedJobs)
    {
        if (uplink is not null && downlink is not null)
        {
            var faded = snrLinear * uplink.FirstGain(session.Seed, session.Request);
            return new OperatingPoint(uplink.BitsPerSecond(faded), downlink.BitsPerSecond(faded * downlinkOffsetLinear), 1 / (1 + weightedJobs));
        }

        return new OperatingPoint(
            uplinkHz * Present(link.Create(LinkDirection.Uplink, session), nominalUplink.At(session.LevelDb)),
            downlinkHz * Present(link.Create(LinkDirection.Downlink, session), nominalDownlink.At(session.LevelDb)),
            1 / (1 + weightedJobs));
    }

    /// <summary>Runs the selected request token by token.</summary>
    internal void Run(TurnProcess process, int splitPoint, in KeyValueMigrationPlan plan) => process.Run(splitPoint, plan, new Stages(this));

    private double Present(IEfficiencyProcess process, double nominal)
    {
        var blocks = presentBlocks.AsSpan(0, (int)Math.Clamp(Math.Ceiling(PresentSeconds / process.BlockSeconds), 1, MostPresentBlocks));
        process.Fill(0, blocks);
        var sum = 0.0;
        foreach (var block in blocks)
        {
            sum += block;
        }

        return Math.Max(sum / blocks.Length, Math.Max(LeastShareOfNominal * nominal, double.Epsilon));
    }

    private readonly struct Stages(RequestChannel channel) : ITurnChannel
    {
        public double UplinkCompletionSeconds(double startSeconds, double bits) =>
            channel.uplinkTimeline.CompletionSeconds(startSeconds + channel.uplinkDelaySeconds, bits / channel.uplinkHz);

        public double ServerCompletionSeconds(double startSeconds, double gpuSeconds) => channel.serverTimeline.CompletionSeconds(startSeconds, gpuSeconds);

        public double DownlinkCompletionSeconds(double startSeconds, double bits) =>
            channel.downlinkTimeline.CompletionSeconds(startSeconds + channel.downlinkDelaySeconds, bits / channel.downlinkHz);
    }
}
