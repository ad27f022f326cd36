namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Mean attenuation between two antennas as a function of their distance.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread. Shadowing and small-scale fading are not part of it.</remarks>
public interface IPathLoss
{
    /// <summary>The path loss at a distance, dB; positive is a loss, and it does not fall with distance.</summary>
    /// <param name="distanceMetres">Horizontal distance, metres, positive; a model that knows the heights of the antennas computes the slant distance from it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is NaN, infinite, not positive, or outside the model's validity.</exception>
    double LossDb(double distanceMetres);
}
