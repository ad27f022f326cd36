using System.Numerics;
using EdgeSplit.Core.Queueing;

namespace EdgeSplit.Tests.Queueing;

/// <summary>The law of the wait in M/M/1 and M/D/1.</summary>
public sealed class WaitLaws
{
    [Theory] // P(W > 5), mu = 1; computed in double precision and confirmed by a second evaluation
    [InlineData(0.1, 0.0011108997)]
    [InlineData(0.7, 0.15619111)]
    [InlineData(0.99, 0.94171713)]
    public void Exponential_services_give_an_exponential_tail(double rho, double expected)
    {
        var law = new ExponentialServiceWait(rho, 1);
        Assert.Equal(1, law.TailProbability(5) / expected, 6e-8);
        Assert.Equal(1 - rho, law.CumulativeProbability(0), 1e-15);
        for (var t = 0.0; t < 40; t += 1.7)
        {
            Assert.Equal(1.0, law.TailProbability(t) + law.CumulativeProbability(t), 1e-15);
            if (law.TailProbability(t) > 1e-6)
            {
                Assert.Equal(t, law.QuantileSeconds(law.CumulativeProbability(t)), 1e-8);
            }
        }

        Assert.Equal(0.0, law.QuantileSeconds((1 - rho) / 2));
        Assert.Equal(0.0, new ExponentialServiceWait(0, 1).QuantileSeconds(0.99));
    }

    [Theory] // Erlang's series; computed in double precision and confirmed by a second evaluation
    [InlineData(0.5, 0, 0.5)]
    [InlineData(0.5, 1, 0.82436064)]
    [InlineData(0.5, 5, 0.99876427)]
    [InlineData(0.5, 10, 0.99999769)]
    [InlineData(0.8, 2, 0.63451994)]
    [InlineData(0.8, 10, 0.98834289)]
    [InlineData(0.9, 1, 0.24596031)]
    [InlineData(0.9, 10, 0.88240302)]
    public void Constant_services_wait_as_Erlang_says(double rho, double services, double expected) =>
        Assert.Equal(expected, new ConstantServiceWait(rho * 20, 20).CumulativeProbability(services / 20), 5e-9);

    [Theory]
    [InlineData(0.05, 12.3)]
    [InlineData(0.3, 40)]
    [InlineData(0.5, 63.9)]
    [InlineData(0.9, 25)]
    [InlineData(0.9, 63.99)]
    [InlineData(0.99, 63.5)]
    [InlineData(0.3, 64.01)]
    [InlineData(0.9, 80)]
    [InlineData(0.99, 200)]
    [InlineData(0.999, 3.25)]
    [InlineData(0.999, 150)]
    public void Constant_service_waits_keep_their_digits_where_the_alternating_series_has_none(double rho, double services)
    {
        // The alternating series in whole-number arithmetic: exact to 2^-1200.
        var law = new ConstantServiceWait(rho, 1);
        var tail = 1 - AlternatingSeries(rho, services, out var exactTail);
        Assert.Equal(tail, law.TailProbability(services), 1e-13);
        Assert.Equal(1, law.TailProbability(services) / exactTail, 1e-9);
        Assert.Equal(1 - tail, law.CumulativeProbability(services), 1e-13);
    }

    [Fact]
    public void Both_laws_integrate_to_the_mean_wait()
    {
        foreach (var rho in new[] { 0.1, 0.6, 0.95 })
        {
            var (exponential, constant) = (new ExponentialServiceWait(rho, 1), new ConstantServiceWait(rho, 1));
            Assert.Equal(1, Integral(exponential.TailProbability) / SingleServerQueue.ExponentialService(rho, 1).MeanWaitSeconds, 1e-4);
            Assert.Equal(1, Integral(constant.TailProbability) / SingleServerQueue.ConstantService(rho, 1).MeanWaitSeconds, 1e-4);
        }

        // The trapezoid rule with a step of 1/50 service, as far as anything is left.
        static double Integral(Func<double, double> tail)
        {
            const double step = 0.02;
            var sum = 0.5 * tail(0);
            for (var i = 1; ; i++)
            {
                var value = tail(i * step);
                sum += value;
                if (value < 1e-9)
                {
                    return step * sum;
                }
            }
        }
    }

    [Fact]
    public void The_tail_falls_and_joins_its_asymptote_without_a_step()
    {
        foreach (var rho in new[] { 0.02, 0.2, 0.7, 0.97, 0.99999 })
        {
            var law = new ConstantServiceWait(3 * rho, 3);
            var previous = 1.0;
            for (var t = 0.0; t < 40; t += 0.0625)
            {
                var tail = law.TailProbability(t);
                Assert.InRange(tail, 0.0, previous);
                previous = tail;
            }

            var (before, after) = (law.TailProbability(64 / 3.0 * (1 - 1e-13)), law.TailProbability(64 / 3.0 * (1 + 1e-13)));
            Assert.Equal(1, after / before, 1e-8);
        }

        Assert.Equal(0.0, new ConstantServiceWait(0, 1).TailProbability(0));
        Assert.Equal(0.0, new ConstantServiceWait(0.5, 1).TailProbability(1e9));
        Assert.Equal(1.0, new ConstantServiceWait(0.5, 1).CumulativeProbability(1e9));
    }

    [Fact]
    public void Evaluating_a_law_allocates_nothing()
    {
        var law = new ConstantServiceWait(0.9, 1);
        var sum = law.TailProbability(30) + law.TailProbability(300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sum += law.TailProbability(i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }

    /// <summary>P(W &lt;= t) = (1 - rho) sum over k of (-rho (t - k))^k / k! e^(rho (t - k)) with fixed-point numbers of 1400 bits.</summary>
    private static double AlternatingSeries(double rho, double services, out double tail)
    {
        const int bits = 1400;
        var one = BigInteger.One << bits;
        var (load, last) = (Fixed(rho), (int)services);
        var x = (load * (Fixed(services) - (last * one))) >> bits; // rho (t - k), k from the last term down
        var (exponential, step, sum) = (Exponential(x), Exponential(load), BigInteger.Zero);
        for (var k = last; k >= 0; k--, x += load, exponential = (exponential * step) >> bits)
        {
            var term = exponential;
            for (var j = 1; j <= k; j++)
            {
                term = -((term * x) >> bits) / j;
            }

            sum += term;
        }

        var cumulative = ((one - load) * sum) >> bits;
        tail = ToDouble(one - cumulative);
        return ToDouble(cumulative);

        static BigInteger Fixed(double value)
        {
            var exponent = Math.ILogB(value) - 52; // value = whole number x 2^exponent, exactly
            return (BigInteger)Math.ScaleB(value, -exponent) << (bits + exponent);
        }

        static BigInteger Exponential(BigInteger x)
        {
            var one = BigInteger.One << bits;
            var (term, sum) = (one, one);
            for (var n = 1; !term.IsZero; n++)
            {
                term = ((term * x) >> bits) / n;
                sum += term;
            }

            return sum;
        }

        static double ToDouble(BigInteger value)
        {
            var shift = Math.Max(0, (int)value.GetBitLength() - 62);
            return Math.ScaleB((double)(long)(value >> shift), shift - bits);
        }
    }
}
