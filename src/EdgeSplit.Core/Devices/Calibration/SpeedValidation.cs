namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Predicts measured speeds from what is known of their devices.</summary>
/// <remarks>Pure; safe to call from several threads.</remarks>
public static class SpeedValidation
{
    private const int LeastRowsForHalves = 8;

    /// <summary>Predicts each sample.</summary>
    /// <param name="samples">Measured speeds.</param>
    /// <param name="basis">What is known of a device.</param>
    /// <param name="calibrated">A profile for the samples of its device, engine and threads instead; none where omitted.</param>
    /// <returns>The predictions in the samples' order; on <see cref="ValidationBasis.HalfCalibrated"/> only those of devices with at least 8 rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="samples"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The basis is not defined.</exception>
    public static IReadOnlyList<PredictedSpeed> Predict(IReadOnlyList<SpeedSample> samples, ValidationBasis basis, DeviceCalibration? calibrated = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return basis switch
        {
            ValidationBasis.Catalogue => [.. samples.Select(sample => Known(sample, calibrated))],
            ValidationBasis.DataSheet => [.. samples.Select(Sheet)],
            ValidationBasis.LeaveOneDeviceOut => EngineFit.LeaveOneDeviceOut(samples),
            ValidationBasis.HalfCalibrated => Halves(samples),
            ValidationBasis.Roofline => [.. samples.Select(Plain)],
            _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "Must be a defined basis."),
        };
    }

    private static PredictedSpeed Known(SpeedSample sample, DeviceCalibration? calibrated)
    {
        if (calibrated is not null && calibrated.Sheet.Name == sample.Sheet.Name && calibrated.Engine == sample.Engine && calibrated.Threads == sample.Threads)
        {
            return new PredictedSpeed(sample, sample.Work.TokensPerSecond(calibrated.Profile), IsPrefill(sample) ? calibrated.PrefillLogError : calibrated.DecodeLogError);
        }

        var entry = sample.Threads is null ? DeviceCatalog.All.FirstOrDefault(entry => entry.Sheet.Name == sample.Sheet.Name && entry.Engine == sample.Engine) : null;
        return entry is null ? Sheet(sample) : new PredictedSpeed(sample, sample.Work.TokensPerSecond(entry.Profile), IsPrefill(sample) ? entry.PrefillLogError : entry.DecodeLogError);
    }

    private static PredictedSpeed Sheet(SpeedSample sample)
    {
        var engine = EngineDefaults.Find(sample.Sheet.Processor, sample.Engine);
        return new PredictedSpeed(
            sample, sample.Work.TokensPerSecond(DataSheetProfile.Create(sample.Sheet, engine, threads: sample.Threads)), IsPrefill(sample) ? engine.PrefillLogError : engine.DecodeLogError);
    }

    private static PredictedSpeed Plain(SpeedSample sample)
    {
        var engine = EngineDefaults.Find(sample.Sheet.Processor, sample.Engine);
        return new PredictedSpeed(sample, sample.Work.TokensPerSecond(DataSheetProfile.Roofline(sample.Sheet)), IsPrefill(sample) ? engine.PrefillLogError : engine.DecodeLogError);
    }

    private static PredictedSpeed[] Halves(IReadOnlyList<SpeedSample> samples)
    {
        var found = new Dictionary<SpeedSample, PredictedSpeed>(ReferenceEqualityComparer.Instance);
        foreach (var device in samples.GroupBy(sample => (sample.Row.Device, sample.Sheet.Name, sample.Engine, sample.Threads)).Where(group => group.Count() >= LeastRowsForHalves))
        {
            var rows = device.ToArray();
            var engine = EngineFit.Without(samples, rows[0].Sheet.Name, rows[0].Sheet.Processor, rows[0].Engine);
            foreach (var parity in new[] { 0, 1 })
            {
                var known = rows.Where((_, i) => i % 2 == parity).ToArray();
                var fit = ParameterFit.Run(known, engine, DeviceCalibration.UsualLogNoise(engine));
                var profile = fit.ProfileOf(rows[0].Sheet, rows[0].Threads);
                foreach (var sample in rows.Where((_, i) => i % 2 != parity))
                {
                    found.Add(sample, new PredictedSpeed(sample, sample.Work.TokensPerSecond(profile), DeviceCalibration.LogError(
                        fit, known, profile, sample.Row.Phase, IsPrefill(sample) ? engine.PrefillLogError : engine.DecodeLogError, sample)));
                }
            }
        }

        return [.. samples.Where(found.ContainsKey).Select(sample => found[sample])];
    }

    private static bool IsPrefill(SpeedSample sample) => sample.Row.Phase == Benchmarks.BenchmarkPhase.Prefill;
}
