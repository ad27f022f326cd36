using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>What holds where the terminal sees the base station, and how often it does: the other branch of a link whose main description is the obstructed one.</summary>
/// <remarks>Immutable, so safe to share between threads; a <c>with</c> expression is checked like a construction.
/// <para>Source: 3GPP TR 38.901 sections 7.4.1 (loss, shadowing), 7.4.2 (probability), 7.5 (Rice factor) and 7.6.3.3 (spatial consistency).</para></remarks>
public sealed record LineOfSightPropagation
{
    /// <summary>How likely line of sight is at a distance.</summary>
    public required ILineOfSightProbability Probability { get; init => field = value ?? throw new ArgumentNullException(nameof(Probability)); }

    /// <summary>Mean loss over distance in line of sight.</summary>
    public required IPathLoss PathLoss { get; init => field = value ?? throw new ArgumentNullException(nameof(PathLoss)); }

    /// <summary>Standard deviation of the shadowing in line of sight, dB.</summary>
    /// <value>At least 0.</value>
    public required double ShadowingStandardDeviationDb { get; init => field = Guard.NonNegative(value, nameof(ShadowingStandardDeviationDb)); }

    /// <summary>Distance over which the shadowing's correlation falls to 1/e in line of sight, metres.</summary>
    /// <value>Positive.</value>
    public required double ShadowingCorrelationMetres { get; init => field = Guard.Positive(value, nameof(ShadowingCorrelationMetres)); }

    /// <summary>Distance over which a walking user keeps the same view, metres.</summary>
    /// <value>Positive.</value>
    public required double SightCorrelationMetres { get; init => field = Guard.Positive(value, nameof(SightCorrelationMetres)); }

    /// <summary>Small-scale fading in line of sight.</summary>
    public required IFadingModel Fading { get; init => field = value ?? throw new ArgumentNullException(nameof(Fading)); }
}
