using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Inference;

/// <summary>Laws of the split pass on the reference model.</summary>
public class SplitExecutionLaws
{
    private static readonly StreamKey Key = StreamKey.Create(5, "split");

    private static LlamaModel Model => ReferenceModel.Model;

    [Fact]
    public void OverCleanLinksItIsTheUnsplitPassBitForBit()
    {
        var tokens = ReferenceModel.Sentence;
        var unsplit = Run(new SplitExecution(Model, Model, Model.Layers, Key, tokens.Length), tokens, 40);
        for (var split = 0; split < Model.Layers; split++)
        {
            for (var tail = 0; tail < Model.Layers - split; tail += 3)
            {
                var execution = new SplitExecution(Model, Model, split, Key, tokens.Length, tail);
                Assert.Equal(unsplit, Run(execution, tokens, 40));
                Assert.Equal(tokens.Length, execution.Length);
            }
        }
    }

    [Fact]
    public void TheUnsplitPassWithCachesIsThePassWithout()
    {
        var tokens = ReferenceModel.Sentence;
        var logits = new float[tokens.Length * Model.Vocabulary];
        new SplitExecution(Model, Model, 4, Key, tokens.Length).Run(tokens, logits);
        Assert.Equal(ReferenceModel.Logits(Model, tokens), logits);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(3, 2)]
    [InlineData(12, 0)]
    public void WhatCrossesIsCountedExactly(int split, int tail)
    {
        var codec = new SymmetricIntegerCodec(4);
        var tokens = ReferenceModel.Sentence;
        var execution = new SplitExecution(
            Model, Model, split, Key, tokens.Length, tail, new HiddenStateLink { Codec = codec }, new HiddenStateLink { Codec = codec });
        Run(execution, tokens, 60);
        var steps = tokens.Length - 60;
        var bits = codec.PayloadBits(60, Model.HiddenSize) + (steps * codec.PayloadBits(1, Model.HiddenSize));
        var crossesUp = split > 0 && split < Model.Layers;
        var isServed = split < Model.Layers;
        Assert.Equal(crossesUp ? bits : 0, execution.Uplink.PayloadBits);
        Assert.Equal(tail > 0 ? bits : 0, execution.Downlink.PayloadBits);
        Assert.Equal(split == 0 ? 32 * tokens.Length : 0, execution.UplinkTokenBits);
        Assert.Equal(isServed && tail == 0 ? 32 * (1 + steps) : 0, execution.DownlinkTokenBits);
        Assert.Equal(crossesUp ? 1 + steps : 0, execution.Uplink.Messages);
    }

    [Fact]
    public void WithEveryValueErasedTheOutputIsUniform()
    {
        var tokens = ReferenceModel.Sentence;
        var logits = new float[Model.Vocabulary];
        foreach (var link in new[] { new HiddenStateLink { ValueLossProbability = 1 }, new HiddenStateLink { PacketLoss = new IndependentLoss(1) } })
        {
            var execution = new SplitExecution(Model, Model, 1, Key, tokens.Length, uplink: link);
            execution.Run(tokens, logits);
            Assert.All(logits, logit => Assert.Equal(0f, logit));
            Assert.Equal(1.0, execution.Uplink.ErasedShare);
        }
    }

    [Fact]
    public void LossesAreThoseOfTheAddressAndResetStartsThemAgain()
    {
        var tokens = ReferenceModel.Sentence;
        var link = new HiddenStateLink { ValueLossProbability = 0.1, PacketLoss = new IndependentLoss(0.2), PacketValues = 64, SnrDb = 15 };
        var execution = new SplitExecution(Model, Model, 6, Key, tokens.Length, uplink: link);
        var first = Run(execution, tokens, 60);
        var crossed = execution.Uplink;
        execution.Reset();
        Assert.Equal(0, execution.Length);
        Assert.Equal(first, Run(execution, tokens, 60));
        Assert.Equal(crossed, execution.Uplink);
        Assert.NotEqual(first, Run(new SplitExecution(Model, Model, 6, StreamKey.Create(6, "split"), tokens.Length, uplink: link), tokens, 60));
        Assert.InRange(crossed.ErasedShare, 0.2, 0.36); // 1 - 0.9 x 0.8 = 0.28
        Assert.Equal((60 * 128 / 64) + ((tokens.Length - 60) * 2), crossed.Packets);
    }

    [Fact]
    public void DamageComesInTheOrderOfTheQualityTables()
    {
        // What is lost after the noise holds none of it, and a codec alone does what the table's bits do.
        var state = Enumerable.Range(0, 3 * 8).Select(i => (float)Math.Sin(i)).ToArray();
        var lost = (float[])state.Clone();
        new HiddenStateLink { SnrDb = 0, PacketLoss = new IndependentLoss(1) }.Cross(lost, 3, 8, Key, 0, 0, 0);
        Assert.All(lost, value => Assert.Equal(0f, value));

        var coded = (float[])state.Clone();
        var damaged = (float[])state.Clone();
        new HiddenStateLink { Codec = new SymmetricIntegerCodec(4) }.Cross(coded, 3, 8, Key, 0, 0, 0);
        new DamageChannel(1, 3, 8).Apply(new HiddenStateDamage { Bits = 4 }, 0, damaged);
        Assert.Equal(damaged, coded);
        Assert.NotEqual(state, coded);
    }

    [Fact]
    public void APoorerCodecMovesTheLogitsMore()
    {
        var tokens = ReferenceModel.Sentence;
        var clean = Run(new SplitExecution(Model, Model, 4, Key, tokens.Length), tokens, tokens.Length);
        var differences = new[] { 12, 8, 6, 4, 3 }.Select(bits =>
        {
            var link = new HiddenStateLink { Codec = new SymmetricIntegerCodec(bits) };
            return ReferenceModel.Difference(Run(new SplitExecution(Model, Model, 4, Key, tokens.Length, uplink: link), tokens, tokens.Length), clean);
        }).ToArray();
        Assert.True(differences[0] > 0);
        Assert.Equal(differences.Order(), differences);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("splitPoint", () => new SplitExecution(Model, Model, 13, Key, 10));
        Assert.Throws<ArgumentOutOfRangeException>("tailLayers", () => new SplitExecution(Model, Model, 6, Key, 10, 6));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new SplitExecution(Model, Model, 6, Key, 257));
        var execution = new SplitExecution(Model, Model, 6, Key, 10);
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => execution.Run(new int[11], new float[256]));
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => execution.Run([256], new float[256]));
        Assert.Throws<ArgumentOutOfRangeException>(() => execution.Run([1], new float[255]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenStateLink { ValueLossProbability = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenStateLink { SnrDb = double.NaN });
    }

    private static float[] Run(SplitExecution execution, int[] tokens, int prompt)
    {
        var logits = new float[(tokens.Length - prompt + 1) * Model.Vocabulary];
        execution.Run(tokens.AsSpan(0, prompt), logits.AsSpan(0, Model.Vocabulary));
        for (var t = prompt; t < tokens.Length; t++)
        {
            execution.Run(tokens.AsSpan(t, 1), logits.AsSpan((t - prompt + 1) * Model.Vocabulary, Model.Vocabulary));
        }

        return logits;
    }
}
