using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>A processor as a roofline with efficiencies, the cost of unpacking weights, and fixed prices per operation and per pass.</summary>
/// <remarks>
/// <para>Time of a unit = operations x overhead + product(matrix FLOP, weight bytes) + attention(attention FLOP, KV bytes) + rest(elementwise FLOP, activation bytes, attention scores).</para>
/// <para><b>Products.</b> Compute is FLOP / (peak x efficiency), and for weights under 10 bits <see cref="UnpackFlopPerWeight"/> of the 16-bit peak for each weight read. Memory is the weight bytes at their
/// share of the bandwidth. Both overlap, but not perfectly: (compute^p + memory^p)^(1/p) with p = <see cref="OverlapExponent"/>, which is 41 % above the plain roofline at its knee for p = 2. With few tokens a product is
/// thus bound by reading, with many by computing, and what a matrix of few rows loses is the overhead per operation.
/// A product of many tokens may first write unpacked weights to memory and read them back (<see cref="UnpackBytesPerWeight"/>), once per pass: hence the price of micro-batches.</para>
/// <para><b>Attention</b> has a ceiling of its own, and reads the KV cache at a share of its own; where it is not fused, every score crosses memory several times (<see cref="ScoreBytes"/>), which
/// makes prefill slow down with the prompt's length by bandwidth, not by peak.</para>
/// <para>The plain roofline is 1.2 to 5.5 times too fast against measured runs (LLM-Viewer against 116 llama.cpp rows, XiongjieDai/GPU-Benchmarks-on-LLM-Inference). With all efficiencies at 1 and no
/// overheads (the defaults) this is the plain roofline. What an engine reaches on a class of processors: <see cref="EngineDefaults"/>; how near that comes: <see cref="DeviceEntry.PrefillLogError"/>.</para>
/// <para>Excluded: caches, wave quantisation, thermal throttling; batching acts through the cost of a pass.</para>
/// <para>Immutable; safe to share between threads. <c>with</c> goes through the same checks as construction.</para>
/// <para>Source of the form: S. Williams, A. Waterman, D. Patterson, "Roofline", <i>Communications of the ACM</i> 52(4), 2009; the terms beside it are ours.</para>
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

    /// <summary>The share of the nominal bandwidth that reading weights of at least 10 bits and activations reaches, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public double BandwidthEfficiency { get; init => field = Efficiency(value, nameof(BandwidthEfficiency)); } = 1;

    /// <summary>The bandwidth that reading packed weights (under 10 bits) reaches, as a multiple of <see cref="BandwidthEfficiency"/>, dimensionless, in (0, 2]; the product of both at most <see cref="MaximumEfficiency"/> counts.</summary>
    /// <value>Default 1. Above 1 where 16-bit kernels read worse than packed ones.</value>
    public double PackedBandwidthFactor { get; init => field = Guard.Positive(Guard.InRange(value, 0, 2, nameof(PackedBandwidthFactor)), nameof(PackedBandwidthFactor)); } = 1;

    /// <summary>Arithmetic of unpacking one packed weight (under 10 bits), in FLOP of the 16-bit peak, at least 0; paid once per pass for every weight read.</summary>
    /// <value>Default 0: unpacking is free.</value>
    public double UnpackFlopPerWeight { get; init => field = Guard.NonNegative(value, nameof(UnpackFlopPerWeight)); }

    /// <summary>Memory traffic of unpacking one packed weight (under 10 bits) ahead of a product, bytes, at least 0; paid once per pass, in full from 64 tokens on and in proportion below.</summary>
    /// <value>Default 0: products read packed weights.</value>
    public double UnpackBytesPerWeight { get; init => field = Guard.NonNegative(value, nameof(UnpackBytesPerWeight)); }

    /// <summary>How far computing and reading overlap in a product, dimensionless, at least 1: 1 is one after the other, infinity perfectly.</summary>
    /// <value>Default infinity: the plain roofline.</value>
    public double OverlapExponent { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(OverlapExponent), value, "Must be at least 1; infinity is allowed."); } = double.PositiveInfinity;

    /// <summary>Memory traffic of one attention score between kernels, bytes, at least 0.</summary>
    /// <value>Default 0: fused attention.</value>
    public double ScoreBytes { get; init => field = Guard.NonNegative(value, nameof(ScoreBytes)); }

    /// <inheritdoc/>
    /// <value>Default <see cref="int.MaxValue"/>: a prompt is one pass. llama.cpp: 512.</value>
    public int MicroBatchTokens { get; init => field = Guard.AtLeast(value, 1, nameof(MicroBatchTokens)); } = int.MaxValue;

    /// <summary>The share of the nominal bandwidth that reading the KV cache reaches, dimensionless, in (0, <see cref="MaximumEfficiency"/>].</summary>
    /// <value>Default 1: the plain roofline.</value>
    public double KeyValueBandwidthEfficiency { get; init => field = Efficiency(value, nameof(KeyValueBandwidthEfficiency)); } = 1;

    /// <summary>Fixed price of one operation (launch, synchronisation, dispatch), seconds, at least 0.</summary>
    /// <value>Default 0: the plain roofline.</value>
    public double OverheadSecondsPerOperation { get; init => field = Guard.NonNegative(value, nameof(OverheadSecondsPerOperation)); }

    /// <inheritdoc/>
    /// <value>Default 0: the plain roofline.</value>
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

    /// <summary>The share of the nominal bandwidth that reading packed weights (under 10 bits) reaches: the product of both factors, at most <see cref="MaximumEfficiency"/>.</summary>
    public double PackedBandwidthEfficiency => Math.Min(MaximumEfficiency, BandwidthEfficiency * PackedBandwidthFactor);

    /// <summary>Achievable rate of reading weights of at least 10 bits and activations, bytes per second.</summary>
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
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    public RooflineRates RatesFor(NumberFormat weights)
    {
        var matrix = PeakMatrixFlopPerSecond.For(weights) * MatrixEfficiency.For(weights);
        var isPacked = weights.BitsPerValue < PerFormat.Bits16Least;
        var secondsPerByte = BandwidthFactor / (PeakBytesPerSecond * BandwidthEfficiency);
        return new RooflineRates
        {
            SecondsPerOperation = OverheadSecondsPerOperation,
            SecondsPerMatrixFlop = ComputeFactor / matrix,
            UnpackSecondsPerWeightByte = isPacked ? ComputeFactor * UnpackFlopPerWeight / (PeakMatrixFlopPerSecond.Bits16 * weights.BytesPerValue) : 0,
            SecondsPerWeightByte = isPacked ? BandwidthFactor / (PeakBytesPerSecond * PackedBandwidthEfficiency) : secondsPerByte,
            UnpackTrafficSecondsPerWeightByte = isPacked ? secondsPerByte * UnpackBytesPerWeight / weights.BytesPerValue : 0,
            FlopPerWeightByteOfOneToken = 2 / weights.BytesPerValue,
            OverlapExponent = OverlapExponent,
            SecondsPerAttentionFlop = ComputeFactor / (PeakMatrixFlopPerSecond.Bits16 * AttentionEfficiency),
            SecondsPerActivationByte = secondsPerByte,
            SecondsPerScore = ScoreBytes * secondsPerByte,
            SecondsPerKeyValueByte = BandwidthFactor / (PeakBytesPerSecond * KeyValueBandwidthEfficiency),
        };
    }

    /// <summary>The same processor with hidden errors, as the simulated world draws them: above 1 is slower.</summary>
    /// <remarks>Factors multiply onto what was there, so that errors compose. Sizes measured on real devices: <see cref="DeviceEntry.PrefillLogError"/>.</remarks>
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
