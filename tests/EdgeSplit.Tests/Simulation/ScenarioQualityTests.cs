using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Tests.Quality;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Codec, erasures, quality table and measured leakage in scenario files.</summary>
public sealed class ScenarioQualityTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgesplit-test-");

    public ScenarioQualityTests() => TestTables.Table.Write(Path.Combine(folder.FullName, "table.json"));

    public static TheoryData<string[], string, string, string> Bad => new()
    {
        { ["codec=INT17"], "$.codec", "INT17", "INT8" },
        { ["codec=top-k:0.5"], "$.codec", "whose loss no quality table gives", "integers" },
        { ["codec=gzip"], "$.codec", "the unknown codec \"gzip\"", "INT8" },
        { ["codec=3"], "$.codec", "the number 3", "INT8" },
        { ["codec=INT2"], "$.codec", "does not cover 2 bits with a scale per token", "$.objective.quality" },
        { ["codec=INT8", "objective.quality=none.json"], "$.objective.quality", "none.json", "\"reference\"" },
        { ["codec=INT8", "objective.quality=small.json"], "$.objective.quality", "small.json: $", "\"reference\"" },
        { ["objective.leakage=exhaustive"], "$.objective.leakage", "exhaustive", "ridge" },
        { ["link.loss={\"model\":\"independent\",\"probability\":0.1}", "link.erasure=everything"], "$.link.erasure.pattern", "everything", "interleavedPackets" },
        { ["link.loss={\"model\":\"independent\",\"probability\":0.1}", "link.erasure.recovery=guess"], "$.link.erasure.recovery", "guess", "previousToken" },
        { ["link.loss={\"model\":\"independent\",\"probability\":0.1}", "link.erasure.packetBytes=0"], "$.link.erasure.packetBytes", "0", "[1, 1000000]" },
        { ["link.loss={\"model\":\"independent\",\"probability\":0.1}", "link.erasure=interleavedPackets"], "$.link.erasure", "does not cover", "$.objective.quality" },
        { ["link.loss={\"model\":\"independent\",\"probability\":0.999}"], "$.link.loss", "0.999", "at most 0.99" },
        { ["link.erasure=packets"], "$.link.erasure", "a link that loses nothing", "$.link.loss" },
        { ["objective.formatLoss=llama-3-8b", "device.weights=Q4_0"], "$.device.weights", "Q4_0", "another $.objective.formatLoss" },
    };

    [Fact]
    public void Codec_erasures_table_and_attack_are_read()
    {
        var system = Read("codec=INT8", "link.loss={\"model\":\"gilbertElliott\",\"probability\":0.1,\"meanBurstPackets\":4}", "link.erasure={\"pattern\":\"elements\",\"packetBytes\":700}", "objective.leakage=ridge").System;
        Assert.Equal(new SymmetricIntegerCodec(8), system.Codec);
        Assert.Equal((ErasurePattern.Elements, ErasureRecovery.Zero, 700, 0.1), (system.UplinkErasure!.Pattern, system.UplinkErasure.Recovery, system.UplinkErasure.PacketBytes, Math.Round(system.MeanErasedShare, 12)));
        Assert.Equal(TestTables.ModelName, system.SplitLoss!.HiddenStateProvenance(system.Shape, system.Damage(0.1)).MeasuredOn);
        Assert.Equal("ridge", Assert.IsType<MeasuredLeakage>(system.Leakage).Attack);

        // 12 layers against the table's 6: what split 2 loses there.
        var damage = new HiddenStateDamage { Bits = 8, ErasureProbability = system.MeanErasedShare };
        Assert.Equal(new MeasuredQuality(TestTables.Table).NllRiseNats(2, 6, damage), system.HiddenStateLossNats(4, system.MeanErasedShare));
        Assert.Equal(0.02 * 4, system.WeightLossNats(4), 1e-15); // Q4_0 by the table's weight cells
    }

    [Fact]
    public void Without_them_nothing_is_measured_and_a_named_format_loss_stays()
    {
        var plain = ScenarioFile.Parse(SmallScenario.With(), SmallScenario.FileName).System;
        Assert.Null(plain.SplitLoss);
        Assert.Null(plain.Codec);
        Assert.Null(plain.UplinkErasure);
        var named = Read("objective.formatLoss=llama-7b").System;
        for (var k = 0; k <= 12; k++)
        {
            Assert.Equal(plain.WeightLossNats(k), named.WeightLossNats(k));
        }

        Assert.Equal(QualityKind.Measured, Read().System.SplitLoss!.WeightProvenance(NumberFormat.Q4_0).Kind);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_cannot_be_used_is_refused_with_file_path_found_and_allowed(string[] set, string path, string found, string allowed)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "small.json"), SmallScenario.With());
        var error = Assert.Throws<ScenarioException>(() => Read(set));
        Assert.Equal(path, error.JsonPath);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_falls_with_depth_makes_the_cut_deeper_and_one_that_rises_shallower()
    {
        int Best(Func<int, double> factor)
        {
            TestTables.Make(factor).Write(Path.Combine(folder.FullName, "other.json"));
            var sweep = SplitSweep.Run(Read(
                "link.loss={\"model\":\"independent\",\"probability\":0.2}", "link.erasure=elements", "objective.quality=other.json", "objective.qualityNatSeconds=1000",
                "objective.maximumTokenRecoveryRate=0.9", "objective.formatLoss=llama-7b", "device.memoryBytes=2e8", "device.weights=F16"));
            Assert.NotNull(sweep.QualityShift);
            return sweep.Best;
        }

        var (falling, rising) = (Best(split => 1.0 / split), Best(split => split));
        Assert.InRange(falling, 1, 11);
        Assert.InRange(rising, 1, 11);
        Assert.True(falling > rising, $"{falling} against {rising}");
    }

    [Fact]
    public void A_sweep_tells_the_decision_at_half_and_twice_the_loss()
    {
        Assert.Null(SplitSweep.Run(ScenarioFile.Parse(SmallScenario.With(), SmallScenario.FileName, [("objective.qualityNatSeconds", "1")])).QualityShift);
        Assert.Null(SplitSweep.Run(Read("codec=INT4")).QualityShift);
        var scenario = Read("codec=INT4", "objective.qualityNatSeconds=2");
        var sweep = SplitSweep.Run(scenario);
        foreach (var (weight, best) in new[] { (1, sweep.QualityShift!.BestAtHalf), (4, sweep.QualityShift.BestAtTwice) })
        {
            // All of the loss scales, so that scaling its price does the same.
            Assert.Equal(SplitSweep.Run(scenario with { Objective = scenario.Objective with { QualityNatSeconds = weight } }).Best, best);
        }

        Assert.True(sweep.QualityShift.LossAtHalf >= 0 && sweep.QualityShift.LossAtTwice >= 0);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Scenario Read(params string[] set) => ScenarioFile.Parse(
        SmallScenario.With(),
        Path.Combine(folder.FullName, SmallScenario.FileName),
        [("objective.quality", "table.json"), .. set.Select(pair => (pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);
}
