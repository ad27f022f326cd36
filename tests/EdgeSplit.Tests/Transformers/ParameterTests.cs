using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

public class ParameterTests
{
    public static TheoryData<string> Names => PublishedModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_configuration_gives_the_published_parameter_count(string name)
    {
        var row = PublishedModels.Of(name);
        Assert.Equal(row.Parameters, HuggingFaceConfig.Parse(PublishedModels.ConfigOf(row), name).TotalParameters);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cache_takes_the_published_bytes_per_token(string name)
    {
        var row = PublishedModels.Of(name);
        var shape = HuggingFaceConfig.Parse(PublishedModels.ConfigOf(row), name);
        Assert.Equal(row.KeyValueBytes, Enumerable.Range(0, shape.Layers).Sum(layer => shape.KeyValueBitsPerToken(layer, NumberFormat.F16)) / 8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_catalogue_holds_the_shape_that_the_configuration_gives(string name)
    {
        var row = PublishedModels.Of(name);
        var listed = ModelCatalog.Find(name).Shape;

        // The table has Qwen3-30B-A3B in the 2507 variant with more positions, and Gemma 3 4B without its 64 padding rows.
        row = name == "qwen3-30b-a3b" ? row with { Positions = 40960 } : name == "gemma-3-4b" ? row with { Vocabulary = 262208 } : row;
        var read = HuggingFaceConfig.Parse(PublishedModels.ConfigOf(row), name);
        Assert.Equal(listed, read);
        Assert.Equal(listed.TotalParameters, read.TotalParameters);
    }

    [Fact]
    public void Every_catalogue_entry_that_the_table_lacks_has_its_published_count()
    {
        foreach (var entry in ModelCatalog.All.Where(entry => PublishedModels.Rows.All(row => row.Name != entry.Name)))
        {
            Assert.True(PublishedCounts.ByName.TryGetValue(entry.Name, out var published), entry.Name);
            Assert.True(published == entry.Shape.TotalParameters, $"{entry.Name}: {entry.Shape.TotalParameters}, published {published}");
        }

        Assert.Equal(ModelCatalog.All.Count, PublishedCounts.ByName.Count + PublishedModels.Rows.Count);
    }

    [Fact]
    public void Units_add_up_to_the_total()
    {
        foreach (var shape in ModelCatalog.All.Select(entry => entry.Shape))
        {
            var sum = shape.ParametersOf(TransformerUnit.Embedding, 0) + shape.ParametersOf(TransformerUnit.Head, 0)
                + Enumerable.Range(0, shape.Layers).Sum(layer =>
                    shape.ParametersOf(TransformerUnit.Attention, layer) + shape.ParametersOf(TransformerUnit.FeedForward, layer));
            Assert.Equal(shape.TotalParameters, sum);
        }
    }

    [Fact]
    public void Units_of_Llama_2_7B_are_what_its_tensors_say()
    {
        var shape = ModelCatalog.Find("llama-2-7b").Shape;
        Assert.Equal(32000L * 4096, shape.ParametersOf(TransformerUnit.Embedding, 0));
        Assert.Equal((4L * 4096 * 4096) + 4096, shape.ParametersOf(TransformerUnit.Attention, 31));
        Assert.Equal((3L * 4096 * 11008) + 4096, shape.ParametersOf(TransformerUnit.FeedForward, 0));
        Assert.Equal((32000L * 4096) + 4096, shape.ParametersOf(TransformerUnit.Head, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.ParametersOf(TransformerUnit.Attention, 32));
    }

    [Fact]
    public void Phi_2_has_one_shared_norm_and_a_bias_on_the_head()
    {
        var shape = ModelCatalog.Find("phi-2").Shape;
        Assert.Equal((4L * 2560 * 2560) + (4 * 2560) + (2 * 2560), shape.ParametersOf(TransformerUnit.Attention, 0));
        Assert.Equal((2L * 2560 * 10240) + 10240 + 2560, shape.ParametersOf(TransformerUnit.FeedForward, 0));
        Assert.Equal((51200L * 2560) + 51200 + (2 * 2560), shape.ParametersOf(TransformerUnit.Head, 0));
    }

    [Fact]
    public void A_mixture_of_experts_activates_the_published_share()
    {
        // Model cards: 3.3 B activated of 30.5 B; 12.9 B of 46.7 B.
        Assert.Equal(3.3e9, ModelCatalog.Find("qwen3-30b-a3b").Shape.ActiveParameters, 0.06e9);
        Assert.Equal(12.9e9, ModelCatalog.Find("mixtral-8x7b").Shape.ActiveParameters, 0.05e9);

        // 3.6 of 20.9 billion and 5.1 of 116.8 without the embedding table that is only looked up; 2.4 of 15.7; 37 of 671; 6.6 of 41.9.
        Assert.Equal(3.61e9, ModelCatalog.Find("gpt-oss-20b").Shape.ActiveParameters - (201088L * 2880), 0.01e9);
        Assert.Equal(5.13e9, ModelCatalog.Find("gpt-oss-120b").Shape.ActiveParameters - (201088L * 2880), 0.01e9);
        Assert.Equal(2.4e9, ModelCatalog.Find("deepseek-v2-lite").Shape.ActiveParameters - (102400L * 2048), 0.06e9);
        Assert.Equal(37e9, ModelCatalog.Find("deepseek-v3").Shape.ActiveParameters, 0.7e9);
        Assert.Equal(6.6e9, ModelCatalog.Find("phi-3.5-moe").Shape.ActiveParameters, 0.05e9);
        Assert.Equal(22e9, ModelCatalog.Find("qwen3-235b-a22b").Shape.ActiveParameters, 0.25e9);
        var dense = ModelCatalog.Find("llama-2-7b").Shape;
        Assert.Equal(dense.TotalParameters, dense.ActiveParameters);
    }

    [Fact]
    public void Shapes_are_compared_by_value()
    {
        var shape = ModelCatalog.Find("gemma-2-2b").Shape;
        var same = shape with { WindowedLayers = LayerPattern.AllButEvery(2) };
        Assert.Equal(shape, same);
        Assert.Equal(shape.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(shape, shape with { WindowedLayers = LayerPattern.AllButEvery(3) });
    }

    [SharedDataFact]
    public void The_rows_typed_here_are_those_of_the_shared_table()
    {
        var lines = File.ReadAllLines(SharedData.PathOf("data/model_specs.csv"));
        var header = lines[0].Split(',');
        var compared = 0;
        foreach (var cells in lines.Skip(1).Select(line => System.Text.RegularExpressions.Regex.Split(line, ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")))
        {
            string Cell(string key) => cells[Array.IndexOf(header, key)];
            var name = Cell("model") switch { "GPT-2 (124M)" => "gpt2", "Gemma-3-4B (text)" => "gemma-3-4b", var model => model.ToLowerInvariant() };
            var shape = ModelCatalog.Find(name).Shape;
            var cache = Enumerable.Range(0, shape.Layers).Sum(layer => shape.KeyValueBitsPerToken(layer, NumberFormat.F16)) / 8;
            Assert.Equal(Cell("kv_bytes_per_token_fp16"), cache.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (PublishedModels.Rows.FirstOrDefault(row => row.Name == name) is not { } row)
            {
                Assert.Contains(Cell("family"), new[] { "deepseek_v2", "gpt_oss" });
                Assert.Equal(Cell("params_recomputed"), shape.TotalParameters.ToString(System.Globalization.CultureInfo.InvariantCulture));
                continue;
            }

            compared++;
            Assert.Equal(Cell("params_recomputed"), row.Parameters.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(Cell("hidden_size"), row.Hidden.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(PublishedModels.Rows.Count, compared);
    }
}
