using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class TransformerCostTests
{
    private static readonly ForwardPass[] Passes =
    [
        new(1, 0), new(1, 1), new(1, 127), new(1, 600), new(2, 3), new(7, 0), new(64, 0), new(64, 448), new(100, 500), new(300, 300), new(513, 0), new(700, 90),
    ];

    /// <summary>Small shapes that between them use every branch: windows of 48 and 512 so that passes cross them.</summary>
    public static TheoryData<string> Variants => [.. ModelCatalog.All.Select(entry => entry.Name), "mixed"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Prepared_costs_equal_the_naive_sum_over_operations(string name)
    {
        var shape = ShapeOf(name);
        foreach (var unit in Enum.GetValues<TransformerUnit>())
        {
            for (var kind = 0; kind < shape.LayerKinds; kind++)
            {
                var layer = Enumerable.Range(0, shape.Layers).First(candidate => shape.KindOfLayer(candidate) == kind);
                var model = TransformerCost.Prepare(shape, unit, layer, new NumberFormat("even", 6.5625), NumberFormat.F16, NumberFormat.Q8_0);
                foreach (var pass in Passes)
                {
                    var expected = NaiveTransformerCost.Evaluate(shape, unit, layer, pass, 6.5625, 16, 8.5);
                    AssertClose(expected, model.Evaluate(pass), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var shape = ShapeOf("mixed");
        var attention = TransformerCost.Prepare(shape, TransformerUnit.Attention, 0, NumberFormat.F16, NumberFormat.F16, NumberFormat.F16);
        var experts = TransformerCost.Prepare(shape, TransformerUnit.FeedForward, 1, NumberFormat.F16, NumberFormat.F16, NumberFormat.F16);
        var sum = Run(attention, experts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(attention, experts);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum.TotalFlop > 0);

        static UnitCost Run(in UnitCostModel attention, in UnitCostModel experts)
        {
            UnitCost sum = default;
            for (var i = 0; i < 100; i++)
            {
                sum += attention.Evaluate(new ForwardPass(i, 2 * i)) + experts.Evaluate(new ForwardPass(i, 2 * i));
            }

            return sum;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Weights_read_by_a_long_pass_are_all_weights_of_the_unit(string name)
    {
        var shape = ShapeOf(name);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var unit in new[] { TransformerUnit.Attention, TransformerUnit.FeedForward })
            {
                var bytes = Prepare(shape, unit, layer).Evaluate(new ForwardPass(1_000_000, 0)).WeightBytes;
                Assert.Equal(2.0 * shape.ParametersOf(unit, layer), bytes);
            }
        }
    }

    [Fact]
    public void Prefill_in_chunks_does_the_arithmetic_of_one_pass_and_reads_weights_once_per_chunk()
    {
        foreach (var entry in ModelCatalog.All)
        {
            var shape = entry.Shape;
            var model = Prepare(shape, TransformerUnit.Attention, 0);
            var whole = model.Evaluate(new ForwardPass(6000, 200));
            var parts = model.Evaluate(new ForwardPass(1500, 200)) + model.Evaluate(new ForwardPass(4000, 1700)) + model.Evaluate(new ForwardPass(500, 5700));
            Assert.Equal(whole.MatrixFlop, parts.MatrixFlop);
            Assert.Equal(whole.AttentionFlop, parts.AttentionFlop);
            Assert.Equal(whole.ElementwiseFlop, parts.ElementwiseFlop, whole.ElementwiseFlop * 1e-12);
            Assert.Equal(whole.ActivationBytes, parts.ActivationBytes);
            Assert.Equal(whole.KeyValueWriteBytes, parts.KeyValueWriteBytes);
            Assert.Equal(3 * whole.WeightBytes, parts.WeightBytes);
            Assert.True(parts.KeyValueReadBytes > whole.KeyValueReadBytes);
        }
    }

    [Fact]
    public void Decode_cost_is_affine_in_the_context_without_a_window_and_constant_beyond_one()
    {
        var full = Prepare(ModelCatalog.Find("llama-3.1-8b").Shape, TransformerUnit.Attention, 0);
        var windowed = Prepare(ModelCatalog.Find("mistral-7b-v0.1").Shape, TransformerUnit.Attention, 0);
        for (var context = 0; context < 100_000; context += 997)
        {
            Assert.Equal(2.0 * 2 * 8 * 128 * (context + 1), full.Evaluate(new ForwardPass(1, context)).KeyValueReadBytes);
            Assert.Equal(2.0 * 2 * 8 * 128 * Math.Min(context + 1, 4096), windowed.Evaluate(new ForwardPass(1, context)).KeyValueReadBytes);
        }
    }

    [Fact]
    public void A_pass_reads_each_key_that_some_window_reaches_once()
    {
        // 10 new tokens after 100, window 16: the first sees positions 85..100, the last 94..109, together 25 = 16 + 10 - 1.
        var shape = ShapeOf("mixed") with { SlidingWindow = 16, WindowedLayers = LayerPattern.All };
        var cost = Prepare(shape, TransformerUnit.Attention, 0).Evaluate(new ForwardPass(10, 100));
        Assert.Equal(25.0 * 2 * shape.KeyValueDimension * 2, cost.KeyValueReadBytes);
    }

    [Fact]
    public void Distinct_experts_grow_from_the_active_ones_to_all()
    {
        // E (1 - (1 - k/E)^T), 128 experts, 8 active.
        var shape = ModelCatalog.Find("qwen3-30b-a3b").Shape;
        var model = Prepare(shape, TransformerUnit.FeedForward, 0);
        double Experts(int tokens) => (model.Evaluate(new ForwardPass(tokens, 0)).WeightBytes - model.WeightBytesPerPass) / model.WeightBytesPerExpert;
        Assert.Equal(8, Experts(1), 12);
        Assert.Equal(128 * (1 - (15.0 / 16 * 15 / 16)), Experts(2), 10);
        Assert.Equal(128 * (1 - Math.Pow(15.0 / 16, 32)), Experts(32), 10);
        Assert.Equal(128, Experts(5000), 10);

        // One expert of Qwen3-30B-A3B is 9.44 MB in F16 (LLMServingSim profile of its MoE block).
        Assert.Equal(9.44e6, model.WeightBytesPerExpert, 0.005e6);
    }

    [Fact]
    public void A_token_that_uses_all_experts_reads_all_experts()
    {
        var shape = ShapeOf("mixed") with { ActiveExperts = 4 };
        var model = Prepare(shape, TransformerUnit.FeedForward, 1);
        Assert.Equal(2.0 * shape.ParametersOf(TransformerUnit.FeedForward, 1), model.Evaluate(new ForwardPass(1, 0)).WeightBytes);
        Assert.Equal(2.0 * shape.ParametersOf(TransformerUnit.FeedForward, 1), model.Evaluate(new ForwardPass(9, 0)).WeightBytes);
    }

    [Fact]
    public void The_head_costs_the_same_for_every_length_and_a_tied_one_reads_the_whole_table()
    {
        var shape = ModelCatalog.Find("qwen2.5-0.5b").Shape;
        var model = Prepare(shape, TransformerUnit.Head, 0);
        var decode = model.Evaluate(new ForwardPass(1, 77));
        Assert.Equal(decode, model.Evaluate(new ForwardPass(4096, 0)));
        Assert.Equal(2.0 * 896 * 151936, decode.MatrixFlop);
        Assert.Equal(2.0 * ((896 * 151936.0) + 896), decode.WeightBytes);
        Assert.Equal(896, shape.ParametersOf(TransformerUnit.Head, 0));
    }

    [Fact]
    public void The_embedding_reads_only_the_rows_of_its_tokens()
    {
        var rotary = Prepare(ModelCatalog.Find("llama-2-7b").Shape, TransformerUnit.Embedding, 0).Evaluate(new ForwardPass(10, 5));
        Assert.Equal(10 * 4096 * 2.0, rotary.WeightBytes);
        Assert.Equal(0, rotary.TotalFlop);
        var learned = Prepare(ModelCatalog.Find("gpt2").Shape, TransformerUnit.Embedding, 0).Evaluate(new ForwardPass(10, 5));
        Assert.Equal(2 * 10 * 768 * 2.0, learned.WeightBytes);
        Assert.Equal(10 * 768, learned.ElementwiseFlop);
    }

    [Fact]
    public void Layers_of_one_kind_cost_the_same_and_kinds_differ()
    {
        foreach (var shape in ModelCatalog.All.Select(entry => entry.Shape).Append(ShapeOf("mixed")))
        {
            var models = Enumerable.Range(0, shape.Layers)
                .Select(layer => (shape.KindOfLayer(layer), (Prepare(shape, TransformerUnit.Attention, layer), Prepare(shape, TransformerUnit.FeedForward, layer))))
                .Distinct().ToList();
            Assert.Equal(shape.LayerKinds, models.Count);
            Assert.Equal(shape.LayerKinds, models.Select(pair => pair.Item1).Distinct().Count());
            Assert.Equal(0, shape.KindOfLayer(0));
        }

        Assert.Equal(2, ModelCatalog.Find("gemma-2-2b").Shape.LayerKinds);
        Assert.Equal(1, ModelCatalog.Find("llama-2-7b").Shape.LayerKinds);
        Assert.Equal(4, ShapeOf("mixed").LayerKinds);
    }

    [Fact]
    public void An_empty_pass_costs_nothing_and_a_negative_one_is_refused()
    {
        var model = Prepare(ModelCatalog.Find("llama-2-7b").Shape, TransformerUnit.Head, 0);
        Assert.Equal(default, model.Evaluate(new ForwardPass(0, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(new ForwardPass(-1, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(new ForwardPass(1, -1)));
    }

    [Fact]
    public void A_layer_out_of_range_or_a_shape_that_contradicts_itself_is_refused()
    {
        var shape = ModelCatalog.Find("llama-2-7b").Shape;
        Assert.Throws<ArgumentOutOfRangeException>(() => Prepare(shape, TransformerUnit.Attention, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prepare(shape, TransformerUnit.FeedForward, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prepare(shape, (TransformerUnit)9, 0));
        Assert.Throws<ArgumentException>(() => Prepare(shape with { KeyValueHeads = 5 }, TransformerUnit.Head, 0));
        Assert.Throws<ArgumentException>(() => (shape with { Experts = 4, ActiveExperts = 5, ExpertIntermediateSize = 9 }).TotalParameters);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape with { NormsPerLayer = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => shape with { HiddenSize = 0 });
    }

    [Fact]
    public void Costs_add_and_multiply()
    {
        var model = Prepare(ModelCatalog.Find("llama-2-7b").Shape, TransformerUnit.Attention, 0);
        var one = model.Evaluate(new ForwardPass(3, 9));
        Assert.Equal(one + one + one, one * 3);
        Assert.Equal(one.TotalFlop, one.MatrixFlop + one.AttentionFlop + one.ElementwiseFlop);
        Assert.Equal(one.TotalBytes, one.WeightBytes + one.ActivationBytes + one.KeyValueReadBytes + one.KeyValueWriteBytes);
    }

    internal static UnitCostModel Prepare(TransformerShape shape, TransformerUnit unit, int layer) =>
        TransformerCost.Prepare(shape, unit, layer, NumberFormat.F16, NumberFormat.F16, NumberFormat.F16);

    internal static TransformerShape ShapeOf(string name) => name != "mixed"
        ? ModelCatalog.Find(name).Shape
        : new TransformerShape
        {
            Name = "mixed",
            Family = "mixed",
            Layers = 8,
            HiddenSize = 96,
            IntermediateSize = 200,
            QueryHeads = 6,
            KeyValueHeads = 2,
            HeadDimension = 24,
            VocabularySize = 1000,
            MaximumPositions = 4096,
            Norm = NormKind.Layer,
            NormsPerLayer = 4,
            QueryKeyNorms = true,
            QueryKeyValueBias = true,
            AttentionOutputBias = true,
            FeedForwardBias = true,
            HeadBias = true,
            TiedEmbeddings = true,
            LearnedPositionRows = 4098,
            SlidingWindow = 48,
            WindowedLayers = LayerPattern.AllButEvery(4),
            Experts = 4,
            ActiveExperts = 2,
            ExpertIntermediateSize = 50,
            ExpertLayers = LayerPattern.Repeat([false, true, true, true, false, true, true, false]),
        };

    private static void AssertClose(UnitCost expected, UnitCost actual, double relative)
    {
        void Close(double e, double a) => Assert.True(Math.Abs(e - a) <= relative * Math.Abs(e), $"{e} and {a} differ in {expected} and {actual}");
        Close(expected.MatrixFlop, actual.MatrixFlop);
        Close(expected.AttentionFlop, actual.AttentionFlop);
        Close(expected.ElementwiseFlop, actual.ElementwiseFlop);
        Close(expected.WeightBytes, actual.WeightBytes);
        Close(expected.ActivationBytes, actual.ActivationBytes);
        Close(expected.KeyValueReadBytes, actual.KeyValueReadBytes);
        Close(expected.KeyValueWriteBytes, actual.KeyValueWriteBytes);
        Assert.Equal(expected.Operations, actual.Operations);
    }
}
