using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Numerics;

namespace EdgeSplit.Tests.Networks;

public class NetworkEnsembleTests
{
    private static readonly NetworkEnsembleOptions Small = new() { Widths = [3, 16, 16, 2], MemberCount = 3 };

    [Fact]
    public void Members_agree_near_the_data_and_disagree_far_from_them()
    {
        var options = new NetworkEnsembleOptions { Widths = [1, 32, 32, 1], Optimiser = new AdamOptions { LearningRate = 3e-3 } };
        var ensemble = Create(options, 1);
        TrainOnSine(ensemble, 1500);
        float[] near = [-0.9f, -0.5f, -0.1f, 0.3f, 0.7f];
        float[] far = [-6, -5, -4, 4, 5];
        var (nearSpread, farSpread) = (Spread(ensemble, near), Spread(ensemble, far));
        Assert.True(nearSpread < 0.05, $"spread near the data: {nearSpread}");
        Assert.True(farSpread > 10 * nearSpread, $"spread far from the data: {farSpread}, near: {nearSpread}");
    }

    [Fact]
    public void Every_member_fits_a_known_function()
    {
        var ensemble = Create(new NetworkEnsembleOptions { Widths = [1, 32, 32, 1], Optimiser = new AdamOptions { LearningRate = 3e-3 } }, 2);
        var loss = TrainOnSine(ensemble, 1500);
        Assert.True(loss < 1e-3, $"loss {loss}");
        float[] x = [-0.8f, -0.4f, 0, 0.4f, 0.8f];
        var predictions = new float[5];
        for (var member = 0; member < 5; member++)
        {
            ensemble.Predict(member, x, 5, predictions);
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(Math.Sin(3 * x[i]), predictions[i], 0.1);
            }
        }
    }

    [Fact]
    public void The_gamma_deviance_learns_the_mean_of_skewed_ratios()
    {
        // Ratios 0.25 (three times in four) and 4.25 (once in four): mean 1.25, but geometric mean 0.51.
        var options = new NetworkEnsembleOptions { Widths = [1, 8, 1], Losses = [new GammaDevianceLoss()], PriorScales = [0.1], Optimiser = new AdamOptions { LearningRate = 1e-2 } };
        var ensemble = Create(options, 3);
        var x = Enumerable.Repeat(0.5f, 64).ToArray();
        var ratios = Enumerable.Range(0, 64).Select(i => i % 4 == 0 ? 4.25f : 0.25f).ToArray();
        for (var step = 0; step < 500; step++)
        {
            ensemble.TrainStep(x, ratios, [], [], 64);
        }

        var predictions = new float[5];
        ensemble.PredictAll([0.5f], 1, predictions);
        Assert.All(predictions, f => Assert.Equal(1.25, Math.Exp(f), 0.01));
    }

    [Fact]
    public void Equal_seeds_repeat_bit_for_bit_and_other_seeds_differ()
    {
        float[] Run(ulong seed)
        {
            var ensemble = Create(Small, seed);
            Train(ensemble, 20);
            var predictions = new float[3 * 10 * 2];
            ensemble.PredictAll(Numbers.Between(30, 1), 10, predictions);
            return predictions;
        }

        Numbers.AssertSameBits(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
    }

    [Fact]
    public void Members_start_different_and_the_prior_is_part_of_the_prediction()
    {
        var inputs = Numbers.Between(3 * 4, 2);
        var zero = new NetworkInitialisation { OutputGain = 0 };
        var predictions = new float[3 * 4 * 2];
        Create(Small with { Initialisation = zero }, 1).PredictAll(inputs, 4, predictions);
        Assert.All(predictions, p => Assert.NotEqual(0, p));
        Assert.NotEqual(predictions[..8], predictions[8..16]);
        var scaled = new float[3 * 4 * 2];
        Create(Small with { Initialisation = zero, PriorScales = [2, 0], OutputOffsets = [1, -3] }, 1).PredictAll(inputs, 4, scaled);
        for (var i = 0; i < scaled.Length; i += 2)
        {
            Assert.Equal(1 + (2 * predictions[i]), scaled[i], 1e-6f);
            Assert.Equal(-3, scaled[i + 1]);
        }
    }

    [Fact]
    public void The_loss_is_the_weighted_mean_of_the_predictions_before_the_step()
    {
        string[] names = ["gamma", "huber"];
        var ensemble = Create(Small with { Losses = [.. names.Select(LossTests.Loss)] }, 4);
        const int Batch = 150;
        var inputs = Numbers.Between(3 * Batch, 3);
        var targets = Numbers.Between(2 * Batch, 4, 0, 2);
        var mask = Numbers.Between(2 * Batch, 5, 0, 1);
        var weights = Numbers.Between(3 * Batch, 6, 0, 3);
        for (var i = 0; i < mask.Length; i += 5)
        {
            mask[i] = 0;
            targets[i] = float.NaN;
        }

        var predictions = new float[3 * Batch * 2];
        ensemble.PredictAll(inputs, Batch, predictions);
        var expected = 0.0;
        for (var member = 0; member < 3; member++)
        {
            var (sum, total) = (0.0, 0.0);
            for (var i = 0; i < 2 * Batch; i++)
            {
                var weight = (double)mask[i] * weights[(member * Batch) + (i / 2)];
                total += weight;
                sum += weight == 0 ? 0 : weight * LossTests.Formula(names[i % 2], predictions[(member * 2 * Batch) + i], targets[i]);
            }

            expected += sum / total / 3;
        }

        Assert.Equal(expected, ensemble.TrainStep(inputs, targets, mask, weights, Batch), 1e-5);
    }

    [Fact]
    public void Weight_two_means_the_sample_came_twice()
    {
        var (once, twice) = (Create(Small, 7), Create(Small, 7));
        var inputs = Numbers.Between(6, 7);
        var targets = Numbers.Between(4, 8);
        for (var step = 0; step < 5; step++)
        {
            once.TrainStep(inputs, targets, [], [1, 2, 1, 2, 1, 2], 2);
            twice.TrainStep([.. inputs, .. inputs.AsSpan(3)], [.. targets, .. targets.AsSpan(2)], [], [], 3);
        }

        var (a, b) = (new float[3 * 2 * 2], new float[3 * 2 * 2]);
        once.PredictAll(inputs, 2, a);
        twice.PredictAll(inputs, 2, b);
        for (var i = 0; i < a.Length; i++)
        {
            // Five Adam steps of 0.001; Adam amplifies rounding where a gradient is near 0, by less than a step.
            Assert.Equal(a[i], b[i], 1e-4f);
        }
    }

    [Fact]
    public void A_masked_target_has_no_influence()
    {
        var (a, b) = (Create(Small, 8), Create(Small, 8));
        var inputs = Numbers.Between(6, 9);
        float[] mask = [1, 0, 0, 1];
        var first = a.TrainStep(inputs, [0.5f, float.NaN, 1e30f, -1], mask, [], 2);
        var second = b.TrainStep(inputs, [0.5f, 3, float.NegativeInfinity, -1], mask, [], 2);
        Assert.Equal(first, second);
        Numbers.AssertSameBits(All(a, inputs), All(b, inputs));
    }

    [Fact]
    public void A_member_without_weight_or_with_a_bad_target_is_left_as_it_is()
    {
        var ensemble = Create(Small, 9);
        var inputs = Numbers.Between(6, 10);
        var before = All(ensemble, inputs);
        Assert.True(float.IsFinite(ensemble.TrainStep(inputs, new float[4], [], [0, 0, 1, 1, 0, 0], 2)));
        var after = All(ensemble, inputs);
        Numbers.AssertSameBits(before.AsSpan(0, 4), after.AsSpan(0, 4));
        Numbers.AssertSameBits(before.AsSpan(8), after.AsSpan(8));
        Assert.NotEqual(before[4..8], after[4..8]);
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(ensemble.StepCount));
        Assert.True(float.IsNaN(ensemble.TrainStep(inputs, [float.NaN, 0, 0, 0], [], [], 2)));
        Numbers.AssertSameBits(after, All(ensemble, inputs));
        Assert.Equal(0, ensemble.TrainStep([], [], [], [], 0));
    }

    [Fact]
    public void A_prediction_has_the_same_bits_in_every_batch()
    {
        var ensemble = Create(Small, 10);
        var inputs = Numbers.Between(3 * 200, 11);
        var whole = new float[3 * 200 * 2];
        ensemble.PredictAll(inputs, 200, whole);
        foreach (var batch in new[] { 1, 7, 64, 65, 199 })
        {
            var part = new float[batch * 2];
            for (var member = 0; member < 3; member++)
            {
                ensemble.Predict(member, inputs.AsSpan(3 * (200 - batch)), batch, part);
                Numbers.AssertSameBits(whole.AsSpan((member * 400) + (2 * (200 - batch)), part.Length), part);
            }
        }
    }

    [Fact]
    public void Training_and_prediction_allocate_nothing()
    {
        var ensemble = Create(Small with { Losses = [new GammaDevianceLoss(), new HuberLoss()] }, 11);
        var inputs = Numbers.Between(3 * 100, 12);
        var targets = Numbers.Between(2 * 100, 13, 0, 1);
        var weights = Numbers.Between(3 * 100, 14, 0, 1);
        var predictions = new float[3 * 100 * 2];
        var before = 0L;
        for (var i = 0; i < 3; i++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            ensemble.TrainStep(inputs, targets, targets, weights, 100);
            ensemble.PredictAll(inputs, 33, predictions);
            ensemble.Predict(1, inputs, 100, predictions);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Bad_arguments_are_refused_before_anything_changes()
    {
        var ensemble = Create(Small, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.TrainStep(new float[6], new float[4], [1, 1, -1, 1], [], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.TrainStep(new float[6], new float[4], [], [1, 1, 1, 1, 1, float.NaN], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.TrainStep(new float[6], new float[4], [], [1, 1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.TrainStep(new float[5], new float[4], [], [], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.Predict(3, new float[6], 2, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.PredictAll(new float[6], 2, new float[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(Small with { PriorScales = [1, 1, 1] }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(Small with { OutputOffsets = [double.NaN] }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(Small with { MemberCount = 0 }, 1));
        Assert.Equal([0, 0, 0], Enumerable.Range(0, 3).Select(ensemble.StepCount));
    }

    internal static NetworkEnsemble Create(NetworkEnsembleOptions options, ulong seed) =>
        new(options, StreamKey.Create(seed, "network ensemble tests"));

    internal static void Train(NetworkEnsemble ensemble, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var inputs = Numbers.Between(20 * ensemble.InputCount, (ulong)(100 + step));
            var targets = Numbers.Between(20 * ensemble.OutputCount, (ulong)(200 + step));
            ensemble.TrainStep(inputs, targets, [], [], 20);
        }
    }

    internal static float[] All(NetworkEnsemble ensemble, float[] inputs)
    {
        var batch = inputs.Length / ensemble.InputCount;
        var predictions = new float[ensemble.MemberCount * batch * ensemble.OutputCount];
        ensemble.PredictAll(inputs, batch, predictions);
        return predictions;
    }

    /// <summary>y = sin 3x on [-1, 1], 64 points, with fixed Poisson(1) weights for each member.</summary>
    private static float TrainOnSine(NetworkEnsemble ensemble, int steps)
    {
        const int Count = 64;
        var x = Enumerable.Range(0, Count).Select(i => -1 + (2f * i / (Count - 1))).ToArray();
        var y = Array.ConvertAll(x, v => MathF.Sin(3 * v));
        var random = new RandomSource(StreamKey.Create(1, "bootstrap"));
        var poisson = new PoissonDistribution(1);
        var weights = new float[ensemble.MemberCount * Count];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = poisson.SampleCount(ref random);
        }

        var loss = 0f;
        for (var step = 0; step < steps; step++)
        {
            loss = ensemble.TrainStep(x, y, [], weights, Count);
        }

        return loss;
    }

    /// <summary>The root mean square of the members' deviations from their mean.</summary>
    private static double Spread(NetworkEnsemble ensemble, float[] x)
    {
        var predictions = All(ensemble, x);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var values = Enumerable.Range(0, ensemble.MemberCount).Select(m => (double)predictions[(m * x.Length) + i]).ToArray();
            var mean = values.Average();
            sum += values.Sum(v => (v - mean) * (v - mean)) / values.Length;
        }

        return Math.Sqrt(sum / x.Length);
    }
}
