using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A processor of which other programs take a part: their compute, their memory traffic, their memory.</summary>
/// <remarks>
/// <para>Arithmetic takes 1 / compute share as long, memory traffic 1 / bandwidth share; fixed overheads stay. So it is never faster than the processor alone, shares of 1
/// change nothing, and errors (<see cref="Perturbed"/>) act on the processor below and compose with the shares in either order.</para>
/// <para>Power above idle is charged to this program by the larger of its two shares: work that is bound by one of them then costs the energy that it costs alone.</para>
/// <para>Excluded: turns of a scheduler (the share holds at every instant), caches that others evict.</para>
/// <para>Immutable; as safe to share between threads as the processor below.</para>
/// </remarks>
public sealed class SharedProcessor : IComputeProfile
{
    private readonly IComputeProfile slowed;

    /// <summary>Takes shares of a processor.</summary>
    /// <param name="processor">The processor when nothing else runs on it.</param>
    /// <param name="computeShare">Share of its arithmetic that is left, dimensionless, in (0, 1].</param>
    /// <param name="bandwidthShare">Share of its memory bandwidth that is left, dimensionless, in (0, 1].</param>
    /// <param name="takenMemoryBytes">Memory that the other programs hold, bytes, at least 0 and below the usable memory. Default 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="processor"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public SharedProcessor(IComputeProfile processor, double computeShare, double bandwidthShare, double takenMemoryBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(processor);
        Processor = processor;
        ComputeShare = Guard.Positive(Guard.InRange(computeShare, 0, 1));
        BandwidthShare = Guard.Positive(Guard.InRange(bandwidthShare, 0, 1));
        TakenMemoryBytes = Guard.NonNegative(takenMemoryBytes);
        UsableMemoryBytes = Guard.Positive(processor.UsableMemoryBytes - takenMemoryBytes, nameof(takenMemoryBytes));
        slowed = processor.Perturbed(1 / computeShare, 1 / bandwidthShare, 1);
    }

    /// <summary>The processor when nothing else runs on it.</summary>
    public IComputeProfile Processor { get; }

    /// <summary>Share of the arithmetic that is left, dimensionless, in (0, 1].</summary>
    public double ComputeShare { get; }

    /// <summary>Share of the memory bandwidth that is left, dimensionless, in (0, 1].</summary>
    public double BandwidthShare { get; }

    /// <summary>Memory that the other programs hold, bytes.</summary>
    public double TakenMemoryBytes { get; }

    /// <inheritdoc/>
    public string Name => Processor.Name + " (shared)";

    /// <inheritdoc/>
    public double MemoryBytes => Processor.MemoryBytes;

    /// <inheritdoc/>
    public double UsableMemoryBytes { get; }

    /// <inheritdoc/>
    public double IdleWatts => Processor.IdleWatts;

    /// <inheritdoc/>
    /// <remarks>Of this program: idle power and its share of the rest.</remarks>
    public double BusyWatts => Processor.IdleWatts + ((Processor.BusyWatts - Processor.IdleWatts) * Math.Max(ComputeShare, BandwidthShare));

    /// <inheritdoc/>
    public double OverheadSecondsPerPass => slowed.OverheadSecondsPerPass;

    /// <inheritdoc/>
    public int MicroBatchTokens => slowed.MicroBatchTokens;

    /// <inheritdoc/>
    public IComputeProfile ForPass(int newTokens)
    {
        var own = Processor.ForPass(newTokens);
        return ReferenceEquals(own, Processor) ? this : new SharedProcessor(own, ComputeShare, BandwidthShare, TakenMemoryBytes);
    }

    /// <inheritdoc/>
    public double Seconds(in UnitCost cost, NumberFormat weights) => slowed.Seconds(cost, weights);

    /// <inheritdoc/>
    public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) =>
        new SharedProcessor(Processor.Perturbed(computeFactor, bandwidthFactor, overheadFactor), ComputeShare, BandwidthShare, TakenMemoryBytes);
}
