namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Adds up what threads have finished, in tokens through a layer, and tells the share. Thread-safe.</summary>
internal sealed class MeasurementProgressMeter(IProgress<MeasurementProgress>? progress, double total)
{
    private readonly Lock gate = new();
    private double done;

    /// <summary>Counts work that an earlier run has done.</summary>
    internal void TakeUp(double work) => done += work;

    internal void Finish(double work, string current)
    {
        lock (gate)
        {
            done += work;
            progress?.Report(new MeasurementProgress(Math.Min(1, done / total), current));
        }
    }
}
