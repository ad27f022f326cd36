using System.Runtime.Intrinsics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>Frequency-selective fading: a tapped delay line, and from it the power gain of each subband in each block.</summary>
/// <remarks>
/// <para>H(f) = sum over the taps of sqrt(p) h(t) exp(-j 2 pi f tau) with an independent fading process h for each tap. Every subband by itself has the given law, mean 1; two of them are
/// correlated as <see cref="PowerDelayProfile.FrequencyCorrelation"/> says, and each over time as the evolution says. The gain of a subband is taken at its centre.</para>
/// <para>Laws: Rayleigh (<see cref="NakagamiFading"/> of shape 1), <see cref="RicianFading"/> (the direct path arrives with the first tap) and <see cref="ConstantGain"/> (no fading in any subband).
/// Evolutions: <see cref="ClarkeEvolution"/>, <see cref="AutoregressiveEvolution"/>, <see cref="IndependentBlocks"/>, and any other that makes an <see cref="IComplexChannel"/>, whose other
/// futures are such channels again.</para>
/// <para>A pure function of the block number. Immutable, so safe to share between threads; filling allocates nothing.</para>
/// </remarks>
public sealed class WidebandFading
{
    private const int Portion = 32;

    private readonly IComplexChannel[] taps;

    // sqrt(p) exp(-j 2 pi f tau), shape [taps, subbands padded to whole vectors].
    private readonly double[] steeringReal;
    private readonly double[] steeringImaginary;
    private readonly int padded;

    /// <summary>The wideband fading of one link.</summary>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <param name="profile">Delays and powers of the taps.</param>
    /// <param name="subbandOffsetsHz">Centre of each subband relative to the carrier, hertz, finite; shape [subbands], at least one. See <see cref="SubbandCentresHz"/>.</param>
    /// <param name="evolution">How the taps go on in time.</param>
    /// <param name="law">Law of the gain of any one subband in any one block.</param>
    /// <param name="blockSeconds">Length of a block, seconds, positive.</param>
    /// <param name="dopplerHz">Maximum Doppler shift, hertz, at least 0.</param>
    /// <exception cref="ArgumentNullException">Profile, evolution or law is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or out of range, or there is no subband.</exception>
    /// <exception cref="ArgumentException">Law or evolution is not supported; the message names those that are.</exception>
    public WidebandFading(
        StreamKey key, ulong entity, PowerDelayProfile profile, ReadOnlySpan<double> subbandOffsetsHz, IFadingEvolution evolution, IFadingModel law, double blockSeconds, double dopplerHz)
    {
        Profile = profile ?? throw new ArgumentNullException(nameof(profile));
        Law = law ?? throw new ArgumentNullException(nameof(law));
        ArgumentNullException.ThrowIfNull(evolution);
        BlockSeconds = Guard.Positive(blockSeconds);
        Subbands = Guard.AtLeast(subbandOffsetsHz.Length, 1, nameof(subbandOffsetsHz));
        var factor = FirstTapKFactor(law, profile);
        taps = new IComplexChannel[law is ConstantGain ? 0 : profile.DelaysSeconds.Length];
        padded = (Subbands + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        (steeringReal, steeringImaginary) = (new double[taps.Length * padded], new double[taps.Length * padded]);
        var direct = factor * profile.PowersLinear[0];
        for (var tap = 0; tap < taps.Length; tap++)
        {
            IFadingModel tapLaw = tap == 0 && factor > 0.0 ? new RicianFading(factor) : NakagamiFading.Rayleigh;
            taps[tap] = Channel(TapKey(key, tap), entity, evolution, tapLaw, blockSeconds, dopplerHz);
            var amplitude = Math.Sqrt((profile.PowersLinear[tap] + (tap == 0 ? direct : 0.0)) / (1.0 + direct));
            for (var subband = 0; subband < Subbands; subband++)
            {
                var (sine, cosine) = SineOfCycles.Evaluate(Guard.Finite(subbandOffsetsHz[subband], nameof(subbandOffsetsHz)) * profile.DelaysSeconds[tap]);
                (steeringReal[(tap * padded) + subband], steeringImaginary[(tap * padded) + subband]) = (amplitude * cosine, -amplitude * sine);
            }
        }
    }

    private WidebandFading(WidebandFading course, StreamKey key)
    {
        (Profile, Law, BlockSeconds, Subbands) = (course.Profile, course.Law, course.BlockSeconds, course.Subbands);
        (steeringReal, steeringImaginary, padded) = (course.steeringReal, course.steeringImaginary, course.padded);
        taps = [.. course.taps.Select((tap, number) => (IComplexChannel)tap.AnotherFuture(TapKey(key, number)))];
    }

    /// <summary>Delays and powers of the taps.</summary>
    public PowerDelayProfile Profile { get; }

    /// <summary>Law of the gain of any one subband in any one block.</summary>
    public IFadingModel Law { get; }

    /// <summary>Length of a block, seconds.</summary>
    public double BlockSeconds { get; }

    /// <summary>Number of subbands.</summary>
    public int Subbands { get; }

    /// <summary>The centres of equally wide subbands side by side, symmetric about the carrier.</summary>
    /// <param name="bandwidthHz">Bandwidth of all together, hertz, positive.</param>
    /// <param name="subbands">Number of subbands, at least 1.</param>
    /// <returns>Offsets from the carrier, hertz, ascending; shape [subbands].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double[] SubbandCentresHz(double bandwidthHz, int subbands)
    {
        Guard.Positive(bandwidthHz);
        var centres = new double[Guard.AtLeast(subbands, 1)];
        for (var i = 0; i < subbands; i++)
        {
            centres[i] = bandwidthHz * (((i + 0.5) / subbands) - 0.5);
        }

        return centres;
    }

    /// <summary>The gains of all subbands in consecutive blocks.</summary>
    /// <param name="firstBlock">Number of the first block, at least 0.</param>
    /// <param name="powerGainsLinear">Receives the gains, linear (not dB), mean 1; shape [blocks, subbands], subband by subband within a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first block is negative.</exception>
    /// <exception cref="ArgumentException">The number of gains is no multiple of the number of subbands.</exception>
    public void FillGains(long firstBlock, Span<double> powerGainsLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        if (powerGainsLinear.Length % Subbands != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Must have a length that is a multiple of {Subbands}."), nameof(powerGainsLinear));
        }

        if (taps.Length == 0)
        {
            powerGainsLinear.Fill(1.0);
            return;
        }

        Span<double> real = stackalloc double[taps.Length * Portion], imaginary = stackalloc double[taps.Length * Portion];
        var blocks = powerGainsLinear.Length / Subbands;
        for (var done = 0; done < blocks; done += Portion)
        {
            var count = Math.Min(Portion, blocks - done);
            for (var tap = 0; tap < taps.Length; tap++)
            {
                taps[tap].FillChannel(firstBlock + done, real.Slice(tap * Portion, count), imaginary.Slice(tap * Portion, count));
            }

            for (var block = 0; block < count; block++)
            {
                FillSubbands(real[block..], imaginary[block..], powerGainsLinear.Slice((done + block) * Subbands, Subbands));
            }
        }
    }

    /// <summary>Another course that is still possible given the channel in block 0: every tap goes on with its conditional law.</summary>
    /// <param name="key">Stream of the other course's draws.</param>
    /// <returns>A wideband channel with the gains of this one in block 0.</returns>
    public WidebandFading AnotherFuture(StreamKey key) => new(this, key);

    /// <summary>|sum over taps|^2 of each subband; the taps of a block lie one portion apart.</summary>
    private void FillSubbands(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> gains)
    {
        for (var start = 0; start < gains.Length; start += Vector512<double>.Count)
        {
            var (sumReal, sumImaginary) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var tap = 0; tap < taps.Length; tap++)
            {
                var (x, y) = (Vector512.Create(real[tap * Portion]), Vector512.Create(imaginary[tap * Portion]));
                var cosine = Vector512.LoadUnsafe(ref steeringReal[(tap * padded) + start]);
                var sine = Vector512.LoadUnsafe(ref steeringImaginary[(tap * padded) + start]);
                sumReal = Vector512.FusedMultiplyAdd(cosine, x, Vector512.FusedMultiplyAdd(-sine, y, sumReal));
                sumImaginary = Vector512.FusedMultiplyAdd(cosine, y, Vector512.FusedMultiplyAdd(sine, x, sumImaginary));
            }

            var squares = Vector512.FusedMultiplyAdd(sumReal, sumReal, sumImaginary * sumImaginary);
            if (start <= gains.Length - Vector512<double>.Count)
            {
                squares.CopyTo(gains[start..]);
                continue;
            }

            for (var i = start; i < gains.Length; i++)
            {
                gains[i] = squares.GetElement(i - start);
            }
        }
    }

