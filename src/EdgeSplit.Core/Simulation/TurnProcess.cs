using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>One turn under one split, stage by stage and token by token, on the true profile of the world. It asks for compute, messages and jobs, and is told when they are done.</summary>
/// <remarks>
/// <para>The same stages serve the event-driven simulation, in which a scheduler may answer late, and the straight run of <see cref="TurnSimulator"/>, in which nothing contends.</para>
/// <para>Reusable and allocation-free; not thread-safe.</para>
/// </remarks>
public sealed partial class TurnProcess
{
    private enum Step
    {
        MigrateUp,
        MigrateDown,
        DeviceHead,
        Uplink,
        ServerJob,
        Downlink,
        Finished,
    }

    private readonly SplitProfile profile;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;
    private readonly double timeoutSeconds;
    private TurnWork work;
    private KeyValueMigrationPlan plan;
    private int splitPoint;
    private int decodeSteps;
    private int token;
    private Step step;
    private double now;
    private double requested;
    private double encodeRequested;
    private double decodeRequested;
    private bool isStageTimingOut;
    private bool isTimedOut;
    private double firstMessageSeconds;
    private double lastMessageSeconds;
    private double firstTokenSeconds;
    private double airUpSeconds;
    private double airDownSeconds;
    private double upBits;
    private double downBits;

    // Accumulated part by part: structs of this size are slow to copy once per token.
    private double deviceHead;
    private double encode;
    private double decompress;
    private double uplinkWait;
    private double uplink;
    private double serverQueue;
    private double serverCompute;
    private double downlinkWait;
    private double downlink;
    private double migration;

    /// <summary>Creates a process on the true profile of a world.</summary>
    /// <param name="profile">The profile whose device and server the turn runs on.</param>
    /// <param name="timeoutSeconds">A message that takes longer, or a job that waits longer, ends the turn, seconds, positive; by default the horizon of the timelines.</param>
    public TurnProcess(SplitProfile profile, double timeoutSeconds = LinkTimeline.DefaultHorizonSeconds)
    {
        ArgumentNullException.ThrowIfNull(profile);
        this.profile = profile;
        this.timeoutSeconds = Guard.Positive(timeoutSeconds);
        uplinkDelaySeconds = profile.System.UplinkDelay.TotalSeconds;
        downlinkDelaySeconds = profile.System.DownlinkDelay.TotalSeconds;
    }

    /// <summary>Goodput of the prompt's uplink message, bit/s; 0 where none was sent.</summary>
    public double UplinkGoodputBitsPerSecond { get; private set; }

    /// <summary>Starts a turn at its time zero.</summary>
    /// <param name="chosenSplit">The split point, 0..L.</param>
    /// <param name="migrationPlan">The work and how the KV cache comes to it; its output tokens are the true number.</param>
    /// <returns>The first thing that the turn waits for.</returns>
    public StageRequest Begin(int chosenSplit, in KeyValueMigrationPlan migrationPlan)
    {
        splitPoint = Guard.InRange(chosenSplit, 0, profile.Layers);
        plan = migrationPlan;
        work = migrationPlan.Work;
        decodeSteps = (int)Math.Round(work.DecodeSteps);
        token = 0;
        now = 0;
        firstMessageSeconds = double.NaN;
        firstTokenSeconds = double.NaN;
        airUpSeconds = airDownSeconds = upBits = downBits = 0;
        deviceHead = encode = decompress = uplinkWait = uplink = serverQueue = serverCompute = downlinkWait = downlink = migration = 0;
        isStageTimingOut = isTimedOut = false;
        UplinkGoodputBitsPerSecond = 0;
        return plan.UplinkBits > 0 ? Request(Step.MigrateUp)
            : plan.DownlinkBits > 0 ? Request(Step.MigrateDown)
            : Request(splitPoint > 0 ? Step.DeviceHead : Step.Uplink);
    }

