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
/// <para>Obtained from every row of <c>shared/data/measured_llm_speed.csv</c> that names a catalogue device, a catalogue model (or one of equal shape) and a known format, at
/// batch 1 on one device; left out are rows flagged OUTLIER, rows that mix prefill into decode, runs held to one to three threads, and runs with a reduced micro-batch. Several engines on one device
/// stay in, since a user's device may run any of them; so "Calibrated" is not the error of one engine. Unknown prompt lengths were taken as 256 tokens, unknown
/// decode contexts as 128; a decode that ran from an empty cache to N tokens as context N/2. Prefill rows are <see cref="OperationKind.Compute"/>, decode rows
/// <see cref="OperationKind.Bandwidth"/>. A test recomputes the table.</para>
/// <para>The calibrated figures are in-sample, so too small for a device that is not in the catalogue; the data-sheet figures leave the device itself
/// out. Where a kind has few devices (two Jetsons, three laptops of which one is a neural processor, three processors) both are rough. Server figures are against llama.cpp of
/// one build; a serving engine is about twice as fast in prefill, which is a separate entry and not an error.</para>
/// </remarks>
public static class PredictionResiduals
{
    /// <summary>The whole table.</summary>
    public static IReadOnlyList<PredictionResidual> All { get; } = Array.AsReadOnly<PredictionResidual>(
    [
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
