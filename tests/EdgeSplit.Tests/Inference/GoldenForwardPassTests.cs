using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>The forward pass against PyTorch's figures for the reference model, to the tolerance that they state.</summary>
public class GoldenForwardPassTests
{
    private const double LogitTolerance = 1e-4;

    [Fact]
    public void LogitsAreThoseOfPyTorch()
    {
        var model = ReferenceModel.Model;
        var tokens = ReferenceModel.Sentence;
        var logits = ReferenceModel.Logits(model, tokens);
        var sentence = ReferenceModel.Golden.GetProperty("sentence");

        Assert.InRange(ReferenceModel.Difference(logits.AsSpan()[^model.Vocabulary..], sentence.GetProperty("logits_last").Numbers()), 0, LogitTolerance);
        Assert.InRange(
            ReferenceModel.Difference(logits.AsSpan(20 * model.Vocabulary, model.Vocabulary), sentence.GetProperty("logits_mid").Numbers()), 0, LogitTolerance);
    }

    [Fact]
    public void HiddenStatesAfterEveryLayerAreThoseOfPyTorch()
    {
        var model = ReferenceModel.Model;
        var tokens = ReferenceModel.Sentence;
        var sentence = ReferenceModel.Golden.GetProperty("sentence");
        var workspace = new LlamaWorkspace();
        var hidden = new float[tokens.Length * model.HiddenSize];
        model.Embed(tokens, hidden);
        for (var layer = 0; layer < model.Layers; layer++)
        {
            model.RunLayers(hidden, 1, tokens.Length, layer, layer + 1, workspace);
            var split = FormattableString.Invariant($"{layer + 1}");
            var norm = Math.Sqrt(hidden.Sum(x => (double)x * x));
            Assert.Equal(sentence.GetProperty("hidden_norm_after_layer").GetProperty(split).GetDouble(), norm, 1e-3);
            var first = sentence.GetProperty("hidden_last_first8").GetProperty(split).Numbers();
            Assert.InRange(ReferenceModel.Difference(hidden.AsSpan(hidden.Length - model.HiddenSize, 8), first), 0, LogitTolerance);
        }
    }
}
