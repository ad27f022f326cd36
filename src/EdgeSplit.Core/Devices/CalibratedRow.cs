namespace EdgeSplit.Core.Devices;

/// <summary>A device and engine whose parameters were fitted to published speeds: sheet, engine, usual weights, rows, errors and parameters.</summary>
internal sealed record CalibratedRow(
    string Sheet, InferenceEngine Engine, string UsualWeights, int Rows, double PrefillLogError, double DecodeLogError, EngineParameters Parameters);
