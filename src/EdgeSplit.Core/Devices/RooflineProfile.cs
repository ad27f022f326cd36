using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A processor as a roofline with efficiencies and a fixed price per operation.</summary>
/// <remarks>
/// <para>Time of a unit = operations x overhead + stream(matrix FLOP, weight bytes) + stream(attention FLOP, KV bytes)
/// + stream(elementwise FLOP, activation bytes). A stream takes the longer of its arithmetic and its memory traffic. So a time is
/// never below FLOP / peak nor below bytes / bandwidth, and it is additive over units.</para>
/// <para>The plain roofline is 1.2 to 5.5 times too fast against measured runs (LLM-Viewer against 116 llama.cpp rows,
/// XiongjieDai/GPU-Benchmarks-on-LLM-Inference), hence the efficiencies; measured decode time is affine in bytes and context with a fixed part
/// of 2 to 15 ms, hence the overhead. The KV cache has an efficiency of its own because measured decode slows
/// 2 to 4 times faster with context than its bytes explain, and attention products because they reach far less of the peak.</para>
/// <para>Excluded: sizes too small to fill the machine other than through the overhead, caches, thermal throttling, batching.</para>
/// <para>Immutable; safe to share between threads. <c>with</c> goes through the same checks as construction.</para>
/// <para>Source: S. Williams, A. Waterman, D. Patterson, "Roofline", <i>Communications of the ACM</i> 52(4), 2009.</para>
/// </remarks>
public sealed record RooflineProfile : IComputeProfile
{
    /// <summary>The largest efficiency allowed: a little above 1, since boost clocks and cached weights beat a data sheet's figure.</summary>
    public const double MaximumEfficiency = 1.25;

    /// <inheritdoc/>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>The kind of hardware.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Peak dense rate of matrix products per class of weight format, FLOP/s, positive: data sheet, or a stated measured or class value.</summary>
    public required PerFormat PeakMatrixFlopPerSecond { get; init => field = PerFormat.Positive(value, nameof(PeakMatrixFlopPerSecond)); }

    /// <summary>The share of the peak that matrix products reach, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public PerFormat MatrixEfficiency { get; init => field = PerFormat.Efficiency(value, nameof(MatrixEfficiency)); } = PerFormat.Uniform(1);

    /// <summary>The share of the 16-bit peak that attention products and elementwise work reach, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public double AttentionEfficiency { get; init => field = Efficiency(value, nameof(AttentionEfficiency)); } = 1;

    /// <summary>Nominal memory bandwidth, bytes per second, positive.</summary>
    public required double PeakBytesPerSecond { get; init => field = Guard.Positive(value, nameof(PeakBytesPerSecond)); }

    /// <summary>The share of the nominal bandwidth that reading weights and activations reaches, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public double BandwidthEfficiency { get; init => field = Efficiency(value, nameof(BandwidthEfficiency)); } = 1;

    /// <summary>The share of the nominal bandwidth that reading the KV cache reaches, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public double KeyValueBandwidthEfficiency { get; init => field = Efficiency(value, nameof(KeyValueBandwidthEfficiency)); } = 1;

    /// <summary>Fixed price of one operation (launch, synchronisation, dispatch), seconds, at least 0.</summary>
    /// <value>Default 0: the plain roofline.</value>
    public double OverheadSecondsPerOperation { get; init => field = Guard.NonNegative(value, nameof(OverheadSecondsPerOperation)); }

    /// <inheritdoc/>
    /// <value>Default 0: the fits put all fixed time into <see cref="OverheadSecondsPerOperation"/>.</value>
    public double OverheadSecondsPerPass { get; init => field = Guard.NonNegative(value, nameof(OverheadSecondsPerPass)); }

    /// <inheritdoc/>
    public required double MemoryBytes { get; init => field = Guard.Positive(value, nameof(MemoryBytes)); }

    /// <summary>The share of the memory that a runtime may fill, dimensionless, in (0, 1]: the rest is the system's and other programs'.</summary>
    public required double UsableMemoryShare { get; init => field = Guard.Positive(Guard.InRange(value, 0, 1, nameof(UsableMemoryShare)), nameof(UsableMemoryShare)); }

