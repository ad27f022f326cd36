using System.Globalization;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

/// <summary>
/// LLM-Viewer (hahnyuan/LLM-Viewer, MIT, arXiv 2402.16363), its own code run on Llama-2-7B. Where the tool is right our counts are equal to the last
/// unit; where it is wrong they differ by exactly the stated reason. Its decode "at length S" is our pass (1, S - 1).
/// </summary>
public class LlmViewerGoldenTests
{
    private const double Hidden = 4096;
    private const double Inner = 11008;
    private static readonly TransformerShape Llama = ModelCatalog.Find("llama-2-7b").Shape;
    private static readonly ForwardPass Decode = new(1, 2047);
    private static readonly ForwardPass Prefill = new(2048, 0);

    // Batch 1, length 2048, F16: operations and bytes per operation, decode then prefill.
    [Theory]
    [InlineData(33_554_432.0, 90_177_536.0, true)]
    [InlineData(68_719_476_736.0, 184_683_593_728.0, false)]
    public void Linear_operations_are_equal(double projection, double feedForward, bool decode)
    {
        var pass = decode ? Decode : Prefill;
        Assert.Equal(4 * projection, Cost(TransformerUnit.Attention, pass).MatrixFlop);
        Assert.Equal(3 * feedForward, Cost(TransformerUnit.FeedForward, pass).MatrixFlop);
    }

    [Fact]
    public void Linear_weight_loads_are_equal_but_for_the_norms_that_the_tool_leaves_out()
    {
        Assert.Equal((4 * 33_554_432.0) + (2 * Hidden), Cost(TransformerUnit.Attention, Decode).WeightBytes);
        Assert.Equal((3 * 90_177_536.0) + (2 * Hidden), Cost(TransformerUnit.FeedForward, Prefill).WeightBytes);
        Assert.Equal(262_144_000.0 + (2 * Hidden), Cost(TransformerUnit.Head, Prefill).WeightBytes);
    }

    [Fact]
    public void Decode_attention_and_softmax_are_equal()
    {
        var cost = Cost(TransformerUnit.Attention, Decode);
        Assert.Equal(2 * 16_777_216.0, cost.AttentionFlop);

        // softmax + norm + add
        Assert.Equal(327_680.0 + 28_672 + 4_096, cost.ElementwiseFlop);

        // The fused operation of the tool is both products and the softmax.
        Assert.Equal(33_882_112.0, cost.AttentionFlop + cost.ElementwiseFlop - 28_672 - 4_096);
    }

    [Fact]
    public void Prefill_attention_and_softmax_are_the_causal_half()
    {
        // The tool multiplies all S x S pairs; causal attention has S (S + 1) / 2 of them.
        var share = 2049.0 / (2 * 2048);
        var cost = Cost(TransformerUnit.Attention, Prefill);
        Assert.Equal(2 * 34_359_738_368.0 * share, cost.AttentionFlop);
        Assert.Equal((671_088_640.0 * share) + 58_720_256 + 8_388_608, cost.ElementwiseFlop);
    }

    [Theory]
    [InlineData(28_672.0, 4_096.0, 8_192.0, true)]
    [InlineData(58_720_256.0, 8_388_608.0, 16_777_216.0, false)]
    public void The_gated_activation_runs_over_the_intermediate_size_not_the_hidden_one(double norm, double add, double activation, bool decode)
    {
        Assert.Equal(norm + add + (activation * Inner / Hidden), Cost(TransformerUnit.FeedForward, decode ? Decode : Prefill).ElementwiseFlop);
    }

    [Fact]
    public void The_head_has_the_factor_two_that_the_tool_misses()
    {
        Assert.Equal(2 * 131_072_000.0, Cost(TransformerUnit.Head, Decode).MatrixFlop);
        Assert.Equal(2 * 131_072_000.0, Cost(TransformerUnit.Head, Prefill).MatrixFlop);

        // 262,216,192 bytes of the matrix, and the final norm, which the tool leaves out: weights, input, output.
        Assert.Equal(262_216_192.0 + (3 * 2 * Hidden), Cost(TransformerUnit.Head, Decode).TotalBytes);
    }

    [Fact]
    public void Keys_and_values_are_equal()
    {
        // Totals of the tool: read 1,073,741,824, written 524,288, over 32 layers.
        var decode = Cost(TransformerUnit.Attention, Decode);
        Assert.Equal(1_073_741_824.0 / 32, decode.KeyValueReadBytes);
        Assert.Equal(524_288.0 / 32, decode.KeyValueWriteBytes);
        Assert.Equal(16_777_216.0 * 2, Cost(TransformerUnit.Attention, Prefill).KeyValueWriteBytes);
    }

    [Fact]
    public void The_fused_path_writes_a_hidden_state_where_the_tool_counts_length_times_heads()
    {
        // 33,824,768 bytes in the tool: cache 33,554,432 + query 8,192 + output 2048 x 32 x 2 x 2; the output has 4096 values.
        const double Tool = 33_824_768;
        var keyValues = Cost(TransformerUnit.Attention, Decode).KeyValueReadBytes;
        Assert.Equal(Tool, keyValues + (2 * Hidden) + (2048 * 32 * 2 * 2));
        var ours = keyValues + (2 * Hidden) + (2 * Hidden);
        Assert.Equal((2048 * 32 * 2 * 2) - (2 * Hidden), Tool - ours);
    }

