using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;
using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Extending;

/// <summary>Every part of a link that a user would replace, written with public members only.</summary>
public sealed class YourOwnLink
{
    [Fact]
    public void A_link_of_ones_own_runs_in_a_comparison_with_the_results_of_the_same_radio_link()
    {
        var scenario = TestScenarios.Lively(30) with { Settings = TestScenarios.Lively(30).Settings with { Seeds = 2, Requests = 30, EvaluatedRequests = 20 } };
        var plain = PolicyComparison.Run(scenario with { Link = new Steady(30e6) });
        var slower = PolicyComparison.Run(scenario with { Link = new Steady(1e6) });
        Assert.True(slower.Of("server-only").Summary.MeanLatencySeconds > plain.Of("server-only").Summary.MeanLatencySeconds);
        Assert.Equal(plain.Of("device-only").Summary.MeanLatencySeconds, slower.Of("device-only").Summary.MeanLatencySeconds, 1e-9);
    }

    [Fact]
    public void Parts_of_ones_own_make_a_radio_link_whose_level_and_rate_are_as_they_say()
    {
        var link = LinkCatalog.Find("5g-n78-100mhz-street").Radio with
        {
            PathLoss = new StepLoss(),
            LineOfSight = null,
            ShadowingStandardDeviationDb = 0,
            Mobility = new Commuter(),
            Fading = new ConstantGain(),
            Evolution = new Alternating(),
            UplinkRate = new Staircase(),
            PacketLoss = new EveryThird(),
        };
        var sampler = link.CreateSampler();
        var near = link.EvaluateUplink(150, 0).SnrDb;
        Assert.Equal(near, sampler.LevelDb(1, 7, 0), 1e-9);
        Assert.Equal(near - 20, sampler.LevelDb(1, 7, 100), 1e-9); // the commuter has gone farther out

        var process = (ISnrProcess)sampler.Create(LinkDirection.Uplink, new LinkSession(1, 7, 7, 0, near, 0, 0));
        Span<double> snr = stackalloc double[4];
        process.FillSnr(0, snr);
        Assert.Equal(3, snr[0] / snr[1], 1e-9);
        Span<double> rate = stackalloc double[4];
        ((IEfficiencyProcess)process).Fill(0, rate);
        Assert.Equal(Math.Floor(Math.Log2(1 + snr[0])), rate[0]);

        Span<bool> lost = stackalloc bool[6];
        link.PacketLoss!.FillLosses(StreamKey.Create(1, "mine"), 0, 2, lost);
        Assert.Equal([true, false, false, true, false, false], lost.ToArray());
    }

    [Fact]
    public void An_error_model_of_ones_own_decides_the_blocks_of_an_adapted_link()
    {
        var options = new AdaptedLinkOptions(new Threshold(), 20e6, 51) { OuterLoop = null, ReportTable = null, ReportDelaySlots = 0, ReportPeriodSlots = 1 };
        var good = new AdaptedLink(options, new FadingSnrProcess(new BlockFading(StreamKey.Create(1, "flat"), 0, new ConstantGain(), 1), 10), StreamKey.Create(1, "decoding"), 0).Statistics(0, 1000);
        Assert.Equal(0, good.FirstRoundErrorRate);
        var poor = new AdaptedLink(options, new FadingSnrProcess(new BlockFading(StreamKey.Create(1, "flat"), 0, new ConstantGain(), 1), 0.6), StreamKey.Create(1, "decoding"), 0).Statistics(0, 1000);
        Assert.Equal(1, poor.FirstRoundErrorRate); // 0.6 lies below the threshold of 1, two rounds together above it
        Assert.Equal(2, poor.MeanTransmissions, 0.02);
    }

    private sealed class Steady(double bitsPerSecond) : ILink, ILinkSampler, INominalEfficiency
    {
        public MessageDelay UplinkDelay => MessageDelay.None;

        public MessageDelay DownlinkDelay => MessageDelay.None;

        public RadioEnergyModel RadioEnergy => RadioEnergyModel.WiFi;

        public double UplinkGrantedHz => bitsPerSecond;

        public double DownlinkGrantedHz => bitsPerSecond;

        public double DownlinkOffsetDb => 0;

        public double CoveredShare => 1;

        public double MedianLevelDb => 0;

        public bool IsLevelConstant => true;

        public INominalEfficiency Nominal(LinkDirection direction) => this;

        public ILinkSampler CreateSampler() => this;

        public double At(double levelDb) => 1;

        public double LevelDb(ulong seed, ulong user, double seconds) => 0;

        public IEfficiencyProcess Create(LinkDirection direction, in LinkSession session) => new ConstantEfficiencyProcess(1);
    }

    private sealed class StepLoss : IPathLoss
    {
        public double LossDb(double distanceMetres) => distanceMetres < 200 ? 90 : 110;
    }

    private sealed class Commuter : IMobilityModel, ITrajectory
    {
        public double MeanSpeedMetresPerSecond => 1;

        public ITrajectory Create(StreamKey key, ulong entity, PlanePosition start) => this;

        public TrajectoryPoint At(double seconds) => new(new PlanePosition(150 + seconds, 0), 1, seconds);
    }

    private sealed class Alternating : IFadingEvolution
    {
        public IFadingProcess Create(StreamKey key, ulong entity, IFadingModel law, double blockSeconds, double dopplerHz) => new Course(law, blockSeconds);

        private sealed class Course(IFadingModel law, double blockSeconds) : IFadingProcess
        {
            public double BlockSeconds => blockSeconds;

            public IFadingModel Law => law;

            public void FillGains(long firstBlock, Span<double> powerGainsLinear)
            {
                for (var i = 0; i < powerGainsLinear.Length; i++)
                {
                    powerGainsLinear[i] = (firstBlock + i) % 2 == 0 ? 1.5 : 0.5;
                }
            }

            public IFadingProcess AnotherFuture(StreamKey key) => this;
        }
    }

    private sealed class Staircase : IRateLaw
    {
        public double MaximumSpectralEfficiency => double.PositiveInfinity;

        public double SpectralEfficiency(double snrLinear) => Math.Floor(Math.Log2(1 + snrLinear));
    }

    private sealed class EveryThird : IPacketLoss
    {
        public double LossProbability => 1.0 / 3;

        public void FillLosses(StreamKey key, ulong entity, ulong firstPacket, Span<bool> isLost)
        {
            for (var i = 0; i < isLost.Length; i++)
            {
                isLost[i] = (firstPacket + (ulong)i) % 3 == 2;
            }
        }
    }

    private sealed class Threshold : IBlockErrorModel
    {
        public IReadOnlyList<ModulationAndCoding> Schemes { get; } = [new(0, 2, 0.5)];

        public double TransportBlockErrorRate(int mcs, double snrLinear, int transportBlockBits) => snrLinear >= 1 ? 0 : 1;

        public double ReportSnrLinear(CqiTable table, int cqi, double targetBlockErrorRate) => cqi;
    }
}
