using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>What a signal loses on its way to a terminal inside something: a building, a car.</summary>
/// <remarks>A property of the terminal, drawn once. It adds to the path loss. Implementations are immutable and safe to use from any thread.</remarks>
public interface IPenetrationLoss
{
    /// <summary>The mean loss, dB.</summary>
    double MeanDb { get; }

    /// <summary>The loss of one terminal, dB: a pure function of key and entity, so asking again gives the same.</summary>
    /// <param name="key">Stream of the draws; a part of it is used, so that the same key may serve other models of the link.</param>
    /// <param name="entity">The terminal.</param>
    double DrawDb(StreamKey key, ulong entity);
}
