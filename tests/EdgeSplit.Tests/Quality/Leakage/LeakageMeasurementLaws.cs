using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Leakage;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Leakage;

/// <summary>Laws of a whole measurement, on the reference model and on random ones.</summary>
public sealed class LeakageMeasurementLaws
{
    private const int NewLine = 10;

    private static readonly HiddenStateDamage[] Damages =
    [
        HiddenStateDamage.None, new() { SnrDb = 10 }, new() { SnrDb = 0 }, new() { SnrDb = -10 }, new() { ErasureProbability = 0.9 }, new() { ErasureProbability = 1 },
    ];

    private static readonly LeakagePlan Small = new()
    {
        Splits = [1, 4],
        NearestEmbeddingDamages = Damages,
        RidgeDamages = Damages,
        ExhaustiveDamages = Damages,
        Windows = 4,
        Positions = 25,
        TrainingWindows = 64,
        SearchWidth = 2,
    };

    private static readonly Lazy<LeakageMeasurement> Measurement = new(() =>
        new LeakageMeasurement(ReferenceModel.Model, Small, LeakageText.Sample(ReferenceModel.Model, Small, NewLine, new LlamaWorkspace(2))));

    private static readonly Lazy<IReadOnlyList<LeakageCell>> Cells = new(() => Measurement.Value.Run(2));

    [Fact]
    public void ThereIsACellForEachSplitAttackAndDamageInOrder()
    {
        var expected = from split in Small.Splits
                       from attack in new[] { "nearest-embedding", "ridge", "exhaustive" }
                       from damage in Damages
                       select (split, attack, damage);
        Assert.Equal(expected, Cells.Value.Select(cell => (cell.Split, cell.Attack, cell.Damage)));
        Assert.All(Cells.Value, cell =>
        {
            Assert.Equal(4 * 24, cell.Tokens);
            Assert.InRange(cell.Lower, 0, cell.RecoveryRate);
            Assert.InRange(cell.Upper, cell.RecoveryRate, 1);
        });
    }

    [Fact]
    public void TheWeightsRecoverEverythingFromACleanState()
    {
        foreach (var cell in Cells.Value.Where(cell => cell.Attack == LeakageAttackNames.Exhaustive && cell.Damage == HiddenStateDamage.None))
        {
            Assert.Equal(1, cell.RecoveryRate);
        }
    }

    [Fact]
    public void WithEverythingErasedNoAttackBeatsTheMostFrequentToken()
    {
        var counted = Measurement.Value.Text.Attacked.ToArray().Where((_, i) => i % 25 > 0).ToArray();
        var marginal = counted.GroupBy(token => token).Max(group => group.Count()) / (double)counted.Length;
        foreach (var cell in Cells.Value.Where(cell => cell.Damage.ErasureProbability == 1))
        {
            Assert.True(cell.Lower <= marginal, $"{cell} beats {marginal}");
        }
    }

    [Fact]
    public void MoreDamageNeverHelpsBeyondTheInterval()
    {
        foreach (var group in Cells.Value.GroupBy(cell => (cell.Split, cell.Attack)))
        {
            foreach (var kind in new[] { group.Where(cell => cell.Damage.ErasureProbability == 0), group.Where(cell => cell.Damage.SnrDb is null) })
            {
                foreach (var (less, more) in kind.Zip(kind.Skip(1)))
                {
                    Assert.True(more.Lower <= less.Upper, $"{more} above {less}");
                }
            }
        }
    }

