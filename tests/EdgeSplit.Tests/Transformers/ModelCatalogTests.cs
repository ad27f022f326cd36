using EdgeSplit.Core;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class ModelCatalogTests
{
    [Fact]
    public void Names_are_unique_lower_case_kebab_and_every_entry_has_a_source()
    {
        Assert.True(ModelCatalog.All.Count >= 75);
        Assert.Equal(ModelCatalog.All.Count, ModelCatalog.All.Select(entry => entry.Name).Distinct().Count());
        foreach (var entry in ModelCatalog.All)
        {
            Assert.Matches("^[a-z0-9.]+(-[a-z0-9.]+)*$", entry.Name);
            Assert.Equal(entry.Name, entry.Shape.Name);
            Assert.Contains("Hugging Face", entry.Source, StringComparison.Ordinal);
            Assert.Same(entry, ModelCatalog.Find(entry.Name.ToUpperInvariant()));
        }
    }

    [Theory]
    [InlineData("lama-2-7b", "llama-2-7b")]
    [InlineData("llama2-7b", "llama-2-7b")]
    [InlineData("Qwen3-06b", "qwen3-0.6b")]
    [InlineData("gemma-2", "gemma-2b")]
    [InlineData("hpi-2", "phi-2")]
    [InlineData("mixtral", "mixtral-8x7b")]
    [InlineData("chatbot", null)]
    public void An_unknown_model_names_the_nearest(string wanted, string? nearest)
    {
        var error = Assert.Throws<UnknownNameException>(() => ModelCatalog.Find(wanted));
        Assert.Equal(nearest, error.Suggestion);
        Assert.Contains(wanted, error.Message, StringComparison.Ordinal);
        Assert.Contains("llama-2-7b", error.Known);
        Assert.Contains($"Known: {nearest ?? ModelCatalog.All[0].Name}, ", error.Message, StringComparison.Ordinal); // the list is long: the nearest stand in it, or the first
        Assert.Equal(nearest is not null, error.Message.Contains("Did you mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Windows_lie_on_the_layers_that_the_families_say()
    {
        var mistral = ModelCatalog.Find("mistral-7b-v0.1").Shape;
        Assert.All(Enumerable.Range(0, 32), layer => Assert.Equal(4096, mistral.AttentionWindow(layer)));
        var gemma2 = ModelCatalog.Find("gemma-2-2b").Shape;
        Assert.All(Enumerable.Range(0, 26), layer => Assert.Equal(layer % 2 == 0 ? 4096 : int.MaxValue, gemma2.AttentionWindow(layer)));
        var gemma3 = ModelCatalog.Find("gemma-3-1b").Shape;
        Assert.All(Enumerable.Range(0, 26), layer => Assert.Equal(layer % 6 == 5 ? int.MaxValue : 512, gemma3.AttentionWindow(layer)));
        Assert.Equal(int.MaxValue, ModelCatalog.Find("llama-2-7b").Shape.AttentionWindow(0));
        var gptOss = ModelCatalog.Find("gpt-oss-20b").Shape;
        Assert.All(Enumerable.Range(0, 24), layer => Assert.Equal(layer % 2 == 0 ? 128 : int.MaxValue, gptOss.AttentionWindow(layer)));
    }

    [Fact]
    public void The_first_layers_of_DeepSeek_are_dense()
    {
        var lite = ModelCatalog.Find("deepseek-v2-lite").Shape;
        Assert.All(Enumerable.Range(0, 27), layer => Assert.Equal(layer >= 1, lite.HasExperts(layer)));
        var large = ModelCatalog.Find("deepseek-v3").Shape;
        Assert.All(Enumerable.Range(0, 61), layer => Assert.Equal(layer >= 3, large.HasExperts(layer)));
    }
}
