using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A device that processes prompts on one processor and generates single tokens on another: a neural processor beside processor cores, which share memory.</summary>
/// <remarks>
/// <para>Measured phones do so: a Snapdragon 8 Gen 3 runs a prompt of a 1B model at 1,877 tokens/s on its neural processor and generates 59 tokens/s (PowerServe), since generation is bound by the
/// memory that all processors share.</para>
/// <para>Memory, idle power and name are those of the prompt's processor; busy power is the larger of both, since a profile has one. <see cref="Seconds"/> is that of the prompt's processor: callers that know the number of tokens ask <see cref="ForPass"/> first.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class PhaseProfile : IComputeProfile
{
    private readonly IComputeProfile prefill;
    private readonly IComputeProfile decode;

    /// <summary>Joins two processors of one device.</summary>
    /// <param name="prefill">Runs passes of two tokens and more.</param>
    /// <param name="decode">Runs passes of one token.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public PhaseProfile(IComputeProfile prefill, IComputeProfile decode)
    {
        ArgumentNullException.ThrowIfNull(prefill);
        ArgumentNullException.ThrowIfNull(decode);
        (this.prefill, this.decode) = (prefill.ForPass(2), decode.ForPass(1));
    }

    /// <inheritdoc/>
    public string Name => prefill.Name;

    /// <inheritdoc/>
    public double MemoryBytes => prefill.MemoryBytes;

    /// <inheritdoc/>
    public double UsableMemoryBytes => prefill.UsableMemoryBytes;

    /// <inheritdoc/>
    public double IdleWatts => prefill.IdleWatts;

    /// <inheritdoc/>
    public double BusyWatts => Math.Max(prefill.BusyWatts, decode.BusyWatts);

    /// <inheritdoc/>
    public double OverheadSecondsPerPass => prefill.OverheadSecondsPerPass;

    /// <inheritdoc/>
    public int MicroBatchTokens => prefill.MicroBatchTokens;

    /// <inheritdoc/>
    public IComputeProfile ForPass(int newTokens) => newTokens > 1 ? prefill : decode;

    /// <inheritdoc/>
    public double Seconds(in UnitCost cost, NumberFormat weights) => prefill.Seconds(cost, weights);

    /// <inheritdoc/>
    public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) =>
        new PhaseProfile(prefill.Perturbed(computeFactor, bandwidthFactor, overheadFactor), decode.Perturbed(computeFactor, bandwidthFactor, overheadFactor));
}