    [Fact]
    public void ThreadsOrderAndRepetitionChangeNothing()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint { Layers = 3, Vocabulary = 40 }.Write(folder.Path);
        using var model = LlamaModel.Load(folder.Path);
        var plan = Small with { Splits = null };
        var measurement = new LeakageMeasurement(model, plan, LeakageText.Sample(model, plan, 3, new LlamaWorkspace()));
        var cells = measurement.Run(1);
        Assert.Equal(2 * 3 * Damages.Length, cells.Count);
        Assert.Equal(cells, measurement.Run(2));
        var shares = new List<double>();
        Assert.Equal(cells, measurement.Run(3, shares.Add));
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1], 1e-9);
        Assert.Equal(measurement.Units.Count, shares.Count);
        Assert.Equal(cells, LeakageMeasurement.Run(model, plan, 2, 3));
    }

    [Fact]
    public void ADamageSaysWhatItIs()
    {
        Assert.Equal("none", HiddenStateDamage.None.ToString());
        var packets = new HiddenStateDamage { ErasureProbability = 0.1, Pattern = EdgeSplit.Core.Compression.ErasurePattern.Packets, PacketValues = 32 };
        Assert.Equal("0.1 erased (packets of 32, zero)", packets.ToString());
        Assert.Equal("4 bits (token), SNR -2.5 dB, 0.5 erased (elements, zero)", new HiddenStateDamage { Bits = 4, SnrDb = -2.5, ErasureProbability = 0.5 }.ToString());
    }

    [Fact]
    public void UnitsStandAloneAndEveryOneIsNeededOnce()
    {
        var plan = Small with { Splits = [2], ExhaustiveDamages = [HiddenStateDamage.None], RidgeDamages = [], NearestEmbeddingDamages = [HiddenStateDamage.None] };
        var text = LeakageText.Sample(ReferenceModel.Model, plan, NewLine, new LlamaWorkspace());
        var whole = new LeakageMeasurement(ReferenceModel.Model, plan, text);
        Assert.Equal(5, whole.Units.Count); // four windows, and the nearest embedding
        var workspace = new LlamaWorkspace(2);
        var counts = whole.Units.Select(unit => new LeakageMeasurement(ReferenceModel.Model, plan, text).RunUnit(unit.Index, workspace)).Reverse().ToList();
        Assert.Equal(LeakageMeasurement.Run(ReferenceModel.Model, plan, 2, NewLine), whole.Combine(counts));
        Assert.Throws<ArgumentException>(() => whole.Combine(counts[1..]));
        Assert.Throws<ArgumentException>(() => whole.Combine([.. counts, counts[0]]));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => whole.RunUnit(5, workspace));
    }

    [Fact]
    public void TrainingTextIsOtherText()
    {
        var text = Measurement.Value.Text;
        var training = Windows(text.Training).ToHashSet();
        Assert.Equal(64, training.Count);
        Assert.All(Windows(text.Attacked), window => Assert.DoesNotContain(window, training));

        var cut = LeakageText.Cut([.. Enumerable.Range(0, 2000)], Small);
        Assert.Equal(Enumerable.Range(0, 100), cut.Attacked.ToArray());
        Assert.Equal(Enumerable.Range(100, 64 * 25), cut.Training.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => LeakageText.Cut(new int[1699], Small));

        static IEnumerable<string> Windows(ReadOnlySpan<int> tokens) => tokens.ToArray().Chunk(25).Select(window => string.Join(' ', window));
    }

    [Fact]
    public void RidgeKnowsNoTokenThatItsTrainingTextLacks()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint { Layers = 2, Vocabulary = 32 }.Write(folder.Path);
        using var model = LlamaModel.Load(folder.Path);
        var plan = Small with { Splits = [1], ExhaustiveDamages = [], NearestEmbeddingDamages = [], RidgeDamages = [HiddenStateDamage.None] };
        var low = Enumerable.Range(0, 64 * 25).Select(i => ((i * i) + (i / 7)) % 16).ToArray();
        var high = Enumerable.Range(0, 4 * 25).Select(i => 16 + (i * 5 % 16)).ToArray();
        Assert.Equal(0, new LeakageMeasurement(model, plan, new LeakageText(high, low, 25)).Run(1)[0].RecoveryRate);
        Assert.InRange(new LeakageMeasurement(model, plan, new LeakageText(low.AsSpan(0, 100), low, 25)).Run(1)[0].RecoveryRate, 0.3, 1);
    }

    [Fact]
    public void APlanThatCannotBeDoneIsRefused()
    {
        var model = ReferenceModel.Model;
        foreach (var plan in (LeakagePlan[])
            [
                Small with { Splits = [0] }, Small with { Splits = [12] }, Small with { Splits = [3, 3] }, Small with { Windows = 1 }, Small with { Positions = 257 },
                Small with { TrainingWindows = 4 }, Small with { SearchWidth = 0 }, Small with { ShortlistTokens = 1 }, Small with { RidgeDamages = [new() { Bits = 0 }] },
            ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => LeakageMeasurement.Run(model, plan, 1));
        }

        var text = Measurement.Value.Text;
        Assert.Throws<ArgumentOutOfRangeException>("text", () => new LeakageMeasurement(model, Small with { Windows = 5 }, text));
        Assert.Throws<ArgumentOutOfRangeException>("text", () => new LeakageMeasurement(model, Small, new LeakageText([.. Enumerable.Repeat(256, 100)], text.Training, 25)));
        Assert.Throws<ArgumentOutOfRangeException>("attack", () => Small.DamagesOf("guess"));
    }
}
