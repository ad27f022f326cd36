namespace EdgeSplit.Core.Wireless.Energy;

/// <summary>Energy of a device's radio for one exchange, by part, joules.</summary>
/// <param name="TransmitJoules">While sending.</param>
/// <param name="ReceiveJoules">While receiving.</param>
/// <param name="TailJoules">While the radio stays awake after the last bit.</param>
public readonly record struct RadioEnergy(double TransmitJoules, double ReceiveJoules, double TailJoules)
{
    /// <summary>The sum of the parts, joules.</summary>
    public double TotalJoules => TransmitJoules + ReceiveJoules + TailJoules;
}
