using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>The evolution of block fading: independent gains, whatever the Doppler shift (the block length stands for it). See <see cref="BlockFading"/>.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record IndependentBlocks : IFadingEvolution
{
    /// <inheritdoc/>
    /// <remarks>Supports every law.</remarks>
    public IFadingProcess Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz)
    {
        Guard.NonNegative(dopplerHz);
        return new BlockFading(key, entity, law, blockSeconds);
    }
}
