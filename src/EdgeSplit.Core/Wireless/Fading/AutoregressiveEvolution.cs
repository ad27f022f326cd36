using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>First-order autoregressive fading over time: makes an <see cref="AutoregressiveFading"/> with rho = J0(2 pi fd T) for each link.</summary>
/// <remarks>Neighbouring blocks are then correlated as under a Clarke spectrum; the rest of the memory is rho^n. Immutable, so safe to share between threads.</remarks>
public sealed record AutoregressiveEvolution : IFadingEvolution
{
    private readonly QuantileMemory _memory = new();

    IFadingProcess IFadingEvolution.Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz) =>
        Create(key, entity, law, blockSeconds, dopplerHz);

    /// <inheritdoc cref="IFadingEvolution.Create"/>
    public AutoregressiveFading Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz)
    {
        var argument = 2.0 * Math.PI * Guard.Finite(Guard.NonNegative(dopplerHz) * Guard.Positive(blockSeconds), nameof(dopplerHz));
        return new(key, entity, law, blockSeconds, BesselFunctions.J0(argument), BesselFunctions.OneMinusJ0(argument), _memory);
    }
}
