using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>How a turn brings the KV cache of earlier turns to where its split needs it.</summary>
public enum KeyValueMigrationKind
{
    /// <summary>The cache already lies right, or there is none.</summary>
    None,

    /// <summary>The layers between the two splits move over the link.</summary>
    Move,

    /// <summary>The whole context is read again, as a part of the prompt.</summary>
    Restart,
}

/// <summary>The plan for a turn's KV cache.</summary>
/// <param name="Kind">How.</param>
/// <param name="Work">The work that remains: with a restart, the context has become prompt.</param>
/// <param name="UplinkBits">Bits that move from device to server before the turn.</param>
/// <param name="DownlinkBits">Bits that move from server to device before the turn.</param>
public readonly record struct KeyValueMigrationPlan(KeyValueMigrationKind Kind, TurnWork Work, double UplinkBits, double DownlinkBits);

/// <summary>Plans KV migration: the cheaper, by the public profile, of moving the layers between the two splits and of reading the context again.</summary>
/// <remarks>What a move to the server gives away is at most what the new split gives away, which the mask judges: the keys and values come from layers at or above it.
/// Recomputing from stored boundary activations is not offered. The plan is a part of the system, not of a policy: it uses nothing that a device does not know, so that policies and references face the same rule. Immutable.</remarks>
public sealed class KeyValueMigration
{
    private readonly SplitProfile belief;
    private readonly KeyValueCacheSize cache;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;
    private readonly double sendings;

    /// <summary>Prepares the plan of a system.</summary>
    /// <param name="belief">The public profile that the comparison uses.</param>
    public KeyValueMigration(SplitProfile belief)
    {
        ArgumentNullException.ThrowIfNull(belief);
        this.belief = belief;
        uplinkDelaySeconds = belief.System.UplinkDelay.TotalSeconds;
        downlinkDelaySeconds = belief.System.DownlinkDelay.TotalSeconds;
        sendings = belief.System.UplinkErasure?.SendingsOfReliable ?? 1;
        cache = new KeyValueCacheSize(belief.System.Shape, belief.System.KeyValues);
    }

    /// <summary>Plans one turn.</summary>
    /// <param name="cacheSplitPoint">Where the cache lies; -1 where there is none.</param>
    /// <param name="splitPoint">The new split.</param>
    /// <param name="work">The turn.</param>
    /// <param name="point">The operating point that the device believes in.</param>
    public KeyValueMigrationPlan Plan(int cacheSplitPoint, int splitPoint, in TurnWork work, in OperatingPoint point)
    {
        if (work.ContextTokens == 0 || cacheSplitPoint == splitPoint)
        {
            return new KeyValueMigrationPlan(KeyValueMigrationKind.None, work, 0, 0);
        }

        var restarted = Restarted(work);
        return cacheSplitPoint < 0
            ? new KeyValueMigrationPlan(KeyValueMigrationKind.Restart, restarted, 0, 0)
            : Plan(cacheSplitPoint, splitPoint, work, point, FirstTokenSeconds(splitPoint, restarted, point) - FirstTokenSeconds(splitPoint, work, point));
    }

    /// <summary>The turn that reads its context again.</summary>
    internal static TurnWork Restarted(in TurnWork work) => work with { PromptTokens = work.PromptTokens + work.ContextTokens, ContextTokens = 0 };

    /// <summary>Plans one turn whose cache lies at another split, given how much reading the context again delays its first token.</summary>
    internal KeyValueMigrationPlan Plan(int cacheSplitPoint, int splitPoint, in TurnWork work, in OperatingPoint point, double restartSeconds)
    {
        var bits = MoveBits(cacheSplitPoint, splitPoint, work.ContextTokens);
        var toServer = splitPoint < cacheSplitPoint;
        bits *= toServer ? sendings : 1;
        return MoveSeconds(bits, toServer, point) <= restartSeconds
            ? new KeyValueMigrationPlan(KeyValueMigrationKind.Move, work, toServer ? bits : 0, toServer ? 0 : bits)
            : new KeyValueMigrationPlan(KeyValueMigrationKind.Restart, Restarted(work), 0, 0);
    }

    /// <summary>Bits of the cache of the layers between two splits, each once: what an unreliable uplink repeats comes on top.</summary>
    /// <param name="fromSplitPoint">Where the cache lies, 0..L.</param>
    /// <param name="toSplitPoint">Where it is wanted, 0..L.</param>
    /// <param name="contextTokens">Tokens seen, at least 0; a layer with a sliding window keeps its window at most.</param>
    public double MoveBits(int fromSplitPoint, int toSplitPoint, int contextTokens) => cache.BitsBetween(fromSplitPoint, toSplitPoint, contextTokens);

    /// <summary>Time to move bits at an operating point, the message delay included, seconds.</summary>
    /// <param name="bits">Bits to send, repetitions included, at least 0.</param>
    /// <param name="toServer">Whether they go up to the server.</param>
    /// <param name="point">Rates, taken as constant.</param>
    public double MoveSeconds(double bits, bool toServer, in OperatingPoint point) => toServer
        ? uplinkDelaySeconds + (bits / point.UplinkBitsPerSecond)
        : downlinkDelaySeconds + (bits / point.DownlinkBitsPerSecond);

    private double FirstTokenSeconds(int splitPoint, in TurnWork work, in OperatingPoint point)
    {
        var pass = new ForwardPass(work.PromptTokens, work.ContextTokens);
        var crossing = belief.UplinkMessageBits(splitPoint, work.PromptTokens) / point.UplinkBitsPerSecond;
        var codec = belief.EncodeSeconds(splitPoint, work.PromptTokens) + (belief.DecodeSeconds(splitPoint, work.PromptTokens) / point.ServerShare);
        return belief.DevicePassSeconds(splitPoint, pass) + (belief.ServerPassSeconds(splitPoint, pass) / point.ServerShare) + crossing + codec;
    }
}
