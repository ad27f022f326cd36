namespace EdgeSplit.Core.Quality;

/// <summary>How a quality figure came about.</summary>
public enum QualityKind
{
    /// <summary>Measured by this library on a checkpoint.</summary>
    Measured,

    /// <summary>A figure from a publication.</summary>
    Published,

    /// <summary>A stand-in: extrapolated, or fitted to something else.</summary>
    Surrogate,
}

/// <summary>Where a quality figure comes from and for which model it holds.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Kind">How it came about.</param>
/// <param name="Source">The publication or checkpoint, in words that lead a reader there.</param>
/// <param name="MeasuredOn">The model it was measured on, or null where the source does not say.</param>
public sealed record QualityProvenance(QualityKind Kind, string Source, string? MeasuredOn)
{
    /// <summary>What a reader must know before using the figure for a model, or null when it was measured on that very model.</summary>
    /// <param name="modelName">The model in use; compared without regard to case.</param>
    /// <returns>One sentence, or null.</returns>
    /// <exception cref="ArgumentException"><paramref name="modelName"/> is blank.</exception>
    public string? WarningFor(string modelName)
    {
        Guard.NotBlank(modelName);
        if (MeasuredOn is null)
        {
            return $"The model that this figure was measured on is not named in its source ({Source}); it is used for {modelName}.";
        }

        return string.Equals(MeasuredOn, modelName, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"Measured on {MeasuredOn}, used for {modelName} ({Source}).";
    }
}
