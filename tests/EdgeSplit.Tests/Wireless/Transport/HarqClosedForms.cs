using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

/// <summary>Golden values, identities and samples of HARQ and ARQ in closed form.</summary>
public sealed class HarqClosedForms
{
    private static readonly StreamKey Key = StreamKey.Create(31, "harq-closed-forms");

    [SharedDataFact]
    public void Every_golden_record_of_harq_holds() => Assert.Equal(24, GoldenRecords.Check("harq", (quantity, inputs) => quantity switch
    {
        "chase_residual" => ChaseCombining.ResidualErrorRate(Linear(inputs["threshold_over_mean_snr_db"]), inputs.Whole("rounds_count")),
        "chase_mean_transmissions" => ChaseCombining.MeanTransmissions(Linear(inputs["threshold_over_mean_snr_db"]), inputs.Whole("max_rounds_count")),
        "truncated_arq_mean_transmissions" => TruncatedArq.MeanTransmissions(inputs["loss_prob"], inputs.Whole("max_tries_count")),
        "truncated_arq_residual" => TruncatedArq.ResidualLossRate(inputs["loss_prob"], inputs.Whole("max_tries_count")),
        "chase_static_gain_db" => ChaseCombining.StaticGainDb(inputs.Whole("rounds_count")),
        "empirical_chase_residual" =>
            Sampled(inputs["threshold_over_mean_snr_db"], inputs.Whole("rounds_count"), inputs.Whole("messages_count")).Residual,
        "empirical_chase_mean_transmissions" =>
            Sampled(inputs["threshold_over_mean_snr_db"], inputs.Whole("max_rounds_count"), inputs.Whole("messages_count")).MeanTransmissions,
        _ => null,
    }));

    [Theory] // residual after 1 to 4 rounds, p^4, mean transmissions: regularised lower gamma function, evaluated independently
    [InlineData(-20, 0.0099501663, 4.9667913e-05, 1.6542165e-07, 4.1334718e-10, 9.8021501e-09, 1.01)]
    [InlineData(-10, 0.095162582, 0.0046788402, 0.00015465307, 3.8468339e-06, 8.2009633e-05, 1.0999961)]
    [InlineData(-5, 0.27110659, 0.04061025, 0.0041655792, 0.00032397358, 0.0054020708, 1.3158824)]
    [InlineData(0, 0.63212056, 0.26424112, 0.080301397, 0.018988157, 0.1596613, 1.9766631)]
    [InlineData(5, 0.95767078, 0.82381403, 0.61216794, 0.38907336, 0.84113353, 3.3936528)]
    public void Chase_combining_over_Rayleigh_rounds_has_these_residuals(
        double ratioDb, double one, double two, double three, double four, double withoutCombining, double meanTransmissions)
    {
        var x = Linear(ratioDb);
        Assert.Equal([1.0, 1.0, 1.0, 1.0], new[] { one, two, three, four }.Select((value, i) => Math.Round(ChaseCombining.ResidualErrorRate(x, i + 1) / value, 7)));
        Assert.Equal(1.0, ChaseCombining.ResidualErrorRateWithoutCombining(x, 4) / withoutCombining, 7);
        Assert.Equal(1.0, ChaseCombining.MeanTransmissions(x, 4) / meanTransmissions, 7);
    }

