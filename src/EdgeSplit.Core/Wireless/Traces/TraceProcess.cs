using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>A trace as a link of constant blocks: the efficiency of a block is what the trace carries in it over block length and bandwidth.</summary>
/// <remarks>
/// <para>Bits are conserved: neighbouring blocks share their border to the last bit, so that whole blocks carry what the trace carries over them (to the
/// rounding of a sum), whatever the length of a block. Within a block the rate is level: a <see cref="MahimahiTrace"/> loses its single
/// opportunities and, unlike in exact replay, nothing is lost to an idle queue.</para>
/// <para>The bandwidth only turns bit/s into bit/s/Hz: on a link of the same bandwidth it cancels. A capacity trace carries no SNR, so noise
/// of analogue or lossy transfer cannot come from it.</para>
/// <para>Immutable, so safe to share between threads if the trace is; a query allocates nothing.</para>
/// </remarks>
/// <param name="Trace">The trace.</param>
/// <param name="OffsetSeconds">Time of the trace at which block 0 starts, seconds, at least 0 and finite; <see cref="TraceOffset"/> draws one.</param>
/// <param name="BlockSeconds">Length of a block, seconds, positive.</param>
/// <param name="BandwidthHz">Bandwidth of the whole link, hertz, positive.</param>
public sealed record TraceProcess(ICapacityTrace Trace, double OffsetSeconds, double BlockSeconds, double BandwidthHz) : IEfficiencyProcess
{
    /// <summary>The trace.</summary>
    public ICapacityTrace Trace { get; } = Trace ?? throw new ArgumentNullException(nameof(Trace));

    /// <summary>Time of the trace at which block 0 starts, seconds.</summary>
    public double OffsetSeconds { get; } = Guard.NonNegative(OffsetSeconds);

    /// <inheritdoc/>
    public double BlockSeconds { get; } = Guard.Positive(BlockSeconds);

    /// <summary>Bandwidth of the whole link, hertz.</summary>
    public double BandwidthHz { get; } = Guard.Positive(BandwidthHz);

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        var bitsPerUnit = BlockSeconds * BandwidthHz;
        var from = OffsetSeconds + (firstBlock * BlockSeconds);
        for (var i = 0; i < spectralEfficiency.Length; i++)
        {
            var to = OffsetSeconds + ((firstBlock + i + 1) * BlockSeconds);
            spectralEfficiency[i] = Trace.Bits(from, to) / bitsPerUnit;
            from = to;
        }
    }
}
