using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Environments;

/// <summary>What the split environments have in common: their spaces, and what they say about an action that may not be taken.</summary>
internal static class SplitSpaces
{
    internal static BoxSpace Observations { get; } = new(
        [.. Observation.Fields.Select(field => field.Minimum)],
        [.. Observation.Fields.Select(field => field.Maximum)],
        [.. Observation.Fields.Select(field => field.Name)],
        [.. Observation.Fields.Select(field => field.Unit)]);

    [DoesNotReturn]
    internal static void ThrowOutOfRange(int action, int layers) =>
        throw new ArgumentOutOfRangeException(nameof(action), action, FormattableString.Invariant($"Must be a split point in [0, {layers}]."));

    [DoesNotReturn]
    internal static void ThrowMasked(int action, SplitInfeasibility reasons, string where) =>
        throw new ArgumentException(FormattableString.Invariant($"Split {action} is masked{where}: {reasons}."), nameof(action));

    [DoesNotReturn]
    internal static void ThrowNothingFeasible(ulong seed, int conversation, int turn, SplitInfeasibility reasons) =>
        throw new InvalidOperationException(FormattableString.Invariant(
            $"In the world of seed {seed}, turn {turn} of conversation {conversation} has no feasible split (at split 0: {reasons}): loosen the scenario's limits or shorten its workload."));

    /// <summary>Writes true where there is no reason against a split and false elsewhere; returns false where nothing is allowed.</summary>
    internal static bool WriteMask(ReadOnlySpan<SplitInfeasibility> infeasibility, Span<bool> allowedSplits)
    {
        var reasons = MemoryMarshal.AsBytes(infeasibility);
        var mask = MemoryMarshal.AsBytes(allowedSplits);
        var any = Vector<byte>.Zero;
        var i = 0;
        for (; i <= reasons.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var allowed = Vector.Equals(new Vector<byte>(reasons[i..]), Vector<byte>.Zero) & Vector<byte>.One;
            allowed.CopyTo(mask[i..]);
            any |= allowed;
        }

        var rest = 0;
        for (; i < reasons.Length; i++)
        {
            mask[i] = reasons[i] == 0 ? (byte)1 : (byte)0;
            rest |= mask[i];
        }

        return rest != 0 || any != Vector<byte>.Zero;
    }
}
