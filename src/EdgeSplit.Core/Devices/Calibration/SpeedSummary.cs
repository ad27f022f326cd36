using EdgeSplit.Core.Devices.Benchmarks;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Errors of a group of predictions.</summary>
/// <param name="Group">What the rows have in common: a kind of processor, <c>GPUs</c>, <c>phones, CPUs and boards</c>, a weight format.</param>
/// <param name="Phase">Prefill or decode.</param>
/// <param name="Devices">Number of devices.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="MacroMedianError">Median of |predicted / measured - 1| of each device, averaged over the devices: many rows of one device do not hide another.</param>
/// <param name="MedianError">Median of |predicted / measured - 1| over the rows.</param>
/// <param name="MeanError">Mean of |predicted / measured - 1| over the rows.</param>
/// <param name="MedianRatio">Median of predicted / measured: above 1 is predicted too fast.</param>
/// <param name="Coverage">Share of the rows within the nominal 90 % band.</param>
public sealed record SpeedSummary(
    string Group, BenchmarkPhase Phase, int Devices, int Rows, double MacroMedianError, double MedianError, double MeanError, double MedianRatio, double Coverage)
{
    /// <summary>Name of the group of all graphics cards and Apple's GPUs.</summary>
    public const string Gpus = "GPUs";

    /// <summary>Name of the group of all other processors.</summary>
    public const string Others = "phones, CPUs, boards";

    /// <summary>Whether a kind of processor belongs to <see cref="Gpus"/>.</summary>
    /// <param name="processor">The kind of processor.</param>
    public static bool IsGpu(ProcessorClass processor) => processor is ProcessorClass.TensorGpu or ProcessorClass.ShaderGpu or ProcessorClass.AppleGpu;

    /// <summary>Summarises predictions: the two groups of processors first, then each kind of processor, each with its engines, then each weight format; decode before prefill.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <exception cref="ArgumentNullException"><paramref name="predictions"/> is null.</exception>
    public static IReadOnlyList<SpeedSummary> Of(IReadOnlyList<PredictedSpeed> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var groups = new List<(string Name, IEnumerable<PredictedSpeed> Rows)>
        {
            (Gpus, predictions.Where(row => IsGpu(row.Sample.Sheet.Processor))),
            (Others, predictions.Where(row => !IsGpu(row.Sample.Sheet.Processor))),
        };
        groups.AddRange(Enum.GetValues<ProcessorClass>().Select(kind => (kind.ToString(), predictions.Where(row => row.Sample.Sheet.Processor == kind))));
        groups.AddRange(predictions.Select(row => (row.Sample.Sheet.Processor, row.Sample.Engine)).Distinct().Order()
            .Select(pair => ($"{pair.Processor}, {pair.Engine}", predictions.Where(row => row.Sample.Sheet.Processor == pair.Processor && row.Sample.Engine == pair.Engine))));
        groups.AddRange(predictions.Select(row => row.Sample.Format).Distinct().Order(StringComparer.Ordinal).Select(format => (format, predictions.Where(row => row.Sample.Format == format))));
        return Array.AsReadOnly((
            from phase in new[] { BenchmarkPhase.Decode, BenchmarkPhase.Prefill }
            from pair in groups
            let rows = pair.Rows.Where(row => row.Sample.Row.Phase == phase).ToArray()
            where rows.Length > 0
            select Of(pair.Name, phase, rows)).ToArray());
    }

    private static SpeedSummary Of(string name, BenchmarkPhase phase, PredictedSpeed[] rows)
    {
        var devices = rows.GroupBy(row => row.Sample.Sheet.Name).ToArray();
        return new SpeedSummary(
            name,
            phase,
            devices.Length,
            rows.Length,
            devices.Average(device => device.Select(row => row.AbsoluteError).Median()),
            rows.Select(row => row.AbsoluteError).Median(),
            rows.Average(row => row.AbsoluteError),
            Math.Exp(rows.Select(row => row.LogError).Median()),
            rows.Count(row => row.IsCovered) / (double)rows.Length);
    }
}
