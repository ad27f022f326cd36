using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Measurement;

/// <summary>What damage does to the reference model on a text that it has written itself.</summary>
public sealed class DamageLaws
{
    private const int Windows = 40;
    private const int Context = 64;

    private static readonly int[] Splits = [1, 5, 11];

    private static readonly Lazy<MeasurementText> Sampled = new(() => MeasurementText.Sample(ReferenceModel.Model, Windows, Context, 3));

    private static LlamaModel Model => ReferenceModel.Model;

    private static MeasurementText Text => Sampled.Value;

    [Fact]
    public void On_its_own_text_the_expected_rise_of_the_loss_is_the_divergence()
    {
        HiddenStateDamage[] damages =
        [
            new() { ErasureProbability = 0.1 },
            new() { ErasureProbability = 0.3 },
            new() { ErasureProbability = 0.3, Pattern = ErasurePattern.Packets, PacketValues = 64, Recovery = ErasureRecovery.PreviousToken },
            new() { ErasureProbability = 0.3, Pattern = ErasurePattern.InterleavedPackets, PacketValues = 64, Recovery = ErasureRecovery.Rescale },
            new() { SnrDb = 3 },
            new() { Bits = 3 },
            new() { Bits = 3, SnrDb = 6, ErasureProbability = 0.1 },
        ];
        var (evaluation, cells) = Measure(damages);
        for (var i = 0; i < cells.Length; i++)
        {
            var windows = evaluation.WindowsOf(i).ToArray();
            var clean = evaluation.CleanWindows.ToArray();
            var differences = windows.Zip(clean, (own, other) => own.Nll - other.Nll - own.Kl).ToArray();
            var (mean, error) = MeanAndError(differences);
            Assert.True(Math.Abs(mean) <= 4 * error, $"{cells[i].Split} {i}: {mean} {error}");

            // The law has teeth: the rise stands far above the noise of the difference.
            Assert.True(evaluation.Changed[i].Kl > 3 * error, $"{cells[i].Split} {i}: {evaluation.Changed[i].Kl} {error}");
            Assert.All(windows, window => Assert.True(window.Kl > 0));
        }
    }

    [Fact]
    public void A_channel_that_does_nothing_changes_nothing()
    {
        var untouched = QualityEvaluation.Run(Model, Text, [.. new[] { 0, 1, 7, Model.Layers }.Select(split => new SplitChange(split, static (_, _, _, _) => { }))]);
        foreach (var estimate in untouched.Changed)
        {
            Assert.Equal(untouched.Clean, estimate);
        }

        Assert.Equal((0, 1, 0, 0), (untouched.Clean.Kl, untouched.Clean.Top1, untouched.Clean.NllRise, untouched.Clean.NllRiseStandardError));
    }

    [Fact]
    public void With_everything_erased_the_output_is_uniform()
    {
        HiddenStateDamage[] damages =
        [
            new() { ErasureProbability = 1 },
            new() { ErasureProbability = 1, Recovery = ErasureRecovery.Mean },
            new() { ErasureProbability = 1, Recovery = ErasureRecovery.PreviousToken, Pattern = ErasurePattern.Packets, PacketValues = 100 },
            new() { ErasureProbability = 1, Recovery = ErasureRecovery.Rescale, Pattern = ErasurePattern.InterleavedPackets, PacketValues = 100, SnrDb = 3, Bits = 4 },
        ];
        var (evaluation, cells) = Measure(damages);
        for (var i = 0; i < cells.Length; i++)
        {
            Assert.All(evaluation.WindowsOf(i).ToArray(), window => Assert.Equal(Math.Log(256), window.Nll, 1e-13));
            Assert.Equal(Math.Log(256) - evaluation.Clean.Nll, evaluation.Changed[i].NllRise, 1e-12);
        }
    }

    [Fact]
    public void More_bits_less_noise_and_fewer_erasures_never_hurt_beyond_noise()
    {
        HiddenStateDamage[][] chains =
        [
            [.. new[] { 2, 3, 4, 6, 8, 12, 16 }.Select(bits => new HiddenStateDamage { Bits = bits })],
            [.. new[] { 3, 4, 8 }.Select(bits => new HiddenStateDamage { Bits = bits, Scale = QuantizationScale.Channel })],
            [.. new[] { -10, 0, 10, 20, 40 }.Select(snr => new HiddenStateDamage { SnrDb = snr })],
            [.. new[] { 0.75, 0.3, 0.1, 0.02, 0.001 }.Select(share => new HiddenStateDamage { ErasureProbability = share })],
        ];
        foreach (var chain in chains)
        {
            var (evaluation, cells) = Measure(chain);
            for (var i = 0; i < cells.Length; i++)
            {
                var own = evaluation.Changed[i];
                if (i % chain.Length == chain.Length - 1)
                {
                    Assert.InRange(own.Kl, 0, 0.01);
                    continue;
                }

                var better = evaluation.Changed[i + 1];
                var noise = 4 * Math.Sqrt((own.NllRiseStandardError * own.NllRiseStandardError) + (better.NllRiseStandardError * better.NllRiseStandardError));
                Assert.True(better.NllRise <= own.NllRise + noise, $"{cells[i]}: {own} {better}");
                Assert.True(better.Kl < own.Kl, $"{cells[i]}: {own} {better}");
            }
        }
    }