    private static StreamKey TapKey(StreamKey key, int tap) => key.Derive(FormattableString.Invariant($"tap {tap}"));

    /// <summary>K of the first tap alone, so that the direct path has K times the power of all scattered paths.</summary>
    private static double FirstTapKFactor(IFadingModel law, PowerDelayProfile profile) => law switch
    {
        ConstantGain or NakagamiFading { Shape: 1.0 } => 0.0,
        RicianFading rice => Guard.InRange(rice.KFactorLinear / profile.PowersLinear[0], 0.0, 1e6, nameof(law)),
        _ => throw new ArgumentException($"{law.GetType().Name} is not supported; use Rayleigh (NakagamiFading of shape 1), RicianFading or ConstantGain.", nameof(law)),
    };

    private static IComplexChannel Channel(StreamKey key, ulong entity, IFadingEvolution evolution, IFadingModel law, double blockSeconds, double dopplerHz)
    {
        if (evolution is IndependentBlocks)
        {
            Guard.NonNegative(dopplerHz);
            return new AutoregressiveFading(key, entity, law, blockSeconds, 0.0);
        }

        return evolution.Create(key, entity, law, blockSeconds, dopplerHz) is IComplexChannel { IsOneComplexNumber: true } channel
            ? channel
            : throw new ArgumentException(
                $"{evolution.GetType().Name} is not supported; use ClarkeEvolution, AutoregressiveEvolution, IndependentBlocks or one that makes an IComplexChannel.", nameof(evolution));
    }
}
