using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Energy;
using EdgeSplit.Core.Wireless.Traces;
using MathNet.Numerics.Distributions;

namespace EdgeSplit.Core.Wireless;

/// <content>A recorded link.</content>
public static partial class LinkCatalog
{
    private const int TraceSeconds = 1200;

    // Published recordings are their owners'. This one is drawn: one row per second, gamma-distributed rates with the mean, deviation and one-second autocorrelation of a recording.
    private static LinkEntry LteDrivingTrace() => new(
        "trace-lte-driving",
        "LTE while driving: a synthetic trace of 20 minutes with mean, deviation and one-second autocorrelation of recorded rates; to replay a recording itself, give its files.",
        new TraceLink
        {
            Uplink = Synthetic("up", 1.910e6, 1.687e6, 0.407),
            Downlink = Synthetic("down", 4.560e6, 3.882e6, 0.629),
            UplinkDelay = new(0.013, 0.005, 0.0005),
            DownlinkDelay = new(0.001, 0.005, 0.0005),
            RadioEnergy = RadioEnergyModel.Lte.AboveIdleOf(PhoneIdleWatts),
        },
        [
            new("Uplink", "gamma rates of mean 1.910 Mbit/s, deviation 1.687 Mbit/s and one-second autocorrelation 0.407 of the underlying normal numbers: statistics of 1 s bins of Mahimahi's ATT-LTE-driving-2016.up (Winstein et al., NSDI 2013)"),
            new("Downlink", "the same of ATT-LTE-driving-2016.down: 4.560 Mbit/s, 3.882 Mbit/s, 0.629; independent of the uplink (recorded correlation 0.28)"),
            new("UplinkDelay", "13 ms to the grant and 4 ms to decode: TR 36.881 section 5 (not confirmed); assumption: 1 ms transport, 0.5 ms software"),
            new("DownlinkDelay", "assumption: 1 ms for the next subframe, 4 ms to decode, 1 ms transport, 0.5 ms software"),
            new("RadioEnergy", RadioEnergyModel.Lte.Source + IdleSource),
        ]);

    private static RateTrace Synthetic(string direction, double meanBitsPerSecond, double deviationBitsPerSecond, double correlation)
    {
        var random = new RandomSource(StreamKey.Create(2016, "catalogue/trace-lte-driving/" + direction));
        var standard = new NormalDistribution(0, 1);
        var shape = Math.Pow(meanBitsPerSecond / deviationBitsPerSecond, 2);
        var law = new Gamma(shape, shape / meanBitsPerSecond);
        var (times, rates) = (new double[TraceSeconds], new double[TraceSeconds]);
        var state = standard.Sample(ref random);
        for (var second = 0; second < TraceSeconds; second++)
        {
            times[second] = second;
            rates[second] = law.InverseCumulativeDistribution(standard.CumulativeProbability(state));
            state = (correlation * state) + (Math.Sqrt(1 - (correlation * correlation)) * standard.Sample(ref random));
        }

        return new RateTrace(times, rates, TraceSeconds);
    }
}
