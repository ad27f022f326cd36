using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Leakage;

/// <summary>What each attack recovers where the answer is known.</summary>
public sealed class AttackLaws
{
    private static readonly StreamKey Key = StreamKey.Create(11, "attack laws");

    [Fact]
    public void AtTheEmbeddingTheNearestEmbeddingIsTheToken()
    {
        var model = ReferenceModel.Model;
        var tokens = Enumerable.Range(0, model.Vocabulary).Select(i => i * 37 % model.Vocabulary).ToArray();
        var state = new float[tokens.Length * model.HiddenSize];
        model.Embed(tokens, state);
        var guesses = new int[tokens.Length];
        new NearestEmbeddingAttack(model).Recover(state, guesses);
        Assert.Equal(tokens, guesses);
        new NearestEmbeddingAttack(model).Recover([.. state.Select(value => 17 * value)], guesses);
        Assert.Equal(tokens, guesses);
    }

    [Fact]
    public void RidgeRecoversALinearCode()
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, new RandomCheckpoint { Vocabulary = 20, HiddenSize = 32 });
        var code = Numbers(20 * 32, 1);
        var (training, tokens) = Rows(300, token => code.AsSpan(token * 32, 32), 32, token => token % 20);
        var attack = RidgeAttack.Train(training, tokens, new NearestEmbeddingAttack(model));
        Assert.Contains(attack.Strength, RidgeAttack.Strengths);
        var (state, truth) = Rows(57, token => code.AsSpan(token * 32, 32), 32, token => token * 3 % 20);
        var guesses = new int[truth.Length];
        attack.Recover(state, guesses);
        Assert.Equal(truth, guesses);
    }

    [Fact]
    public void BeyondOneHotRidgeRecoversALinearMapOfEmbeddingsAndTokensItHasNotSeen()
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, new RandomCheckpoint { Vocabulary = 1100, HiddenSize = 16 });
        var map = Numbers(16 * 16, 2);
        var states = new float[1100 * 16];
        for (var token = 0; token < 1100; token++)
        {
            var embedding = new float[16];
            model.Embed([token], embedding);
            var length = Math.Sqrt(embedding.Sum(value => (double)value * value));
            for (var i = 0; i < 16; i++)
            {
                states[(token * 16) + i] = (float)(3 + Enumerable.Range(0, 16).Sum(j => map[(i * 16) + j] * embedding[j] / length));
            }
        }

        var seen = Enumerable.Range(0, 900).ToArray();
        var attack = RidgeAttack.Train(states.AsSpan(0, 900 * 16), seen, new NearestEmbeddingAttack(model));
        var guesses = new int[200];
        attack.Recover(states.AsSpan(900 * 16), guesses);
        Assert.Equal(Enumerable.Range(900, 200), guesses);
    }

    [Fact]
    public void StatesThatSayNothingGetTheMostFrequentToken()
    {
        var embeddings = new NearestEmbeddingAttack(ReferenceModel.Model);
        int[] tokens = [4, 9, 9, 9, 200, 9, 4, 9, 9, 30];
        var attack = RidgeAttack.Train(new float[tokens.Length * 128], tokens, embeddings);
        var guesses = new int[3];
        attack.Recover(new float[3 * 128], guesses);
        Assert.Equal([9, 9, 9], guesses);
    }

    [Fact]
    public void ExhaustiveIsExactOnCleanStatesAtEverySplit()
    {
        foreach (var checkpoint in (RandomCheckpoint[])
            [new() { Layers = 3, Vocabulary = 50 }, new() { Family = "mistral", Layers = 3, ExtraKeys = """{"sliding_window":5}""" }, new() { Family = "qwen3", Tied = true }])
        {
            using var folder = new TemporaryFolder();
            using var model = Load(folder, checkpoint);
            var tokens = Enumerable.Range(0, 30).Select(i => ((i * i) + 3) % model.Vocabulary).ToArray();
            for (var split = 0; split <= model.Layers; split++)
            {
                Assert.Equal(tokens, Exhaustive(model, split, tokens, HiddenStateDamage.None));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(11)]
    public void TheReferenceModelHidesNothingFromItsOwnWeights(int split)
    {
        var model = ReferenceModel.Model;
        var tokens = ReferenceModel.Sentence.AsSpan(0, 16).ToArray();
        HiddenStateDamage[] damages =
        [
            HiddenStateDamage.None,
            new() { Bits = 4 },
            new() { Bits = 4, Scale = QuantizationScale.Channel },
            new() { ErasureProbability = 0.5, Recovery = ErasureRecovery.Rescale },
        ];
        var guesses = new ExhaustiveAttack(model, split, tokens.Length, new LlamaWorkspace()).Recover([.. damages.Select(damage => Receive(model, split, tokens, damage))]);
        Assert.All(guesses, guess => Assert.Equal(tokens, guess));
    }

    [Fact]
    public void ReceptionsThatShareTheWorkAreGuessedAsIfAlone()
    {
        var model = ReferenceModel.Model;
        var tokens = ReferenceModel.Sentence.AsSpan(0, 12).ToArray();
        var received = LeakagePlan.DefaultDamages.Select(damage => Receive(model, 2, tokens, damage)).ToArray();
        var attack = new ExhaustiveAttack(model, 2, tokens.Length, new LlamaWorkspace());
        var together = attack.Recover(received);
        for (var i = 0; i < received.Length; i++)
        {
            Assert.Equal(together[i], new ExhaustiveAttack(model, 2, tokens.Length, new LlamaWorkspace()).Recover([received[i]])[0]);
        }
    }

    [Fact]
    public void AShortListHoldsTheTokenWhoseEmbeddingIsThere()
    {
        using var folder = new TemporaryFolder();
        using var model = Load(folder, new RandomCheckpoint { Vocabulary = ExhaustiveAttack.LargestVocabulary + 100, Layers = 1 });
        var tokens = Enumerable.Range(0, 10).Select(i => i * 419).ToArray();
        var received = Receive(model, 0, tokens, HiddenStateDamage.None);
        var attack = new ExhaustiveAttack(model, 0, tokens.Length, new LlamaWorkspace(), new NearestEmbeddingAttack(model), shortlistTokens: 20);
        Assert.Equal(tokens, attack.Recover([received])[0]);
        Assert.Throws<ArgumentNullException>("embeddings", () => new ExhaustiveAttack(model, 0, 10, new LlamaWorkspace()));
    }

    private static int[] Exhaustive(LlamaModel model, int split, int[] tokens, HiddenStateDamage damage) =>
        new ExhaustiveAttack(model, split, tokens.Length, new LlamaWorkspace()).Recover([Receive(model, split, tokens, damage)])[0];

    private static ReceivedState Receive(LlamaModel model, int split, int[] tokens, HiddenStateDamage damage)
    {
        var state = new float[tokens.Length * model.HiddenSize];
        model.Embed(tokens, state);
        model.RunLayers(state, 1, tokens.Length, 0, split, new LlamaWorkspace());
        return ReceivedState.Receive(state, tokens.Length, damage, Key, 0, (ulong)split);
    }

    private static LlamaModel Load(TemporaryFolder folder, RandomCheckpoint checkpoint)
    {
        checkpoint.Write(folder.Path);
        return LlamaModel.Load(folder.Path);
    }

    private delegate ReadOnlySpan<float> RowOf(int token);

    private static (float[] State, int[] Tokens) Rows(int count, RowOf row, int dimension, Func<int, int> token)
    {
        var tokens = Enumerable.Range(0, count).Select(token).ToArray();
        var state = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            row(tokens[i]).CopyTo(state.AsSpan(i * dimension));
        }

        return (state, tokens);
    }

    private static float[] Numbers(int count, ulong entity)
    {
        var random = new RandomSource(Key, entity);
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (float)((2 * random.NextUniform()) - 1);
        }

        return numbers;
    }
}
