using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Replays a measured sequence of arrivals and losses.</summary>
/// <remarks>
/// <para>Packet n of an entity meets entry (offset + n) of the recording; after its last entry the recording starts again or holds. With a random offset every
/// entity starts at a place of its own, uniform over the recording: the first draw of RandomSource(key, entity) tells which. Then, where the recording
/// wraps, every packet of an entity has exactly the loss probability of the recording. Without it all entities see the same losses.</para>
/// <para>The recording is copied. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed class RecordedLoss : IPacketLoss
{
    private readonly bool[] _isLost;

    /// <summary>Creates the replay of a recording.</summary>
    /// <param name="isLost">True for each lost packet; shape [packets], at least one.</param>
    /// <param name="extension">What follows the last entry; by default the recording starts again.</param>
    /// <param name="hasRandomOffset">Whether each entity starts at a random place; by default all start at the first entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">The recording is empty.</exception>
    public RecordedLoss(ReadOnlySpan<bool> isLost, PiecewiseExtension extension = PiecewiseExtension.Wrap, bool hasRandomOffset = false)
    {
        Guard.AtLeast(isLost.Length, 1);
        _isLost = isLost.ToArray();
        Extension = extension;
        HasRandomOffset = hasRandomOffset;
        LossProbability = (double)isLost.Count(true) / isLost.Length;
    }

    /// <summary>What follows the last entry.</summary>
    public PiecewiseExtension Extension { get; }

    /// <summary>Whether each entity starts at a random place of the recording.</summary>
    public bool HasRandomOffset { get; }

    /// <summary>Number of entries of the recording.</summary>
    public int Packets => _isLost.Length;

    /// <inheritdoc/>
    /// <remarks>The share of lost packets in the recording. Where the recording holds, packets beyond it meet its last entry instead.</remarks>
    public double LossProbability { get; }

    /// <inheritdoc/>
    public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
    {
        var offset = 0;
        if (HasRandomOffset)
        {
            var random = new RandomSource(key, entity);
            offset = random.NextInt32(_isLost.Length);
        }

        var length = (ulong)_isLost.Length;
        var isWrapped = Extension == PiecewiseExtension.Wrap;
        var reached = isWrapped ? firstPacket % length : Math.Min(firstPacket, length);
        var entry = reached + (ulong)offset;
        entry = isWrapped ? entry % length : Math.Min(entry, length);
        while (!isLost.IsEmpty)
        {
            if (entry == length)
            {
                if (!isWrapped)
                {
                    isLost.Fill(_isLost[^1]);
                    return;
                }

                entry = 0;
            }

            var portion = _isLost.AsSpan((int)entry);
            portion = portion[..Math.Min(portion.Length, isLost.Length)];
            portion.CopyTo(isLost);
            isLost = isLost[portion.Length..];
            entry += (ulong)portion.Length;
        }
    }
}
