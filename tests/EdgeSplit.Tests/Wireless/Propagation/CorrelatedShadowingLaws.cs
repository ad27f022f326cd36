using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class CorrelatedShadowingLaws
{
    private const int Tracks = 30_000;

    private static readonly StreamKey Key = StreamKey.Create(1991, "shadowing-laws");

    [Theory] // in correlation distances: within a cell, across a knot at 32, far out, at lattice points and between
    [InlineData(0)]
    [InlineData(15.9)]
    [InlineData(31.7)]
    [InlineData(1e6)]
    public void Correlation_over_the_way_is_Gudmundsons(double from)
    {
        const double corr = 13;
        var lags = new[] { 0.01, 0.25, 0.5, 1, 2.5 };
        var products = new double[lags.Length];
        for (var entity = 0UL; entity < Tracks; entity++)
        {
            var track = new CorrelatedShadowing(Key, entity, 1, corr);
            var start = track.ValueDb(corr * from);
            for (var i = 0; i < lags.Length; i++)
            {
                products[i] += start * track.ValueDb(corr * (from + lags[i])) / Tracks;
            }
        }

        for (var i = 0; i < lags.Length; i++)
        {
            var law = Math.Exp(-lags[i]);
            var error = Math.Sqrt((1 + (law * law)) / Tracks); // of the mean product of two normals
            Assert.InRange(products[i], law - (5 * error), law + (5 * error));
        }
    }

    [Fact]
    public void Correlation_along_one_long_way_is_Gudmundsons()
    {
        const double corr = 10;
        const int points = 600_000; // a quarter of a correlation distance apart
        var track = new CorrelatedShadowing(Key, 77, 1, corr);
        var values = new double[points + 16];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = track.ValueDb(corr * 0.25 * i);
        }

        foreach (var lag in new[] { 0, 1, 2, 4, 8, 16 })
        {
            // Variance of the mean product of a Gaussian process (Bartlett): the sum over k of rho(k)^2 + rho(k + lag) rho(k - lag), over the points.
            var (mean, law) = (0.0, Math.Exp(-0.25 * lag));
            var variance = Enumerable.Range(-200, 401).Sum(k => Math.Exp(-0.5 * Math.Abs(k)) + Math.Exp(-0.25 * (Math.Abs(k + lag) + Math.Abs(k - lag)))) / points;
            for (var i = 0; i < points; i++)
            {
                mean += values[i] * values[i + lag] / points;
            }

            Assert.InRange(mean, law - (5 * Math.Sqrt(variance)), law + (5 * Math.Sqrt(variance)));
            Assert.True(lag > 4 || Math.Abs((mean / law) - 1) < 0.03, $"lag {lag}: {mean}, law {law}");
        }
    }

    [Fact]
    public void Values_are_normal_from_the_first_on()
    {
        foreach (var metres in new[] { 0, 3.3, 160, 319.9, 5e5 })
        {
            var values = Enumerable.Range(0, 20_000).Select(entity => new CorrelatedShadowing(Key, (ulong)entity, 7.82, 10).ValueDb(metres)).Order().ToArray();
            var (normal, distance) = (new NormalDistribution(0, 7.82), 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                var probability = normal.CumulativeProbability(values[i]);
                distance = Math.Max(distance, Math.Max(probability - ((double)i / values.Length), ((i + 1.0) / values.Length) - probability));
            }

            Assert.True(Math.Sqrt(values.Length) * distance < 1.95, $"Kolmogorov-Smirnov distance {distance} at {metres} m"); // 0.1 % point
            var deviation = Math.Sqrt(values.Average(value => value * value));
            Assert.InRange(deviation, 7.82 * (1 - (5 / Math.Sqrt(2.0 * values.Length))), 7.82 * (1 + (5 / Math.Sqrt(2.0 * values.Length))));
        }
    }

    [Theory]
    [InlineData(3.1, 0.4, 0.7)]
    [InlineData(31.8, 0.1, 0.3)] // a knot lies between
    public void The_future_depends_on_the_past_through_the_present_alone(double from, double first, double second)
    {
        var (past, square) = (0.0, 0.0);
        for (var entity = 0UL; entity < Tracks; entity++)
        {
            var track = new CorrelatedShadowing(Key, entity, 1, 1);
            var (a, b, c) = (track.ValueDb(from), track.ValueDb(from + first), track.ValueDb(from + first + second));
            var innovation = (c - (Math.Exp(-second) * b)) / GudmundsonRecursion.InnovationFactor(second, 1);
            past += innovation * a / Tracks;
            square += innovation * innovation / Tracks;
        }

        Assert.InRange(past, -5 / Math.Sqrt(Tracks), 5 / Math.Sqrt(Tracks));
        Assert.InRange(square, 1 - (5 * Math.Sqrt(2.0 / Tracks)), 1 + (5 * Math.Sqrt(2.0 / Tracks)));
    }

    [Fact]
    public void Tiny_steps_have_the_right_size()
    {
        // Mean square of the increment 2 (1 - exp(-x)), at 2^-20 of a correlation distance.
        var step = Math.ScaleB(1, -20);
        var square = 0.0;
        for (var entity = 0UL; entity < Tracks; entity++)
        {
            var track = new CorrelatedShadowing(Key, entity, 1, 1);
            var difference = track.ValueDb(7 + step) - track.ValueDb(7);
            square += difference * difference / Tracks;
        }

        Assert.InRange(square / (2 * step), 1 - (5 * Math.Sqrt(2.0 / Tracks)), 1 + (5 * Math.Sqrt(2.0 / Tracks)));
    }

    [Fact]
    public void The_fast_path_is_bit_for_bit_the_halving_written_plainly()
    {
        var places = new RandomSource(Key);
        for (var i = 0; i < 3000; i++)
        {
            var (entity, metres) = ((ulong)(i % 7), Math.Pow(10, (10 * places.NextUniform()) - 4));
            Assert.Equal(Plain(entity, 9.5, metres), new CorrelatedShadowing(Key, entity, 1, 9.5).ValueDb(metres));
        }
    }

    [Fact]
    public void A_value_does_not_depend_on_what_was_asked_before()
    {
        var track = new CorrelatedShadowing(Key, 1, 8, 10);
        var values = Enumerable.Range(0, 5000).Select(i => track.ValueDb(0.37 * i)).ToArray();
        for (var i = values.Length - 1; i >= 0; i--)
        {
            Assert.Equal(values[i], track.ValueDb(0.37 * i));
        }

        Assert.Equal(5000, values.Distinct().Count());
        Assert.NotEqual(track.ValueDb(5), new CorrelatedShadowing(Key, 2, 8, 10).ValueDb(5));
        Assert.Equal(2 * track.ValueDb(5), new CorrelatedShadowing(Key, 1, 16, 10).ValueDb(5));
        Assert.Equal(track.ValueDb(5), 8 * track.UnitValue(5));
        Assert.Equal(0, new CorrelatedShadowing(Key, 1, 0, 10).ValueDb(5));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var track = new CorrelatedShadowing(Key, 1, 8, 10);
        var sum = track.ValueDb(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += track.ValueDb(i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var track = new CorrelatedShadowing(Key, 1, 8, 10);
        foreach (var metres in new[] { -1e-9, double.NaN, double.PositiveInfinity, 1e14 })
        {
            Assert.Equal("travelledMetres", Assert.Throws<ArgumentOutOfRangeException>(() => track.ValueDb(metres)).ParamName);
        }

        Assert.True(double.IsFinite(track.ValueDb(Math.ScaleB(10, 38))));
        Assert.Equal("standardDeviationDb", Assert.Throws<ArgumentOutOfRangeException>(() => new CorrelatedShadowing(Key, 1, -1, 10)).ParamName);
        Assert.Equal("correlationMetres", Assert.Throws<ArgumentOutOfRangeException>(() => new CorrelatedShadowing(Key, 1, 8, double.NaN)).ParamName);
    }

    /// <summary>The same process with recursion over real intervals and the library's scalar draws.</summary>
    private static double Plain(ulong entity, double correlationMetres, double metres)
    {
        var position = metres / correlationMetres / 32;
        var cell = (ulong)Math.Floor(position);
        return Halve(Math.Floor((position - cell) * (1 << 30)) / (1 << 30), 0, 1, Normal(cell << 30), Normal((cell + 1) << 30), 1);

        double Halve(double place, double start, double end, double left, double right, ulong node)
        {
            if (node >= 1UL << 30)
            {
                return left;
            }

            var (half, middle) = (16 * (end - start), (start + end) / 2);
            var value = (0.5 / Math.Cosh(half) * (left + right)) + (Math.Sqrt(Math.Tanh(half)) * Normal((cell << 30) | node));
            return place < middle
                ? Halve(place, start, middle, left, value, 2 * node)
                : Halve(place, middle, end, value, right, (2 * node) + 1);
        }

        double Normal(ulong address)
        {
            var random = new RandomSource(Key.Derive("shadowing"), entity, address);
            return new NormalDistribution(0, 1).Sample(ref random);
        }
    }
}
