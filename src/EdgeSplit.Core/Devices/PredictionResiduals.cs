namespace EdgeSplit.Core.Devices;

/// <summary>Which kind of operation an error belongs to.</summary>
public enum OperationKind
{
    /// <summary>Limited by arithmetic: prefill of a prompt.</summary>
    Compute,

    /// <summary>Limited by memory traffic: decoding one token after another.</summary>
    Bandwidth,
}

/// <summary>What was known of a device when its speed was predicted.</summary>
public enum ResidualBasis
{
    /// <summary>Its own catalogue entry, fitted to the very rows it is compared with: the error of the model's form, and the spread between engines and versions.</summary>
    Calibrated,

    /// <summary>Its data sheet, with the median efficiencies of the <i>other</i> catalogue devices of its kind: the error for a device never measured.</summary>
    DataSheetOnly,
}

/// <summary>The spread of predicted against measured speed.</summary>
/// <param name="Kind">The kind of hardware.</param>
/// <param name="Operation">The kind of operation.</param>
/// <param name="Basis">What was known of the device.</param>
/// <param name="LogStandardDeviation">Standard deviation of ln(predicted speed / measured speed), dimensionless.</param>
/// <param name="LogMedian">Median of ln(predicted speed / measured speed), dimensionless; above 0 is predicted too fast.</param>
/// <param name="MeanAbsoluteError">Mean of |predicted / measured - 1|, a ratio.</param>
/// <param name="Rows">Number of measured rows.</param>
public sealed record PredictionResidual(
    DeviceKind Kind, OperationKind Operation, ResidualBasis Basis, double LogStandardDeviation, double LogMedian, double MeanAbsoluteError, int Rows);

/// <summary>How far the catalogue's predictions are from published measurements: what sizes the hidden errors of the simulated world.</summary>
/// <remarks>
/// <para>Obtained from every published tokens-per-second row collected for the catalogue (llama.cpp, ExecuTorch, Qualcomm AI Hub and others; sources are named per device) that names a catalogue device, a catalogue model (or one of equal shape) and a known format, at
/// batch 1 on one device; left out are rows flagged OUTLIER, rows that mix prefill into decode, runs held to one to three threads, and runs with a reduced micro-batch. Several engines on one device
/// stay in, since a user's device may run any of them; so "Calibrated" is not the error of one engine. Unknown prompt lengths were taken as 256 tokens, unknown
/// decode contexts as 128; a decode that ran from an empty cache to N tokens as context N/2. Prefill rows are <see cref="OperationKind.Compute"/>, decode rows
/// <see cref="OperationKind.Bandwidth"/>. A test recomputes the table.</para>
/// <para>The calibrated figures are in-sample, so too small for a device that is not in the catalogue; the data-sheet figures leave the device itself
/// out. Where a kind has few devices (two Jetsons, three laptops of which one is a neural processor, three processors) both are rough; where no other
/// device of the kind was fitted for a parameter (Jetson prefill above all) the value rests on the device itself and the data-sheet figure is too small. Server figures are against llama.cpp of
/// one build; the matrix rate of a serving engine is about 1.7 times as high, which is a separate entry and not an error.</para>
/// </remarks>
public static class PredictionResiduals
{
    /// <summary>The whole table.</summary>
    public static IReadOnlyList<PredictionResidual> All { get; } = Array.AsReadOnly<PredictionResidual>(
    [
        new(DeviceKind.Phone, OperationKind.Compute, ResidualBasis.Calibrated, 0.289, -0.008, 0.193, 32),
        new(DeviceKind.Phone, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.627, 0.005, 0.400, 32),
        new(DeviceKind.Phone, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.202, -0.006, 0.156, 47),
        new(DeviceKind.Phone, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.268, 0.073, 0.234, 47),
        new(DeviceKind.Jetson, OperationKind.Compute, ResidualBasis.Calibrated, 0.090, 0.007, 0.060, 11),
        new(DeviceKind.Jetson, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.090, 0.004, 0.060, 11),
        new(DeviceKind.Jetson, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.180, -0.091, 0.163, 17),
        new(DeviceKind.Jetson, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.182, -0.079, 0.163, 17),
        new(DeviceKind.Laptop, OperationKind.Compute, ResidualBasis.Calibrated, 0.144, -0.022, 0.097, 29),
        new(DeviceKind.Laptop, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.402, 0.049, 0.381, 29),
        new(DeviceKind.Laptop, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.174, -0.003, 0.128, 28),
        new(DeviceKind.Laptop, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.610, -0.347, 0.617, 28),
        new(DeviceKind.Cpu, OperationKind.Compute, ResidualBasis.Calibrated, 0.306, 0.003, 0.272, 5),
        new(DeviceKind.Cpu, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.575, 0.446, 0.920, 5),
        new(DeviceKind.Cpu, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.107, -0.005, 0.084, 8),
        new(DeviceKind.Cpu, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.124, 0.012, 0.110, 8),
        new(DeviceKind.DesktopGpu, OperationKind.Compute, ResidualBasis.Calibrated, 0.128, -0.012, 0.051, 53),
        new(DeviceKind.DesktopGpu, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.335, 0.080, 0.322, 53),
        new(DeviceKind.DesktopGpu, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.048, -0.005, 0.030, 61),
        new(DeviceKind.DesktopGpu, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.152, 0.029, 0.124, 61),
        new(DeviceKind.ServerGpu, OperationKind.Compute, ResidualBasis.Calibrated, 0.105, 0.000, 0.079, 26),
        new(DeviceKind.ServerGpu, OperationKind.Compute, ResidualBasis.DataSheetOnly, 0.170, 0.009, 0.135, 26),
        new(DeviceKind.ServerGpu, OperationKind.Bandwidth, ResidualBasis.Calibrated, 0.076, 0.001, 0.049, 63),
        new(DeviceKind.ServerGpu, OperationKind.Bandwidth, ResidualBasis.DataSheetOnly, 0.216, 0.090, 0.217, 63),
    ]);

    /// <summary>The spread for a kind of hardware and of operation.</summary>
    /// <param name="kind">The kind of hardware.</param>
    /// <param name="operation">The kind of operation.</param>
    /// <param name="basis">What is known of the device.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not defined.</exception>
    public static PredictionResidual Find(DeviceKind kind, OperationKind operation, ResidualBasis basis) =>
        All.FirstOrDefault(row => row.Kind == kind && row.Operation == operation && row.Basis == basis)
        ?? throw new ArgumentOutOfRangeException(nameof(kind), $"{kind}, {operation}, {basis}", "Must be a defined combination.");
}
