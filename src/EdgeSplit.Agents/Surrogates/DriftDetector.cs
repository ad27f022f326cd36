using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>Says when a stream of standardised residuals has shifted: the two-sided cumulative sum of Page.</summary>
/// <remarks>
/// <para>Up ← max(0, Up + z - allowance), Down ← max(0, Down - z - allowance); an alarm at the threshold. Residuals are cut at ± <see cref="LargestResidual"/>, so that one outlier raises no alarm
/// and a model that is sure and wrong does not need one observation more than it has to. With allowance 0.5 and threshold 8 independent standard normal residuals raise a false alarm once in about
/// 10^4 observations and a shift by two standard deviations is found after about 6 (D. Siegmund, Sequential Analysis, 1985, chapter 2).</para>
/// <para>Not thread-safe. Source: E. Page, "Continuous inspection schemes", Biometrika 41, 1954.</para>
/// </remarks>
public sealed class DriftDetector : IRestorable
{
    /// <summary>Where residuals are cut, in standard deviations.</summary>
    public const double LargestResidual = 4;

    private readonly double allowance;
    private readonly double threshold;
    private double up;
    private double down;
    private int upFor;
    private int downFor;

    /// <summary>Creates a detector that has seen nothing.</summary>
    /// <param name="allowance">The shift per observation that is let pass, in standard deviations, at least 0.</param>
    /// <param name="threshold">The sum that raises the alarm, positive; infinity for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public DriftDetector(double allowance = 0.5, double threshold = 8)
    {
        this.allowance = Guard.NonNegative(allowance);
        this.threshold = Guard.InRange(threshold, double.Epsilon, double.PositiveInfinity);
    }

    /// <summary>Takes in a residual.</summary>
    /// <param name="residual">(measured - predicted) / standard deviation; finite.</param>
    /// <returns>0 while all is well; on an alarm the number of observations since the shift began, at least 1, and the detector starts anew.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The residual is not finite; nothing is changed.</exception>
    public int Add(double residual)
    {
        var z = Math.Clamp(Guard.Finite(residual), -LargestResidual, LargestResidual);
        (up, upFor) = Step(up + z - allowance, upFor);
        (down, downFor) = Step(down - z - allowance, downFor);
        if (up < threshold && down < threshold)
        {
            return 0;
        }

        var since = up >= down ? upFor : downFor;
        Reset();
        return since;
    }

    /// <summary>Forgets what was seen.</summary>
    public void Reset() => (up, down, upFor, downFor) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(up);
        writer.Write(down);
        writer.Write(upFor);
        writer.Write(downFor);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (up, down, upFor, downFor) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());
    }

    private static (double Sum, int For) Step(double sum, int steps) => sum > 0 ? (sum, steps + 1) : (0, 0);
}
