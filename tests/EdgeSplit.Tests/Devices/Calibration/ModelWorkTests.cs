using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Calibration;

public sealed class ModelWorkTests
{
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "llama-3-8b", "rtx-4090" },
        { "mixtral-8x7b", "a100-sxm-80gb-vllm" },
        { "gemma-3-1b", "snapdragon-8-gen-3-cpu" },
        { "qwen2.5-0.5b", "raspberry-pi-5" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_generation_takes_the_sum_of_its_steps(string model, string device)
    {
        var (shape, profile) = (ModelCatalog.Find(model).Shape, DeviceCatalog.Find(device).Profile);
        foreach (var (first, steps) in new[] { (0, 1), (0, 7), (0, 512), (1000, 100), (400, 300), (7000, 1024) })
        {
            var naive = Enumerable.Range(0, steps).Sum(i => WholeModel.Seconds(profile, shape, NumberFormat.Q4_0, new ForwardPass(1, first + i)));
            Assert.Equal(1, ModelWork.Decode(shape, NumberFormat.Q4_0, first, steps).Seconds(profile) / naive, 0.003);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_prompt_takes_the_sum_of_its_micro_batches_and_one_head(string model, string device)
    {
        var (shape, profile) = (ModelCatalog.Find(model).Shape, DeviceCatalog.Find(device).Profile);
        var head = profile.Seconds(TransformerCost.Prepare(shape, TransformerUnit.Head, 0, NumberFormat.F16, NumberFormat.F16, NumberFormat.F16).Evaluate(new ForwardPass(1, 0)), NumberFormat.F16);
        var whole = WholeModel.Seconds(profile, shape, NumberFormat.F16, new ForwardPass(300, 50)) + WholeModel.Seconds(profile, shape, NumberFormat.F16, new ForwardPass(300, 350))
            + WholeModel.Seconds(profile, shape, NumberFormat.F16, new ForwardPass(17, 650)) - (2 * head);
        Assert.Equal(1, ModelWork.Prefill(shape, NumberFormat.F16, 617, 50, 300).Seconds(profile) / whole, 1e-12);
        Assert.Equal(617, ModelWork.Prefill(shape, NumberFormat.F16, 617, 50, 300).Tokens);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Time_grows_with_tokens_context_and_batch_and_a_batch_is_cheaper_than_its_parts(string model, string device)
    {
        var (shape, profile) = (ModelCatalog.Find(model).Shape, DeviceCatalog.Find(device).Profile);
        var last = 0.0;
        foreach (var tokens in new[] { 1, 2, 7, 8, 9, 10, 64, 500, 511, 512, 513, 4000 })
        {
            var seconds = ModelWork.Prefill(shape, NumberFormat.Q4_K_M, tokens, 100, profile.MicroBatchTokens).Seconds(profile);
            Assert.True(seconds >= last, $"{tokens} tokens");
            last = seconds;
        }

        last = 0;
        foreach (var context in new[] { 0, 1, 50, 511, 512, 3000, 30000 })
        {
            var seconds = ModelWork.Decode(shape, NumberFormat.Q4_K_M, context, 1).Seconds(profile);
            Assert.True(seconds >= last, $"context {context}");
            last = seconds;
        }

        last = 0;
        var one = ModelWork.Decode(shape, NumberFormat.Q4_K_M, 300, 16).Seconds(profile);
        foreach (var batch in new[] { 1, 2, 4, 8, 9, 32, 100 })
        {
            var work = ModelWork.Decode(shape, NumberFormat.Q4_K_M, 300, 16, batch);
            Assert.True(work.Seconds(profile) >= last, $"batch {batch}");
            Assert.True(work.Seconds(profile) <= batch * one * (1 + 1e-12), $"batch {batch}");
            Assert.Equal(16 * batch, work.Tokens);
            last = work.Seconds(profile);
        }
    }

    [Fact]
    public void Bad_counts_are_refused()
    {
        var shape = ModelCatalog.Find("gpt2").Shape;
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Prefill(shape, NumberFormat.F16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Prefill(shape, NumberFormat.F16, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Prefill(shape, NumberFormat.F16, 1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Decode(shape, NumberFormat.F16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Decode(shape, NumberFormat.F16, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelWork.Decode(shape, NumberFormat.F16, 0, 1, 0));
        Assert.Throws<ArgumentNullException>(() => ModelWork.Decode(shape, NumberFormat.F16, 0, 1).Seconds(null!));
    }
}