    /// <inheritdoc/>
    public required double IdleWatts { get; init => field = Guard.NonNegative(value, nameof(IdleWatts)); }

    /// <summary>How much computing draws above idle, watts, at least 0.</summary>
    public required double WattsAboveIdle { get; init => field = Guard.NonNegative(value, nameof(WattsAboveIdle)); }

    /// <summary>Hidden error of the arithmetic: every FLOP takes this many times as long, dimensionless, positive.</summary>
    /// <value>Default 1. Above 1 is slower.</value>
    public double ComputeFactor { get; init => field = Guard.Positive(value, nameof(ComputeFactor)); } = 1;

    /// <summary>Hidden error of the memory: every byte takes this many times as long, dimensionless, positive.</summary>
    /// <value>Default 1. Above 1 is slower.</value>
    public double BandwidthFactor { get; init => field = Guard.Positive(value, nameof(BandwidthFactor)); } = 1;

    /// <inheritdoc/>
    public double BusyWatts => IdleWatts + WattsAboveIdle;

    /// <inheritdoc/>
    public double UsableMemoryBytes => MemoryBytes * UsableMemoryShare;

    /// <summary>Achievable rate of attention products and elementwise work, FLOP/s: 16-bit peak x efficiency / hidden error.</summary>
    public double AttentionFlopPerSecond => PeakMatrixFlopPerSecond.Bits16 * AttentionEfficiency / ComputeFactor;

    /// <summary>Achievable rate of reading weights and activations, bytes per second.</summary>
    public double BandwidthBytesPerSecond => PeakBytesPerSecond * BandwidthEfficiency / BandwidthFactor;

    /// <summary>Achievable rate of reading and writing the KV cache, bytes per second.</summary>
    public double KeyValueBytesPerSecond => PeakBytesPerSecond * KeyValueBandwidthEfficiency / BandwidthFactor;

    /// <summary>Achievable rate of matrix products with weights of a format, FLOP/s.</summary>
    /// <param name="weights">The weight format.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    public double MatrixFlopPerSecond(NumberFormat weights) =>
        PeakMatrixFlopPerSecond.For(weights) * MatrixEfficiency.For(weights) / ComputeFactor;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    public double Seconds(in UnitCost cost, NumberFormat weights) => RatesFor(weights).Seconds(cost);

    /// <summary>The rates at one weight format, prepared once so that each unit costs a few multiplications.</summary>
    /// <param name="weights">Weight format.</param>
    public RooflineRates RatesFor(NumberFormat weights) => new(
        OverheadSecondsPerOperation,
        ComputeFactor / (PeakMatrixFlopPerSecond.For(weights) * MatrixEfficiency.For(weights)),
        ComputeFactor / (PeakMatrixFlopPerSecond.Bits16 * AttentionEfficiency),
        BandwidthFactor / (PeakBytesPerSecond * BandwidthEfficiency),
        BandwidthFactor / (PeakBytesPerSecond * KeyValueBandwidthEfficiency));

    /// <summary>The same processor with hidden errors, as the simulated world draws them: above 1 is slower.</summary>
    /// <remarks>Factors multiply onto what was there, so that errors compose. Sizes measured on real devices: <see cref="PredictionResiduals"/>.</remarks>
    /// <param name="computeFactor">Multiplies the time of all arithmetic, positive.</param>
    /// <param name="bandwidthFactor">Multiplies the time of all memory traffic, positive.</param>
    /// <param name="overheadFactor">Multiplies the overhead per operation and per pass, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is NaN, not positive or not finite.</exception>
    public RooflineProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) => this with
    {
        ComputeFactor = ComputeFactor * Guard.Positive(computeFactor),
        BandwidthFactor = BandwidthFactor * Guard.Positive(bandwidthFactor),
        OverheadSecondsPerOperation = OverheadSecondsPerOperation * Guard.Positive(overheadFactor),
        OverheadSecondsPerPass = OverheadSecondsPerPass * overheadFactor,
    };

    /// <inheritdoc/>
    IComputeProfile IComputeProfile.Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) =>
        Perturbed(computeFactor, bandwidthFactor, overheadFactor);

    private static double Efficiency(double value, string name) =>
        Guard.Positive(Guard.InRange(value, 0, MaximumEfficiency, name), name);
}
