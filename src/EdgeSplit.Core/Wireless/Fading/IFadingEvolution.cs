using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>How small-scale fading goes on in time: makes the fading process of one link from its law.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public interface IFadingEvolution
{
    /// <summary>The fading process of one link.</summary>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <param name="law">Law of the gain of any one block.</param>
    /// <param name="blockSeconds">Length of a block, seconds, positive.</param>
    /// <param name="dopplerHz">Maximum Doppler shift, hertz, at least 0; see <see cref="Doppler"/>.</param>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentException">The evolution does not support this law; the message names those that it does.</exception>
    IFadingProcess Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz);
}
