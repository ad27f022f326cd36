using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>A message or a job of a turn would last longer than the horizon of its timeline: the split cannot be served in this state of link and server.</summary>
public sealed class UnreachableStageException : InvalidOperationException
{
    /// <summary>Names the stage.</summary>
    /// <param name="splitPoint">The split.</param>
    /// <param name="kind">The stage.</param>
    /// <param name="startSeconds">When it starts, seconds since the start of the turn.</param>
    public UnreachableStageException(int splitPoint, StageKind kind, double startSeconds)
        : base(FormattableString.Invariant(
            $"At split {splitPoint}, a stage of kind {kind} that starts at {startSeconds:0.###} s is not finished within {LinkTimeline.DefaultHorizonSeconds} s: link or server is too slow for it."))
    {
        SplitPoint = splitPoint;
        Kind = kind;
    }

    /// <summary>The split.</summary>
    public int SplitPoint { get; }

    /// <summary>The stage.</summary>
    public StageKind Kind { get; }
}
