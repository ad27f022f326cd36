namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Adds up what threads have finished and tells the share. Thread-safe.</summary>
internal sealed class MeasurementProgressMeter(IProgress<MeasurementProgress>? progress, long total)
{
    private long done;

    /// <summary>Counts work that an earlier run has done.</summary>
    internal void TakeUp(long work) => done += work;

    internal void Finish(long work, string current) =>
        progress?.Report(new MeasurementProgress(Math.Min(1, (double)Interlocked.Add(ref done, work) / total), current));
}
