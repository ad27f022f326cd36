namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>Temperatures over time at constant power: steady value + slow part x exp(-slow t) + fast part x exp(-fast t), for both stages.</summary>
internal readonly record struct ThermalModes(
    ThermalState Steady, double SlowPerSecond, double InnerSlow, double OuterSlow, double FastPerSecond, double InnerFast, double OuterFast)
{
    internal double InnerCelsius(double seconds) => At(Steady.InnerCelsius, InnerSlow, InnerFast, seconds);

    internal double OuterCelsius(double seconds) => At(Steady.OuterCelsius, OuterSlow, OuterFast, seconds);

    /// <summary>Integral of the outer temperature, degrees Celsius x seconds.</summary>
    internal double OuterIntegral(double seconds) =>
        (Steady.OuterCelsius * seconds)
        - (OuterSlow / SlowPerSecond * ExpMinusOne(-SlowPerSecond * seconds))
        - (OuterFast / FastPerSecond * ExpMinusOne(-FastPerSecond * seconds));

    /// <summary>First time at which a stage has a temperature; infinity for never.</summary>
    internal double FirstCrossing(bool outer, double targetCelsius)
    {
        var (level, slow, fast) = outer ? (Steady.OuterCelsius, OuterSlow, OuterFast) : (Steady.InnerCelsius, InnerSlow, InnerFast);
        level -= targetCelsius;
        var start = level + slow + fast;
        if (start == 0)
        {
            return 0;
        }

        // The slope has one zero at most: before it and after it the temperature is monotone.
        var turn = fast == 0 || slow == 0 ? double.NaN
            : Math.Log(-FastPerSecond * fast / (SlowPerSecond * slow)) / (FastPerSecond - SlowPerSecond);
        if (turn > 0 && double.IsFinite(turn))
        {
            var extreme = At(level, slow, fast, turn);
            if (extreme == 0 || (extreme < 0) != (start < 0))
            {
                return Root(level, slow, fast, 0, turn);
            }

            start = extreme;
        }
        else
        {
            turn = 0;
        }

        if (level == 0 || (level < 0) == (start < 0))
        {
            return double.PositiveInfinity;
        }

        var until = turn + (1 / FastPerSecond);
        var width = 1 / FastPerSecond;
        while ((At(level, slow, fast, until) < 0) == (start < 0))
        {
            width *= 2;
            if (width * SlowPerSecond > 800)
            {
                return double.PositiveInfinity; // closer to the steady temperature than doubles can tell
            }

            until = turn + width;
        }

        return Root(level, slow, fast, turn, until);
    }

    /// <summary>The zero between two times of opposite sign: bisection until the interval is empty, so that every machine finds the same.</summary>
    private double Root(double level, double slow, double fast, double from, double to)
    {
        var below = At(level, slow, fast, from) < 0;
        for (var i = 0; i < 200; i++)
        {
            var middle = from + (0.5 * (to - from));
            if (middle <= from || middle >= to)
            {
                break;
            }

            if ((At(level, slow, fast, middle) < 0) == below)
            {
                from = middle;
            }
            else
            {
                to = middle;
            }
        }

        return to;
    }

    private double At(double level, double slow, double fast, double seconds) =>
        level + (slow * Math.Exp(-SlowPerSecond * seconds)) + (fast * Math.Exp(-FastPerSecond * seconds));

    /// <summary>exp(x) - 1 for x of at most 0 without losing the small ones: 2 sinh(x / 2) exp(x / 2).</summary>
    private static double ExpMinusOne(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Sinh(0.5 * x) * Math.Exp(0.5 * x);
}
