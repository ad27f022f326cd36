using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Shadowing step by step along a way: S' = a S + sqrt(1 - a^2) sigma w, a = exp(-step / correlation distance).</summary>
/// <remarks>
/// <para>The exact recursion of the Gauss-Markov process with correlation exp(-|dx| / d_corr): two steps of 5 m have the law of one of 10 m, a step of 0
/// changes nothing. <see cref="CorrelatedShadowing"/> gives the same process at any point without the steps between.</para>
/// <para>Stateless, so safe to use from any thread. Source: M. Gudmundson, "Correlation model for shadow fading in mobile radio systems",
/// Electronics Letters 27(23), 1991, pp. 2145-2146; 3GPP TR 38.901 section 7.4.4.</para>
/// </remarks>
public static class GudmundsonRecursion
{
    /// <summary>The correlation a of two points, in [0, 1].</summary>
    /// <param name="stepMetres">Way between the points, metres, at least 0.</param>
    /// <param name="correlationMetres">Correlation distance, metres, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double Coefficient(double stepMetres, double correlationMetres) =>
        Math.Exp(-Guard.NonNegative(stepMetres) / Guard.Positive(correlationMetres));

    /// <summary>The weight sqrt(1 - a^2) of what is new after a step, in [0, 1]; accurate for tiny steps too.</summary>
    /// <param name="stepMetres">Way between the points, metres, at least 0.</param>
    /// <param name="correlationMetres">Correlation distance, metres, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double InnovationFactor(double stepMetres, double correlationMetres)
    {
        var tangent = Math.Tanh(Guard.NonNegative(stepMetres) / Guard.Positive(correlationMetres));
        return Math.Sqrt(2 * tangent / (1 + tangent)); // 1 - exp(-2x) = 2 tanh x / (1 + tanh x)
    }

    /// <summary>The shadowing after a step, dB.</summary>
    /// <param name="valueDb">Shadowing before it, dB, finite.</param>
    /// <param name="stepMetres">Way since then, metres, at least 0.</param>
    /// <param name="standardDeviationDb">Standard deviation, dB, at least 0.</param>
    /// <param name="correlationMetres">Correlation distance, metres, positive.</param>
    /// <param name="random">The source to draw from; it moves on by one word.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public static double NextDb(double valueDb, double stepMetres, double standardDeviationDb, double correlationMetres, ref RandomSource random)
    {
        Guard.Finite(valueDb);
        Guard.NonNegative(standardDeviationDb);
        var normal = FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())).Value;
        return (Coefficient(stepMetres, correlationMetres) * valueDb)
            + (InnovationFactor(stepMetres, correlationMetres) * standardDeviationDb * normal);
    }
}
