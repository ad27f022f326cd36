using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>What the device and backend of a benchmark row mean.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Sheet">The data sheet of the processor that computed; null when it is not known beyond doubt.</param>
/// <param name="Engine">The kind of engine. Without a word of it: the vendor's runtime on a neural processor, llama.cpp elsewhere.</param>
/// <param name="Threads">Processor threads as written; null where none are written, and on processors where threads mean nothing.</param>
/// <param name="Devices">Equal devices that shared the model, at least 1.</param>
/// <param name="Reason">Why no sheet was found, in words; null when one was.</param>
public sealed record DeviceMatch(DeviceSheet? Sheet, InferenceEngine Engine, int? Threads, int Devices, string? Reason);