    [Fact]
    public void One_round_is_plain_outage_and_combining_never_hurts()
    {
        for (var ratioDb = -40.0; ratioDb <= 30; ratioDb += 1.7)
        {
            var x = Linear(ratioDb);
            Assert.Equal(1.0, ChaseCombining.ResidualErrorRate(x, 1) / NakagamiFading.Rayleigh.CumulativeProbability(x), 10);
            for (var rounds = 1; rounds <= 40; rounds++)
            {
                var residual = ChaseCombining.ResidualErrorRate(x, rounds);
                Assert.InRange(residual, 0.0, 1.0);
                Assert.True(residual <= ChaseCombining.ResidualErrorRateWithoutCombining(x, rounds) * (1 + 1e-12));
                Assert.True(rounds == 1 || residual <= ChaseCombining.ResidualErrorRate(x, rounds - 1));
                Assert.InRange(ChaseCombining.MeanTransmissions(x, rounds), 1.0, rounds * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void The_residual_keeps_its_digits_where_it_is_tiny_and_where_rounds_are_many()
    {
        // x^n / n! (1 - n x / (n + 1) + n x^2 / (2 (n + 2)) - ...) for small x; beyond the mean the law of large numbers.
        Assert.Equal(1.0, ChaseCombining.ResidualErrorRate(1e-3, 10) / (1e-30 / 3628800 * (1 - (1e-3 * 10 / 11) + (1e-6 * 10 / 24))), 9);
        Assert.Equal(0.5, ChaseCombining.ResidualErrorRate(999.666667, 1000), 4); // the median of a gamma variate is close to its shape - 1/3
        Assert.Equal(1.0, ChaseCombining.ResidualErrorRate(2000, 1000), 12);
        Assert.Equal(0.0, ChaseCombining.ResidualErrorRate(0, 3));
        Assert.Equal(1.0, ChaseCombining.ResidualErrorRate(double.PositiveInfinity, 3));
        Assert.Equal(7.0, ChaseCombining.MeanTransmissions(double.PositiveInfinity, 7));
        Assert.Equal(1.0, ChaseCombining.MeanTransmissions(0, 7));
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 3.0103)]
    [InlineData(3, 4.7712)]
    [InlineData(4, 6.0206)]
    public void In_a_static_channel_rounds_gain_ten_log_n(int rounds, double gainDb)
    {
        Assert.Equal(gainDb, ChaseCombining.StaticGainDb(rounds), 4);
        Assert.Equal(ChaseCombining.StaticGainDb(rounds), 10 * Math.Log10(ChaseCombining.CombinedSnrLinear(Enumerable.Repeat(2.5, rounds).ToArray()) / 2.5), 12);
    }

    [Theory] // 1.111 and 1e-4 at a loss of 0.1 and four tries
    [InlineData(0.1, 4, 1.111, 1e-4)]
    [InlineData(0.0, 4, 1.0, 0.0)]
    [InlineData(1.0, 4, 4.0, 1.0)]
    [InlineData(0.5, 1, 1.0, 0.5)]
    [InlineData(0.999999999, 1000, 999.9995005, 0.999999)]
    public void Truncated_repetition_is_a_geometric_sum(double loss, int tries, double mean, double residual)
    {
        Assert.Equal(mean, TruncatedArq.MeanTransmissions(loss, tries), 1e-8);
        Assert.Equal(residual, TruncatedArq.ResidualLossRate(loss, tries), 6);
        var sum = Enumerable.Range(0, tries).Sum(i => TruncatedArq.ResidualLossRate(loss, Math.Max(1, i)) * (i == 0 ? 0 : 1) + (i == 0 ? 1 : 0));
        Assert.Equal(1.0, TruncatedArq.MeanTransmissions(loss, tries) / sum, 9);
    }

    [Fact]
    public void Incremental_redundancy_is_never_worse_than_chase_combining()
    {
        var random = new RandomSource(Key, 1);
        for (var i = 0; i < 500; i++)
        {
            var snrs = new double[1 + (i % 5)];
            foreach (ref var snr in snrs.AsSpan())
            {
                snr = 20 * random.NextUniform();
            }

            var information = IncrementalRedundancy.MutualInformation(snrs);
            Assert.True(IncrementalRedundancy.CombinedSnrLinear(snrs) >= ChaseCombining.CombinedSnrLinear(snrs) * (1 - 1e-12));
            Assert.Equal(information, Math.Log2(1 + IncrementalRedundancy.CombinedSnrLinear(snrs)), 10);
            Assert.True(IncrementalRedundancy.IsDecoded(snrs, information));
            Assert.False(IncrementalRedundancy.IsDecoded(snrs, information * (1 + 1e-12)));
        }

        Assert.Equal(1.0, IncrementalRedundancy.CombinedSnrLinear([1e-9, 2e-9]) / 3e-9, 8); // equal as the SNR vanishes
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        foreach (var bad in new[] { double.NaN, -1e-9, double.NegativeInfinity })
        {
            Refuses("thresholdOverMeanSnrLinear", () => ChaseCombining.ResidualErrorRate(bad, 2));
            Refuses("thresholdOverMeanSnrLinear", () => ChaseCombining.MeanTransmissions(bad, 1));
            Refuses("roundSnrsLinear", () => ChaseCombining.CombinedSnrLinear([1, bad]));
            Refuses("roundSnrsLinear", () => IncrementalRedundancy.MutualInformation([1, bad]));
            Refuses("roundSnrsLinear", () => IncrementalRedundancy.CombinedSnrLinear([bad]));
            Refuses("spectralEfficiency", () => IncrementalRedundancy.IsDecoded([1], bad) ? 1 : 0);
            Refuses("lossProbability", () => TruncatedArq.MeanTransmissions(bad, 2));
            Refuses("lossProbability", () => TruncatedArq.ResidualLossRate(bad, 2));
        }

        Refuses("lossProbability", () => TruncatedArq.MeanTransmissions(1.0000001, 2));
        Refuses("maximumTries", () => TruncatedArq.MeanTransmissions(0.5, 0));
        Refuses("rounds", () => ChaseCombining.ResidualErrorRate(1, 0));
        Refuses("rounds", () => ChaseCombining.StaticGainDb(1001));
        Refuses("maximumRounds", () => ChaseCombining.MeanTransmissions(1, 0));
        static void Refuses(string name, Func<double> call) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => call()).ParamName);
    }

    private static (double Residual, double MeanTransmissions) Sampled(double ratioDb, int rounds, int messages)
    {
        var gains = new double[messages * rounds];
        NakagamiFading.Rayleigh.FillGains(Key, 5, 0, gains);
        var (x, failed, transmissions) = (Linear(ratioDb), 0, 0L);
        for (var message = 0; message < messages; message++)
        {
            var (sum, round) = (0.0, 0);
            while (sum < x && round < rounds)
            {
                sum += gains[(message * rounds) + round++];
            }

            failed += sum < x ? 1 : 0;
            transmissions += round;
        }

        return ((double)failed / messages, (double)transmissions / messages);
    }

    private static double Linear(double db) => Math.Pow(10, db / 10);
}
