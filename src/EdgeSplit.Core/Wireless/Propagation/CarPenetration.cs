using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Loss into a car: Gaussian in decibels.</summary>
/// <remarks>The Gaussian law may give a negative loss (4 % of the cars with the usual numbers), as the standard has it.
/// Immutable, so safe to share between threads. Source: 3GPP TR 38.901 section 7.4.3.2 (not confirmed).</remarks>
/// <param name="MeanDb">Mean loss, dB, finite; usual 9.</param>
/// <param name="StandardDeviationDb">Standard deviation, dB, at least 0; usual 5.</param>
public sealed record CarPenetration(double MeanDb = 9, double StandardDeviationDb = 5) : IPenetrationLoss
{
    /// <summary>A car with metallised windows: mean 20 dB.</summary>
    public static CarPenetration MetallisedWindows { get; } = new(20, 5);

    /// <inheritdoc/>
    public double MeanDb { get; } = Guard.Finite(MeanDb);

    /// <summary>Standard deviation, dB.</summary>
    public double StandardDeviationDb { get; } = Guard.NonNegative(StandardDeviationDb);

    /// <inheritdoc/>
    public double DrawDb(StreamKey key, ulong entity)
    {
        var random = new RandomSource(key.Derive("penetration/car"), entity);
        return new NormalDistribution(MeanDb, StandardDeviationDb).Sample(ref random);
    }
}
