namespace EdgeSplit.Core.Wireless.Fading;

/// <summary>How the gain of a law is made of complex Gaussian components of mean square 1, so that one generator of such components serves several laws.</summary>
/// <remarks>
/// <para>Rayleigh: |c|^2. Rician: |sqrt(K/(K+1)) e^(j psi) + sqrt(1/(K+1)) c|^2. Nakagami with 2m whole and m at most 8: the sum of the squares of 2m real parts, over m.
/// Anything else: the quantile of the law at the probability of |c|^2 (a Gaussian copula).</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
internal sealed class ScatterGain
{
    private const double LargestSumShape = 8.0;

    private readonly double scale;
    private readonly bool isLastReal;
    private readonly GainQuantile? quantile;

    private ScatterGain(int components, double scale, bool isLastReal = false, GainQuantile? quantile = null) =>
        (Components, this.scale, this.isLastReal, this.quantile) = (components, scale, isLastReal, quantile);

    /// <summary>Number of complex components; 0 where the gain is always 1.</summary>
    internal int Components { get; }

    /// <summary>Amplitude of the direct path, 0 where there is none.</summary>
    internal double DirectAmplitude { get; private init; }

    /// <summary>Amplitude of the scattered part where there is a direct path, 1 otherwise.</summary>
    internal double ScatterAmplitude { get; private init; } = 1.0;

    /// <summary>Whether the channel itself, not only its gain, is one complex number of mean square 1.</summary>
    internal bool IsOneComplexNumber => Components == 1 && !isLastReal && quantile is null;

    /// <exception cref="ArgumentNullException">The law is null.</exception>
    /// <exception cref="ArgumentException">The law has no continuous increasing cumulative probability.</exception>
    internal static ScatterGain Of(IFadingModel law, QuantileMemory memory)
    {
        ArgumentNullException.ThrowIfNull(law);
        return law switch
        {
            ConstantGain => new(0, 1.0),
            RicianFading rice => new(1, 1.0)
            {
                DirectAmplitude = Math.Sqrt(rice.KFactorLinear / (rice.KFactorLinear + 1.0)),
                ScatterAmplitude = Math.Sqrt(1.0 / (rice.KFactorLinear + 1.0)),
            },
            NakagamiFading { Shape: <= LargestSumShape } nakagami when double.IsInteger(2.0 * nakagami.Shape) =>
                new((int)Math.Ceiling(nakagami.Shape), 1.0 / nakagami.Shape, !double.IsInteger(nakagami.Shape)),
            _ => new(1, 1.0, quantile: memory.Of(law)),
        };
    }

    /// <summary>Adds the squares of one component; call in the order of the components.</summary>
    internal void AddSquares(int component, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> gains)
    {
        if (isLastReal && component == Components - 1)
        {
            for (var i = 0; i < gains.Length; i++)
            {
                gains[i] += real[i] * real[i];
            }

            return;
        }

        for (var i = 0; i < gains.Length; i++)
        {
            gains[i] += (real[i] * real[i]) + (imaginary[i] * imaginary[i]);
        }
    }

    /// <summary>Takes the sums of squares to gains.</summary>
    internal void Finish(Span<double> gains)
    {
        if (Components == 0)
        {
            gains.Fill(1.0);
        }

        if (scale != 1.0)
        {
            foreach (ref var gain in gains)
            {
                gain *= scale;
            }
        }

        quantile?.Apply(gains);
    }

    /// <summary>Adds the direct path, a complex number of modulus 1, to the scattered part.</summary>
    internal void AddDirectPath(double cosine, double sine, ref double real, ref double imaginary)
    {
        real = (DirectAmplitude * cosine) + (ScatterAmplitude * real);
        imaginary = (DirectAmplitude * sine) + (ScatterAmplitude * imaginary);
    }

    /// <summary>The checks of <see cref="IComplexChannel.FillChannel"/>.</summary>
    internal static void CheckChannel(bool isOneComplexNumber, long firstBlock, int realLength, int imaginaryLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        Guard.SameLength(imaginaryLength, realLength);
        if (!isOneComplexNumber)
        {
            throw new InvalidOperationException("The channel is not one complex number: only the gains of Rayleigh and Rician fading are squares of one.");
        }
    }
}
