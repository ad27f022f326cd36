using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Batching;
using EdgeSplit.Core.Devices.Memory;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Batching;

public sealed class BatchStepLaws
{
    private static readonly NumberFormat Weights = NumberFormat.F16;

    public static TheoryData<string> Models => ["llama-3.2-1b", "gemma-3-1b", "qwen3-30b-a3b", "gpt2"];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_equals_the_naive_sum_over_layers(string name)
    {
        var shape = ModelCatalog.Find(name).Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        for (var seed = 0; seed < 40; seed++)
        {
            var batch = Batch(seed, shape.Layers, 1 + (seed * 7 % 23));
            var expected = Naive(shape, batch);
            Assert.Equal(expected, step.Seconds(batch), 1e-12 * expected);
        }
    }

    [Fact]
    public void A_batch_too_large_for_the_stack_equals_the_naive_sum_too()
    {
        var shape = ModelCatalog.Find("gpt2").Shape;
        var batch = Batch(3, shape.Layers, 700);
        var expected = Naive(shape, batch);
        Assert.Equal(expected, new BatchStep(shape, PlainProcessor.Fast, Weights).Seconds(batch), 1e-12 * expected);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void One_uncut_sequence_takes_the_time_of_the_whole_model(string name)
    {
        var shape = ModelCatalog.Find(name).Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        foreach (var pass in new ForwardPass[] { new(1, 0), new(1, 3000), new(257, 0), new(64, 900) })
        {
            var expected = WholeModel.Seconds(PlainProcessor.Fast, shape, Weights, pass);
            Assert.Equal(expected, step.Seconds([BatchSequence.CutAt(pass, 0, shape.Layers)]), 1e-12 * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_takes_at_least_its_longest_member_and_at_most_all_of_them_in_turn(string name)
    {
        var shape = ModelCatalog.Find(name).Shape;
        IComputeProfile[] processors = [PlainProcessor.Fast, new PlainProcessor(1e10, 1e12), DeviceCatalog.Find("a100-sxm-80gb-vllm").Profile];
        foreach (var processor in processors)
        {
            var step = new BatchStep(shape, processor, Weights);
            for (var seed = 0; seed < 20; seed++)
            {
                var batch = Batch(seed, shape.Layers, 2 + (seed % 11));
                var singles = batch.Select(sequence => step.Seconds([sequence])).ToArray();
                var together = step.Seconds(batch);
                Assert.InRange(together, singles.Max() * (1 - 1e-12), singles.Sum() * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void No_member_makes_a_step_shorter_and_the_order_does_not_matter()
    {
        var shape = ModelCatalog.Find("gemma-3-1b").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var batch = Batch(11, shape.Layers, 16);
        var last = 0.0;
        for (var members = 1; members <= batch.Length; members++)
        {
            var seconds = step.Seconds(batch.AsSpan(0, members));
            Assert.True(seconds >= last * (1 - 1e-12));
            last = seconds;
        }

        var reversed = batch.Reverse().ToArray();
        Assert.Equal(last, step.Seconds(reversed), 1e-12 * last);
    }

    [Fact]
    public void A_later_cut_more_context_or_fewer_tokens_never_lengthen_or_shorten_a_step_the_wrong_way()
    {
        var shape = ModelCatalog.Find("llama-3.2-1b").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var others = Batch(5, shape.Layers, 6);
        var last = double.PositiveInfinity;
        for (var cut = 0; cut <= shape.Layers; cut++)
        {
            var seconds = step.Seconds([.. others, BatchSequence.CutAt(new ForwardPass(20, 300), cut, shape.Layers)]);
            Assert.True(seconds <= last * (1 + 1e-12));
            last = seconds;
        }

        Assert.Equal(step.Seconds(others), last, 1e-12 * last);
        var before = 0.0;
        foreach (var (tokens, context) in new[] { (1, 0), (1, 100), (1, 4000), (8, 4000), (512, 4000), (512, 20000) })
        {
            var seconds = step.Seconds([.. others, BatchSequence.CutAt(new ForwardPass(tokens, context), 4, shape.Layers)]);
            Assert.True(seconds >= before);
            before = seconds;
        }
    }

    [Fact]
    public void Decode_steps_ride_along_with_a_chunk_of_a_prompt()
    {
        // Memory-bound decode beside a compute-bound chunk: the weights are read once, so together they take less than one after the other.
        var shape = ModelCatalog.Find("llama-3.1-8b").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var decode = Enumerable.Range(0, 8).Select(i => BatchSequence.CutAt(new ForwardPass(1, 500 + i), 0, shape.Layers)).ToArray();
        var chunk = BatchSequence.PromptChunk(new ForwardPass(256, 512), 0, shape.Layers);
        var together = step.Seconds([.. decode, chunk]);
        Assert.True(together < 0.8 * (step.Seconds(decode) + step.Seconds([chunk])));
        Assert.True(together > Math.Max(step.Seconds(decode), step.Seconds([chunk])));
    }

    [Fact]
    public void A_chunk_that_does_not_end_the_prompt_saves_the_head()
    {
        var shape = ModelCatalog.Find("llama-3.2-1b").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var pass = new ForwardPass(64, 0);
        var head = PlainProcessor.Fast.Seconds(
            TransformerCost.Prepare(shape, TransformerUnit.Head, 0, Weights, NumberFormat.F16, NumberFormat.F16).Evaluate(pass), Weights);
        var with = step.Seconds([BatchSequence.CutAt(pass, 3, shape.Layers)]);
        Assert.Equal(with - head, step.Seconds([BatchSequence.PromptChunk(pass, 3, shape.Layers)]), 1e-12 * with);
    }

    [Fact]
    public void Equal_decoders_have_a_closed_form()
    {
        foreach (var name in new[] { "llama-3.2-1b", "gemma-3-1b", "qwen3-30b-a3b" })
        {
            var shape = ModelCatalog.Find(name).Shape;
            var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
            foreach (var (sequences, context, cut) in new[] { (1, 0, 0), (7, 300, 0), (64, 2000, 5), (300, 10, shape.Layers - 1), (3, 5, shape.Layers) })
            {
                var batch = Enumerable.Repeat(BatchSequence.CutAt(new ForwardPass(1, context), cut, shape.Layers), sequences).ToArray();
                var expected = step.Seconds(batch);
                Assert.Equal(expected, step.DecodeSeconds(sequences, context, cut), 1e-11 * expected);
            }
        }
    }

    [Fact]
    public void Throughput_rises_with_the_batch_while_each_sequence_slows_down()
    {
        var step = new BatchStep(ModelCatalog.Find("llama-3.1-8b").Shape, PlainProcessor.Fast, Weights);
        var curve = step.Throughput([1, 2, 4, 8, 16, 32, 64], 1000);
        for (var i = 1; i < curve.Count; i++)
        {
            Assert.True(curve[i].TokensPerSecond > curve[i - 1].TokensPerSecond);
            Assert.True(curve[i].TokensPerSecondPerSequence < curve[i - 1].TokensPerSecondPerSequence);
            Assert.True(curve[i].TokensPerSecond <= curve[i].Sequences * curve[0].TokensPerSecond);
        }

        Assert.Equal(64 / step.DecodeSeconds(64, 1000), curve[^1].TokensPerSecond);
    }

    [Fact]
    public void The_largest_batch_is_the_last_that_fits_memory()
    {
        var memory = new RuntimeMemory { Shape = ModelCatalog.Find("llama-3.1-8b").Shape, Weights = Weights };
        var largest = memory.LargestBatch(PlainProcessor.Fast.UsableMemoryBytes, 4096);
        Assert.True(largest > 1);
        Assert.True(memory.Fit(PlainProcessor.Fast, 4096, largest).Fits);
        Assert.False(memory.Fit(PlainProcessor.Fast, 4096, largest + 1).Fits);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var shape = ModelCatalog.Find("gemma-3-1b").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var batch = Batch(2, shape.Layers, 100);
        var sum = step.Seconds(batch) + step.DecodeSeconds(9, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            sum += step.Seconds(batch) + step.DecodeSeconds(9, 100 + i, 2);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    [Fact]
    public void Nothing_to_do_takes_no_time_and_bad_sequences_are_refused()
    {
        var shape = ModelCatalog.Find("gpt2").Shape;
        var step = new BatchStep(shape, PlainProcessor.Fast, Weights);
        var layers = shape.Layers;
        Assert.Equal(0, step.Seconds([]));
        Assert.Equal(0, step.Seconds([BatchSequence.CutAt(new ForwardPass(5, 0), layers, layers), BatchSequence.CutAt(new ForwardPass(0, 5), 0, layers)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(1, 0), -1, layers, true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(1, 0), 0, layers + 1, false)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(1, 0), 5, 4, false)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(1, 0), 0, 4, true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(-1, 0), 0, 4, false)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Seconds([new BatchSequence(new ForwardPass(1, -1), 0, 4, false)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.DecodeSeconds(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.DecodeSeconds(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.DecodeSeconds(1, 1, layers + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Throughput([1], 0, layers));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchSequence.CutAt(default, layers + 1, layers));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchSequence.Middle(default, 3, 2));
        Assert.Throws<ArgumentNullException>(() => new BatchStep(shape, null!, Weights));
    }

    /// <summary>Sequences of every sort at cuts that differ: decode steps, prompts, chunks, U-shapes, empty passes and cuts at L.</summary>
    private static BatchSequence[] Batch(int seed, int layers, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var mixed = (uint)((seed * 7919) + (i * 104729) + 12345) * 2654435761u;
        int cut = (int)(mixed >> 8) % (layers + 1), context = (int)(mixed >> 5) % 3000;
        return (i % 5) switch
        {
            0 => BatchSequence.CutAt(new ForwardPass(1 + (context % 200), context), cut, layers),
            1 => BatchSequence.PromptChunk(new ForwardPass(64, context), cut, layers),
            2 => BatchSequence.Middle(new ForwardPass(1, context), Math.Min(cut, layers - 2), Math.Max(cut, layers - 2)),
            3 => BatchSequence.CutAt(new ForwardPass(i % 4 == 0 ? 0 : 1, context), 0, layers),
            _ => BatchSequence.CutAt(new ForwardPass(1, context), cut, layers),
        };
    })];

    private static double Naive(TransformerShape shape, BatchSequence[] batch)
    {
        var seconds = Unit(TransformerUnit.Embedding, 0, s => s.FirstLayer == 0 && s.EndLayer > 0) + Unit(TransformerUnit.Head, 0, s => s.RunsHead);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            seconds += Unit(TransformerUnit.Attention, layer, s => s.FirstLayer <= layer && layer < s.EndLayer);
            seconds += Unit(TransformerUnit.FeedForward, layer, s => s.FirstLayer <= layer && layer < s.EndLayer);
        }

        return seconds == 0 ? 0 : seconds + PlainProcessor.Fast.OverheadSecondsPerPass;

        double Unit(TransformerUnit unit, int layer, Func<BatchSequence, bool> takesPart) => PlainProcessor.Fast.Seconds(
            TransformerCost.Prepare(shape, unit, layer, Weights, NumberFormat.F16, NumberFormat.F16)
                .Evaluate([.. batch.Where(takesPart).Select(sequence => sequence.Pass)]),
            Weights);
    }
}
