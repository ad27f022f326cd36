using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless;

public sealed class MovingUserLaws
{
    private static readonly LinkParameters Street = LinkCatalog.Find("5g-n78-100mhz-street").Radio with { UplinkAdaptation = null, DownlinkAdaptation = null };

    [Fact]
    public void The_level_follows_the_way_of_the_user()
    {
        var standing = (Street with { Mobility = new StaticUser() }).CreateSampler();
        var walking = Street.CreateSampler();
        var changes = 0;
        for (var user = 0UL; user < 50; user++)
        {
            Assert.Equal(standing.LevelDb(1, user, 0), standing.LevelDb(1, user, 100));
            var (near, far) = (Math.Abs(walking.LevelDb(1, user, 0.001) - walking.LevelDb(1, user, 0)), Math.Abs(walking.LevelDb(1, user, 60) - walking.LevelDb(1, user, 0)));
            changes += far > 1 ? 1 : 0;
            Assert.True(near < 2, $"user {user} jumps by {near} dB within a millimetre");
        }

        Assert.InRange(changes, 35, 50);
    }

    [Fact] // levels 13 m and more apart: correlation of the shadowing along a straight walk, seen through the link
    public void Shadowing_along_the_way_has_Gudmundsons_correlation()
    {
        var link = Street with
        {
            LineOfSight = null,
            PathLoss = new LogDistancePathLoss(100, 1, 0), // no distance dependence: what changes is the shadowing
            ShadowingStandardDeviationDb = 6,
            ShadowingCorrelationMetres = 13,
            Mobility = new LinearMobility(1, null, 300),
            Uplink = Street.Uplink with { TransmitPowerDbm = 60 },
        };
        var sampler = link.CreateSampler();
        const int users = 20_000;
        var (a, b, c) = (new double[users], new double[users], new double[users]);
        for (var user = 0; user < users; user++)
        {
            (a[user], b[user], c[user]) = (sampler.LevelDb(3, (ulong)user, 0), sampler.LevelDb(3, (ulong)user, 6.5), sampler.LevelDb(3, (ulong)user, 26));
        }

        Assert.Equal(6, Deviation(a), 0.15);
        Assert.Equal(Math.Exp(-0.5), Correlation(a, b), 0.03);
        Assert.Equal(Math.Exp(-2), Correlation(a, c), 0.035);
    }

    [Fact]
    public void The_Doppler_shift_is_that_of_the_speed_and_a_user_who_stands_still_has_a_still_channel()
    {
        // Autocorrelation of the power gain under Clarke fading: 1 + J0(2 pi x)^2 over the mean square, x the way in wavelengths.
        var link = Street with { LineOfSight = null, ShadowingStandardDeviationDb = 0, PathLoss = new LogDistancePathLoss(100, 1, 0) };
        var wavelength = 299792458.0 / link.CarrierHz;
        foreach (var speed in new[] { 1.0, 8.0 })
        {
            var sampler = (link with { Mobility = new LinearMobility(speed, null, 300) }).CreateSampler();
            var products = 0.0;
            const int users = 4000;
            var lag = 0.2 * wavelength / speed; // two tenths of a wavelength
            for (var user = 0UL; user < users; user++)
            {
                var snr = (ISnrProcess)sampler.Create(LinkDirection.Uplink, new LinkSession(5, user, user, 0, 20, 20, 0));
                var blocks = new double[(int)Math.Round(lag / snr.BlockSeconds) + 1];
                snr.FillSnr(0, blocks);
                products += blocks[0] * blocks[^1] / users;
            }

            var mean = Math.Pow(10, (link.Uplink.Evaluate(100, 0).SnrDb - 20) / 10);
            var x = Math.Round(lag / (0.02 / (speed / wavelength))) * 0.02;
            var expected = 1 + Math.Pow(Doppler.Autocorrelation(1, x), 2);
            Assert.Equal(expected, products / mean / mean, 0.15);
        }

        var still = (link with { Mobility = new LinearMobility(0, null, 300) }).CreateSampler();
        var constant = (ISnrProcess)still.Create(LinkDirection.Uplink, new LinkSession(5, 1, 1, 0, 20, 0, 0));
        var values = new double[50];
        constant.FillSnr(0, values);
        Assert.All(values, value => Assert.Equal(values[0], value));
    }

    [Fact]
    public void The_share_of_users_in_sight_is_the_mean_probability_over_the_cell()
    {
        // Obstructed users are put out of any doubt by a huge loss, so that the level tells the state.
        var link = Street with
        {
            Mobility = new StaticUser(),
            ShadowingStandardDeviationDb = 0,
            PathLoss = new LogDistancePathLoss(100, 1, 0),
            LineOfSight = Street.LineOfSight! with { PathLoss = new LogDistancePathLoss(50, 1, 0), ShadowingStandardDeviationDb = 0 },
            Uplink = Street.Uplink with { TransmitPowerDbm = 60 },
        };
        var sampler = link.CreateSampler();
        var obstructed = link.Uplink.Evaluate(100, 0).SnrDb;
        const int users = 20_000;
        var clear = Enumerable.Range(0, users).Count(user => sampler.LevelDb(1, (ulong)user, 0) > obstructed + 25) / (double)users;
        var expected = 0.0;
        const int rings = 20_000;
        for (var ring = 0; ring < rings; ring++)
        {
            var distance = Math.Sqrt((link.MinimumDistanceMetres * link.MinimumDistanceMetres)
                + (((link.MaximumDistanceMetres * link.MaximumDistanceMetres) - (link.MinimumDistanceMetres * link.MinimumDistanceMetres)) * (ring + 0.5) / rings));
            expected += link.LineOfSight!.Probability.Probability(distance) / rings;
        }

        Assert.Equal(expected, clear, 5 * Math.Sqrt(expected * (1 - expected) / users));
    }

    [Fact]
    public void An_adaptation_for_another_bandwidth_is_refused()
    {
        var link = Street with { UplinkAdaptation = new AdaptedLinkOptions(new BlockErrorModel(McsTable.Qam64), 100e6, 273) };
        Assert.NotNull(link.CreateSampler());
        var error = Assert.Throws<InvalidOperationException>(() => (link with { Uplink = link.Uplink with { BandwidthHz = 20e6 } }).CreateSampler());
        Assert.Contains("UplinkAdaptation is for 100000000 Hz, the budget for 20000000 Hz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_link_parameters_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Street with { ShadowingCorrelationMetres = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Street with { UplinkShare = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Street with { UplinkShare = 0 });
        Assert.Throws<ArgumentNullException>(() => Street with { Mobility = null! });
        Assert.Throws<ArgumentNullException>(() => Street with { Evolution = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => Street.LineOfSight! with { SightCorrelationMetres = double.PositiveInfinity });
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average() / Deviation(a) / Deviation(b);
    }
}
