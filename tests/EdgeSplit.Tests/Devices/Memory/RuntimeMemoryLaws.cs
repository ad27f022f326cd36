using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Memory;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Memory;

public sealed class RuntimeMemoryLaws
{
    private const double Mebi = 1048576;

    public static TheoryData<string> Models => [.. ModelCatalog.All.Select(entry => entry.Name)];

    [Theory]
    [InlineData("llama-2-7b", 512, 70.50)]
    [InlineData("llama-3-8b", 512, 258.50)]
    [InlineData("llama-3-8b", 2048, 258.50)]
    [InlineData("llama-3-8b", 8192, 560.00)]
    [InlineData("llama-3.1-8b", 8192, 560.00)]
    [InlineData("mistral-7b-v0.1", 2048, 164.00)]
    public void Compute_buffers_are_those_that_llama_cpp_prints_without_fused_attention(string model, int context, double mebibytes) =>
        Assert.Equal(mebibytes * Mebi, (Memory(model) with { FusedAttention = false }).At(context).ComputeBufferBytes);

    [Fact]
    public void A_long_cache_without_fused_attention_needs_a_buffer_as_large_as_llama_cpp_prints()
    {
        // Mistral-7B-Instruct-v0.2 (no window) at n_ctx 32768: 2144.00 MiB, KV 4096 MiB (fedora-copr/logdetective pull 106).
        var need = (Mistral with { FusedAttention = false }).At(32768);
        Assert.Equal((2144 * Mebi, 4096 * Mebi), (need.ComputeBufferBytes, need.KeyValueBytes));
    }

    [Theory]
    [InlineData("llama-2-7b", 512, 256)]
    [InlineData("llama-3-8b", 8192, 1024)]
    [InlineData("llama-3-8b", 2048, 256)]
    public void Caches_are_those_that_llama_cpp_prints(string model, int context, double mebibytes) =>
        Assert.Equal(mebibytes * Mebi, Memory(model).At(context).KeyValueBytes);

