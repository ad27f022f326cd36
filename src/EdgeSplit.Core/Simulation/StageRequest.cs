namespace EdgeSplit.Core.Simulation;

/// <summary>What a turn waits for.</summary>
public enum StageKind
{
    /// <summary>Compute on the device: the amount is seconds.</summary>
    DeviceCompute,

    /// <summary>A message to the server: the amount is bits.</summary>
    Uplink,

    /// <summary>A job on the server: the amount is seconds of the whole server.</summary>
    ServerJob,

    /// <summary>A message to the device: the amount is bits.</summary>
    Downlink,

    /// <summary>The turn is finished.</summary>
    Finished,
}

/// <summary>The next thing that a turn asks of device, link or server. Whoever drives the turn answers with the time of completion: at once where nothing
/// contends, or later, by an event, where a scheduler decides.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="StartSeconds">When it starts, seconds since the start of the turn.</param>
/// <param name="Amount">How much: seconds, bits or GPU-seconds, by kind.</param>
/// <param name="StreamedBits">Bits of a token that is streamed to the device at the same time, beside the critical path; 0 where there is none.</param>
public readonly record struct StageRequest(StageKind Kind, double StartSeconds, double Amount, double StreamedBits = 0);
