using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

public sealed class RooflineProfileTests
{
    private static readonly RooflineProfile Plain = new()
    {
        Name = "plain",
        Kind = DeviceKind.ServerGpu,
        PeakMatrixFlopPerSecond = PerFormat.Uniform(154.8e12),
        PeakBytesPerSecond = 768e9,
        MemoryBytes = 48e9,
        UsableMemoryShare = 0.9,
        IdleWatts = 20,
        WattsAboveIdle = 280,
    };

    public static TheoryData<string> Devices => [.. DeviceCatalog.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void No_unit_is_faster_than_its_flop_at_achievable_peak_or_its_bytes_at_achievable_bandwidth(string name)
    {
        var device = DeviceCatalog.Find(name).Profile;
        foreach (var weights in NumberFormat.All)
        {
            foreach (var pass in new ForwardPass[] { new(1, 0), new(1, 4096), new(16, 100), new(512, 0), new(4096, 0) })
            {
                foreach (var unit in Enum.GetValues<TransformerUnit>())
                {
                    var cost = TransformerCost.Prepare(ModelCatalog.Find("llama-3.2-1b").Shape, unit, 0, weights, NumberFormat.F16, NumberFormat.F16).Evaluate(pass);
                    var seconds = device.Seconds(cost, weights);
                    var slack = 1 + 1e-12;

                    // Packed weights are read at a share of the bandwidth of their own.
                    var weightBytesPerSecond = device.BandwidthBytesPerSecond * (weights.BitsPerValue < 10 ? device.PackedBandwidthEfficiency / device.BandwidthEfficiency : 1);
                    Assert.True(seconds * slack >= cost.MatrixFlop / device.MatrixFlopPerSecond(weights) + cost.AttentionFlop / device.AttentionFlopPerSecond);
                    Assert.True(seconds * slack >= cost.WeightBytes / weightBytesPerSecond + cost.ActivationBytes / device.BandwidthBytesPerSecond
                        + (cost.KeyValueReadBytes + cost.KeyValueWriteBytes) / device.KeyValueBytesPerSecond);
                    Assert.True(seconds * slack >= cost.Operations * device.OverheadSecondsPerOperation);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void More_tokens_or_more_context_never_take_less_time(string name)
    {
        var device = DeviceCatalog.Find(name).Profile;
        var shape = ModelCatalog.Find("llama-3.2-1b").Shape;
        var weights = DeviceCatalog.Find(name).UsualWeights;
        var last = 0.0;
        foreach (var tokens in new[] { 1, 2, 7, 64, 500, 501, 4000 })
        {
            var seconds = WholeModel.Seconds(device, shape, weights, new ForwardPass(tokens, 100));
            Assert.True(seconds >= last);
            last = seconds;
        }

        last = 0;
        foreach (var context in new[] { 0, 1, 50, 3000, 30000 })
        {
            var seconds = WholeModel.Seconds(device, shape, weights, new ForwardPass(1, context));
            Assert.True(seconds >= last);
            last = seconds;
        }
    }

    [Fact]
    public void Nothing_costs_no_time() => Assert.Equal(0, Plain.Seconds(default, NumberFormat.F16));

    [Fact]
    public void Time_splits_into_overhead_and_three_streams()
    {
        var device = Plain with { OverheadSecondsPerOperation = 1e-5, KeyValueBandwidthEfficiency = 0.5, AttentionEfficiency = 0.25 };
        Assert.Equal(3e-5, device.Seconds(Cost(operations: 3), NumberFormat.F16), 15);
        Assert.Equal(1, device.Seconds(Cost(matrixFlop: 154.8e12), NumberFormat.F16), 12);
        Assert.Equal(1, device.Seconds(Cost(weightBytes: 768e9), NumberFormat.F16), 12);
        Assert.Equal(1, device.Seconds(Cost(matrixFlop: 154.8e12, weightBytes: 768e9), NumberFormat.F16), 12); // they overlap
        Assert.Equal(4, device.Seconds(Cost(attentionFlop: 154.8e12), NumberFormat.F16), 12);
        Assert.Equal(2, device.Seconds(Cost(keyValueReadBytes: 384e9, keyValueWriteBytes: 384e9), NumberFormat.F16), 12);
        Assert.Equal(4, device.Seconds(Cost(elementwiseFlop: 154.8e12, activationBytes: 768e9), NumberFormat.F16), 12);
        Assert.Equal(2, device.Seconds(Cost(weightBytes: 768e9, activationBytes: 768e9), NumberFormat.F16), 12); // streams add
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_perturbation_of_factor_one_is_the_identity(string name)
    {
        var device = DeviceCatalog.Find(name).Profile;
        Assert.Equal(device, device.Perturbed(1, 1, 1));
    }

    [Fact]
    public void Doubling_all_factors_doubles_the_time_and_factors_compose()
    {
        var device = DeviceCatalog.Find("jetson-agx-orin-64gb").Profile;
        var shape = ModelCatalog.Find("llama-3.2-1b").Shape;
        foreach (var pass in new ForwardPass[] { new(1, 500), new(700, 0) })
        {
            var seconds = WholeModel.Seconds(device, shape, NumberFormat.Int4, pass);
            Assert.Equal(2 * seconds, WholeModel.Seconds(device.Perturbed(2, 2, 2), shape, NumberFormat.Int4, pass), 1e-12 * seconds);
            Assert.Equal(seconds, WholeModel.Seconds(device.Perturbed(2, 4, 8).Perturbed(0.5, 0.25, 0.125), shape, NumberFormat.Int4, pass), 1e-12 * seconds);
            Assert.True(WholeModel.Seconds(device.Perturbed(1.5, 1, 1), shape, NumberFormat.Int4, pass) >= seconds);
            Assert.True(WholeModel.Seconds(device.Perturbed(1, 1.5, 1), shape, NumberFormat.Int4, pass) > seconds);
            Assert.True(WholeModel.Seconds(device.Perturbed(1, 1, 1.5), shape, NumberFormat.Int4, pass) > seconds);
        }
    }

    [Fact]
    public void Compute_errors_slow_prefill_and_bandwidth_errors_slow_decode()
    {
        var device = DeviceCatalog.Find("a100-pcie-80gb").Profile;
        var shape = ModelCatalog.Find("llama-3-8b").Shape;
        ForwardPass prefill = new(2048, 0), decode = new(1, 512);

        // Not the whole of a prompt is arithmetic: its scores cross memory between kernels, and reading a product's weights overlaps with it only in part.
        Assert.InRange(Slowdown(device.Perturbed(2, 1, 1), prefill), 1.6, 2);
        Assert.InRange(Slowdown(device.Perturbed(1, 2, 1), prefill), 1, 1.4);
        Assert.InRange(Slowdown(device.Perturbed(2, 1, 1), decode), 1, 1.05);
        Assert.InRange(Slowdown(device.Perturbed(1, 2, 1), decode), 1.7, 2);

        double Slowdown(RooflineProfile perturbed, ForwardPass pass) =>
            WholeModel.Seconds(perturbed, shape, NumberFormat.F16, pass) / WholeModel.Seconds(device, shape, NumberFormat.F16, pass);
    }

    [Theory]
    [InlineData(32, 1)]
    [InlineData(24, 1)]
    [InlineData(16, 2)]
    [InlineData(8.5, 3)]
    [InlineData(8, 3)]
    [InlineData(6.5625, 4)]
    [InlineData(4, 4)]
    public void The_bits_per_value_choose_the_class_of_a_format(double bits, double expected) =>
        Assert.Equal(expected, new PerFormat(1, 2, 3, 4).For(new NumberFormat("X", bits)));

    [Fact]
    public void LLM_Viewer_decode_of_Llama_2_7B_is_reproduced_when_efficiencies_are_one()
    {
        // compute reference 2.1: A6000, F16, sequence length 2048, 18.636915 ms in total. The tool also moves the scores through memory and leaves the norms'
        // weights out; both are under 0.2 % of the bytes.
        var seconds = WholeModel.Seconds(Plain, ModelCatalog.Find("llama-2-7b").Shape, NumberFormat.F16, new ForwardPass(1, 2047));
        Assert.Equal(18.636915e-3, seconds, 0.002 * 18.636915e-3);
    }

    [Fact]
    public void GenZ_matrix_products_are_reproduced()
    {
        // compute reference 2.2: Llama-2-7B, 300 TFLOP/s, 1200 "GB"/s that act as GiB/s, efficiency 0.8, MB that are MiB.
        const double Mebi = 1024 * 1024;
        var device = Plain with
        {
            PeakMatrixFlopPerSecond = PerFormat.Uniform(300e12),
            MatrixEfficiency = PerFormat.Uniform(0.8),
            PeakBytesPerSecond = 1200 * 1024 * Mebi,
            BandwidthEfficiency = 0.8,
        };
        Assert.Equal(0.42949673e-3, device.Seconds(Cost(matrixFlop: 103079.215104e6, weightBytes: 128 * Mebi), NumberFormat.F16), 1e-11);
        Assert.Equal(0.76951497e-3, device.Seconds(Cost(matrixFlop: 184683.593728e6, weightBytes: 223 * Mebi), NumberFormat.F16), 1e-11);
        Assert.Equal(0.09765837e-3, device.Seconds(Cost(matrixFlop: 100.663296e6, weightBytes: 96.03125 * Mebi), NumberFormat.F16), 5e-4 * 0.09765837e-3);
        Assert.Equal(0.08748568e-3, device.Seconds(Cost(matrixFlop: 90.177536e6, weightBytes: 86.0288 * Mebi), NumberFormat.F16), 5e-4 * 0.08748568e-3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_numbers_are_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { PeakBytesPerSecond = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { PeakMatrixFlopPerSecond = new PerFormat(1, bad, 1, 1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { MatrixEfficiency = new PerFormat(1, 1, 1, bad) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { AttentionEfficiency = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { BandwidthEfficiency = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { KeyValueBandwidthEfficiency = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { MemoryBytes = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { UsableMemoryShare = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.Perturbed(bad, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.Perturbed(1, bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.Perturbed(1, 1, bad));
        if (bad != 0)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { IdleWatts = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { WattsAboveIdle = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { OverheadSecondsPerOperation = bad });
            Assert.Throws<ArgumentOutOfRangeException>(() => Plain with { OverheadSecondsPerPass = bad });
        }
    }

    [Fact]
    public void A_blank_name_a_missing_format_and_less_busy_than_idle_power_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Plain with { Name = " " });
        Assert.Throws<ArgumentNullException>(() => Plain.Seconds(default, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSheetProfile.Create("x", DeviceKind.Phone, PerFormat.Uniform(1e12), 1e10, 1e9, idleWatts: 5, busyWatts: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSheetProfile.Create("x", (DeviceKind)77, PerFormat.Uniform(1e12), 1e10, 1e9, 1, 2));
    }

    [Fact]
    public void A_profile_from_a_data_sheet_keeps_the_sheet_and_takes_the_rest_from_its_kind()
    {
        var profile = DataSheetProfile.Create("x", DeviceKind.DesktopGpu, PerFormat.Uniform(50e12), 500e9, 8e9, 10, 200);
        Assert.Equal((500e9, 8e9, 10, 200), (profile.PeakBytesPerSecond, profile.MemoryBytes, profile.IdleWatts, profile.BusyWatts));
        Assert.InRange(profile.BandwidthBytesPerSecond, 0.8 * 500e9, 500e9);
        Assert.InRange(profile.UsableMemoryBytes, 0.8 * 8e9, 8e9);
    }

    [Fact]
    public void A_time_allocates_nothing()
    {
        IComputeProfile device = DeviceCatalog.Find("snapdragon-8-gen-3").Profile;
        var cost = TransformerCost.Prepare(ModelCatalog.Find("llama-3.2-3b").Shape, TransformerUnit.Attention, 0, NumberFormat.Int4, NumberFormat.F16, NumberFormat.F16)
            .Evaluate(new ForwardPass(1, 100));
        var sum = device.Seconds(cost, NumberFormat.Int4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += device.Seconds(cost, NumberFormat.Int4);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    private static UnitCost Cost(
        double matrixFlop = 0, double attentionFlop = 0, double elementwiseFlop = 0, double weightBytes = 0, double activationBytes = 0,
        double keyValueReadBytes = 0, double keyValueWriteBytes = 0, int operations = 0) =>
        new(matrixFlop, attentionFlop, elementwiseFlop, weightBytes, activationBytes, keyValueReadBytes, keyValueWriteBytes, operations);
}
