namespace EdgeSplit.Core.Quality;

/// <summary>Token recovery against depth of the split, from the two figures that arXiv 2602.16760 states.</summary>
/// <remarks>
/// <para>59 % of tokens recovered when 2 layers run on the device, 35 % when 8 do. At k = 0 token ids cross: 1, by definition. At
/// k = L nothing crosses: 0, by definition, however few the layers. Between the points the rate is linear in k. Beyond 8 layers the
/// last figure is held: no better one is published, so no better one is claimed.</para>
/// <para>It is a lower bound, "at least": stronger attacks recover more. It depends on the number of layers, not on their
/// share of the model, because that is how the source states it. Whether U-shaped splits, compression or noise change it, it does not say.</para>
/// <para>Immutable; safe to share between threads.</para>
/// <para>Source: arXiv 2602.16760, abstract.</para>
/// </remarks>
public sealed class PublishedLeakageCurve : ILeakageSource
{
    private const int FirstDepth = 2;
    private const int LastDepth = 8;
    private const double RecoveryAtFirst = 0.59;
    private const double RecoveryAtLast = 0.35;
    private const string Citation = "arXiv 2602.16760, abstract: token recovery 59 % at a 2-layer split, 35 % at an 8-layer split";

    private static readonly QualityProvenance Published = new(QualityKind.Published, Citation, null);
    private static readonly QualityProvenance ByDefinition = new(QualityKind.Published, "by definition: token ids cross at k = 0, nothing crosses at k = L", null);
    private static readonly QualityProvenance Interpolated = new(QualityKind.Surrogate, "linear between the points of " + Citation, null);
    private static readonly QualityProvenance Held = new(QualityKind.Surrogate, "held beyond 8 layers, a lower bound: " + Citation, null);

    private PublishedLeakageCurve()
    {
    }

    /// <summary>The curve.</summary>
    public static PublishedLeakageCurve Instance { get; } = new();

    /// <inheritdoc/>
    public QualityProvenance Provenance => Published;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public double TokenRecoveryRate(int layersOnDevice, int totalLayers)
    {
        Check(layersOnDevice, totalLayers);
        return layersOnDevice switch
        {
            _ when layersOnDevice == totalLayers => 0,
            >= LastDepth => RecoveryAtLast,
            >= FirstDepth => RecoveryAtFirst + (RecoveryAtLast - RecoveryAtFirst) * (layersOnDevice - FirstDepth) / (LastDepth - FirstDepth),
            _ => 1 + (RecoveryAtFirst - 1) * layersOnDevice / FirstDepth,
        };
    }

    /// <summary>Where the figure of one split point comes from: published, by definition, interpolated or held.</summary>
    /// <param name="layersOnDevice">The split point k, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">The model's layers L, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static QualityProvenance ProvenanceOf(int layersOnDevice, int totalLayers)
    {
        Check(layersOnDevice, totalLayers);
        return layersOnDevice == 0 || layersOnDevice == totalLayers ? ByDefinition
            : layersOnDevice is FirstDepth or LastDepth ? Published
            : layersOnDevice < LastDepth ? Interpolated
            : Held;
    }

    private static void Check(int layersOnDevice, int totalLayers)
    {
        Guard.AtLeast(totalLayers, 1);
        Guard.InRange(layersOnDevice, 0, totalLayers);
    }
}
