using System.Runtime.Intrinsics;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Tests.Numerics;

public class DoubleExponentialTests
{
    [Fact]
    public void The_error_is_below_two_units_in_the_last_place()
    {
        for (var i = 0; i < 200_000; i++)
        {
            var x = -708 + (i * (1417.0 / 200_000));
            var exact = Math.Exp(x);
            Assert.InRange(ExponentialFunction.Evaluate(Vector512.Create(x))[3], exact * (1 - 4e-16), exact * (1 + 4e-16));
        }
    }

    [Fact]
    public void Arguments_are_clamped_and_not_a_number_stays()
    {
        var y = ExponentialFunction.Evaluate(Vector512.Create(0, -1e9, 1e9, double.NaN, double.NegativeInfinity, double.PositiveInfinity, -708, 709));
        Assert.Equal(1, y[0]);
        Assert.Equal((y[6], y[7], y[6], y[7]), (y[1], y[2], y[4], y[5]));
        Assert.True(double.IsNaN(y[3]));
    }
}
