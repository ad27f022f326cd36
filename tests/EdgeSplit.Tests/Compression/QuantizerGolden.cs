using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Wireless;

namespace EdgeSplit.Tests.Compression;

public sealed class QuantizerGolden
{
    [SharedDataFact]
    public void Every_golden_record_of_the_quantiser_holds() => Assert.Equal(24, GoldenRecords.Check("quantiser", Evaluate));

    private static double? Evaluate(string quantity, GoldenInputs inputs) => quantity switch
    {
        "sqnr_uniform_input_db" => QuantizationNoise.UniformInputSqnrDb(inputs.Whole("bits")),
        "sqnr_full_scale_sine_db" => QuantizationNoise.FullScaleSineSqnrDb(inputs.Whole("bits")),
        "sqnr_gaussian_clipped_db" => GaussianQuantizerDistortion.SqnrDb(inputs.Whole("bits"), inputs["clip_sigma"]),
        "optimal_sqnr_db" => GaussianQuantizerDistortion.OptimalSqnrDb(inputs.Whole("bits")),
        "optimal_step_sigma" => GaussianQuantizerDistortion.OptimalStepSigmas(inputs.Whole("bits")),
        "effective_snr_db" => QuantizationNoise.EffectiveSnrDb(inputs["channel_snr_db"], inputs["sqnr_db"]),
        "rate_distortion_bound_db" => QuantizationNoise.GaussianBoundDb(inputs["rate_bits_per_sample"]),
        "entropy_coded_uniform_sqnr_db" => QuantizationNoise.EntropyCodedGaussianSqnrDb(inputs["entropy_bits_per_sample"]),
        "overload_probability" => GaussianQuantizerDistortion.OverloadProbability(inputs["clip_sigma"]),
        "empirical_sqnr_gaussian_db" => EmpiricalSqnrDb(inputs.Whole("bits"), inputs["clip_sigma"], inputs.Whole("samples_count")),
        _ => null,
    };

    private static double EmpiricalSqnrDb(int bits, double clipSigmas, int samples)
    {
        const double sigma = 3.7;
        var draws = new double[samples];
        BlockVariates.FillNormal(StreamKey.Create(16, "quantiser-golden"), (ulong)bits, 0, new NormalDistribution(0, sigma), draws);
        var values = Array.ConvertAll(draws, draw => (float)draw);
        new UniformQuantizer(bits, clipSigmas * sigma).RoundTrip(values);
        return 10 * Math.Log10(draws.Sum(x => x * x) / draws.Zip(values, (x, y) => (x - y) * (x - y)).Sum());
    }
}
