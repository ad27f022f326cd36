using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Energy;

namespace EdgeSplit.Tests.Wireless.Energy;

public sealed class RadioStateLaws
{
    private static readonly RadioStateModel Model = new()
    {
        Source = "typed in",
        Radio = RadioEnergyModel.Lte,
        PromotionSeconds = 0.25,
        PromotionWatts = 1.2,
        IdleWatts = 0.02,
    };

    [Theory] // Huang et al. 2012: mW = floor + slope x (Mbit/s)
    [InlineData("lte-2012", 1288.04, 438.39, 51.97)]
    [InlineData("3g-2012", 817.88, 868.98, 122.12)]
    [InlineData("wifi-2012", 132.86, 283.17, 137.01)]
    public void Figures_of_2012(string name, double floor, double up, double down)
    {
        var radio = new[] { RadioEnergyModel.Lte2012, RadioEnergyModel.ThirdGeneration2012, RadioEnergyModel.WiFi }.Single(model => model.Name == name);
        Assert.Equal(1e-3 * (floor + (3 * up)), radio.TransmitWatts(3e6), 1e-12);
        Assert.Equal(1e-3 * (floor + (3 * down)), radio.ReceiveWatts(3e6), 1e-12);
        Assert.Contains("not confirmed", radio.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void One_transfer_by_hand()
    {
        // Idle to 2, promotion to 2.25, sending to 2.75, receiving to 3.75, the whole tail of 11.576, idle to 20.
        var completions = new double[1];
        var energy = Model.Energy([new RadioTransfer(2, 1e6, 0.5, 4e6, 1)], 20, completions);
        Assert.Equal(3.75, completions[0], 1e-12);
        Assert.Equal((0.25, 0.5, 1.0), (energy.PromotionSeconds, energy.TransmitSeconds, energy.ReceiveSeconds));
        Assert.Equal(11.576, energy.TailSeconds, 1e-12);
        Assert.Equal(20 - 3.75 - 11.576 + 2, energy.IdleSeconds, 1e-12);
        Assert.Equal(0.3, energy.PromotionJoules, 1e-12);
        Assert.Equal((2.926 * 0.5) + (76.68e-9 * 1e6), energy.TransmitJoules, 1e-12);
        Assert.Equal(2.839 + (11.54e-9 * 4e6), energy.ReceiveJoules, 1e-12);
        Assert.Equal(1.060 * 11.576, energy.TailJoules, 1e-12);
        Assert.Equal(0.02 * energy.IdleSeconds, energy.IdleJoules, 1e-15);
    }

    [Fact]
    public void A_transfer_within_the_tail_cuts_it_short_and_needs_no_promotion()
    {
        var completions = new double[3];
        var energy = Model.Energy([new(0, 1, 1, 0, 0), new(0.5, 1, 1, 0, 0), new(6.25, 1, 1, 0, 0)], 7.25, completions);
        Assert.Equal([1.25, 2.25, 7.25], completions); // promotion once, the second waits for the first, the third comes 4 s into the tail
        Assert.Equal(4.0, energy.TailSeconds, 1e-12);
        Assert.Equal(0.25, energy.PromotionSeconds);
        Assert.Equal(0.0, energy.IdleSeconds);
    }

    [Fact]
    public void Bits_in_one_piece_cost_one_tail_and_bits_in_many_pieces_many()
    {
        RadioTransfer[] pieces = [.. Enumerable.Range(0, 10).Select(i => new RadioTransfer(10.0 * i, 1e5, 0.01, 0, 0))];
        var (whole, scattered) = (Model.Energy([new RadioTransfer(0, 1e6, 0.1, 0, 0)], 200), Model.Energy(pieces, 200));
        Assert.Equal(whole.TransmitJoules, scattered.TransmitJoules, 1e-12);
        Assert.True(scattered.TailJoules > 8 * whole.TailJoules);
        Assert.Equal(whole.PromotionJoules, scattered.PromotionJoules); // each within the tail of the one before
    }

    [Fact]
    public void Times_sum_to_the_period_energies_to_the_total_and_two_halves_to_the_whole()
    {
        var random = new RandomSource(StreamKey.Create(19, "radio-states"));
        for (var run = 0; run < 200; run++)
        {
            var transfers = new RadioTransfer[20];
            var (request, apart) = (0.0, run % 2 == 0 ? 30.0 : 3.0);
            for (var i = 0; i < transfers.Length; i++)
            {
                request += apart * random.NextUniform();
                transfers[i] = new RadioTransfer(request, 1e6 * random.NextUniform(), random.NextUniform(), 1e7 * random.NextUniform(), random.NextUniform());
            }

            var completions = new double[20];
            var end = request + 100;
            var energy = Model.Energy(transfers, end, completions);
            Assert.Equal(end, energy.TotalSeconds, 1e-9);
            Assert.Equal(
                energy.PromotionJoules + energy.TransmitJoules + energy.ReceiveJoules + energy.TailJoules + energy.IdleJoules, energy.TotalJoules);
            Assert.Equal(transfers.Sum(t => Model.Radio.TransmitJoules(t.UplinkBits, t.UplinkSeconds)), energy.TransmitJoules, 1e-9);
            Assert.Equal(energy.TailSeconds * Model.Radio.TailWatts, energy.TailJoules, 1e-9);
            Assert.All(completions.Zip(completions.Skip(1)), pair => Assert.True(pair.First <= pair.Second));

            // What happened up to the end of the tenth transfer does not depend on what comes after.
            var head = Model.Energy(transfers.AsSpan(0, 10), completions[9]);
            var later = Model.Energy(transfers.AsSpan(0, 10), completions[9] + 500);
            Assert.Equal(later.PromotionJoules, head.PromotionJoules);
            Assert.Equal(head.TailSeconds + Model.Radio.TailSeconds, later.TailSeconds, 1e-9);
        }
    }

    [Fact]
    public void No_transfer_means_idling_and_a_radio_without_tail_and_promotion_is_the_plain_model()
    {
        var idle = Model.Energy([], 100);
        Assert.Equal((100.0, 2.0), (idle.IdleSeconds, idle.TotalJoules));
        var plain = new RadioStateModel { Source = "typed in", Radio = RadioEnergyModel.WiFi };
        var energy = plain.Energy([new(1, 1e6, 0.1, 2e6, 0.2), new(1.1, 1e6, 0.1, 2e6, 0.2)], 9);
        Assert.Equal(2 * RadioEnergyModel.WiFi.Energy(1e6, 0.1, 2e6, 0.2, 5).TotalJoules, energy.TotalJoules, 1e-12);
        Assert.Equal((0.26, 1.21), (RadioStateModel.Lte2012.PromotionSeconds, RadioStateModel.Lte2012.PromotionWatts));
        Assert.Equal(0.02, RadioStateModel.Lte2012.IdleWatts, 1e-4);
    }

    [Fact]
    public void Accounting_allocates_nothing()
    {
        var (transfers, completions) = (new RadioTransfer[] { new(1, 1, 1, 1, 1), new(5, 1, 1, 1, 1) }, new double[2]);
        var first = Model.Energy(transfers, 100, completions);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Model.Energy(transfers, 100, completions);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(first, second);
    }

    [Fact]
    public void Bad_numbers_are_refused()
    {
        foreach (var bad in new[] { double.NaN, -1, double.PositiveInfinity })
        {
            Refuses("RequestSeconds", () => new RadioTransfer(bad, 0, 0, 0, 0));
            Refuses("DownlinkSeconds", () => new RadioTransfer(0, 0, 0, 0, bad));
            Refuses("PromotionSeconds", () => Model with { PromotionSeconds = bad });
            Refuses("PromotionWatts", () => Model with { PromotionWatts = bad });
            Refuses("IdleWatts", () => Model with { IdleWatts = bad });
            Refuses("untilSeconds", () => Model.Energy([], bad));
        }

        Refuses("transfers", () => Model.Energy([new(2, 0, 0, 0, 0), new(1, 0, 0, 0, 0)], 100));
        Refuses("untilSeconds", () => Model.Energy([new(2, 0, 1, 0, 0)], 3)); // complete at 3.25
        Refuses("completionSeconds", () => Model.Energy([new(2, 0, 1, 0, 0)], 100, new double[2]));
        Assert.Throws<ArgumentNullException>(() => Model with { Radio = null! });
        Assert.Throws<ArgumentException>(() => Model with { Source = " " });
    }

    private static void Refuses(string parameter, Func<object> call) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
}
