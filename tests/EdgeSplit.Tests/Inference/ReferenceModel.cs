using System.Text.Json;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>The project's own checkpoint and the values that PyTorch computed for it (models/reference/golden.py).</summary>
public static class ReferenceModel
{
    public static string Folder { get; } = Path.Combine(SharedData.RepositoryRoot, "models", "reference");

    /// <summary>Loaded once; safe to share.</summary>
    public static LlamaModel Model { get; } = LlamaModel.Load(Folder);

    public static JsonElement Golden { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "golden.json"))).RootElement;

    public static int[] Sentence { get; } = [.. Golden.GetProperty("sentence").GetProperty("bytes").EnumerateArray().Select(x => x.GetInt32())];

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];

    /// <summary>Logits after every token, in one pass without a cache.</summary>
    public static float[] Logits(LlamaModel model, int[] tokens, int threads = 1)
    {
        var workspace = new LlamaWorkspace(threads);
        var hidden = new float[tokens.Length * model.HiddenSize];
        var logits = new float[tokens.Length * model.Vocabulary];
        model.Embed(tokens, hidden);
        model.RunLayers(hidden, 1, tokens.Length, 0, model.Layers, workspace);
        model.Head(hidden, tokens.Length, logits, workspace);
        return logits;
    }

    /// <summary>The measure of the golden file: max |difference| / max |logit|.</summary>
    public static double Difference(ReadOnlySpan<float> found, ReadOnlySpan<double> expected)
    {
        Assert.Equal(expected.Length, found.Length);
        double difference = 0, largest = 0;
        for (var i = 0; i < found.Length; i++)
        {
            Assert.True(float.IsFinite(found[i]));
            difference = Math.Max(difference, Math.Abs(found[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference / largest;
    }

    public static double Difference(ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
    {
        var wide = new double[expected.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = expected[i];
        }

        return Difference(found, wide);
    }
}
