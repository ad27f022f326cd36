using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless;

public sealed class SamplePathLaws
{
    public static TheoryData<string> Names => [.. LinkCatalog.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rates_of_a_path_sum_to_what_the_link_carries_however_long_the_steps(string name)
    {
        var link = LinkCatalog.Find(name).Link;
        var session = Session(link, 6, 2);
        foreach (var (direction, hertz) in new[] { (LinkDirection.Uplink, link.UplinkGrantedHz), (LinkDirection.Downlink, link.DownlinkGrantedHz) })
        {
            var carried = new LinkTimeline(link.CreateSampler().Create(direction, session)).BitsPerHertz(0, 1.2) * hertz;
            foreach (var steps in new[] { 1, 7, 120, 5000 })
            {
                var path = SamplePath.Draw(link, direction, session, 1.2 / steps, steps);
                Assert.Equal(steps, path.Count);
                Assert.Equal(carried, path.Sum(point => point.BitsPerSecond) * 1.2 / steps, 1e-9 * carried);
                Assert.All(path.Select((point, i) => (point, i)), pair => Assert.Equal(pair.i * (1.2 / steps), pair.point.Seconds));
                Assert.All(path, point => Assert.Equal(point.SpectralEfficiency * hertz, point.BitsPerSecond));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_snr_is_that_of_the_block_in_which_a_step_starts(string name)
    {
        var link = LinkCatalog.Find(name).Link;
        var session = Session(link, 6, 3);
        var process = link.CreateSampler().Create(LinkDirection.Uplink, session);
        var path = SamplePath.Draw(link, LinkDirection.Uplink, session, process.BlockSeconds, 400); // every step starts where a block does, to rounding
        if (process is not ISnrProcess snr)
        {
            Assert.All(path, point => Assert.True(double.IsNaN(point.SnrDb)));
            return;
        }

        var (known, efficiencies) = (new double[400], new double[400]);
        snr.FillSnr(0, known);
        process.Fill(0, efficiencies);
        for (var i = 0; i < 400; i++)
        {
            Assert.Equal(10 * Math.Log10(known[i]), path[i].SnrDb, 1e-9);
            Assert.Equal(efficiencies[i], path[i].SpectralEfficiency, 1e-6 * (1 + efficiencies[i]));
        }

        var late = SamplePath.Draw(link, LinkDirection.Uplink, session, 1.5 * process.BlockSeconds, 100);
        Assert.All(late.Select((point, i) => (point, i)), pair => Assert.Equal(10 * Math.Log10(known[3 * pair.i / 2]), pair.point.SnrDb, 1e-9));
    }

    [Fact]
    public void A_path_is_a_pure_function_of_its_arguments()
    {
        var link = LinkCatalog.Find("5g-n78-100mhz-street").Link;
        var session = Session(link, 6, 2);
        var first = SamplePath.Draw(link, LinkDirection.Uplink, session, 0.01, 200);
        Assert.Equal(first, SamplePath.Draw(link, LinkDirection.Uplink, session, 0.01, 200));
        Assert.Equal(first.Take(50), SamplePath.Draw(link, LinkDirection.Uplink, session, 0.01, 50));
        Assert.NotEqual(first, SamplePath.Draw(link, LinkDirection.Downlink, session, 0.01, 200));
        Assert.NotEqual(first, SamplePath.Draw(link, LinkDirection.Uplink, session with { Future = 1 }, 0.01, 200));
        Assert.Equal(first[0].SnrDb - 3, SamplePath.Draw(link, LinkDirection.Uplink, session with { BiasDb = 3 }, 0.01, 1)[0].SnrDb, 1e-9);
    }

    [Fact]
    public void Bad_arguments_are_refused_by_name()
    {
        var link = LinkCatalog.Find("wifi-5ghz-indoor").Link;
        Assert.Throws<ArgumentNullException>("link", () => SamplePath.Draw(null!, LinkDirection.Uplink, default, 1, 1));
        foreach (var step in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("stepSeconds", () => SamplePath.Draw(link, LinkDirection.Uplink, default, step, 1));
        }

        Assert.Throws<ArgumentOutOfRangeException>("steps", () => SamplePath.Draw(link, LinkDirection.Uplink, default, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => SamplePath.Draw(link, LinkDirection.Uplink, default, 1, SamplePath.MaximumSteps + 1));
    }

    private static LinkSession Session(ILink link, ulong seed, ulong user)
    {
        var levelDb = link.CreateSampler().LevelDb(seed, user, 0);
        return new LinkSession(seed, user, user, 0, levelDb, 0, 0);
    }
}