    [Fact]
    public void A_whole_decode_step_differs_by_the_named_reasons_and_nothing_else()
    {
        // Printed total, to seven digits: 1.416967e10 operations.
        var total = Cost(TransformerUnit.Head, Decode) + ((Cost(TransformerUnit.Attention, Decode) + Cost(TransformerUnit.FeedForward, Decode)) * 32);
        var reasons = 131_072_000 + (7 * Hidden) + (32 * 2 * (Inner - Hidden));
        Assert.Equal(1.416967e10, total.TotalFlop - reasons, 0.5e4);

        // Weights 1.3214155e10 bytes, less the 65 norms.
        Assert.Equal(1.3214155e10, total.WeightBytes - (65 * Hidden * 2), 0.5e3);
    }

    [SharedDataFact]
    public void Every_row_of_the_shared_grid_agrees()
    {
        var rows = File.ReadLines(SharedData.PathOf("data/llmviewer_golden.csv")).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[1] == "nvidia_A6000").ToList();
        var settings = 0;
        foreach (var group in rows.GroupBy(cells => string.Join(',', cells.Take(9))))
        {
            settings++;
            Compare(group.ToDictionary(cells => cells[9]), group.First());
        }

        // 4 models x 5 settings x decode and prefill.
        Assert.Equal(40, settings);
    }

    private static void Compare(Dictionary<string, string[]> rows, string[] setting)
    {
        var shape = ModelCatalog.Find(setting[0]).Shape;
        int batch = Whole(setting[2]), length = Whole(setting[3]);
        double weightBytes = Whole(setting[4]) / 8.0, activationBytes = Whole(setting[5]) / 8.0;
        NumberFormat weights = Bits(setting[4]), activations = Bits(setting[5]), keyValues = Bits(setting[6]);
        var decode = setting[8] == "decode";
        var pass = decode ? new ForwardPass(1, length - 1) : new ForwardPass(length, 0);
        var causal = decode ? 1 : (length + 1) / (2.0 * length);
        double hidden = shape.HiddenSize;
        var inner = shape.IntermediateSize / hidden;

        double Get(string operation, int column) => double.Parse(rows[operation][column], CultureInfo.InvariantCulture);
        double Operations(params string[] names) => names.Sum(name => Get(name, 10));
        double Weights(params string[] names) => names.Sum(name => Get(name, 12));
        double Activations(params string[] names) => names.Sum(name => Get(name, 13) + Get(name, 14));

        var attention = TransformerCost.Prepare(shape, TransformerUnit.Attention, 0, weights, activations, keyValues).Evaluate(pass);
        Assert.Equal(Operations("q_proj", "k_proj", "v_proj", "out_proj"), batch * attention.MatrixFlop);
        Assert.Equal(Operations("qk_matmul", "sv_matmul") * causal, batch * attention.AttentionFlop);
        Assert.Equal((Operations("softmax") * causal) + Operations("attn_norm", "attn_add"), batch * attention.ElementwiseFlop);
        Assert.Equal(Weights("q_proj", "k_proj", "v_proj", "out_proj") + (hidden * weightBytes), attention.WeightBytes);

        // In prefill the tool counts the queries read with the number of key-value heads; they have the number of query heads.
        var queriesRead = Get("qk_matmul", 13) * (decode ? 1 : shape.QueryHeads / shape.KeyValueHeads);
        Assert.Equal(
            Activations("q_proj", "k_proj", "v_proj", "out_proj", "attn_norm", "attn_add") + queriesRead + Get("sv_matmul", 14),
            batch * attention.ActivationBytes);
        Assert.Equal(Get("qk_matmul", 15) + Get("sv_matmul", 15), batch * attention.KeyValueReadBytes);
        Assert.Equal(Get("k_proj", 16) + Get("v_proj", 16), batch * attention.KeyValueWriteBytes);

        var feedForward = TransformerCost.Prepare(shape, TransformerUnit.FeedForward, 0, weights, activations, keyValues).Evaluate(pass);
        Assert.Equal(Operations("gate_proj", "up_proj", "down_proj"), batch * feedForward.MatrixFlop);
        Assert.Equal(Operations("mlp_norm", "mlp_add") + (Operations("mlp_act") * inner), batch * feedForward.ElementwiseFlop);
        Assert.Equal(Weights("gate_proj", "up_proj", "down_proj") + (hidden * weightBytes), feedForward.WeightBytes);
        Assert.Equal(
            Activations("gate_proj", "up_proj", "down_proj", "mlp_norm", "mlp_add") + (Activations("mlp_act") * inner), batch * feedForward.ActivationBytes);

        // The tool multiplies the head's operations by the batch, but not its activations.
        var head = TransformerCost.Prepare(shape, TransformerUnit.Head, 0, weights, activations, keyValues).Evaluate(pass);
        Assert.Equal(2 * Operations("lm_head"), batch * head.MatrixFlop);
        Assert.Equal(Weights("lm_head") + (hidden * weightBytes), head.WeightBytes);
        Assert.Equal(Activations("lm_head") + (2 * hidden * activationBytes), head.ActivationBytes);
    }

    private static UnitCost Cost(TransformerUnit unit, ForwardPass pass) => TransformerCostTests.Prepare(Llama, unit, 0).Evaluate(pass);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static NumberFormat Bits(string bits) => bits switch { "16" => NumberFormat.F16, "8" => NumberFormat.Int8, _ => NumberFormat.Int4 };
}
