using EdgeSplit.Core.Devices.Energy;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices.Energy;

public sealed class TokenEnergyLaws
{
    private static readonly TransformerShape Shape = ModelCatalog.Find("llama-3.2-1b").Shape;

    [Fact]
    public void Energy_of_a_token_is_power_times_the_time_of_the_model()
    {
        var energy = new TokenEnergy(Shape, PlainProcessor.Fast, NumberFormat.F16);
        var decode = WholeModel.Seconds(PlainProcessor.Fast, Shape, NumberFormat.F16, new ForwardPass(1, 700));
        var prefill = WholeModel.Seconds(PlainProcessor.Fast, Shape, NumberFormat.F16, new ForwardPass(512, 0));
        Assert.Equal(220 * decode, energy.DecodeJoulesPerToken(700), 1e-12);
        Assert.Equal(220 * prefill / 512, energy.PrefillJoulesPerToken(512), 1e-12);
        Assert.True(energy.PrefillJoulesPerToken(512) < energy.DecodeJoulesPerToken(512));
        Assert.Equal(PowerDraw.JoulesPerToken(220, 1 / decode), energy.DecodeJoulesPerToken(700), 1e-12);
    }

    [Fact]
    public void Less_power_in_decode_and_losses_in_the_supply_scale_what_they_should()
    {
        var power = new PowerDraw { IdleWatts = 20, WattsAboveIdle = 200, DecodePowerShare = 0.5, SupplyEfficiency = 0.8 };
        Assert.Equal((25, 275, 150), (power.IdleSourceWatts, power.PrefillSourceWatts, power.DecodeSourceWatts));
        var bare = new TokenEnergy(Shape, PlainProcessor.Fast, NumberFormat.F16);
        var wall = new TokenEnergy(Shape, PlainProcessor.Fast, NumberFormat.F16, power);
        Assert.Equal(bare.PrefillJoulesPerToken(100) / 0.8, wall.PrefillJoulesPerToken(100), 1e-12);
        Assert.Equal(bare.DecodeJoulesPerToken(100) * 120 / 220 / 0.8, wall.DecodeJoulesPerToken(100), 1e-12);
        Assert.Equal(PowerDraw.Of(PlainProcessor.Fast, 0.5, 0.8), power);
    }

    [Fact]
    public void An_answer_is_its_prompt_and_its_steps_and_a_batch_saves_energy()
    {
        var energy = new TokenEnergy(Shape, PlainProcessor.Fast, NumberFormat.F16);
        Assert.Equal(
            (energy.PrefillJoulesPerToken(50) * 50) + energy.DecodeJoulesPerToken(50) + energy.DecodeJoulesPerToken(51), energy.AnswerJoules(50, 3), 1e-12);
        Assert.Equal(energy.PrefillJoulesPerToken(50) * 50, energy.AnswerJoules(50, 1), 1e-12);
        Assert.True(energy.DecodeJoulesPerToken(500, 16) < 0.2 * energy.DecodeJoulesPerToken(500));
        Assert.True(energy.DecodeJoulesPerToken(5000) > energy.DecodeJoulesPerToken(50));
    }

    [Fact]
    public void A_battery_drains_by_hand()
    {
        // 15 Wh, 80 % of it: 43,200 J; at 3.6 J per token 12,000 tokens, 1,000 per watt-hour.
        var battery = new Battery { CapacityWattHours = 15, UsableShare = 0.8 };
        Assert.Equal(43_200, battery.UsableJoules, 9);
        Assert.Equal(12_000, battery.Tokens(3.6), 9);
        Assert.Equal(1_000, Battery.TokensPerWattHour(3.6), 9);
        Assert.Equal(0.5, battery.Drain(21_600), 12);
        var power = new PowerDraw { IdleWatts = 1, WattsAboveIdle = 5 };
        Assert.Equal(2, battery.Hours(power, 1), 12);
        Assert.Equal(12, battery.Hours(power, 0), 12);
        Assert.Equal(12 / 3.5, battery.Hours(power, 0.5), 12);

        // Draining at a power for the hours it lasts takes the whole battery.
        Assert.Equal(1, battery.Drain(battery.Hours(power, 0.3) * 3600 * ((0.3 * 6) + (0.7 * 1))), 12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Bad_numbers_are_refused(double bad)
    {
        var power = new PowerDraw { IdleWatts = 1, WattsAboveIdle = 5 };
        var battery = new Battery { CapacityWattHours = 10 };
        Assert.Throws<ArgumentOutOfRangeException>(() => power with { IdleWatts = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => power with { WattsAboveIdle = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => power with { DecodePowerShare = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => power with { SupplyEfficiency = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => battery with { CapacityWattHours = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => battery with { UsableShare = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => battery.Tokens(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => battery.Drain(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => battery.Hours(power, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerDraw.JoulesPerToken(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerDraw.JoulesPerToken(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => battery.Hours(power with { IdleWatts = 0 }, 0));
        Assert.Throws<ArgumentNullException>(() => battery.Hours(null!, 0));
        Assert.Throws<ArgumentNullException>(() => PowerDraw.Of(null!));
    }
}
