using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Fading of a moving terminal among isotropic scatterers: a sum of sinusoids with the autocorrelation J0(2 pi fd t) (Clarke, Jakes).</summary>
/// <remarks>
/// <para>The scattered channel is Y = N^(-1/2) sum exp(j (2 pi x cos a_n + phi_n)) with a_n = (2 pi n + theta_n) / N and independent uniform theta_n and phi_n for each link,
/// x = fd t the Doppler cycles: the wavelengths travelled. So it is defined at every real x: <see cref="GainAt"/> serves a user of changing speed, and blocks join without a seam.
/// Block b has the gain at its start, x = b fd T.</para>
/// <para>Laws. Rayleigh: |Y|^2. Rician: a direct path of random phase is added, whose Doppler shift is fd cos(angle), by default none. Nakagami with 2m whole and m at most 8: 2m squares
/// of independent real parts. <see cref="ConstantGain"/>: 1. Any other law with a continuous increasing cumulative probability: its quantile at the probability of |Y|^2 under Rayleigh
/// fading (a Gaussian copula; table accurate to 1e-6). J0 is the autocorrelation of the complex components in every case; that of the gain is J0^2 for Rayleigh and for sums of
/// squares. Level crossings are those of <see cref="LevelCrossings"/>, under a copula those of Rayleigh fading at the level of equal probability.</para>
/// <para>Finite N. The autocorrelation is exact over links for every N; one link alone is not ergodic: its average over time keeps an error that falls with N. E|Y|^4 = 2 - 1/N, not 2;
/// |Y|^2 is at most N; deep fades are too rare by a fraction of about 1/(2N): 3 % at N = 16.</para>
/// <para>Precision: x is rounded to 53 bits, so that phases are good to 1e-10 cycles up to x = 1e6. Immutable, so safe to share between threads; filling allocates nothing.</para>
/// <para>Sources: R. H. Clarke, Bell System Technical Journal 47(6), 1968; C. Xiao, Y. R. Zheng, N. C. Beaulieu, "Novel sum-of-sinusoids simulation models for Rayleigh and Rician fading
/// channels", IEEE Trans. Wireless Communications 5(12), 2006.</para>
/// </remarks>
public sealed class ClarkeFading : IComplexChannel
{
    private const int Portion = 128;

    private readonly ulong entity;
    private readonly ScatterGain gain;
    private readonly SumOfSinusoids[] components;
    private readonly double cyclesPerBlock;
    private readonly double directShift;
    private readonly double directPhase;

    // Of another future: the components at x = 0 that it keeps, and how far its own components are from them there.
    private readonly (double Real, double Imaginary)[]? present;
    private readonly (double Real, double Imaginary)[]? offsets;

    /// <summary>The fading of one link.</summary>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <param name="law">Law of the gain of any one block.</param>
    /// <param name="blockSeconds">Length T of a block, seconds, positive.</param>
    /// <param name="dopplerHz">Maximum Doppler shift fd, hertz, at least 0; 0 is a channel that never changes. At most 1e12 cycles per block.</param>
    /// <param name="sinusoids">Number N of sinusoids, in [4, 1024]; 16 if omitted.</param>
    /// <param name="lineOfSightAngleRadians">Angle between the direct path of a Rician law and the motion, radian, in [0, pi]; a right angle (no Doppler shift) if omitted.</param>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentException">The law has no continuous increasing cumulative probability.</exception>
    public ClarkeFading(
        StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz, int sinusoids = 16, double lineOfSightAngleRadians = Math.PI / 2.0)
        : this(key, entity, law, blockSeconds, dopplerHz, sinusoids, lineOfSightAngleRadians, new QuantileMemory())
    {
    }

