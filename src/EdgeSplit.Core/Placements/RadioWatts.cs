using EdgeSplit.Core.Wireless.Energy;

namespace EdgeSplit.Core.Placements;

/// <summary>The radio's energy model with the device's idle power taken off: what prediction and simulation both charge. Immutable.</summary>
/// <remarks>From the start of a request's first message to the end of its last one the radio is connected: on the air at its active power, else at tail power.
/// One tail follows. A radio that never sends or receives takes nothing.</remarks>
internal readonly struct RadioWatts(RadioEnergyModel radio)
{
    internal double Transmit { get; } = Math.Max(0, radio.TransmitActiveWatts - radio.IncludedIdleWatts);

    internal double Receive { get; } = Math.Max(0, radio.ReceiveActiveWatts - radio.IncludedIdleWatts);

    internal double Waiting { get; } = Math.Max(0, radio.TailWatts - radio.IncludedIdleWatts);

    internal double JoulesPerBitUp { get; } = radio.JoulesPerBitUp;

    internal double JoulesPerBitDown { get; } = radio.JoulesPerBitDown;

    internal double TailJoules { get; } = Math.Max(0, radio.TailWatts - radio.IncludedIdleWatts) * radio.TailSeconds;

    /// <summary>Energy of what goes over the air, joules.</summary>
    internal double AirJoules(double upSeconds, double upBits, double downSeconds, double downBits) =>
        (upSeconds * Transmit) + (upBits * JoulesPerBitUp) + (downSeconds * Receive) + (downBits * JoulesPerBitDown);
}
