namespace EdgeSplit.Core.Quality;

/// <summary>How much of the prompt an attacker at the server recovers from what crosses the split.</summary>
/// <remarks>
/// <para>A token recovery rate belongs to named attacks, so it is a lower bound on leakage ("at least"): no figure says that more is safe.</para>
/// <para>Implementations must be immutable or otherwise safe to call from several threads.</para>
/// </remarks>
public interface ILeakageSource
{
    /// <summary>The share of prompt tokens that the attack recovers.</summary>
    /// <param name="layersOnDevice">The split point k: layers that run on the device, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">The model's layers L, at least 1.</param>
    /// <returns>A share in [0, 1]: 1 at k = 0, where token ids cross; 0 at k = L, where nothing crosses.</returns>
    double TokenRecoveryRate(int layersOnDevice, int totalLayers);

    /// <summary>Where the figures come from.</summary>
    QualityProvenance Provenance { get; }
}
