namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>How likely a terminal at a distance sees the base station.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public interface ILineOfSightProbability
{
    /// <summary>Probability of line of sight, in [0, 1].</summary>
    /// <param name="horizontalDistanceMetres">Distance on the ground, metres, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is NaN, infinite or negative.</exception>
    double Probability(double horizontalDistanceMetres);
}
