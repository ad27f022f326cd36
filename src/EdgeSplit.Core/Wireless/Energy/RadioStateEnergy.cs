namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>Time and energy of a radio over a period, by state.</summary>
/// <param name="PromotionSeconds">Waking up from idle, seconds.</param>
/// <param name="TransmitSeconds">Sending, seconds.</param>
/// <param name="ReceiveSeconds">Receiving, seconds.</param>
/// <param name="TailSeconds">Awake after a transfer, without data, seconds.</param>
/// <param name="IdleSeconds">Idle, seconds.</param>
/// <param name="PromotionJoules">Energy of waking up, joules.</param>
/// <param name="TransmitJoules">Energy of sending, joules.</param>
/// <param name="ReceiveJoules">Energy of receiving, joules.</param>
/// <param name="TailJoules">Energy of the tails, joules.</param>
/// <param name="IdleJoules">Energy of idling, joules.</param>
public readonly record struct RadioStateEnergy(
    double PromotionSeconds,
    double TransmitSeconds,
    double ReceiveSeconds,
    double TailSeconds,
    double IdleSeconds,
    double PromotionJoules,
    double TransmitJoules,
    double ReceiveJoules,
    double TailJoules,
    double IdleJoules)
{
    /// <summary>The sum of the times, seconds: the length of the period.</summary>
    public double TotalSeconds => PromotionSeconds + TransmitSeconds + ReceiveSeconds + TailSeconds + IdleSeconds;

    /// <summary>The sum of the energies, joules.</summary>
    public double TotalJoules => PromotionJoules + TransmitJoules + ReceiveJoules + TailJoules + IdleJoules;
}