    [Fact]
    public void Erasures_are_nested_and_everything_random_is_a_function_of_seed_and_message()
    {
        const int tokens = 7, dimension = 33;
        var ones = Enumerable.Repeat(1f, tokens * dimension).ToArray();
        float[] After(ulong seed, HiddenStateDamage damage, int message)
        {
            var state = (float[])ones.Clone();
            new DamageChannel(seed, tokens, dimension).Apply(damage, message, state);
            return state;
        }

        foreach (var pattern in Enum.GetValues<ErasurePattern>())
        {
            var damage = new HiddenStateDamage { Pattern = pattern, PacketValues = pattern == ErasurePattern.Elements ? 0 : 4, ErasureProbability = 0.2 };
            var (few, many) = (After(1, damage, 5), After(1, damage with { ErasureProbability = 0.5 }, 5));
            Assert.All(few.Zip(many), pair => Assert.True(pair.First >= pair.Second));
            Assert.True(many.Sum() < few.Sum() && few.Sum() < ones.Length);
            Assert.Equal(few, After(1, damage, 5));
            Assert.NotEqual(few, After(2, damage, 5));
            Assert.NotEqual(few, After(1, damage, 6));
        }

        var (loud, soft) = (After(1, new HiddenStateDamage { SnrDb = 0 }, 5), After(1, new HiddenStateDamage { SnrDb = 20 }, 5));
        for (var i = 0; i < loud.Length; i++)
        {
            Assert.Equal((loud[i] - 1) / 10, soft[i] - 1, 1e-6);
        }
    }

    [Fact]
    public void A_measured_cell_is_the_forward_pass_written_down_plainly()
    {
        var damage = new HiddenStateDamage { ErasureProbability = 0.2, SnrDb = 12, Bits = 5 };
        const int split = 4;
        var measured = QualityEvaluation.Run(Model, Text, [new SplitChange(split, Change(damage))], 3);
        var workspace = new LlamaWorkspace();
        foreach (var window in new[] { 0, 5, Windows - 1 })
        {
            var tokens = Text.Window(window);
            var state = new float[Context * Model.HiddenSize];
            var (clean, damaged) = (new float[Context * 256], new float[Context * 256]);
            Model.Embed(tokens[..^1], state);
            Model.RunLayers(state, 1, Context, 0, split, workspace);
            var end = (float[])state.Clone();
            Model.RunLayers(end, 1, Context, split, Model.Layers, workspace);
            Model.Head(end, Context, clean, workspace);
            new DamageChannel(1, Context, Model.HiddenSize).Apply(damage, window, state);
            Model.RunLayers(state, 1, Context, split, Model.Layers, workspace);
            Model.Head(state, Context, damaged, workspace);
            var (nll, kl, same) = (0.0, 0.0, 0.0);
            for (var t = 0; t < Context; t++)
            {
                var prediction = PredictionMetrics.Compare(clean.AsSpan(t * 256, 256), damaged.AsSpan(t * 256, 256), tokens[t + 1]);
                (nll, kl, same) = (nll + prediction.Nll, kl + prediction.Kl, same + (prediction.IsSameTop ? 1 : 0));
            }

            Assert.Equal(new WindowQuality(nll / Context, kl / Context, same / Context), measured.WindowsOf(0)[window]);
        }
    }

    private static (QualityEvaluation Evaluation, (int Split, HiddenStateDamage Damage)[] Cells) Measure(HiddenStateDamage[] damages)
    {
        var cells = Splits.SelectMany(split => damages.Select(damage => (split, damage))).ToArray();
        return (QualityEvaluation.Run(Model, Text, [.. cells.Select(cell => new SplitChange(cell.split, Change(cell.damage)))], 2), cells);
    }

    private static HiddenStateChange Change(HiddenStateDamage damage) =>
        (window, state, tokens, dimension) => new DamageChannel(1, tokens, dimension).Apply(damage, window, state);

    private static (double Mean, double StandardError) MeanAndError(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1) / values.Length));
    }
}
