using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Inference;

/// <summary>Laws of choosing tokens and of the texts that a model writes.</summary>
public class TokenSamplerLaws
{
    private static readonly float[] Logits = [0.5f, 2f, -1f, 2f, 0f, -30f];

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(2.0, 0.8)]
    [InlineData(1.0, 0.5)]
    [InlineData(1.0, 1e-9)]
    public void ADrawInvertsTheDistribution(double temperature, double topP)
    {
        var weights = Logits.Select(x => Math.Exp(x / temperature)).ToArray();
        var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i).ToArray();
        var kept = new HashSet<int>();
        for (double mass = 0; kept.Count < weights.Length && mass < topP * weights.Sum() * (1 - 1e-12);)
        {
            mass += weights[order[kept.Count]];
            kept.Add(order[kept.Count]);
        }

        var total = kept.Sum(i => weights[i]);
        var sampler = new TokenSampler(temperature, topP);
        var counts = new int[weights.Length];
        const int steps = 100_000;
        for (var i = 0; i < steps; i++)
        {
            counts[sampler.Choose(Logits, (i + 0.5) / steps)]++;
        }

        for (var token = 0; token < counts.Length; token++)
        {
            Assert.InRange(counts[token], (kept.Contains(token) ? weights[token] / total * steps : 0) - 1.5, (kept.Contains(token) ? weights[token] / total * steps : 0) + 1.5);
        }
    }

    [Fact]
    public void GreedyTakesTheFirstOfTheLargest()
    {
        Assert.Equal(1, TokenSampler.Greedy(Logits));
        Assert.Equal(1, new TokenSampler(0).Choose(Logits, 0.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Greedy([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSampler.Greedy([1f, float.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(1, 0));
    }

    [Fact]
    public void TextsAreTheSameHoweverManyAreWanted()
    {
        var model = ReferenceModel.Model;
        var few = TextGeneration.Sample(model, 3, 20, 10, 7, new LlamaWorkspace());
        var many = TextGeneration.Sample(model, 40, 20, 10, 7, new LlamaWorkspace(2));
        Assert.Equal(few, many[..few.Length]);
        Assert.NotEqual(few, TextGeneration.Sample(model, 3, 20, 10, 8, new LlamaWorkspace()));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(10, many[i * 20]));
        Assert.NotEqual(many[..20], many[20..40]);
    }

    [Fact]
    public void SampledTextHasTheModelsOwnProbabilities()
    {
        // The mean of -log p over sampled tokens is the mean entropy, in expectation: the clean model is calibrated on its own text.
        var model = ReferenceModel.Model;
        const int tokens = 33;
        var texts = TextGeneration.Sample(model, 96, tokens, 10, 3, new LlamaWorkspace());
        var differences = new List<double>();
        for (var text = 0; text < 96; text++)
        {
            var ids = texts[(text * tokens)..((text + 1) * tokens)];
            var logits = ReferenceModel.Logits(model, ids);
            var sum = 0.0;
            for (var t = 0; t + 1 < tokens; t++)
            {
                var row = logits.AsSpan(t * 256, 256).ToArray().Select(x => (double)x).ToArray();
                var top = row.Max();
                var log = Math.Log(row.Sum(x => Math.Exp(x - top))) + top;
                sum += log - row[ids[t + 1]] - row.Sum(x => Math.Exp(x - log) * (log - x));
            }

            differences.Add(sum / (tokens - 1));
        }

        var mean = differences.Average();
        var error = Math.Sqrt(differences.Sum(x => (x - mean) * (x - mean)) / (differences.Count - 1) / differences.Count);
        Assert.InRange(Math.Abs(mean), 0, 4 * error);
        Assert.InRange(error, 1e-4, 0.1);
    }

    [Fact]
    public void AGreedyAnswerIsTheArgmaxOfEveryPass()
    {
        var model = ReferenceModel.Model;
        var prompt = ReferenceModel.Sentence[..30];
        var answer = TextGeneration.Continue(model, prompt, 12, new TokenSampler(0), StreamKey.Create(1, "answer"), new LlamaWorkspace());
        int[] all = [.. prompt, .. answer];
        var logits = ReferenceModel.Logits(model, all);
        for (var i = 0; i < answer.Length; i++)
        {
            var row = logits.AsSpan((prompt.Length - 1 + i) * model.Vocabulary, model.Vocabulary);
            Assert.InRange(row[TokenSampler.Greedy(row)] - row[answer[i]], 0, 1e-4f);
        }
    }
}
