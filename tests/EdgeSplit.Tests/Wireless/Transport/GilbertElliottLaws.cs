using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

public sealed class GilbertElliottLaws
{
    private static readonly StreamKey Key = StreamKey.Create(20260115, "gilbert-elliott-laws");

    public static TheoryData<double, double, double, double> Chains => new()
    {
        { 0.01, 0.2, 0, 1 },
        { 0.05, 0.3, 0.02, 0.8 },
        { 0.7, 0.9, 0.05, 0.8 },
        { 0.9, 0.3, 0, 1 },
        { 1, 1, 0, 1 },
        { 0.001, 0.004, 0.1, 0.3 },
        { 0, 0.3, 0.2, 1 },
        { 0.2, 0, 0, 0.6 },
        { 0.25, 0.75, 0, 1 },
        { 0.3, 0.1, 0.9, 0.1 },
    };

    [Theory] // the design table of the reference: computed in double precision, confirmed by a second evaluation
    [InlineData(0.01, 3, 0.0033670034, 0.66329966, 0.70896714, 4.94)]
    [InlineData(0.05, 5, 0.010526316, 0.78947368, 0.33323007, 8.5)]
    [InlineData(0.1, 2, 0.055555556, 0.44444444, 0.0031383958, 2.6)]
    [InlineData(0.02, 10, 0.0020408163, 0.89795918, 0.80055506, 18.6)]
    [InlineData(0.01, 1.0 / 0.99, 0.01, 0, 0.36603234, 1)]
    public void A_wanted_loss_and_burst_give_the_chain_of_the_design_table(
        double loss, double burst, double goodToBad, double memory, double hundredArrive, double varianceFactor)
    {
        var law = GilbertElliottLoss.FromLossAndBurst(loss, burst);
        Assert.Equal(goodToBad, law.GoodToBadProbability, goodToBad * 1e-7);
        Assert.Equal(1 / burst, law.BadToGoodProbability, 1e-15);
        Assert.Equal(memory, law.Memory, 1e-8);
        Assert.Equal(1, law.AllArriveProbability(100) / hundredArrive, 1e-7);
        Assert.Equal(varianceFactor, law.VarianceFactor, 1e-10);
        Assert.Equal(loss, law.LossProbability, 1e-15);
        Assert.Equal(loss, law.BadStateProbability, 1e-15);
        Assert.Equal(burst, law.MeanBurstPackets, burst * 1e-12);
    }

