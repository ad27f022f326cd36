using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality.Leakage;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>A leakage measurement unit by unit: what an earlier run has found, and the rest. Thread-safe.</summary>
internal sealed class LeakageProgress(LeakageMeasurement leakage)
{
    private readonly LeakageCount?[] counts = new LeakageCount?[leakage.Units.Count];

    /// <summary>Work of all units, in tokens through a layer.</summary>
    internal double Work => leakage.Units.Sum(unit => unit.Work);

    /// <summary>The counts of a line of a journal; null where it is not one of this measurement.</summary>
    internal LeakageCount? Read(JournalRecord record)
    {
        if (record.Part != JournalRecord.LeakagePart || record.Group < 0 || record.Group >= counts.Length)
        {
            return null;
        }

        var unit = leakage.Units[record.Group];
        return record.Read<int>(leakage.Plan.DamagesOf(unit.Attack).Count * unit.Windows) is { } recovered ? new LeakageCount(record.Group, recovered) : null;
    }

    /// <summary>Takes up what an earlier run has found; returns its work.</summary>
    internal double TakeUp(LeakageCount count)
    {
        counts[count.Unit] = count;
        return leakage.Units[count.Unit].Work;
    }

    /// <summary>Runs the missing units and returns the cells.</summary>
    internal IReadOnlyList<LeakageCell> Run(int threads, Action<LeakageCount, LeakageUnit> finished, CancellationToken cancellation)
    {
        var missing = Enumerable.Range(0, counts.Length).Where(index => counts[index] is null).ToArray();
        ParallelUnits.Run(missing.Length, threads, own => new LlamaWorkspace(own), Measure, cancellation);
        return leakage.Combine([.. counts.Select(count => count!)]);

        void Measure(LlamaWorkspace workspace, int index)
        {
            var count = leakage.RunUnit(missing[index], workspace);
            counts[count.Unit] = count;
            finished(count, leakage.Units[count.Unit]);
        }
    }
}
