using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>What a processor that runs transformer layers costs: time, memory and power.</summary>
/// <remarks>
/// <para>This is the seam for a device model of one's own (a lookup table of measured layers, a learned predictor).
/// Implementations must be immutable or otherwise safe to call from several threads, and must not allocate in
/// <see cref="Seconds"/>: it runs once per unit in the inner loop of every sweep.</para>
/// <para>Excluded: radio power, thermal state, queueing and batching; they act on top of these values.</para>
/// </remarks>
public interface IComputeProfile
{
    /// <summary>The name shown in tables and errors.</summary>
    string Name { get; }

    /// <summary>Physical memory that can hold weights and KV cache, bytes, positive.</summary>
    double MemoryBytes { get; }

    /// <summary>The part of <see cref="MemoryBytes"/> that a runtime may really fill with weights, KV cache and buffers, bytes, positive.</summary>
    double UsableMemoryBytes { get; }

    /// <summary>Power while it waits, watts, at least 0.</summary>
    double IdleWatts { get; }

    /// <summary>Power while it computes, watts, idle power included: at least <see cref="IdleWatts"/>.</summary>
    double BusyWatts { get; }

    /// <summary>Time that each forward pass costs once on this processor, however many units it runs there, seconds, at least 0.</summary>
    /// <remarks>The caller adds it once per pass and node that runs at least one unit; <see cref="Seconds"/> does not hold it.</remarks>
    double OverheadSecondsPerPass { get; }

    /// <summary>The most new tokens that one forward pass takes; a longer prompt runs as several passes, each of which reads the weights and pays <see cref="OverheadSecondsPerPass"/> again.</summary>
    /// <value>At least 1. Default <see cref="int.MaxValue"/>: a prompt is one pass.</value>
    /// <remarks>The caller cuts the prompt; <see cref="Seconds"/> is then asked about the parts. The head runs in the last of them only.</remarks>
    int MicroBatchTokens => int.MaxValue;

    /// <summary>The processor that runs a pass of this many new tokens: a device may run prompts on one processor and single tokens on another.</summary>
    /// <param name="newTokens">New tokens of the pass, at least 1.</param>
    /// <returns>This profile, unless the device has several processors.</returns>
    IComputeProfile ForPass(int newTokens) => this;

    /// <summary>The time of one unit in one forward pass.</summary>
    /// <param name="cost">The unit's operations and bytes.</param>
    /// <param name="weights">The number format of the unit's weights.</param>
    /// <returns>Seconds, at least 0.</returns>
    double Seconds(in UnitCost cost, NumberFormat weights);

    /// <summary>The same hardware with other speeds: how a simulated world departs from a public profile.</summary>
    /// <param name="computeFactor">Factor on compute-bound time, positive; above 1 is slower.</param>
    /// <param name="bandwidthFactor">Factor on memory-bound time, positive.</param>
    /// <param name="overheadFactor">Factor on fixed overheads, positive.</param>
    /// <returns>A profile of its own; this one does not change.</returns>
    IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor);
}