    [SharedDataFact]
    public void Golden_values_hold()
    {
        var count = GoldenRecords.Check("gilbert_elliott", (quantity, inputs) =>
        {
            var law = inputs.Has("mean_burst_packets")
                ? GilbertElliottLoss.FromLossAndBurst(inputs["loss_prob"], inputs["mean_burst_packets"])
                : new GilbertElliottLoss(
                    inputs["p_good_to_bad"], inputs["r_bad_to_good"], inputs.Or("loss_good_prob", 0), inputs.Or("loss_bad_prob", 1));
            return quantity switch
            {
                "design_p_good_to_bad" => law.GoodToBadProbability,
                "variance_factor" => law.VarianceFactor,
                "prob_all_arrive" => law.AllArriveProbability(inputs.Whole("packets_count")),
                "burst_length_pmf" => law.BurstLengthProbability(inputs.Whole("burst_packets")),
                "loss_indicator_autocorrelation" => law.Autocorrelation(inputs.Whole("lag_packets")),
                "stationary_loss" => law.LossProbability,
                "mean_bad_sojourn_packets" => law.MeanBadSojournPackets,
                "empirical_loss_fraction" => LossesOf(law, inputs.Whole("packets_count")).Average(lost => lost ? 1.0 : 0),
                "empirical_mean_burst_packets" => BurstsOf(LossesOf(law, inputs.Whole("packets_count"))).Average(),
                _ => null,
            };
        });
        Assert.Equal(30, count);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Losses_are_those_of_the_chain_walked_from_packet_zero(double p, double r, double goodLoss, double badLoss)
    {
        const int packets = 3000;
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        var walked = Walk(law, 5, packets);
        Assert.Equal(walked, LossesOf(law, packets, 5));
        for (var first = 1; first < packets; first += 41)
        {
            var late = new bool[Math.Min(13, packets - first)];
            law.FillLosses(Key, 5, (ulong)first, late);
            Assert.Equal(walked[first..(first + late.Length)], late);
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void After_the_last_packet_number_comes_packet_zero(double p, double r, double goodLoss, double badLoss)
    {
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        var (around, start) = (new bool[20], new bool[17]);
        law.FillLosses(Key, 2, ulong.MaxValue - 2, around);
        law.FillLosses(Key, 2, 0, start);
        Assert.Equal(start, around[3..]);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void The_stationary_law_is_left_unchanged_by_a_step(double p, double r, double goodLoss, double badLoss)
    {
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        var bad = law.BadStateProbability;
        Assert.Equal(bad, (bad * (1 - r)) + ((1 - bad) * p), 1e-15);
        Assert.Equal(law.LossProbability, (goodLoss * (1 - bad)) + (badLoss * bad), 1e-15);
        Assert.Equal(1, law.Memory + p + r, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Closed_forms_are_the_sums_over_all_paths_of_states(double p, double r, double goodLoss, double badLoss)
    {
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        for (var packets = 0; packets <= 7; packets++)
        {
            Assert.Equal(PathSum(law, new string('0', packets)), law.AllArriveProbability(packets), 1e-14);
        }

        var loss = law.LossProbability;
        for (var lag = 1; lag <= 5; lag++)
        {
            var both = PathSum(law, "1" + new string('*', lag - 1) + "1");
            Assert.Equal(both - (loss * loss), law.Autocorrelation(lag) * loss * (1 - loss), 1e-14);
        }

        var start = PathSum(law, "01");
        for (var length = 1; length <= 5; length++)
        {
            Assert.Equal(PathSum(law, "0" + new string('1', length) + "0"), law.BurstLengthProbability(length) * start, 1e-14);
        }

        Assert.Equal(loss, law.MeanBurstPackets * start, 1e-14);
    }

    [Theory]
    [InlineData(0.05, 0.3, 0.02, 0.8)]
    [InlineData(0.7, 0.9, 0.05, 0.8)]
    [InlineData(0.01, 0.1, 0, 1)]
    public void Sums_over_the_closed_forms_agree(double p, double r, double goodLoss, double badLoss)
    {
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        var (total, mean, correlations) = (0.0, 0.0, 0.0);
        for (var n = 1; n < 2000; n++)
        {
            var probability = law.BurstLengthProbability(n);
            (total, mean, correlations) = (total + probability, mean + (n * probability), correlations + law.Autocorrelation(n));
        }

        Assert.Equal(1, total, 1e-12);
        Assert.Equal(law.MeanBurstPackets, mean, 1e-10);
        Assert.Equal(law.VarianceFactor, 1 + (2 * correlations), 1e-10);
        Assert.Equal(1, law.Autocorrelation(0));
    }

    [Theory]
    [InlineData(0.05, 0.4, 0, 1)]
    [InlineData(0.01, 0.1, 0.001, 0.6)]
    [InlineData(0.8, 0.7, 0.1, 0.9)]
    public void The_number_of_losses_has_its_mean_and_its_variance(double p, double r, double goodLoss, double badLoss)
    {
        const int entities = 4000, packets = 500;
        var law = new GilbertElliottLoss(p, r, goodLoss, badLoss);
        var counts = new double[entities];
        for (var entity = 0; entity < entities; entity++)
        {
            counts[entity] = LossesOf(law, packets, (ulong)entity).Count(lost => lost);
        }

        var loss = law.LossProbability;
        var factor = 1.0;
        for (var lag = 1; lag < packets; lag++)
        {
            factor += 2 * (1 - ((double)lag / packets)) * law.Autocorrelation(lag);
        }

        Assert.InRange(factor / law.VarianceFactor, 0.95, 1.05); // the long-run factor is close at this length
        var variance = packets * loss * (1 - loss) * factor;
        var mean = counts.Average();
        Assert.InRange(mean, (packets * loss) - (5 * Math.Sqrt(variance / entities)), (packets * loss) + (5 * Math.Sqrt(variance / entities)));
        var measured = counts.Average(count => (count - mean) * (count - mean));
        Assert.InRange(measured / variance, 1 - (5 * Math.Sqrt(2.4 / entities)), 1 + (5 * Math.Sqrt(2.4 / entities)));
    }

    [Fact]
    public void Bursts_have_their_geometric_law()
    {
        var law = GilbertElliottLoss.FromLossAndBurst(0.1, 3);
        var bursts = BurstsOf(LossesOf(law, 600_000)).ToArray();
        Assert.InRange(bursts.Average(), 3 - (5 * Math.Sqrt(6.0 / bursts.Length)), 3 + (5 * Math.Sqrt(6.0 / bursts.Length)));
        for (var length = 1; length <= 12; length++)
        {
            var probability = law.BurstLengthProbability(length);
            var error = 5 * Math.Sqrt(probability * (1 - probability) / bursts.Length);
            Assert.InRange((double)bursts.Count(burst => burst == length) / bursts.Length, probability - error, probability + error);
        }
    }

    [Theory] // a product of matrices with 50 digits in a separate program
    [InlineData(0.03, 4, 20, 0.836994894008946)]
    [InlineData(0.08, 3, 20, 0.526109755240112)]
    public void Whole_messages_arrive_as_often_as_the_closed_form_says(double loss, double burst, int packets, double expected)
    {
        const int messages = 20_000;
        var law = GilbertElliottLoss.FromLossAndBurst(loss, burst);
        Assert.Equal(expected, law.AllArriveProbability(packets), 1e-13);
        var complete = 0;
        for (var entity = 0UL; entity < messages; entity++)
        {
            complete += LossesOf(law, packets, entity).Contains(true) ? 0 : 1;
        }

        var probability = law.AllArriveProbability(packets);
        var error = 5 * Math.Sqrt(probability * (1 - probability) / messages);
        Assert.InRange((double)complete / messages, probability - error, probability + error);
    }

    [Fact]
    public void Bursts_help_whole_messages_but_no_burstiness_is_independent_loss()
    {
        foreach (var loss in new[] { 0.01, 0.1, 0.4 })
        {
            var memoryless = GilbertElliottLoss.FromLossAndBurst(loss, 1 / (1 - loss));
            Assert.Equal(0, memoryless.Memory, 1e-15);
            Assert.Equal(1, memoryless.VarianceFactor, 1e-14);
            var independent = new IndependentLoss(loss);
            var previous = 0.0;
            foreach (var burst in new[] { 1 / (1 - loss), 2, 5, 50 })
            {
                var all = GilbertElliottLoss.FromLossAndBurst(loss, burst).AllArriveProbability(100);
                Assert.True(all > previous);
                previous = all;
            }

            Assert.Equal(1, memoryless.AllArriveProbability(100) / independent.AllArriveProbability(100), 1e-11);
        }
    }

    [Theory]
    [InlineData(0.8, 3.99)]
    [InlineData(0.1, 0.99)]
    [InlineData(0.1, double.NaN)]
    [InlineData(0.1, double.PositiveInfinity)]
    [InlineData(0.1, -2)]
    public void Bursts_too_short_for_the_loss_are_refused(double loss, double burst) =>
        Assert.Throws<ArgumentOutOfRangeException>("meanBurstPackets", () => GilbertElliottLoss.FromLossAndBurst(loss, burst));

    [Fact]
    public void Extremes_have_defined_values()
    {
        Assert.Throws<ArgumentOutOfRangeException>("lossProbability", () => GilbertElliottLoss.FromLossAndBurst(1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GilbertElliottLoss(0, 0));
        var nothing = GilbertElliottLoss.FromLossAndBurst(0, 4);
        Assert.Equal((0, 0, 1, 1), (nothing.LossProbability, nothing.MeanBurstPackets, nothing.VarianceFactor, nothing.AllArriveProbability(1000)));
        Assert.Equal((0, 0), (nothing.BurstLengthProbability(3), nothing.Autocorrelation(2)));
        var everything = new GilbertElliottLoss(0.5, 0);
        Assert.Equal((1, double.PositiveInfinity, 1, 0), (everything.LossProbability, everything.MeanBurstPackets, everything.VarianceFactor, everything.AllArriveProbability(1)));
        var alternating = GilbertElliottLoss.FromLossAndBurst(0.5, 1);
        Assert.Equal((-1, 1, 0), (alternating.Memory, alternating.MeanBurstPackets, alternating.AllArriveProbability(2)));
        Assert.Equal(0, alternating.VarianceFactor, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>("packets", () => nothing.AllArriveProbability(-1));
        Assert.Throws<ArgumentOutOfRangeException>("packets", () => nothing.BurstLengthProbability(0));
        Assert.Throws<ArgumentOutOfRangeException>("lagPackets", () => nothing.Autocorrelation(-1));
    }

    private static bool[] LossesOf(GilbertElliottLoss law, int packets, ulong entity = 1)
    {
        var isLost = new bool[packets];
        law.FillLosses(Key, entity, 0, isLost);
        return isLost;
    }

    /// <summary>The chain as the textbook has it: one state that is walked from packet to packet.</summary>
    private static bool[] Walk(GilbertElliottLoss law, ulong entity, int packets)
    {
        var isLost = new bool[packets];
        var isBad = false;
        for (var packet = 0; packet < packets; packet++)
        {
            var random = new RandomSource(Key, entity, (ulong)packet);
            var badProbability = packet == 0 ? law.BadStateProbability : isBad ? 1 - law.BadToGoodProbability : law.GoodToBadProbability;
            isBad = random.NextUniform() < badProbability;
            isLost[packet] = random.NextUniform() < (isBad ? law.BadLossProbability : law.GoodLossProbability);
        }

        return isLost;
    }

    private static IEnumerable<int> BurstsOf(bool[] isLost)
    {
        var length = 0;
        foreach (var lost in isLost)
        {
            if (!lost && length > 0)
            {
                yield return length;
            }

            length = lost ? length + 1 : 0;
        }
    }

    /// <summary>Probability of a pattern of losses (1), arrivals (0) and either (*), by summing over every path of states.</summary>
    private static double PathSum(GilbertElliottLoss law, string pattern)
    {
        var sum = 0.0;
        for (var path = 0; path < 1 << pattern.Length; path++)
        {
            var probability = 1.0;
            for (var i = 0; i < pattern.Length; i++)
            {
                var isBad = ((path >> i) & 1) != 0;
                var wasBad = i > 0 && ((path >> (i - 1)) & 1) != 0;
                var bad = i == 0 ? law.BadStateProbability : wasBad ? 1 - law.BadToGoodProbability : law.GoodToBadProbability;
                var loss = isBad ? law.BadLossProbability : law.GoodLossProbability;
                probability *= (isBad ? bad : 1 - bad) * (pattern[i] == '1' ? loss : pattern[i] == '0' ? 1 - loss : 1);
            }

            sum += probability;
        }

        return sum;
    }
}
