using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Matching;
using EdgeSplit.Core.Devices.Operations;
using MathNet.Numerics.Statistics;

namespace EdgeSplit.Tests.Devices.Calibration;

/// <summary>Predictions against the published speeds of the shared data folder; the figures stand in docs/cost-model.md.</summary>
public sealed class PublishedSpeedTests
{
    private static readonly Lazy<SpeedSample[]> Samples = new(() =>
        [.. BenchmarkFile.Read(SharedData.PathOf("data/measured_llm_speed.csv")).Rows.Select(row => BenchmarkMatcher.Match(row)).Select(match => match.Sample).OfType<SpeedSample>()]);

    [SharedDataFact]
    public void Most_rows_of_single_devices_are_matched_and_the_others_say_why()
    {
        var matches = BenchmarkFile.Read(SharedData.PathOf("data/measured_llm_speed.csv")).Rows.Select(row => BenchmarkMatcher.Match(row)).ToArray();
        Assert.All(matches, match => Assert.Equal(match.Sample is null, match.Reason is not null));
        var single = matches.Where(match => match.Row.Devices == 1 && !match.Row.IsOutlier).ToArray();
        Assert.InRange(single.Count(match => match.Sample is not null) / (double)single.Length, 0.97, 1);
    }

    [SharedDataFact]
    public void The_engine_defaults_are_what_the_published_speeds_give()
    {
        foreach (var (fitted, stated) in EngineFit.Fit(Samples.Value).Zip(EngineDefaults.All))
        {
            Assert.Equal((stated.Processor, stated.Engine, stated.Basis), (fitted.Processor, fitted.Engine, fitted.Basis));
            Assert.All(fitted.Parameters.Zip(stated.Parameters), pair => Assert.Equal(pair.Second, pair.First, (0.01 * pair.Second) + 1e-12));
            Assert.Equal(stated.PrefillLogError, fitted.PrefillLogError, 0.01);
            Assert.Equal(stated.DecodeLogError, fitted.DecodeLogError, 0.01);
        }
    }

    [SharedDataFact]
    public void The_entries_of_the_catalogue_are_what_the_published_speeds_give()
    {
        foreach (var entry in DeviceCatalog.All.Where(entry => entry.Rows > 0))
        {
            var own = Samples.Value.Where(sample => sample.Sheet.Name == entry.Sheet.Name && sample.Engine == entry.Engine && sample.Threads is null).ToArray();
            Assert.Equal(entry.Rows, own.Length);
            Assert.All(DeviceCalibration.Run(entry.Name, own).Parameters.Zip(entry.Parameters), pair => Assert.Equal(pair.Second, pair.First, (0.01 * pair.Second) + 1e-12));
        }
    }

    [SharedDataFact]
    public void Devices_left_out_are_predicted_within_the_stated_errors_and_far_better_than_by_the_plain_roofline()
    {
        var own = SpeedSummary.Of(SpeedValidation.Predict(Samples.Value, ValidationBasis.LeaveOneDeviceOut));
        var plain = SpeedSummary.Of(SpeedValidation.Predict(Samples.Value, ValidationBasis.Roofline));
        Check("TensorGpu, LlamaCpp", BenchmarkPhase.Decode, 0.15);
        Check("TensorGpu, LlamaCpp", BenchmarkPhase.Prefill, 0.30);
        Check("AppleGpu, LlamaCpp", BenchmarkPhase.Decode, 0.15);
        Check("AppleGpu, LlamaCpp", BenchmarkPhase.Prefill, 0.30);
        foreach (var group in new[] { SpeedSummary.Gpus, SpeedSummary.Others })
        {
            foreach (var phase in Enum.GetValues<BenchmarkPhase>())
            {
                Assert.InRange(Of(own, group, phase).Coverage, 0.8, 0.98);
                Assert.True(Of(own, group, phase).MacroMedianError < 0.4 * Of(plain, group, phase).MacroMedianError);
            }
        }

        void Check(string group, BenchmarkPhase phase, double most)
        {
            Assert.InRange(Of(own, group, phase).MacroMedianError, 0, most);
            Assert.True(Of(plain, group, phase).MacroMedianError > 2 * Of(own, group, phase).MacroMedianError);
        }
    }

    [SharedDataFact]
    public void Half_of_the_rows_of_a_device_predict_the_other_half()
    {
        var halves = SpeedSummary.Of(SpeedValidation.Predict(Samples.Value, ValidationBasis.HalfCalibrated));
        Assert.InRange(Of(halves, SpeedSummary.Gpus, BenchmarkPhase.Decode).MacroMedianError, 0, 0.06);
        Assert.InRange(Of(halves, SpeedSummary.Gpus, BenchmarkPhase.Prefill).MacroMedianError, 0, 0.10);
        Assert.InRange(Of(halves, SpeedSummary.Others, BenchmarkPhase.Decode).MacroMedianError, 0, 0.15);
        Assert.InRange(Of(halves, SpeedSummary.Others, BenchmarkPhase.Prefill).MacroMedianError, 0, 0.25);
    }

    [SharedDataFact]
    public void Times_of_single_operations_are_predicted_within_fifteen_percent_in_the_median()
    {
        var errors = new Dictionary<string, List<double>>();
        foreach (var row in LayerTimeFile.Read(SharedData.PathOf("data/measured_layer_times.csv")).Rows)
        {
            if (LayerOperation.TryCreate(row, out var operation, out _))
            {
                var sheet = DeviceMatcher.Match(row.Device, "vLLM").Sheet!;
                var engine = row.Source.Contains("vidur", StringComparison.OrdinalIgnoreCase) ? InferenceEngine.Eager : InferenceEngine.Serving;
                var error = Math.Abs((LayerOperationTime.Seconds(sheet, operation, engine) / row.Seconds) - 1);
                errors.TryAdd(row.Device, []);
                errors[row.Device].Add(error);
            }
        }

        Assert.Equal(5105, errors.Values.Sum(list => list.Count));
        Assert.InRange(errors.Values.SelectMany(list => list).Median(), 0, 0.10);
        Assert.All(errors.Where(pair => pair.Value.Count > 100), pair => Assert.InRange(pair.Value.Median(), 0, 0.15));
    }

    private static SpeedSummary Of(IReadOnlyList<SpeedSummary> rows, string group, BenchmarkPhase phase) => rows.Single(row => row.Group == group && row.Phase == phase);
}
