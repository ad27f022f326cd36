using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Calibration;

public sealed class ParameterFitTests
{
    // Away from the defaults by up to two fifths, in both directions.
    private static readonly EngineParameters Truth = Scaled(
        (EngineParameter.MatrixEfficiency, 0.8), (EngineParameter.PackedMatrixEfficiency, 1.2), (EngineParameter.BandwidthEfficiency, 0.9), (EngineParameter.PackedBandwidthFactor, 0.9),
        (EngineParameter.UnpackBytesPerWeight, 1.3), (EngineParameter.KeyValueBandwidthEfficiency, 0.7), (EngineParameter.ScoreBytes, 1.4), (EngineParameter.OverheadSecondsPerOperation, 1.4));

    [Fact]
    public void Known_parameters_come_back_from_exact_rows()
    {
        var fit = ParameterFit.Run(SyntheticRuns.Full(Truth, 0), SyntheticRuns.Engine, logNoise: 1e-4);
        foreach (var estimate in fit.Estimates.Where(estimate => estimate.IsIdentified))
        {
            Assert.Equal(1, estimate.Value / Truth[estimate.Parameter], 0.005);
        }

        Assert.True(fit.Estimates.Count(estimate => estimate.IsIdentified) >= 9, string.Join(", ", fit.Estimates.Where(estimate => !estimate.IsIdentified).Select(estimate => estimate.Parameter)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Known_parameters_come_back_from_noisy_rows_within_their_standard_errors(ulong seed)
    {
        const double noise = 0.03;
        var fit = ParameterFit.Run(SyntheticRuns.Full(Truth, noise, seed), SyntheticRuns.Engine, noise);
        Assert.All(fit.Estimates.Where(estimate => estimate.IsIdentified), estimate =>
            Assert.InRange(Math.Log(estimate.Value / Truth[estimate.Parameter]) / estimate.LogStandardError, -4, 4));

        // What was not in the rows: another model, another length, a third of the way between the formats.
        foreach (var sample in new[]
        {
            SyntheticRuns.Run(Truth, "llama-3.2-3b", NumberFormat.Q4_K_M, BenchmarkPhase.Decode, 64, 3000), SyntheticRuns.Run(Truth, "llama-3.2-3b", NumberFormat.Q4_K_M, BenchmarkPhase.Prefill, 1000, 500),
            SyntheticRuns.Run(Truth, "llama-2-13b", NumberFormat.F16, BenchmarkPhase.Decode, 64, 10), SyntheticRuns.Run(Truth, "llama-2-13b", NumberFormat.F16, BenchmarkPhase.Prefill, 4000, 0),
        })
        {
            Assert.InRange(sample.LogError(fit.ProfileOf(SyntheticRuns.Card)), -0.06, 0.06);
        }
    }

    [Fact]
    public void A_wild_row_moves_a_robust_fit_little()
    {
        var clean = SyntheticRuns.Full(Truth, 0.02);
        var wild = (SpeedSample[])clean.Clone();
        wild[5] = wild[5] with { Row = wild[5].Row with { TokensPerSecond = wild[5].Row.TokensPerSecond / 10 } };
        var (before, after) = (ParameterFit.Run(clean, SyntheticRuns.Engine, 0.03).ProfileOf(SyntheticRuns.Card), ParameterFit.Run(wild, SyntheticRuns.Engine, 0.03).ProfileOf(SyntheticRuns.Card));
        Assert.All(clean, sample => Assert.InRange(sample.Work.Seconds(after) / sample.Work.Seconds(before), 1 / 1.06, 1.06));
    }

    [Fact]
    public void Rows_of_one_phase_leave_the_parameters_of_the_other_at_their_defaults()
    {
        var fit = ParameterFit.Run([.. SyntheticRuns.Full(Truth, 0).Where(sample => sample.Row.Phase == BenchmarkPhase.Prefill && sample.Row.PromptTokens >= 512)], SyntheticRuns.Engine, 0.03);
        var cache = fit.Estimates[(int)EngineParameter.KeyValueBandwidthEfficiency];
        Assert.False(cache.IsIdentified);
        Assert.Equal(1, cache.Value / cache.Default, 0.02);
        Assert.True(fit.Estimates[(int)EngineParameter.MatrixEfficiency].IsIdentified);
    }

    [Fact]
    public void More_rows_never_make_a_parameter_less_certain()
    {
        var rows = SyntheticRuns.Full(Truth, 0.02);
        var (few, many) = (ParameterFit.Run([.. rows.Where((_, i) => i % 4 == 0)], SyntheticRuns.Engine, 0.03), ParameterFit.Run([.. rows, .. rows, .. rows], SyntheticRuns.Engine, 0.03));
        Assert.All(few.Estimates.Zip(many.Estimates), pair => Assert.True(pair.Second.LogStandardError <= pair.First.LogStandardError * 1.25 + 1e-12, pair.ToString()));
        Assert.True(many.PredictionLogError(rows[0]) < few.PredictionLogError(rows[0]));
    }

    [Fact]
    public void A_fit_is_the_same_again_and_keeps_to_its_bounds()
    {
        var rows = SyntheticRuns.Full(Truth.With(EngineParameter.BandwidthEfficiency, 1.2), 0.01);
        var first = ParameterFit.Run(rows, SyntheticRuns.Engine, 0.03, mostEfficiency: 1);
        Assert.Equal(first.Parameters, ParameterFit.Run(rows, SyntheticRuns.Engine, 0.03, mostEfficiency: 1).Parameters);
        Assert.InRange(first.Parameters[EngineParameter.BandwidthEfficiency], 0.9, 1.0000001);
        Assert.InRange(ParameterFit.Run(rows, SyntheticRuns.Engine, 0.03).Parameters[EngineParameter.BandwidthEfficiency], 1.05, RooflineProfile.MaximumEfficiency);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var rows = SyntheticRuns.Full(Truth, 0);
        Assert.Throws<ArgumentException>(() => ParameterFit.Run([], SyntheticRuns.Engine));
        Assert.Throws<ArgumentException>(() => ParameterFit.Run(rows, SyntheticRuns.Engine, weights: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterFit.Run(rows, SyntheticRuns.Engine, logNoise: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterFit.Run(rows, SyntheticRuns.Engine, mostEfficiency: 2));
        Assert.Throws<ArgumentNullException>(() => ParameterFit.Run(null!, SyntheticRuns.Engine));
    }

    private static EngineParameters Scaled(params (EngineParameter Parameter, double Factor)[] changes) =>
        changes.Aggregate(SyntheticRuns.Engine.Parameters, (values, change) => values.With(change.Parameter, values[change.Parameter] * change.Factor));
}
