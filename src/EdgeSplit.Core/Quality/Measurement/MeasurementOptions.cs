namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>How a measurement runs. Nothing here but <see cref="Seed"/> and <see cref="ModelName"/> shows in the table.</summary>
/// <remarks>Immutable.</remarks>
public sealed record MeasurementOptions
{
    /// <summary>Seed of erasures and noise.</summary>
    /// <value>The default value is 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Name of the model in the table; that of the checkpoint's folder where null.</summary>
    /// <value>The default value is null.</value>
    public string? ModelName { get; init; }

    /// <summary>Threads, 1 to 256; results do not depend on it.</summary>
    /// <value>The default value is 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>File that keeps what is finished, so that a killed run goes on where it was; it stays after the run for the caller to remove once the table is safe. None where null.</summary>
    /// <value>The default value is null.</value>
    public string? JournalPath { get; init; }

    /// <summary>Whether a journal that is there is discarded.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Restart { get; init; }
}
