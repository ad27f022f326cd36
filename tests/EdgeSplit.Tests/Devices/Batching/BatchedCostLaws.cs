using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Batching;

public sealed class BatchedCostLaws
{
    private static readonly ForwardPass[] Passes = [new(1, 0), new(1, 700), new(1, 9000), new(64, 0), new(200, 450), new(3, 2)];

    public static TheoryData<string> Models => ["llama-3.1-8b", "qwen3-30b-a3b", "gemma-3-1b", "gpt2", "mixtral-8x7b", "phi-2"];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch_of_one_costs_exactly_the_single_pass(string name) => ForEachUnit(name, unit =>
    {
        foreach (var pass in Passes)
        {
            Assert.Equal(unit.Evaluate(pass), unit.Evaluate([pass]));
        }
    });

    [Theory]
    [MemberData(nameof(Models))]
    public void Weights_and_launches_are_shared_and_all_else_adds(string name) => ForEachUnit(name, unit =>
    {
        UnitCost sum = default;
        foreach (var pass in Passes)
        {
            sum += unit.Evaluate(pass);
        }

        var batch = unit.Evaluate(Passes);
        var tokens = Passes.Sum(pass => pass.NewTokens);
        Assert.Equal(sum with { WeightBytes = 0, Operations = 0 }, batch with { WeightBytes = 0, Operations = 0 });
        Assert.Equal(unit.Evaluate(new ForwardPass(tokens, 0)).WeightBytes, batch.WeightBytes);
        Assert.Equal(unit.Operations, batch.Operations);
        Assert.True(batch.WeightBytes <= sum.WeightBytes);
        Assert.True(Passes.All(pass => unit.Evaluate(pass).WeightBytes <= batch.WeightBytes));
    });

    [Fact]
    public void Distinct_experts_follow_from_the_sum_of_new_tokens()
    {
        // E (1 - (1 - k/E)^T) with E = 128, k = 8, T = 16 sequences of one token: 82.42 experts, not 16 x 8 = 128.
        var experts = Unit("qwen3-30b-a3b", TransformerUnit.FeedForward, 0);
        var passes = Enumerable.Range(0, 16).Select(i => new ForwardPass(1, 10 * i)).ToArray();
        var read = (experts.Evaluate(passes).WeightBytes - experts.WeightBytesPerPass) / experts.WeightBytesPerExpert;
        Assert.Equal(128 * (1 - Math.Pow(120.0 / 128, 16)), read, 1e-9);
        Assert.Equal(82.42, read, 0.01);
    }

    [Fact]
    public void Each_sequence_has_its_own_window()
    {
        // Gemma 3 1B, a layer with a window of 512: decode at context 100 sees 101 keys, at context 5000 it sees 512.
        var attention = Unit("gemma-3-1b", TransformerUnit.Attention, 0);
        var cost = attention.Evaluate([new ForwardPass(1, 100), new ForwardPass(1, 5000)]);
        Assert.Equal((101 + 512) * attention.KeyValueBytesPerToken, cost.KeyValueReadBytes);
        Assert.Equal((101 + 512) * attention.AttentionFlopPerPair, cost.AttentionFlop);
    }

    [Fact]
    public void The_head_runs_for_the_last_token_of_each_sequence_and_reads_its_matrix_once()
    {
        var head = Unit("llama-3.1-8b", TransformerUnit.Head, 0);
        var cost = head.Evaluate([new ForwardPass(1, 5), new ForwardPass(300, 0), new ForwardPass(0, 9)]);
        Assert.Equal(2 * 2.0 * 4096 * 128256, cost.MatrixFlop);
        Assert.Equal(head.WeightBytesPerPass, cost.WeightBytes);
    }

    [Fact]
    public void An_empty_batch_and_empty_passes_cost_nothing_and_negative_tokens_are_refused()
    {
        var attention = Unit("llama-3.1-8b", TransformerUnit.Attention, 0);
        Assert.Equal(default, attention.Evaluate([]));
        Assert.Equal(default, attention.Evaluate([new ForwardPass(0, 7), new ForwardPass(0, 0)]));
        Assert.Equal(attention.Evaluate(new ForwardPass(4, 1)), attention.Evaluate([new ForwardPass(4, 1), new ForwardPass(0, 7)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => attention.Evaluate([new ForwardPass(1, 0), new ForwardPass(-1, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => attention.Evaluate([new ForwardPass(1, -1)]));
    }

    private static void ForEachUnit(string name, Action<UnitCostModel> law)
    {
        foreach (var unit in Enum.GetValues<TransformerUnit>())
        {
            law(Unit(name, unit, 0));
        }
    }

    private static UnitCostModel Unit(string name, TransformerUnit unit, int layer) =>
        TransformerCost.Prepare(ModelCatalog.Find(name).Shape, unit, layer, NumberFormat.Q4_K_M, NumberFormat.F16, NumberFormat.F16);
}
