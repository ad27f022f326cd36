namespace EdgeSplit.Core.Placements;

/// <summary>Caller-owned buffers that receive the totals of all L + 1 splits; index = split point.</summary>
/// <remarks>Reusable; not thread-safe.</remarks>
public sealed class SplitTotals
{
    /// <summary>Creates buffers for a model of <paramref name="layers"/> layers.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layers"/> is less than 1.</exception>
    public SplitTotals(int layers)
    {
        Layers = Guard.AtLeast(layers, 1);
        DeviceSeconds = new double[layers + 1];
        NetworkSeconds = new double[layers + 1];
        ServerSeconds = new double[layers + 1];
        TimeToFirstTokenSeconds = new double[layers + 1];
        DeviceJoules = new double[layers + 1];
        ServerGpuSeconds = new double[layers + 1];
        Infeasibility = new SplitInfeasibility[layers + 1];
    }

    /// <summary>Layers L.</summary>
    public int Layers { get; }

    /// <summary>Device compute, seconds; shape [L + 1].</summary>
    public double[] DeviceSeconds { get; }

    /// <summary>Exposed link time, seconds; shape [L + 1].</summary>
    public double[] NetworkSeconds { get; }

    /// <summary>Server queue and compute, seconds; shape [L + 1].</summary>
    public double[] ServerSeconds { get; }

    /// <summary>Time to first token, seconds; shape [L + 1].</summary>
    public double[] TimeToFirstTokenSeconds { get; }

    /// <summary>Device energy above idle, joules; shape [L + 1].</summary>
    public double[] DeviceJoules { get; }

    /// <summary>Server compute used, seconds; shape [L + 1].</summary>
    public double[] ServerGpuSeconds { get; }

    /// <summary>Why a split may not be chosen; shape [L + 1].</summary>
    public SplitInfeasibility[] Infeasibility { get; }

    /// <summary>End-to-end latency at a split, seconds.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    public double LatencySeconds(int splitPoint) => DeviceSeconds[splitPoint] + NetworkSeconds[splitPoint] + ServerSeconds[splitPoint];
}
