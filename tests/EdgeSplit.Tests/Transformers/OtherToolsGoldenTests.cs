using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

/// <summary>Published counts of other tools and of the files themselves, each with the exact relation to ours.</summary>
public class OtherToolsGoldenTests
{
    private const double MebiByte = 1024 * 1024;
    private const double GibiByte = 1024 * MebiByte;
    private static readonly TransformerShape Llama = ModelCatalog.Find("llama-2-7b").Shape;

    [Fact]
    public void Calflops_differs_by_the_head_on_all_tokens_the_norm_weights_and_the_anticausal_half()
    {
        // calflops, Llama-2-7B, batch 1, length 128: 1700.06 GFLOP, 6,738,415,616 parameters; by hand
        // 2 x 128 x (parameters - embedding) + 4 x layers x 128^2 x hidden = 1,700,069,900,288.
        const double Tokens = 128, Layers = 32, Hidden = 4096, Table = 32000 * Hidden, Norms = 65 * Hidden;
        const double ByHand = (2 * Tokens * (6_738_415_616 - 131_072_000)) + (4 * Layers * Tokens * Tokens * Hidden);
        Assert.Equal(1_700_069_900_288, ByHand);
        Assert.Equal(1700.06e9, ByHand, 1700.06e9 * 1e-5);
        Assert.Equal(6_738_415_616, Llama.TotalParameters);

        var ours = Pass(Llama, new ForwardPass(128, 0));
        var headOnOtherTokens = 2 * (Tokens - 1) * Table;
        var normWeightsAsMatrices = 2 * Tokens * Norms;
        var anticausalPairs = 4 * Layers * Hidden * ((Tokens * Tokens) - (Tokens * (Tokens + 1) / 2));
        Assert.Equal(ByHand, ours.MatrixFlop + ours.AttentionFlop + headOnOtherTokens + normWeightsAsMatrices + anticausalPairs);
    }

    [Fact]
    public void GenZ_agrees_and_its_megabytes_are_two_to_the_twenty()
    {
        // GenZ golden, Llama-2-7B: prefill of 1024 tokens, MFLOP: QKV 103,079.215104, O 34,359.738368, gate + up 184,683.593728,
        // down 92,341.796864, logit and attend 8,589.934592 each (all pairs).
        var prefill = new ForwardPass(1024, 0);
        var attention = Cost(TransformerUnit.Attention, prefill);
        var feedForward = Cost(TransformerUnit.FeedForward, prefill);
        Assert.Equal((103_079.215104e6 + 34_359.738368e6), attention.MatrixFlop, 1.0);
        Assert.Equal((184_683.593728e6 + 92_341.796864e6), feedForward.MatrixFlop, 1.0);
        Assert.Equal(2 * 8_589.934592e6 * 1025 / 2048, attention.AttentionFlop, 1.0);

        // Decode, "MB": QKV 96.03125 = weights 96 + hidden state in 8 KiB and q, k, v out 24 KiB.
        var decode = Cost(TransformerUnit.Attention, new ForwardPass(1, 0));
        Assert.Equal((96.03125 + 32.015625) * MebiByte, decode.WeightBytes - (4096 * 2) + ((4096 * 2) * (1 + 3 + 1 + 1)));
        Assert.Equal(103_079.215104e6 / 1024, 100.663296e6, 1e-3);
    }

    [Fact]
    public void Llm_analysis_gives_the_same_cache()
    {
        // llm-analysis, LLaMA-7B, prompt 512 and 32 generated, F16: 285.21 MB.
        Assert.Equal(285.21e6, 544 * 32 * Llama.KeyValueBitsPerToken(0, NumberFormat.F16) / 8, 0.005e6);
    }

    [Theory]
    [InlineData("llama-2-7b", "F16", 12.55, 0.006)]
    [InlineData("llama-2-7b", "Q8_0", 6.67, 0.006)]
    [InlineData("llama-2-7b", "Q6_K", 5.15, 0.006)]
    [InlineData("llama-2-7b", "Q4_K_M", 3.80, 0.006)]
    [InlineData("llama-3-8b", "F16", 14.96, 0.006)]
    [InlineData("llama-3.1-70b", "F16", 131.42, 0.006)]
    [InlineData("mixtral-8x7b", "Q8_0", 46.22, 0.02)]
    [InlineData("llama-2-7b", "Q4_0", 3.56, 0.006)]
    [InlineData("llama-2-7b", "Q4_1", 3.95, 0.006)]
    [InlineData("llama-2-13b", "Q4_0", 6.86, 0.006)]
    [InlineData("mistral-7b-v0.1", "Q4_0", 3.83, 0.006)]
    [InlineData("mixtral-8x7b", "Q4_0", 24.62, 0.02)]
    [InlineData("llama-3-8b", "Q4_K_M", 4.58, 0.01)]
    [InlineData("llama-3.1-70b", "Q4_K_M", 39.59, 0.02)]
    public void File_sizes_follow_from_the_tensors(string model, string format, double gibi, double tolerance)
    {
        var bytes = ModelCatalog.Find(model).Shape.FileBytes(NumberFormat.Parse(format));
        Assert.Equal(gibi, bytes / GibiByte, tolerance);
    }

    [Fact]
    public void A_Q4_0_file_is_explained_by_its_Q6_K_head_and_its_F32_norms()
    {
        // 3.56 GiB printed for LLaMA-7B.
        double head = 32000.0 * 4096, norms = 65 * 4096;
        var bits = ((Llama.TotalParameters - head - norms) * 4.5) + (head * 6.5625) + (norms * 32);
        Assert.Equal(3.56, bits / 8 / GibiByte, 0.006);
    }

    private static UnitCost Cost(TransformerUnit unit, ForwardPass pass) => TransformerCostTests.Prepare(Llama, unit, 0).Evaluate(pass);

    private static UnitCost Pass(TransformerShape shape, ForwardPass pass) =>
        ((Cost(TransformerUnit.Attention, pass) + Cost(TransformerUnit.FeedForward, pass)) * shape.Layers) + Cost(TransformerUnit.Head, pass);
}
