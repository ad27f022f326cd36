using EdgeSplit.Core.Devices.Benchmarks;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Fits what an engine reaches on a kind of processor over many devices, from their data sheets and measured speeds: how <see cref="EngineDefaults"/> were made.</summary>
/// <remarks>
/// <para>Every device and phase weighs at most as much as four rows, however many it has. The prior is a round number for each parameter (wide). The errors are those of leaving each device out in turn: the 90 %
/// quantile of |ln(predicted / measured)| over 1.645, so that the nominal 90 % band covers as many; with few devices they are drawn towards the prior's.</para>
/// <para>Pure; equal input gives equal output.</para>
/// </remarks>
public static class EngineFit
{
    private const double LogNoise = 0.15;
    private const double RowsPerDevice = 4;
    private const double NinetyPercent = 1.6448536269514722;
    private const double PriorDevices = 3;
    private const double RoughWeight = 0.25;

    /// <summary>Fits every engine and kind of processor that the samples hold; the others keep their assumptions.</summary>
    /// <param name="samples">Measured speeds.</param>
    /// <exception cref="ArgumentNullException"><paramref name="samples"/> is null.</exception>
    public static IReadOnlyList<EngineModel> Fit(IReadOnlyList<SpeedSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Array.AsReadOnly(EnginePriors.All.Select(prior =>
        {
            var own = Of(samples, prior);
            var errors = LeftOut(own, prior);
            return Pooled(prior, own) with
            {
                PrefillLogError = LogError(errors, BenchmarkPhase.Prefill, prior.PrefillLogError),
                DecodeLogError = LogError(errors, BenchmarkPhase.Decode, prior.DecodeLogError),
            };
        }).ToArray());
    }

    /// <summary>Predicts every sample from the data sheet of its device and from the rows of all other devices, and of none of its own.</summary>
    /// <param name="samples">Measured speeds.</param>
    /// <returns>One prediction for each sample, in the same order; its band comes from the errors of the other devices alone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="samples"/> is null.</exception>
    public static IReadOnlyList<PredictedSpeed> LeaveOneDeviceOut(IReadOnlyList<SpeedSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var found = new Dictionary<SpeedSample, PredictedSpeed>(ReferenceEqualityComparer.Instance);
        foreach (var prior in EnginePriors.All)
        {
            var errors = LeftOut(Of(samples, prior), prior);
            foreach (var device in errors.GroupBy(row => row.Sample.Sheet.Name))
            {
                var others = errors.Where(row => row.Sample.Sheet.Name != device.Key).ToArray();
                var (prefill, decode) = (LogError(others, BenchmarkPhase.Prefill, prior.PrefillLogError), LogError(others, BenchmarkPhase.Decode, prior.DecodeLogError));
                foreach (var (sample, speed) in device)
                {
                    found.Add(sample, new PredictedSpeed(sample, speed, sample.Row.Phase == BenchmarkPhase.Prefill ? prefill : decode));
                }
            }
        }

        return Array.AsReadOnly(samples.Select(sample => found[sample]).ToArray());
    }

    /// <summary>The model of an engine without the rows of one device; how large its errors are is taken from the defaults.</summary>
    internal static EngineModel Without(IReadOnlyList<SpeedSample> samples, string sheet, ProcessorClass processor, InferenceEngine engine)
    {
        var prior = EngineDefaults.Find(EnginePriors.All, processor, engine);
        var usual = EngineDefaults.Find(processor, engine);
        return Pooled(prior, [.. Of(samples, prior).Where(sample => sample.Sheet.Name != sheet)]) with { PrefillLogError = usual.PrefillLogError, DecodeLogError = usual.DecodeLogError };
    }

    private static SpeedSample[] Of(IReadOnlyList<SpeedSample> samples, EngineModel prior) =>
        [.. samples.Where(sample => ReferenceEquals(EngineDefaults.Find(EnginePriors.All, sample.Sheet.Processor, sample.Engine), prior))];

    private static (SpeedSample Sample, double Speed)[] LeftOut(SpeedSample[] samples, EngineModel prior) =>
    [
        .. samples.GroupBy(sample => sample.Sheet.Name).SelectMany(device =>
        {
            var others = Pooled(prior, [.. samples.Where(sample => sample.Sheet.Name != device.Key)]);
            return device.Select(sample => (sample, sample.Work.TokensPerSecond(DataSheetProfile.Create(sample.Sheet, others, threads: sample.Threads))));
        }),
    ];

    private static EngineModel Pooled(EngineModel prior, SpeedSample[] samples)
    {
        var devices = samples.Select(sample => sample.Sheet.Name).Distinct().Count();
        return devices == 0 ? prior : prior with
        {
            Parameters = WithinSheet(ParameterFit.Run(samples, prior with { Spread = EnginePriors.Width }, LogNoise, Weights(samples), mostEfficiency: 1).Parameters),
            Basis = $"{devices} {(devices == 1 ? "device" : "devices")}, {samples.Length} {(samples.Length == 1 ? "row" : "rows")}",
        };
    }

    // Each efficiency is at most 1 in the fit; packed weights must not be read faster than the sheet allows either.
    private static EngineParameters WithinSheet(EngineParameters fitted) => fitted.With(
        EngineParameter.PackedBandwidthFactor, Math.Min(fitted[EngineParameter.PackedBandwidthFactor], 1 / fitted[EngineParameter.BandwidthEfficiency]));

    private static double[] Weights(SpeedSample[] samples)
    {
        var rows = samples.GroupBy(Key).ToDictionary(group => group.Key, group => group.Count());
        return [.. samples.Select(sample => Math.Min(1, RowsPerDevice / rows[Key(sample)]) * WeightOf(sample.Row))];

        // Rows that call themselves unoptimised say nothing of the engine; those that mix phases or call themselves approximate say less.
        static double WeightOf(BenchmarkRow row) => row.Notes.Contains("unoptimised", StringComparison.OrdinalIgnoreCase) ? 0
            : row.IsMixed || row.Confidence == "approx" || row.Notes.Contains("approximate", StringComparison.OrdinalIgnoreCase) ? RoughWeight : 1;

        static (string, BenchmarkPhase) Key(SpeedSample sample) => (sample.Sheet.Name, sample.Row.Phase);
    }

    // The 90 % quantile of the errors, every device with equal weight, drawn towards the prior's as if that were three devices more.
    private static double LogError((SpeedSample Sample, double Speed)[] rows, BenchmarkPhase phase, double prior)
    {
        var devices = rows.Where(row => row.Sample.Row.Phase == phase).GroupBy(row => row.Sample.Sheet.Name).ToArray();
        var sorted = devices
            .SelectMany(device => device.Select(row => (Weight: 1.0 / device.Count(), Error: Math.Abs(Math.Log(row.Speed / row.Sample.Row.TokensPerSecond)))))
            .OrderBy(row => row.Error).ToArray();
        var (sum, quantile) = (0.0, 0.0);
        foreach (var (weight, error) in sorted)
        {
            (sum, quantile) = (sum + weight, error);
            if (sum >= 0.9 * devices.Length)
            {
                break;
            }
        }

        var own = quantile / NinetyPercent;
        return Math.Sqrt(((devices.Length * own * own) + (PriorDevices * prior * prior)) / (devices.Length + PriorDevices));
    }
}
