using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Fading over time with the Clarke spectrum: makes a <see cref="ClarkeFading"/> for each link.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="Sinusoids">Number of sinusoids, in [4, 1024]; 16 if omitted.</param>
/// <param name="LineOfSightAngleRadians">Angle between the direct path of a Rician law and the motion, radian, in [0, pi]; a right angle (no Doppler shift) if omitted.</param>
public sealed record ClarkeEvolution(int Sinusoids = 16, double LineOfSightAngleRadians = Math.PI / 2.0) : IFadingEvolution
{
    private readonly QuantileMemory _memory = new();

    /// <summary>Number of sinusoids.</summary>
    public int Sinusoids { get; } = Guard.InRange(Sinusoids, 4, 1024);

    /// <summary>Angle between the direct path of a Rician law and the motion, radian.</summary>
    public double LineOfSightAngleRadians { get; } = Guard.InRange(LineOfSightAngleRadians, 0.0, Math.PI);

    /// <inheritdoc/>
    /// <remarks>Supports every law with a continuous increasing cumulative probability, and <see cref="ConstantGain"/>.</remarks>
    IFadingProcess IFadingEvolution.Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz) =>
        Create(key, entity, law, blockSeconds, dopplerHz);

    /// <inheritdoc cref="IFadingEvolution.Create"/>
    public ClarkeFading Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz) =>
        new(key, entity, law, blockSeconds, dopplerHz, Sinusoids, LineOfSightAngleRadians, _memory);
}