    /// <summary>Tells that what was requested is done.</summary>
    /// <param name="timeSeconds">When, seconds since the start of the turn; not before the request's start.</param>
    /// <returns>The next thing that the turn waits for.</returns>
    public StageRequest Complete(double timeSeconds)
    {
        var elapsed = timeSeconds - now;
        now = timeSeconds;
        if (isStageTimingOut)
        {
            return GiveUp(elapsed);
        }

        switch (step)
        {
            case Step.MigrateUp:
                migration += elapsed;
                lastMessageSeconds = now;
                airUpSeconds += elapsed - uplinkDelaySeconds;
                return Request(splitPoint > 0 ? Step.DeviceHead : Step.Uplink);
            case Step.MigrateDown:
                migration += elapsed;
                lastMessageSeconds = now;
                airDownSeconds += elapsed - downlinkDelaySeconds;
                return Request(splitPoint > 0 ? Step.DeviceHead : Step.Uplink);
            case Step.DeviceHead:
                deviceHead += elapsed - encodeRequested;
                encode += encodeRequested;
                return splitPoint < profile.Layers ? Request(Step.Uplink)
                    : token == 0 && decodeSteps > 0 ? ContinueOnDevice() : NextToken();
            case Step.Uplink:
                uplinkWait += uplinkDelaySeconds;
                var air = elapsed - uplinkDelaySeconds;
                uplink += air;
                airUpSeconds += air;
                if (token == 0)
                {
                    UplinkGoodputBitsPerSecond = air > 0 ? requested / air : 0;
                }

                return Request(Step.ServerJob);
            case Step.ServerJob:
                serverCompute += requested - decodeRequested;
                decompress += decodeRequested;
                serverQueue += elapsed - requested;
                return splitPoint == 0 && token == 0 && decodeSteps > 0 ? ContinueOnServer() : Request(Step.Downlink);
            case Step.Downlink:
                downlinkWait += downlinkDelaySeconds;
                downlink += elapsed - downlinkDelaySeconds;
                lastMessageSeconds = now;
                airDownSeconds += elapsed - downlinkDelaySeconds;
                return NextToken();
            default:
                throw new InvalidOperationException("The turn is finished.");
        }
    }

    /// <summary>Tells when the streamed first token reached the device, seconds since the start of the turn.</summary>
    /// <param name="timeSeconds">The time, seconds, at least 0.</param>
    public void FirstTokenArrived(double timeSeconds) => firstTokenSeconds = timeSeconds;

    /// <summary>What the finished turn cost, its quality at the mean erased share of the uplink.</summary>
    /// <exception cref="InvalidOperationException">The turn is not finished.</exception>
    public SplitBreakdown Breakdown() => Finished(profile.NegativeLogLikelihoodIncrease[splitPoint]);

    /// <summary>What the finished turn cost, its quality at the share of the hidden state that was really lost.</summary>
    /// <param name="erasedShare">The share of the values of the turn's hidden states that did not arrive, in [0, 1]; without effect where none cross.</param>
    /// <exception cref="InvalidOperationException">The turn is not finished.</exception>
    public SplitBreakdown Breakdown(double erasedShare) => Finished(profile.NegativeLogLikelihoodIncreaseAt(splitPoint, erasedShare));

    private SplitBreakdown Finished(double negativeLogLikelihoodIncrease)
    {
        if (step != Step.Finished)
        {
            throw new InvalidOperationException("The turn is not finished.");
        }

        var latency = new LatencyBreakdown(deviceHead, encode, uplinkWait, uplink, Math.Max(0, serverQueue), serverCompute, downlinkWait, downlink, decompress, 0, migration, 0);
        var total = latency.TotalSeconds;
        ref readonly var radio = ref profile.Radio;
        var radioJoules = double.IsNaN(firstMessageSeconds) ? 0
            : radio.AirJoules(airUpSeconds, upBits, airDownSeconds, downBits) + radio.TailJoules
            + (radio.Waiting * Math.Max(0, lastMessageSeconds - firstMessageSeconds - airUpSeconds - airDownSeconds));
        var energy = new EnergyBreakdown(
            profile.DeviceComputeWatts * (deviceHead + encode),
            radioJoules,
            profile.System.Device.IdleWatts * total,
            profile.ServerComputeWatts * (serverCompute + decompress),
            serverCompute + decompress);
        return new SplitBreakdown(
            splitPoint,
            latency,
            energy,
            Math.Min(firstTokenSeconds, now), // a streamed token is there when the last one is
            decodeSteps > 0 ? (now - Math.Min(firstTokenSeconds, now)) / decodeSteps : 0,
            upBits,
            downBits,
            profile.DeviceBytes(splitPoint, work),
            profile.ServerBytes(splitPoint, work),
            negativeLogLikelihoodIncrease,
            profile.TokenRecoveryRate[splitPoint])
        {
            IsTimedOut = isTimedOut,
        };
    }

