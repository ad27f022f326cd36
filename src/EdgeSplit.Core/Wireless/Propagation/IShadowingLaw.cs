namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>How strongly obstacles scatter the loss around its mean, and over what way that deviation holds.</summary>
/// <remarks>Shadowing in decibels is Gaussian with mean 0; see <see cref="CorrelatedShadowing"/>. Implementations are immutable and safe to use from any thread.</remarks>
public interface IShadowingLaw
{
    /// <summary>Distance over which the correlation of the shadowing falls to 1/e, metres, positive.</summary>
    double CorrelationMetres { get; }

    /// <summary>Standard deviation of the shadowing, dB, at least 0.</summary>
    /// <param name="horizontalDistanceMetres">Horizontal distance from the base station, metres, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is NaN, infinite or negative.</exception>
    double StandardDeviationDb(double horizontalDistanceMetres);
}
