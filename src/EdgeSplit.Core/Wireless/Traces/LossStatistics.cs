namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>How a sequence of frames was lost: how many, and in bursts of which length.</summary>
/// <remarks>The two probabilities fit the two-state chain of Gilbert (1960) by counting transitions between neighbouring frames; 1 / r is
/// its mean burst. Independent losses have a burst ratio of about 1.</remarks>
/// <param name="Loss">Lost frames over all frames, in [0, 1].</param>
/// <param name="GoodToBad">p: among received frames with a successor, those whose successor was lost, in [0, 1]; 0 without such a frame.</param>
/// <param name="BadToGood">r: among lost frames with a successor, those whose successor was received, in [0, 1]; 0 without such a frame.</param>
/// <param name="MeanBurstFrames">1 / r, frames; 0 without a loss, positive infinity where no burst ends.</param>
/// <param name="BurstRatio">Mean burst over that of independent losses at the same rate, 1 / (1 - loss); 0 without a loss, positive infinity where no burst ends.</param>
public readonly record struct LossStatistics(double Loss, double GoodToBad, double BadToGood, double MeanBurstFrames, double BurstRatio)
{
    /// <summary>Evaluates a sequence.</summary>
    /// <param name="losses">True for a lost frame; shape [frames], at least one.</param>
    /// <exception cref="ArgumentException">The sequence is empty.</exception>
    public static LossStatistics Of(ReadOnlySpan<bool> losses)
    {
        if (losses.IsEmpty)
        {
            throw new ArgumentException("Must hold at least one frame.", nameof(losses));
        }

        var (lost, goodToBad, badToGood) = (losses.Count(true), 0, 0);
        for (var i = 1; i < losses.Length; i++)
        {
            goodToBad += !losses[i - 1] && losses[i] ? 1 : 0;
            badToGood += losses[i - 1] && !losses[i] ? 1 : 0;
        }

        var bad = lost - (losses[^1] ? 1 : 0);
        var good = losses.Length - 1 - bad;
        var loss = (double)lost / losses.Length;
        var r = bad > 0 ? (double)badToGood / bad : 0.0;
        var burst = lost == 0 ? 0.0 : badToGood > 0 ? 1.0 / r : double.PositiveInfinity;
        var ratio = double.IsPositiveInfinity(burst) ? burst : burst * (1.0 - loss);
        return new LossStatistics(loss, good > 0 ? (double)goodToBad / good : 0.0, r, burst, ratio);
    }
}
