using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class SightLaws
{
    private static readonly StreamKey Key = StreamKey.Create(7, "sight-laws");

    [Theory] // 3GPP TR 38.901 Table 7.4.2-1, evaluated independently
    [InlineData(6.5, 1, 1, 1, 1, 0.320000, 0.979036)]
    [InlineData(18, 0.992032, 1, 1, 1, 0.224879, 0.832255)]
    [InlineData(20, 0.990050, 0.957375, 0.972800, 0.977786, 0.211497, 0.809074)]
    [InlineData(49, 0.961751, 0.529544, 0.658004, 0.698883, 0.086890, 0.537155)]
    [InlineData(50, 0.960789, 0.519585, 0.649402, 0.691983, 0.084265, 0.537455)]
    [InlineData(200, 0.826959, 0.093518, 0.128048, 0.325726, 0.000846, 0.264620)]
    [InlineData(2000, 0.136695, 0.009000, 0.009000, 0.009085, 0.000000, 0.000054)]
    public void Table_of_probabilities(double metres, double rural, double micro, double macro, double raised, double mixed, double open)
    {
        Assert.Equal(rural, new RuralMacroSight().Probability(metres), 5.1e-7);
        Assert.Equal(micro, new UrbanMicroSight().Probability(metres), 5.1e-7);
        Assert.Equal(macro, new UrbanMacroSight().Probability(metres), 5.1e-7);
        Assert.Equal(macro, new UrbanMacroSight(13).Probability(metres), 5.1e-7);
        Assert.Equal(raised, new UrbanMacroSight(20).Probability(metres), 5.1e-7);
        Assert.Equal(mixed, new IndoorMixedOfficeSight().Probability(metres), 5.1e-7);
        Assert.Equal(open, new IndoorOpenOfficeSight().Probability(metres), 5.1e-7);
    }

    [Fact]
    public void The_steps_of_the_office_laws_are_where_the_standard_has_them()
    {
        Assert.Equal(0.3238, new IndoorMixedOfficeSight().Probability(Math.BitDecrement(6.5)), 5e-5);
        Assert.Equal(0.32, new IndoorMixedOfficeSight().Probability(6.5));
        Assert.Equal(Math.Exp(-44 / 70.8), new IndoorOpenOfficeSight().Probability(49), 1e-15);
        Assert.Equal(0.54, new IndoorOpenOfficeSight().Probability(Math.BitIncrement(49.0)), 1e-12);
    }

    [Fact]
    public void Near_the_base_station_there_is_always_line_of_sight()
    {
        Assert.Equal(1, new UrbanMicroSight().Probability(18));
        Assert.Equal(1, new UrbanMacroSight(23).Probability(18));
        Assert.Equal(1, new RuralMacroSight().Probability(10));
        Assert.Equal(1, new IndoorMixedOfficeSight().Probability(1.2));
        Assert.Equal(1, new IndoorOpenOfficeSight().Probability(5));
        Assert.True(new UrbanMicroSight().Probability(18.01) < 1);
        Assert.True(new RuralMacroSight().Probability(10.01) < 1);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(55)]
    [InlineData(320)]
    public void States_have_the_probability_of_the_model_anywhere_on_the_way(double metres)
    {
        const int users = 20_000;
        var law = new UrbanMicroSight();
        foreach (var travelled in new[] { 0, 13.7, 4321 })
        {
            var sights = 0;
            for (var entity = 0UL; entity < users; entity++)
            {
                sights += new SightAlongWay(Key, entity, law, 50).At(travelled, metres) == SightCondition.LineOfSight ? 1 : 0;
            }

            var probability = law.Probability(metres);
            var bound = 5 * Math.Sqrt(probability * (1 - probability) / users);
            Assert.InRange(sights / (double)users, probability - bound, probability + bound);
        }
    }

    [Fact] // two points are in one cell with probability 1 - way / cell, at a random phase
    public void States_at_one_distance_are_correlated_in_a_straight_line()
    {
        const int users = 20_000;
        var law = new UrbanMicroSight();
        var probability = law.Probability(60);
        foreach (var way in new[] { 0, 5.0, 20, 45, 50, 90 })
        {
            var both = 0;
            for (var entity = 0UL; entity < users; entity++)
            {
                var sight = new SightAlongWay(Key, entity, law, 50);
                both += sight.At(30, 60) == SightCondition.LineOfSight && sight.At(30 + way, 60) == SightCondition.LineOfSight ? 1 : 0;
            }

            var expected = (probability * probability) + (probability * (1 - probability) * Math.Max(0, 1 - (way / 50)));
            var bound = 5 * Math.Sqrt(expected * (1 - expected) / users);
            Assert.InRange(both / (double)users, expected - bound, expected + bound);
        }
    }

    [Fact]
    public void A_user_who_stands_still_keeps_its_state_in_any_order_of_asking()
    {
        var sight = new SightAlongWay(Key, 5, new UrbanMicroSight(), 50);
        var states = Enumerable.Range(0, 2000).Select(i => sight.At(7.0 * i, 60)).ToArray();
        Assert.Contains(SightCondition.LineOfSight, states);
        Assert.Contains(SightCondition.NonLineOfSight, states);
        for (var i = states.Length - 1; i >= 0; i--)
        {
            Assert.Equal(states[i], sight.At(7.0 * i, 60));
            Assert.Equal(states[i], new SightAlongWay(Key, 5, new UrbanMicroSight(), 50).At(7.0 * i, 60));
        }

        // 14 km of 50 m cells: the state changes far less often than at every step of 7 m.
        var changes = states.Zip(states.Skip(1)).Count(pair => pair.First != pair.Second);
        Assert.InRange(changes, 90, 190);
    }

    [Fact]
    public void Nearer_to_the_base_station_sight_is_only_gained()
    {
        for (var entity = 0UL; entity < 500; entity++)
        {
            var sight = new SightAlongWay(Key, entity, new UrbanMicroSight(), 50);
            var had = false;
            for (var metres = 500.0; metres >= 10; metres -= 10)
            {
                var has = sight.At(100, metres) == SightCondition.LineOfSight;
                Assert.True(has || !had);
                had = has;
            }

            Assert.True(had);
        }
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var sight = new SightAlongWay(Key, 0, new UrbanMicroSight(), 50);
        Assert.Equal("travelledMetres", Assert.Throws<ArgumentOutOfRangeException>(() => sight.At(-1, 10)).ParamName);
        Assert.Equal("travelledMetres", Assert.Throws<ArgumentOutOfRangeException>(() => sight.At(double.NaN, 10)).ParamName);
        Assert.Equal("travelledMetres", Assert.Throws<ArgumentOutOfRangeException>(() => sight.At(double.PositiveInfinity, 10)).ParamName);
        Assert.Equal("horizontalDistanceMetres", Assert.Throws<ArgumentOutOfRangeException>(() => sight.At(1, double.NaN)).ParamName);
        Assert.Equal("correlationMetres", Assert.Throws<ArgumentOutOfRangeException>(() => new SightAlongWay(Key, 0, new UrbanMicroSight(), 0)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentNullException>(() => new SightAlongWay(Key, 0, null!, 1)).ParamName);
        Assert.Equal("TerminalHeightMetres", Assert.Throws<ArgumentOutOfRangeException>(() => new UrbanMacroSight(23.1)).ParamName);
    }
}
