using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

/// <summary>Laws that hold for every path loss and every line-of-sight law of the library.</summary>
public sealed class EveryPropagationModel
{
    [Fact]
    public void No_model_of_the_library_is_forgotten_here()
    {
        Assert.Equal(
            PropagationCases.Implementations<IPathLoss>().Select(type => type.Name).Order(),
            PropagationCases.Losses.SelectMany(one => new[] { one.Model, one.Obstructed }).OfType<IPathLoss>().Select(model => model.GetType().Name).Distinct().Order());
        Assert.Equal(
            PropagationCases.Implementations<ILineOfSightProbability>().Select(type => type.Name).Order(),
            PropagationCases.Sights.Select(sight => sight.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void The_loss_does_not_fall_with_distance()
    {
        foreach (var (model, from, to, obstructed) in PropagationCases.Losses)
        {
            foreach (var loss in new[] { model, obstructed }.OfType<IPathLoss>())
            {
                var previous = double.NegativeInfinity;
                foreach (var metres in Grid(from, to))
                {
                    var value = loss.LossDb(metres);
                    if (!(value >= previous && double.IsFinite(value)))
                    {
                        Assert.Fail($"{loss} at {metres} m: {value} after {previous}");
                    }

                    previous = value;
                }
            }
        }
    }

    [Fact]
    public void Without_line_of_sight_the_mandatory_loss_is_never_lower()
    {
        foreach (var (model, from, to, obstructed) in PropagationCases.Losses.Where(one => one.Obstructed is not null))
        {
            Assert.DoesNotContain(Grid(from, to), metres => !(obstructed!.LossDb(metres) >= model.LossDb(metres)));
        }
    }

    [Fact]
    public void A_distance_that_is_none_is_refused_by_name()
    {
        foreach (var model in PropagationCases.Losses.SelectMany(one => new[] { one.Model, one.Obstructed }).OfType<IPathLoss>())
        {
            foreach (var metres in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1 })
            {
                Assert.Equal("distanceMetres", Assert.Throws<ArgumentOutOfRangeException>(() => model.LossDb(metres)).ParamName);
            }
        }

        foreach (var sight in PropagationCases.Sights)
        {
            foreach (var metres in new[] { double.NaN, double.PositiveInfinity, -1e-9 })
            {
                Assert.Equal("horizontalDistanceMetres", Assert.Throws<ArgumentOutOfRangeException>(() => sight.Probability(metres)).ParamName);
            }
        }
    }

    [Fact]
    public void A_probability_lies_between_0_and_1_and_starts_at_1()
    {
        foreach (var sight in PropagationCases.Sights)
        {
            Assert.Equal(1, sight.Probability(0));
            Assert.All(Grid(1e-3, 1e5), metres => Assert.InRange(sight.Probability(metres), 0, 1));
            Assert.True(sight.Probability(1e5) < 0.01);
        }
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var (losses, sum) = (PropagationCases.Losses, 0.0);
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < losses.Count; i++)
            {
                sum += losses[i].Model.LossDb(120) + PropagationCases.Sights[i % PropagationCases.Sights.Count].Probability(120);
            }

            Assert.True(round == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }

        Assert.True(double.IsFinite(sum));
    }

    private static IEnumerable<double> Grid(double from, double to)
    {
        const int points = 1000;
        var start = Math.Max(from, 1e-3);
        yield return from;
        for (var i = 1; i < points; i++)
        {
            yield return Math.Min(to, start * Math.Pow(to / start, (double)i / points));
        }

        yield return to;
    }
}
