using EdgeSplit.Agents.Networks;
using EdgeSplit.Tests.Numerics;

namespace EdgeSplit.Tests.Networks;

public class NetworkPersistenceTests
{
    private static readonly NetworkEnsembleOptions Shape = new() { Widths = [3, 16, 16, 2], MemberCount = 2 };
    private static readonly float[] Inputs = Numbers.Between(15, 1);

    [Fact]
    public void A_loaded_ensemble_predicts_and_learns_on_bit_for_bit()
    {
        var original = NetworkEnsembleTests.Create(Shape, 1);
        NetworkEnsembleTests.Train(original, 10);
        var copy = NetworkEnsembleTests.Create(Shape, 999);
        using var stream = Saved(original);
        copy.Load(stream);
        Assert.Equal(stream.Length, stream.Position);
        Numbers.AssertSameBits(NetworkEnsembleTests.All(original, Inputs), NetworkEnsembleTests.All(copy, Inputs));
        Assert.Equal(10, copy.StepCount(1));
        NetworkEnsembleTests.Train(original, 5);
        NetworkEnsembleTests.Train(copy, 5);
        Numbers.AssertSameBits(NetworkEnsembleTests.All(original, Inputs), NetworkEnsembleTests.All(copy, Inputs));
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes()
    {
        var ensemble = NetworkEnsembleTests.Create(Shape, 1);
        Assert.Equal(Saved(ensemble).ToArray(), Saved(ensemble).ToArray());
    }

    [Fact]
    public void Another_shape_is_refused()
    {
        var bytes = Saved(NetworkEnsembleTests.Create(Shape, 1)).ToArray();
        foreach (var other in new[]
        {
            Shape with { MemberCount = 3 },
            Shape with { Widths = [3, 16, 2] },
            Shape with { Widths = [3, 16, 17, 2] },
            Shape with { PriorScales = [0.5] },
            Shape with { OutputOffsets = [0, 1] },
        })
        {
            AssertRefused(NetworkEnsembleTests.Create(other, 1), bytes);
        }
    }

    [Fact]
    public void Something_else_another_version_or_a_cut_file_is_refused_and_changes_nothing()
    {
        var bytes = Saved(NetworkEnsembleTests.Create(Shape, 1)).ToArray();
        var target = NetworkEnsembleTests.Create(Shape, 2);
        AssertRefused(target, []);
        AssertRefused(target, "not a network at all, but long enough to look like one"u8.ToArray());
        AssertRefused(target, bytes[..^1]);
        AssertRefused(target, bytes[..(bytes.Length / 2)]);
        AssertRefused(target, bytes[..30]);
        var version = (byte[])bytes.Clone();
        version[1 + "EdgeSplit network ensemble".Length] = 2;
        AssertRefused(target, version);
    }

    private static MemoryStream Saved(NetworkEnsemble ensemble)
    {
        var stream = new MemoryStream();
        ensemble.Save(stream);
        stream.Position = 0;
        return stream;
    }

    private static void AssertRefused(NetworkEnsemble ensemble, byte[] bytes)
    {
        var before = NetworkEnsembleTests.All(ensemble, Inputs);
        Assert.Throws<InvalidDataException>(() => ensemble.Load(new MemoryStream(bytes)));
        Numbers.AssertSameBits(before, NetworkEnsembleTests.All(ensemble, Inputs));
    }
}
