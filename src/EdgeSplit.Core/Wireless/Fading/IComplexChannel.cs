namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>A fading process that knows the complex channel behind its gain, as the taps of <see cref="WidebandFading"/> need it.</summary>
/// <remarks>A pure function of the block number, as the gains. Immutable and safe to share between threads unless an implementation says otherwise.</remarks>
public interface IComplexChannel : IFadingProcess
{
    /// <summary>Whether the channel is one complex number (Rayleigh and Rician fading), not a gain alone.</summary>
    bool IsOneComplexNumber { get; }

    /// <summary>The complex channel of consecutive blocks, of mean square 1; where it is one complex number, its squared modulus is the gain.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="real">Receives the real parts; shape [blocks].</param>
    /// <param name="imaginary">Receives the imaginary parts; shape [blocks].</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative, or the shapes differ.</exception>
    /// <exception cref="InvalidOperationException">The channel is not one complex number.</exception>
    void FillChannel(long firstBlock, Span<double> real, Span<double> imaginary);
}
