using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The truth of one seed: the hidden errors, the requests, and the exogenous processes of every request. Policies never see it; references do.</summary>
/// <remarks>
/// <para>The processes of a request run on the request's own clock, which starts with the request: what the channel and the load do does not depend
/// on how long earlier requests took. Policies are thus compared on the same channel, block for block.</para>
/// <para>Immutable and safe to share between threads; the processes that it makes are not.</para>
/// </remarks>
public sealed class World
{
    private readonly WorldRegimes regimes;
    private readonly StreamKey serverKey;
    private readonly double expectedOutputTokens;
    private readonly ILinkSampler link;
    private readonly ServerLoadLaw serverLaw;
    private readonly UplinkErasureDraws? erasures;

    /// <summary>Draws the world of a seed.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed.</param>
    public World(Scenario scenario, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario = scenario;
        Seed = seed;
        regimes = new WorldRegimes(scenario.Settings, new SplitProfile(scenario.System, scenario.Limits), seed);
        Schedule = new RequestSchedule(scenario, seed);
        serverKey = StreamKey.Create(seed, "server/load");
        expectedOutputTokens = scenario.Workload.ExpectedOutputTokens;
        link = scenario.Link.CreateSampler();
        serverLaw = new ServerLoadLaw(scenario.ServerLoad);
        erasures = UplinkErasureDraws.Of(scenario.System);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The hidden errors at the start; see <see cref="ErrorsAt"/>.</summary>
    public WorldErrors Errors => regimes.Errors(0);

    /// <summary>The true cost profile at the start; see <see cref="TruthAt"/>.</summary>
    public SplitProfile Truth => regimes.Truth(0);

    /// <summary>Number of regimes: one more than the scenario's <see cref="SimulationSettings.RegimeChanges"/>.</summary>
    public int Regimes => regimes.Count;

    /// <summary>The requests.</summary>
    public RequestSchedule Schedule { get; }

    /// <summary>Whether the uplink loses nothing of the hidden state.</summary>
    public bool IsUplinkReliable => erasures is null;

    /// <summary>The regime that a request meets, 0 before any change.</summary>
    /// <param name="request">Index of the request, at least 0.</param>
    public int RegimeAt(int request) => regimes.At(request);

    /// <summary>The hidden errors that a request meets.</summary>
    /// <param name="request">Index of the request, at least 0.</param>
    public WorldErrors ErrorsAt(int request) => regimes.Errors(regimes.At(request));

    /// <summary>The true cost profile that a request meets.</summary>
    /// <param name="request">Index of the request, at least 0.</param>
    public SplitProfile TruthAt(int request) => regimes.Truth(regimes.At(request));

    /// <summary>The share of the hidden state's values that the uplink loses in a request, the same for every split that sends one; 0 where the uplink is reliable.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="promptTokens">Tokens that prefill processes, a context that is read again included; at least 1.</param>
    /// <param name="decodeSteps">Decode steps, at least 0.</param>
    /// <param name="future">0 for what really happens; a positive number for another future.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative, or there is no prompt.</exception>
    public double ErasedShare(int request, int promptTokens, int decodeSteps, int future = 0) =>
        erasures?.ErasedShare(Seed, (ulong)Guard.AtLeast(request, 0), promptTokens, decodeSteps, future) ?? 0;

    /// <summary>The uplink of a request, on its own clock.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="future">0 for what really happens; a positive number for another future that shares the present block.</param>
    public IEfficiencyProcess Uplink(int request, int future = 0) => link.Create(LinkDirection.Uplink, Session(request, future));

    /// <summary>The downlink of a request, on its own clock.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="future">0 for what really happens; a positive number for another future that shares the present block.</param>
    public IEfficiencyProcess Downlink(int request, int future = 0) => link.Create(LinkDirection.Downlink, Session(request, future));

    /// <summary>The server's load during a request, on the request's clock.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="future">0 for what really happens; a positive number for another future that shares the number of jobs at the present block.</param>
    public ServerLoadProcess Server(int request, int future = 0) => new(
        serverLaw,
        ErrorsAt(request).ServerLoadFactor,
        serverKey,
        (ulong)request,
        future == 0 ? null : Imagined(serverKey, future),
        future == 0 ? long.MaxValue : 1);

    /// <summary>What the device sees when a turn starts.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="cacheSplitPoint">Where the conversation's KV cache lies; ignored where no context is kept.</param>
    /// <param name="recentUplinkBitsPerSecond">Goodput of the conversation's last uplink transfer, bit/s; 0 where there was none.</param>
    public Observation Observe(int request, int cacheSplitPoint, double recentUplinkBitsPerSecond)
    {
        ref readonly var turn = ref Schedule.Turns[request];
        return new Observation(
            turn.ChannelEstimateDb,
            turn.Turn == 0 ? 0 : recentUplinkBitsPerSecond,
            Server(request).ReportedJobs,
            turn.PromptTokens,
            expectedOutputTokens,
            Scenario.Workload.MaximumOutputTokens,
            turn.ContextTokens,
            turn.ContextTokens == 0 ? -1 : cacheSplitPoint,
            turn.Turn);
    }

    private static StreamKey Imagined(StreamKey key, int future) => key.Derive(FormattableString.Invariant($"imagined/{future}"));

    private LinkSession Session(int request, int future)
    {
        ref readonly var turn = ref Schedule.Turns[request];
        return new LinkSession(Seed, (ulong)turn.Conversation, (ulong)request, turn.LinkSeconds, turn.LevelDb, ErrorsAt(request).LinkBiasDb, future);
    }
}