    /// <summary>When the stage that is asked for ends, given the channel's answer; where that is never, the stage times out, and the turn with it.</summary>
    private double EndOf(in StageRequest stage, double doneSeconds)
    {
        // Computing never times out, neither on the device nor on the server: what does is waiting, for the air or in the queue.
        var limit = stage.Kind == StageKind.ServerJob ? stage.Amount + timeoutSeconds : timeoutSeconds;
        isStageTimingOut = stage.Kind != StageKind.DeviceCompute && !(doneSeconds - stage.StartSeconds <= limit);
        return isStageTimingOut ? stage.StartSeconds + limit : doneSeconds;
    }

    // What was waited for in vain counts where it was waited for, so that the parts still sum to the latency.
    private StageRequest GiveUp(double elapsed)
    {
        isTimedOut = true;
        isStageTimingOut = false;
        switch (step)
        {
            case Step.MigrateUp or Step.MigrateDown:
                migration += elapsed;
                break;
            case Step.Uplink:
                uplink += elapsed;
                break;
            case Step.Downlink:
                downlink += elapsed;
                break;
            case Step.ServerJob:
                serverQueue += elapsed; // no result came: what was computed is lost
                break;
        }

        if (step is Step.MigrateUp or Step.Uplink)
        {
            airUpSeconds += elapsed;
            lastMessageSeconds = now;
        }
        else if (step is Step.MigrateDown or Step.Downlink)
        {
            airDownSeconds += elapsed;
            lastMessageSeconds = now;
        }

        firstTokenSeconds = firstTokenSeconds <= now ? firstTokenSeconds : now;
        return Request(Step.Finished);
    }

    private StageRequest Request(Step next)
    {
        step = next;
        switch (next)
        {
            case Step.MigrateUp:
                return Message(StageKind.Uplink, plan.UplinkBits);
            case Step.MigrateDown:
                return Message(StageKind.Downlink, plan.DownlinkBits);
            case Step.DeviceHead:
                return new StageRequest(StageKind.DeviceCompute, now, requested = DeviceSeconds() + (encodeRequested = profile.EncodeSeconds(splitPoint, MessageTokens)));
            case Step.Uplink:
                return Message(StageKind.Uplink, profile.UplinkMessageBits(splitPoint, MessageTokens));
            case Step.ServerJob:
                return new StageRequest(StageKind.ServerJob, now, requested = ServerSeconds() + (decodeRequested = profile.DecodeSeconds(splitPoint, MessageTokens)));
            case Step.Downlink:
                return Message(StageKind.Downlink, profile.System.TokenIdBits);
            default:
                return new StageRequest(StageKind.Finished, now, 0);
        }
    }

    private StageRequest Message(StageKind kind, double bits)
    {
        if (double.IsNaN(firstMessageSeconds))
        {
            firstMessageSeconds = now;
        }

        if (kind == StageKind.Uplink)
        {
            upBits += bits;
        }
        else
        {
            downBits += bits;
        }

        requested = bits;
        return new StageRequest(kind, now, bits);
    }

    private StageRequest NextToken()
    {
        if (token == 0 && double.IsNaN(firstTokenSeconds))
        {
            firstTokenSeconds = now;
        }

        if (token >= decodeSteps)
        {
            return Request(Step.Finished);
        }

        token++;
        return Request(Step.DeviceHead);
    }

    // k = 0: the server goes on by itself; the first token streams down beside it, and so do all but the last.
    private StageRequest ContinueOnServer()
    {
        token = decodeSteps;
        step = Step.ServerJob;
        var bits = profile.System.TokenIdBits;
        downBits += decodeSteps * bits;
        return new StageRequest(StageKind.ServerJob, now, requested = profile.ServerDecodeSeconds(0, work), bits);
    }

    // k = L: the device goes on by itself, and has its first token now.
    private StageRequest ContinueOnDevice()
    {
        firstTokenSeconds = now;
        token = decodeSteps;
        return new StageRequest(StageKind.DeviceCompute, now, requested = profile.DeviceDecodeSeconds(splitPoint, work));
    }

    private int MessageTokens => token == 0 ? work.PromptTokens : 1;

    private double DeviceSeconds() => token == 0
        ? profile.DevicePassSeconds(splitPoint, new ForwardPass(work.PromptTokens, work.ContextTokens))
        : profile.DeviceStepSeconds(splitPoint, work.ContextTokens + work.PromptTokens + token - 1);

    private double ServerSeconds() => token == 0
        ? profile.ServerPassSeconds(splitPoint, new ForwardPass(work.PromptTokens, work.ContextTokens))
        : profile.ServerStepSeconds(splitPoint, work.ContextTokens + work.PromptTokens + token - 1);
}