    [Theory]
    [MemberData(nameof(Models))]
    public void The_breakdown_adds_up_and_never_falls_with_context_sequences_micro_batch_or_layers(string name)
    {
        var memory = Memory(name) with { RuntimeBytes = 1e8, FragmentationShare = 0.03, KeyValuePageTokens = 16 };
        var small = memory.At(100, 2);
        Assert.Equal(small.WeightBytes + small.KeyValueBytes + small.ComputeBufferBytes + small.RuntimeBytes + small.FragmentationBytes, small.TotalBytes);
        Assert.Equal(0.03 * (small.WeightBytes + small.KeyValueBytes + small.ComputeBufferBytes), small.FragmentationBytes, 1.0);
        Rises([0, 1, 100, 101, 4000, 40_000], context => memory.At(context, 2));
        Rises([1, 2, 7, 64], sequences => memory.At(500, sequences));
        Rises([1, 32, 512, 4096], tokens => (memory with { MicroBatchTokens = tokens, FusedAttention = false }).At(500));
        Rises([.. Enumerable.Range(0, memory.Shape.Layers + 1)], layers => (memory with { EndLayer = layers }).At(500));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void All_weights_of_a_whole_model_are_counted_once_and_a_cut_shares_them_out(string name)
    {
        var memory = Memory(name);
        var shape = memory.Shape;
        var whole = memory.At(0).WeightBytes;
        Assert.Equal(2.0 * shape.TotalParameters, whole);
        var cut = shape.Layers / 2;
        var copy = shape.TiedEmbeddings ? 2.0 * shape.VocabularySize * shape.HiddenSize : 0;
        Assert.Equal(whole + copy, (memory with { EndLayer = cut }).At(0).WeightBytes + (memory with { FirstLayer = cut }).At(0).WeightBytes, 1.0);
        var context = memory.At(3000).KeyValueBytes;
        Assert.Equal(context, (memory with { EndLayer = cut }).At(3000).KeyValueBytes + (memory with { FirstLayer = cut }).At(3000).KeyValueBytes, 1.0);
    }

    [Fact]
    public void A_window_stops_the_growth_of_its_layers()
    {
        // Gemma 3 1B: 26 layers, every sixth without a window (4 of them), 2 x 256 x 2 B = 1,024 B per token and layer; the others keep 512 tokens.
        var memory = Memory("gemma-3-1b");
        Assert.Equal(1024.0 * ((4 * 10_000) + (22 * 512)), memory.At(10_000).KeyValueBytes);
        Assert.Equal(1024.0 * 26 * 300, memory.At(300).KeyValueBytes);
    }

    [Fact]
    public void The_largest_context_is_the_last_that_fits()
    {
        foreach (var name in new[] { "llama-3.1-8b", "gemma-3-1b", "qwen2.5-7b" })
        {
            foreach (var usable in new[] { 2.5e9, 8e9, 17e9, 20e9, 40e9, 400e9 })
            {
                var memory = Memory(name) with { KeyValuePageTokens = 16, RuntimeBytes = RuntimeOverhead.Bytes(ProcessorClass.TensorGpu) };
                var context = memory.LargestContext(usable);
                Assert.Equal(context >= 0, memory.At(0).TotalBytes <= usable);
                Assert.True(context < 0 || memory.At(context).TotalBytes <= usable);
                Assert.True(context == memory.Shape.MaximumPositions || memory.At(context + 1).TotalBytes > usable);
                var batch = memory.LargestBatch(usable, 1000);
                Assert.True(batch == 0 || memory.At(1000, batch).TotalBytes <= usable);
                Assert.True(batch == 1 << 20 || memory.At(1000, batch + 1).TotalBytes > usable);
            }
        }
    }

    [Fact]
    public void A_model_fits_where_its_bytes_do()
    {
        // 70B in F16 is 141 GB and fits no card of 24 GB; 8B in 4.5 bits is 4.5 GB and does.
        var large = Memory("llama-3.1-70b").Fit(PlainProcessor.Fast, 0);
        Assert.False(large.Fits);
        Assert.True(large.FilledShare > 6);
        var small = (Memory("llama-3.1-8b") with { Weights = NumberFormat.Q4_0 }).Fit(PlainProcessor.Fast, 8192);
        Assert.True(small.Fits);
        Assert.Equal(PlainProcessor.Fast.UsableMemoryBytes - small.Need.TotalBytes, small.FreeBytes);
    }

    [Fact]
    public void Every_kind_of_processor_has_an_overhead_and_a_graphics_context_is_the_measured_one()
    {
        Assert.All(Enum.GetValues<ProcessorClass>(), kind => Assert.InRange(RuntimeOverhead.Bytes(kind), 1e6, 1e9));
        Assert.Equal(330 * Mebi, RuntimeOverhead.Bytes(ProcessorClass.TensorGpu)); // unslothai/unsloth pull 6718
        Assert.Throws<ArgumentOutOfRangeException>(() => RuntimeOverhead.Bytes((ProcessorClass)99));
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        var memory = Memory("gpt2");
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.At(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => (memory with { EndLayer = 13 }).At(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => (memory with { FirstLayer = 13 }).At(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => (memory with { FirstLayer = 5, EndLayer = 4 }).At(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory with { MicroBatchTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => memory with { FragmentationShare = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => memory with { RuntimeBytes = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => memory with { KeyValuePageTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.LargestContext(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.LargestBatch(0, 1));
        Assert.Throws<ArgumentNullException>(() => memory.Fit(null!, 1));
        Assert.Throws<ArgumentNullException>(() => memory with { Weights = null! });
    }

    private static RuntimeMemory Mistral => Memory("mistral-7b-v0.1") with { Shape = ModelCatalog.Find("mistral-7b-v0.1").Shape with { SlidingWindow = 0 } };

    private static RuntimeMemory Memory(string name) => new() { Shape = ModelCatalog.Find(name).Shape, Weights = NumberFormat.F16 };

    private static void Rises(int[] arguments, Func<int, MemoryBreakdown> memory)
    {
        var last = 0.0;
        foreach (var argument in arguments)
        {
            var bytes = memory(argument).TotalBytes;
            Assert.True(bytes >= last);
            last = bytes;
        }
    }
}
