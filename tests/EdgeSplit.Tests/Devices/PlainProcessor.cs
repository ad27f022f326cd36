using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

/// <summary>A roofline written from outside: overhead per operation and pass, and for each stream the longer of computing and moving.</summary>
internal sealed record PlainProcessor(
    double FlopPerSecond, double BytesPerSecond, double OverheadSecondsPerOperation = 0, double OverheadSecondsPerPass = 0, double MemoryBytes = 24e9) : IComputeProfile
{
    public static PlainProcessor Fast { get; } = new(100e12, 1e12, 5e-6, 1e-4);

    public string Name => "plain";

    public double UsableMemoryBytes => 0.9 * MemoryBytes;

    public double IdleWatts { get; init; } = 20;

    public double BusyWatts { get; init; } = 220;

    public double Seconds(in UnitCost cost, NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return (cost.Operations * OverheadSecondsPerOperation)
            + Math.Max(cost.MatrixFlop / FlopPerSecond, cost.WeightBytes / BytesPerSecond)
            + Math.Max(cost.AttentionFlop / FlopPerSecond, (cost.KeyValueReadBytes + cost.KeyValueWriteBytes) / BytesPerSecond)
            + Math.Max(cost.ElementwiseFlop / FlopPerSecond, cost.ActivationBytes / BytesPerSecond);
    }

    public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) => this with
    {
        FlopPerSecond = FlopPerSecond / computeFactor,
        BytesPerSecond = BytesPerSecond / bandwidthFactor,
        OverheadSecondsPerOperation = OverheadSecondsPerOperation * overheadFactor,
        OverheadSecondsPerPass = OverheadSecondsPerPass * overheadFactor,
    };
}
