using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>First-order autoregressive fading: h(b + 1) = rho h(b) + sqrt(1 - rho^2) w(b) with complex normal w, so that the correlation at n blocks is rho^n.</summary>
/// <remarks>
/// <para>The marginal law is exact in every block. With rho = J0(2 pi fd T) (see <see cref="AutoregressiveEvolution"/>) neighbours are correlated as under a Clarke spectrum, but from the second
/// block on the memory is overstated: at fd T = 0.05 and 8 blocks 0.820 instead of -0.055. rho may be negative. Its crossing rate depends on T and grows without bound as T falls; it is
/// that of <see cref="TwoStateFading"/> with this rho.</para>
/// <para>Laws as for <see cref="ClarkeFading"/>; a direct path has no Doppler shift. Under a copula rho^n is the autocorrelation of the Gaussian components, not of the gain.</para>
/// <para>Any block can be asked without going through those before it: the sequence is halved down from knots so far apart (rho^S below 1e-9) that they are drawn independently.
/// Immutable, so safe to share between threads; filling allocates nothing. Blocks go up to 2^62.</para>
/// </remarks>
public sealed class AutoregressiveFading : IComplexChannel
{
    private const int Portion = 256;

    private readonly ScatterGain gain;
    private readonly GaussMarkovChain chain;
    private readonly double directPhase;

    // Of another future: the components in block 0 that it keeps, and how far its own components are from them there.
    private readonly (double Real, double Imaginary)[]? present;
    private readonly (double Real, double Imaginary)[]? offsets;

    /// <summary>The fading of one link.</summary>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <param name="law">Law of the gain of any one block.</param>
    /// <param name="blockSeconds">Length of a block, seconds, positive.</param>
    /// <param name="correlation">Correlation rho of the complex channel in neighbouring blocks, in [-1, 1]; 1 is a channel that never changes.</param>
    /// <exception cref="ArgumentNullException">The law is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range.</exception>
    /// <exception cref="ArgumentException">The law has no continuous increasing cumulative probability.</exception>
    public AutoregressiveFading(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double correlation)
        : this(key, entity, law, blockSeconds, Guard.InRange(correlation, -1.0, 1.0), 1.0 - correlation, new QuantileMemory())
    {
    }

    /// <remarks>1 - rho is a number of its own, because rho close to 1 has lost its digits.</remarks>
    internal AutoregressiveFading(
        StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double correlation, double oneMinusCorrelation, QuantileMemory memory)
    {
        Law = law ?? throw new ArgumentNullException(nameof(law));
        BlockSeconds = Guard.Positive(blockSeconds);
        Correlation = correlation;
        gain = ScatterGain.Of(law, memory);
        var decay = correlation < 0.0 ? -Math.Log(-correlation) : -OutageCapacity.LogarithmOfOnePlus(-oneMinusCorrelation);
        chain = new GaussMarkovChain(key, entity, Math.Abs(decay), correlation < 0.0);
        directPhase = new RandomSource(key.Derive("direct path"), entity).NextUniform();
    }

    private AutoregressiveFading(AutoregressiveFading course, StreamKey key)
    {
        (Law, BlockSeconds, Correlation) = (course.Law, course.BlockSeconds, course.Correlation);
        (gain, chain, directPhase) = (course.gain, course.chain.With(key), course.directPhase);
        present = new (double, double)[gain.Components];
        offsets = new (double, double)[gain.Components];
        Span<double> real = [0.0], imaginary = [0.0];
        for (var c = 0; c < gain.Components; c++)
        {
            course.FillScatter(c, 0, real, imaginary);
            present[c] = (real[0], imaginary[0]);
            chain.Fill(c, 0, real, imaginary);
            offsets[c] = (present[c].Real - real[0], present[c].Imaginary - imaginary[0]);
        }
    }

    /// <inheritdoc/>
    public double BlockSeconds { get; }

    /// <inheritdoc/>
    public IFadingModel Law { get; }

    /// <summary>Correlation rho of the complex channel in neighbouring blocks, in [-1, 1].</summary>
    public double Correlation { get; }

    /// <inheritdoc/>
    public bool IsOneComplexNumber => gain.IsOneComplexNumber;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative, or the last is not below 2^62.</exception>
    public void FillGains(long firstBlock, Span<double> powerGainsLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        if (powerGainsLinear.Length == 1)
        {
            Span<double> oneReal = [0.0], oneImaginary = [0.0];
            FillPortion(firstBlock, powerGainsLinear, oneReal, oneImaginary);
            return;
        }

        Span<double> real = stackalloc double[Portion], imaginary = stackalloc double[Portion];
        for (var done = 0; done < powerGainsLinear.Length;)
        {
            // Portions end where the stretches of the chain end.
            var block = firstBlock + done;
            var gains = powerGainsLinear.Slice(done, Math.Min(Portion - (int)(block % Portion), powerGainsLinear.Length - done));
            FillPortion(block, gains, real[..gains.Length], imaginary[..gains.Length]);
            done += gains.Length;
        }
    }

    /// <summary>Another course that is still possible given the channel in block 0.</summary>
    /// <param name="key">Stream of the other course's draws.</param>
    /// <returns>A channel with the components of this one in block 0, and in block n their exact conditional law, g(n) + rho^n (x(0) - g(0)), g an independent channel
    /// (Matheron's rule). A direct path stays as it is.</returns>
    public AutoregressiveFading AnotherFuture(StreamKey key) => new(this, key);

    IFadingProcess IFadingProcess.AnotherFuture(StreamKey key) => AnotherFuture(key);

    /// <inheritdoc/>
    public void FillChannel(long firstBlock, Span<double> real, Span<double> imaginary)
    {
        ScatterGain.CheckChannel(IsOneComplexNumber, firstBlock, real.Length, imaginary.Length);
        FillScatter(0, firstBlock, real, imaginary);
        AddDirectPath(real, imaginary);
    }

    private void FillPortion(long firstBlock, Span<double> gains, Span<double> real, Span<double> imaginary)
    {
        gains.Clear();
        for (var c = 0; c < gain.Components; c++)
        {
            FillScatter(c, firstBlock, real, imaginary);
            AddDirectPath(real, imaginary);
            gain.AddSquares(c, real, imaginary, gains);
        }

        gain.Finish(gains);
    }

    private void FillScatter(int component, long firstBlock, Span<double> real, Span<double> imaginary)
    {
        chain.Fill(component, firstBlock, real, imaginary);
        if (present is null || offsets is null)
        {
            return;
        }

        for (var i = 0; i < real.Length; i++)
        {
            var correlation = chain.Correlation(firstBlock + i);
            (real[i], imaginary[i]) = correlation == 1.0
                ? present[component]
                : (real[i] + (correlation * offsets[component].Real), imaginary[i] + (correlation * offsets[component].Imaginary));
        }
    }

    private void AddDirectPath(Span<double> real, Span<double> imaginary)
    {
        if (gain.DirectAmplitude == 0.0)
        {
            return;
        }

        var (sine, cosine) = SineOfCycles.Evaluate(directPhase);
        for (var i = 0; i < real.Length; i++)
        {
            gain.AddDirectPath(cosine, sine, ref real[i], ref imaginary[i]);
        }
    }
}
