namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Outer-loop link adaptation (OLLA): corrects the reported SNR by an offset until first transmissions fail at a target rate.</summary>
/// <remarks>
/// <para>Each acknowledgement of a first transmission raises the offset by the step up, each failure lowers it by the step down, where step up =
/// target / (1 - target) * step down. The drift vanishes exactly where the failure rate is the target, whatever the bias of the reports. Over n
/// transmissions the rate differs from the target by at most (range of the offset) / (n * (step up + step down)), as long as the offset does not rest at a limit.</para>
/// <para>The state is one number that is passed in and handed back. Immutable, so safe to share between threads.</para>
/// <para>Source: A. Sampath, P. S. Kumar, J. M. Holtzman, "On setting reverse link target SIR in a CDMA system", VTC 1997; K. I. Pedersen et al., "Frequency domain
/// scheduling for OFDMA with limited and noisy channel feedback", VTC 2007.</para>
/// </remarks>
/// <param name="TargetBlockErrorRate">Failure rate of first transmissions to hold, in (0, 1); default 0.1.</param>
/// <param name="StepDownDb">How much a failure lowers the offset, dB, in (0, 20]; default 0.5.</param>
/// <param name="InitialOffsetDb">Offset before the first feedback, dB, within the limits; default 0.</param>
/// <param name="MinimumOffsetDb">Lower limit, dB, finite; default -30.</param>
/// <param name="MaximumOffsetDb">Upper limit, dB, finite, at least the lower one; default 15. Without it the offset would run away while the best scheme never fails.</param>
public sealed record OuterLoop(
    double TargetBlockErrorRate = 0.1, double StepDownDb = 0.5, double InitialOffsetDb = 0.0, double MinimumOffsetDb = -30.0, double MaximumOffsetDb = 15.0)
{
    /// <summary>Failure rate of first transmissions to hold.</summary>
    public double TargetBlockErrorRate { get; } = Guard.InRange(TargetBlockErrorRate, 1e-9, 1.0 - 1e-9);

    /// <summary>How much a failure lowers the offset, dB.</summary>
    public double StepDownDb { get; } = Guard.InRange(StepDownDb, 1e-9, 20.0);

    /// <summary>How much a success raises the offset, dB.</summary>
    public double StepUpDb { get; } = StepDownDb * TargetBlockErrorRate / (1.0 - TargetBlockErrorRate);

    /// <summary>Lower limit of the offset, dB.</summary>
    public double MinimumOffsetDb { get; } = Guard.Finite(MinimumOffsetDb);

    /// <summary>Upper limit of the offset, dB.</summary>
    public double MaximumOffsetDb { get; } = Guard.InRange(MaximumOffsetDb, MinimumOffsetDb, double.MaxValue);

    /// <summary>Offset before the first feedback, dB.</summary>
    public double InitialOffsetDb { get; } = Guard.InRange(InitialOffsetDb, MinimumOffsetDb, MaximumOffsetDb);

    /// <summary>The offset after one more feedback, dB, to be added to the reported SNR.</summary>
    /// <param name="offsetDb">Offset before it, dB; brought into the limits.</param>
    /// <param name="isAcknowledged">Whether a first transmission was decoded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is NaN.</exception>
    public double Next(double offsetDb, bool isAcknowledged) =>
        Math.Clamp(Guard.NotNaN(offsetDb) + (isAcknowledged ? StepUpDb : -StepDownDb), MinimumOffsetDb, MaximumOffsetDb);
}
