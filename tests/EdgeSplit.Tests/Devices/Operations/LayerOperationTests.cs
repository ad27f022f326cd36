using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Devices.Operations;
using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Tests.Devices.Operations;

public sealed class LayerOperationTests
{
    [Fact]
    public void Operations_of_Llama_2_7B_count_what_the_reference_counts()
    {
        // compute reference 1.3 and 2.1: output projection 33.6 MB, gate and up 180 MB, 2 x inputs x outputs FLOP per token.
        var output = Operation("o_proj", 1);
        Assert.Equal((2.0 * 4096 * 4096, 2.0 * 4096 * 4096), (output.Flop, output.WeightBytes));
        Assert.Equal(180.4e6, Operation("gate_up_proj", 1).WeightBytes, 0.1e6);
        Assert.Equal(2.0 * 4096 * 12288 * 512, Operation("attn_pre_proj", 512).Flop);
        Assert.Equal(2 * 2 * 512.0 * 4096, Operation("input_layernorm", 512).MovedBytes);
        Assert.Equal(2 * 3 * 512.0 * 11008, Operation("mlp_act", 512).MovedBytes);
        Assert.Equal(2 * 3 * 512.0 * 4096, Operation("add", 512).MovedBytes);
    }

    [Fact]
    public void Tensor_parallel_parts_divide_the_work_of_matrices()
    {
        foreach (var name in new[] { "qkv_proj", "o_proj", "gate_up_proj", "down_proj" })
        {
            Assert.Equal(Operation(name, 64).Flop, 4 * Operation(name, 64, 4).Flop);
            Assert.Equal(Operation(name, 64).WeightBytes, 4 * Operation(name, 64, 4).WeightBytes);
        }

        Assert.Equal(Operation("add", 64), Operation("add", 64, 4));
    }

    [Fact]
    public void Attention_counts_the_causal_half_and_reads_the_cache_once()
    {
        var prompt = LayerOperation.Attention(32, 8, 128, 100, 0, 0, 0);
        Assert.Equal(4.0 * 32 * 128 * 100 * 101 / 2, prompt.Flop);
        Assert.Equal(2 * ((2.0 * 8 * 128 * 100) + (2.0 * 32 * 128 * 100)), prompt.MovedBytes);
        var batch = LayerOperation.Attention(32, 8, 128, 0, 0, 16, 999);
        Assert.Equal(2 * ((2.0 * 8 * 128 * 16 * 1000) + (2.0 * 32 * 128 * 16)), batch.MovedBytes);
        Assert.Equal(1, batch.QueryTokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerOperation.Attention(32, 8, 128, 0, 0, 0, 5));
    }

    // Measured medians: Vidur, Llama-2-7B on A100 and H100; LLMServingSim, RTX 4090, one token (compute reference 1.3). Within 35 % each; the median over all rows is far lower.
    // The last product runs at 99 % of the sheet's peak, where other cards reach 70 % (reference 1.3): a value for the class cannot be nearer than 1 / 0.7.
    [Theory]
    [InlineData("a100-sxm-80gb", 4096, 12288, 4096, 1911, 1.35)]
    [InlineData("a100-sxm-80gb", 4096, 4096, 4096, 611, 1.35)]
    [InlineData("rtx-4090", 1, 4096, 28672, 247.3, 1.35)]
    [InlineData("rtx-4090", 1, 14336, 4096, 126.8, 1.35)]
    [InlineData("rtx-4090", 1, 4096, 128256, 1096.9, 1.35)]
    [InlineData("rtx-4090", 512, 4096, 28672, 736.7, 1.43)]
    public void A_product_takes_about_its_measured_time(string device, int tokens, int inputs, int outputs, double microseconds, double tolerance) =>
        Assert.InRange(1e6 * LayerOperationTime.Seconds(DeviceSheets.Find(device), LayerOperation.Product(tokens, inputs, outputs)), microseconds / tolerance, microseconds * tolerance);

    [Fact]
    public void Times_never_fall_with_size_and_never_beat_the_roofline()
    {
        var sheet = DeviceSheets.Find("a100-sxm-80gb");
        var last = 0.0;
        foreach (var tokens in new[] { 1, 2, 8, 64, 100, 512, 4096 })
        {
            var operation = LayerOperation.Product(tokens, 4096, 4096);
            var seconds = LayerOperationTime.Seconds(sheet, operation);
            Assert.True(seconds >= last);
            Assert.True(seconds >= Math.Max(operation.Flop / sheet.PeakMatrixFlopPerSecond.Bits16, (operation.WeightBytes + operation.MovedBytes) / sheet.PeakBytesPerSecond));
            last = seconds;
        }

        last = 0;
        foreach (var context in new[] { 0, 16, 1000, 16_000 })
        {
            var seconds = LayerOperationTime.Seconds(sheet, LayerOperation.Attention(32, 8, 128, 0, 0, 8, context));
            Assert.True(seconds >= last);
            last = seconds;
        }
    }

    [Fact]
    public void A_row_that_names_nothing_known_says_why()
    {
        Assert.False(LayerOperation.TryCreate(Row("o_proj", 1) with { Model = "no-such-model" }, out _, out var model));
        Assert.False(string.IsNullOrEmpty(model));
        Assert.False(LayerOperation.TryCreate(Row("sampler", 1), out _, out var operation));
        Assert.Contains("sampler", operation, StringComparison.Ordinal);
        Assert.False(LayerOperation.TryCreate(Row("o_proj", 1) with { Tokens = null }, out _, out var tokens));
        Assert.Contains("tokens", tokens, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerOperation.Product(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerOperation.Elementwise(LayerOperationKind.Matrix, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerOperation.Elementwise(LayerOperationKind.Add, double.NaN));
    }

    private static LayerOperation Operation(string name, int tokens, int parts = 1)
    {
        Assert.True(LayerOperation.TryCreate(Row(name, tokens) with { TensorParallelDegree = parts }, out var operation, out var reason), reason);
        return operation;
    }

    private static LayerTimeRow Row(string name, int tokens) => new()
    {
        Location = "line 2",
        Device = "A100 80GB",
        Model = "Llama-2-7b-hf",
        Format = "fp16",
        Operation = name,
        Phase = LayerTimePhase.Any,
        Tokens = tokens,
        Seconds = 1,
    };
}
