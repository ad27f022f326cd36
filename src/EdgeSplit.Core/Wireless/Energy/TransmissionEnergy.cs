namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>Energy of one transmission at the sender, by part, joules.</summary>
/// <param name="RadiatedJoules">Into the air: radiated power times time.</param>
/// <param name="AmplifierLossJoules">Heat of the power amplifier: radiated energy times (1/efficiency - 1).</param>
/// <param name="CircuitJoules">The rest of the transmitter while it is on.</param>
/// <param name="TailJoules">Staying awake after the last bit.</param>
public readonly record struct TransmissionEnergy(double RadiatedJoules, double AmplifierLossJoules, double CircuitJoules, double TailJoules)
{
    /// <summary>The sum of the parts, joules.</summary>
    public double TotalJoules => RadiatedJoules + AmplifierLossJoules + CircuitJoules + TailJoules;
}
