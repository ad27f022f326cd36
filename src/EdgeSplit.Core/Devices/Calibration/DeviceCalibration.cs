using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>A device calibrated by measured speeds: its data sheet, fitted parameters in place of the engine's defaults, and what the rows leave unexplained.</summary>
/// <remarks>Immutable; safe to share between threads. Written and read by <see cref="CalibrationFile"/>.</remarks>
public sealed record DeviceCalibration
{
    private const double UsualNoiseRows = 3;
    private const double MostOpenShare = 0.7; // of the uncertainty before the rows
    private const double FitNoiseShare = 0.09; // of the error for a device never seen, within which rows of one device agree
    private const double NoiseShare = 0.25; // of the error for a device never seen: what still differs from row to row on one device

    /// <summary>The name by which scenarios and tables call the result.</summary>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>The data sheet.</summary>
    public required DeviceSheet Sheet { get; init; }

    /// <summary>The engine that the speeds were measured with.</summary>
    public required InferenceEngine Engine { get; init; }

    /// <summary>Processor threads of the runs; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The weight format of most rows.</summary>
    public required string UsualWeights { get; init; }

    /// <summary>Each parameter with its standard error, in the order of <see cref="EngineParameter"/>.</summary>
    public required IReadOnlyList<ParameterEstimate> Estimates { get; init; }

    /// <summary>Standard deviation of ln(predicted / measured prefill speed) for a row like those of the fit.</summary>
    public double PrefillLogError { get; init => field = Guard.InRange(value, 0, 3, nameof(PrefillLogError)); }

    /// <summary>Standard deviation of ln(predicted / measured decode speed) for a row like those of the fit.</summary>
    public double DecodeLogError { get; init => field = Guard.InRange(value, 0, 3, nameof(DecodeLogError)); }

    /// <summary>Each row of the fit beside what the fitted profile predicts.</summary>
    public required IReadOnlyList<CalibrationResidual> Residuals { get; init; }

    /// <summary>The fitted parameters.</summary>
    public EngineParameters Parameters => new([.. Estimates.Select(estimate => estimate.Value)]);

    /// <summary>The fitted profile.</summary>
    public RooflineProfile Profile => DataSheetProfile.Create(Sheet, EngineDefaults.Find(Sheet.Processor, Engine), Parameters, Threads, Name);

    /// <summary>Parameters of which the rows say nothing: they stay at what is usual for the engine.</summary>
    public IEnumerable<EngineParameter> NotIdentified => Estimates.Where(estimate => estimate.LogPriorSpread > 0 && !estimate.IsIdentified).Select(estimate => estimate.Parameter);

    /// <summary>Calibrates a device.</summary>
    /// <param name="name">The name of the result.</param>
    /// <param name="samples">Measured speeds of one device with one engine.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="CalibrationException">The rows are of several devices, engines or thread counts, or identify no parameter.</exception>
    public static DeviceCalibration Run(string name, IReadOnlyList<SpeedSample> samples)
    {
        Guard.NotBlank(name);
        ArgumentNullException.ThrowIfNull(samples);
        var runs = samples.Select(sample => (sample.Sheet.Name, sample.Engine, sample.Threads)).Distinct().ToArray();
        if (runs.Length != 1)
        {
            throw new CalibrationException(runs.Length == 0 ? "There are no usable rows." : $"The rows are of {runs.Length} devices, engines or thread counts: "
                + string.Join("; ", runs.Take(8).Select(run => $"{run.Name} with {run.Engine}{(run.Threads is { } threads ? $" on {threads} threads" : "")}")) + ". Calibrate one at a time.");
        }

        var distinct = samples.Select(sample => (sample.Row.Phase, sample.Model, sample.Format, sample.Work.Tokens, sample.Row.DepthTokens, sample.Row.MicroBatchTokens, sample.Row.Batch)).Distinct().Count();
        if (distinct < 2)
        {
            throw new CalibrationException($"{samples.Count} {(samples.Count == 1 ? "row" : "rows")} of one and the same run cannot tell reading from computing from overhead: give at least two runs that differ, such as pp512 and tg128.");
        }

        var (sheet, engine, threads) = (samples[0].Sheet, samples[0].Engine, samples[0].Threads);
        var model = EngineDefaults.Find(sheet.Processor, engine);
        var fit = ParameterFit.Run(samples, model, UsualLogNoise(model));
        if (samples.All(sample => fit.PredictionLogError(sample) > MostOpenShare * fit.PriorLogError(sample)))
        {
            throw new CalibrationException("The rows identify nothing: even their own speeds stay as uncertain as the data sheet leaves them. Give rows of both phases, and of several contexts or model sizes.");
        }

        var profile = fit.ProfileOf(sheet, threads, name);
        var residuals = samples.Select(sample => new CalibrationResidual(
            sample.Row.Location, sample.Model, sample.Format, sample.Row.Phase, sample.Row.TokensPerSecond, sample.Work.TokensPerSecond(profile))).ToArray();
        return new DeviceCalibration
        {
            Name = name,
            Sheet = sheet,
            Engine = engine,
            Threads = threads,
            UsualWeights = samples.GroupBy(sample => sample.Format).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key,
            Estimates = fit.Estimates,
            PrefillLogError = Math.Min(3, LogError(fit, samples, profile, BenchmarkPhase.Prefill, model.PrefillLogError)),
            DecodeLogError = Math.Min(3, LogError(fit, samples, profile, BenchmarkPhase.Decode, model.DecodeLogError)),
            Residuals = Array.AsReadOnly(residuals),
        };
    }

    /// <summary>Standard deviation of ln(measured speed) about a perfect model that is usual for an engine: kinds of devices that are hard to predict are noisier in themselves too.</summary>
    internal static double UsualLogNoise(EngineModel engine) => Math.Clamp(0.5 * FitNoiseShare * (engine.PrefillLogError + engine.DecodeLogError), 0.015, 0.15);

    /// <summary>How sure a calibrated prediction is: the noise of the rows, and what the rows leave open of the parameters.</summary>
    internal static double LogError(ParameterFit fit, IReadOnlyList<SpeedSample> samples, IComputeProfile profile, BenchmarkPhase phase, double unseen, SpeedSample? predicted = null)
    {
        var own = samples.Where(sample => sample.Row.Phase == phase).ToArray();
        if (own.Length == 0)
        {
            return unseen; // no row of the phase: no better than the data sheet
        }

        var squares = own.Sum(sample => sample.LogError(profile) * sample.LogError(profile));
        var noise = (squares + (UsualNoiseRows * Square(NoiseShare * unseen))) / Math.Max(1, own.Length + UsualNoiseRows - 2);
        var open = predicted is null ? own.Average(sample => Square(fit.PredictionLogError(sample))) : Square(fit.PredictionLogError(predicted));
        return Math.Sqrt(noise + open);

        static double Square(double value) => value * value;
    }
}