    internal ClarkeFading(
        StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz, int sinusoids, double lineOfSightAngleRadians, QuantileMemory memory)
    {
        Law = law ?? throw new ArgumentNullException(nameof(law));
        BlockSeconds = Guard.Positive(blockSeconds);
        cyclesPerBlock = Guard.InRange(Guard.NonNegative(dopplerHz) * blockSeconds, 0.0, 1e12, nameof(dopplerHz));
        Sinusoids = Guard.InRange(sinusoids, 4, 1024);
        directShift = SineOfCycles.Evaluate(Guard.InRange(lineOfSightAngleRadians, 0.0, Math.PI) / (2.0 * Math.PI)).Cosine;
        directPhase = new RandomSource(key.Derive("direct path"), entity).NextUniform();
        this.entity = entity;
        gain = ScatterGain.Of(law, memory);
        components = Components(key, entity, gain.Components, sinusoids);
    }

    private ClarkeFading(ClarkeFading course, StreamKey key)
    {
        (Law, BlockSeconds, Sinusoids) = (course.Law, course.BlockSeconds, course.Sinusoids);
        (entity, gain, cyclesPerBlock) = (course.entity, course.gain, course.cyclesPerBlock);
        (directShift, directPhase) = (course.directShift, course.directPhase);
        components = Components(key, entity, gain.Components, Sinusoids);
        present = new (double, double)[components.Length];
        offsets = new (double, double)[components.Length];
        Span<double> origin = [0.0], real = [0.0], imaginary = [0.0];
        for (var c = 0; c < components.Length; c++)
        {
            course.FillScatter(c, origin, real, imaginary);
            present[c] = (real[0], imaginary[0]);
            components[c].Fill(origin, real, imaginary);
            offsets[c] = (present[c].Real - real[0], present[c].Imaginary - imaginary[0]);
        }
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    /// <inheritdoc/>
    public IFadingModel Law { get; }

    /// <summary>Number N of sinusoids.</summary>
    public int Sinusoids { get; }

    /// <inheritdoc/>
    public bool IsOneComplexNumber => gain.IsOneComplexNumber;

    /// <inheritdoc/>
    public void FillGains(long firstBlock, Span<double> powerGainsLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        Span<double> cycles = stackalloc double[Portion];
        for (var done = 0; done < powerGainsLinear.Length; done += Portion)
        {
            var gains = powerGainsLinear.Slice(done, Math.Min(Portion, powerGainsLinear.Length - done));
            SetCycles(firstBlock + done, cycles[..gains.Length]);
            FillPortion(cycles[..gains.Length], gains);
        }
    }

    /// <summary>The power gain at any place of the channel.</summary>
    /// <param name="dopplerCycles">Doppler cycles since block 0: the integral of fd over time, which is the distance travelled in wavelengths; finite.</param>
    /// <returns>Power gain, linear (not dB), at least 0, mean 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coordinate is NaN or infinite.</exception>
    public double GainAt(double dopplerCycles)
    {
        ReadOnlySpan<double> cycles = [Guard.Finite(dopplerCycles)];
        Span<double> gains = [0.0];
        FillPortion(cycles, gains);
        return gains[0];
    }

    /// <summary>The power gains at many places of the channel, for example of a user whose speed changes.</summary>
    /// <param name="dopplerCycles">Doppler cycles since block 0, finite, in any order; shape [places].</param>
    /// <param name="powerGainsLinear">Receives one gain per place, linear (not dB); shape [places].</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is NaN or infinite, or the shapes differ.</exception>
    public void GainsAt(ReadOnlySpan<double> dopplerCycles, Span<double> powerGainsLinear)
    {
        Guard.SameLength(powerGainsLinear.Length, dopplerCycles.Length);
        foreach (var cycles in dopplerCycles)
        {
            Guard.Finite(cycles, nameof(dopplerCycles));
        }

        for (var done = 0; done < powerGainsLinear.Length; done += Portion)
        {
            var count = Math.Min(Portion, powerGainsLinear.Length - done);
            FillPortion(dopplerCycles.Slice(done, count), powerGainsLinear.Slice(done, count));
        }
    }

    /// <summary>Another course that is still possible given the channel at the start.</summary>
    /// <param name="key">Stream of the other course's draws.</param>
    /// <returns>A channel with the components of this one at block 0, and later their conditional law x(t) = g(t) + J0(2 pi fd t) (x(0) - g(0)), g an independent channel (Matheron's rule):
    /// exact for Gaussian components, hence as N grows. A direct path stays as it is.</returns>
    public ClarkeFading AnotherFuture(StreamKey key) => new(this, key);

    IFadingProcess IFadingProcess.AnotherFuture(StreamKey key) => AnotherFuture(key);

    /// <inheritdoc/>
    public void FillChannel(long firstBlock, Span<double> real, Span<double> imaginary)
    {
        ScatterGain.CheckChannel(IsOneComplexNumber, firstBlock, real.Length, imaginary.Length);
        Span<double> cycles = stackalloc double[Portion];
        for (var done = 0; done < real.Length; done += Portion)
        {
            var count = Math.Min(Portion, real.Length - done);
            SetCycles(firstBlock + done, cycles[..count]);
            FillScatter(0, cycles[..count], real.Slice(done, count), imaginary.Slice(done, count));
            AddDirectPath(cycles[..count], real.Slice(done, count), imaginary.Slice(done, count));
        }
    }

    private static SumOfSinusoids[] Components(StreamKey key, ulong entity, int count, int sinusoids)
    {
        var components = new SumOfSinusoids[count];
        for (var c = 0; c < count; c++)
        {
            components[c] = new SumOfSinusoids(new RandomSource(key, entity, (ulong)c), sinusoids);
        }

        return components;
    }

    private void SetCycles(long firstBlock, Span<double> cycles)
    {
        for (var i = 0; i < cycles.Length; i++)
        {
            cycles[i] = (firstBlock + i) * cyclesPerBlock;
        }
    }

    private void FillPortion(ReadOnlySpan<double> cycles, Span<double> gains)
    {
        if (cycles.Length == 1)
        {
            Span<double> oneReal = [0.0], oneImaginary = [0.0];
            FillPortion(cycles, gains, oneReal, oneImaginary);
            return;
        }

        Span<double> real = stackalloc double[Portion], imaginary = stackalloc double[Portion];
        FillPortion(cycles, gains, real[..gains.Length], imaginary[..gains.Length]);
    }

    private void FillPortion(ReadOnlySpan<double> cycles, Span<double> gains, Span<double> real, Span<double> imaginary)
    {
        gains.Clear();
        for (var c = 0; c < components.Length; c++)
        {
            FillScatter(c, cycles, real, imaginary);
            AddDirectPath(cycles, real, imaginary);
            gain.AddSquares(c, real, imaginary, gains);
        }

        gain.Finish(gains);
    }

    private void FillScatter(int component, ReadOnlySpan<double> cycles, Span<double> real, Span<double> imaginary)
    {
        components[component].Fill(cycles, real, imaginary);
        if (present is null || offsets is null)
        {
            return;
        }

        for (var i = 0; i < cycles.Length; i++)
        {
            var correlation = BesselFunctions.J0(2.0 * Math.PI * cycles[i]);
            (real[i], imaginary[i]) = cycles[i] == 0.0
                ? present[component]
                : (real[i] + (correlation * offsets[component].Real), imaginary[i] + (correlation * offsets[component].Imaginary));
        }
    }

    private void AddDirectPath(ReadOnlySpan<double> cycles, Span<double> real, Span<double> imaginary)
    {
        if (gain.DirectAmplitude == 0.0)
        {
            return;
        }

        var (sine, cosine) = SineOfCycles.Evaluate(directPhase);
        for (var i = 0; i < cycles.Length; i++)
        {
            if (directShift != 0.0)
            {
                (sine, cosine) = SineOfCycles.Evaluate(Math.FusedMultiplyAdd(cycles[i], directShift, directPhase));
            }

            gain.AddDirectPath(cosine, sine, ref real[i], ref imaginary[i]);
        }
    }
}
