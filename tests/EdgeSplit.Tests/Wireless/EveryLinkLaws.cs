using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Wireless;

/// <summary>What every link of the catalogue promises to a simulation, whatever it is made of.</summary>
public sealed class EveryLinkLaws
{
    // Beside the catalogue's, links with the parts that no entry has by default.
    private static readonly (string Name, ILink Link)[] Links =
    [
        .. LinkCatalog.All.Select(entry => (entry.Name, entry.Link)),
        ("adapted", Parsed("""{"profile":"5g-n78-20mhz-urban","adaptation":{}}""")),
        ("adapted, moving", Parsed("""{"profile":"5g-n78-100mhz-street","adaptation":{"report":"snr"}}""")),
        ("wideband", Parsed("""{"profile":"lte-20mhz-urban","wideband":{"delaySpreadSeconds":3e-7},"fadingEvolution":"clarke"}""")),
        ("autoregressive", Parsed("""{"profile":"5g-n78-20mhz-urban","fadingEvolution":"autoregressive","riceFactorDb":3}""")),
        ("waypoints", Parsed("""{"profile":"5g-n78-100mhz-macro","mobility":{"model":"randomWaypoint","pauseSeconds":5}}""")),
    ];

    public static TheoryData<string> Names => [.. Links.Select(link => link.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_sessions_give_equal_bits_in_any_order_and_portion(string name)
    {
        var sampler = LinkOf(name).CreateSampler();
        foreach (var direction in Enum.GetValues<LinkDirection>())
        {
            var session = Middling(sampler, 3, 5);
            var whole = new double[600];
            sampler.Create(direction, session).Fill(0, whole);
            var other = sampler.Create(direction, session);
            var late = new double[77];
            other.Fill(500, late);
            Assert.Equal(whole[500..577], late);
            var early = new double[300];
            other.Fill(1, early);
            Assert.Equal(whole[1..301], early);
            if (direction == LinkDirection.Uplink)
            {
                var elsewhere = new double[600];
                sampler.Create(direction, Middling(sampler, 4, 5)).Fill(0, elsewhere);
                Assert.NotEqual(whole, elsewhere);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_on_any_number_of_threads(string name)
    {
        var sampler = LinkOf(name).CreateSampler();
        var alone = Enumerable.Range(0, 24).Select(Sum).ToArray();
        var together = new double[alone.Length];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, user => together[user] = Sum(user));
        Assert.Equal(alone, together);

        double Sum(int user)
        {
            var blocks = new double[64];
            sampler.Create(LinkDirection.Uplink, Middling(sampler, 9, (ulong)user)).Fill(0, blocks);
            return blocks.Sum() + sampler.LevelDb(9, (ulong)user, 7.5);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_future_shares_the_present_block_and_goes_its_own_way(string name)
    {
        var sampler = LinkOf(name).CreateSampler();
        var (real, first, second) = (new double[400], new double[400], new double[400]);
        var session = Middling(sampler, 1, 2);
        sampler.Create(LinkDirection.Uplink, session).Fill(0, real);
        sampler.Create(LinkDirection.Uplink, session with { Future = 1 }).Fill(0, first);
        sampler.Create(LinkDirection.Uplink, session with { Future = 2 }).Fill(0, second);
        Assert.Equal(real[0], first[0], 1e-9 * Math.Abs(real[0]));
        Assert.Equal(real[0], second[0], 1e-9 * Math.Abs(real[0]));
        Assert.NotEqual(real, first);
        Assert.NotEqual(first, second);
        var again = new double[400];
        sampler.Create(LinkDirection.Uplink, session with { Future = 1 }).Fill(0, again);
        Assert.Equal(first, again);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_payload_never_arrives_earlier_and_a_transfer_takes_at_least_size_over_peak(string name)
    {
        var link = LinkOf(name);
        var sampler = link.CreateSampler();
        var peak = link is LinkParameters radio ? radio.UplinkRate.MaximumSpectralEfficiency : double.PositiveInfinity;
        for (var user = 0UL; user < 12; user++)
        {
            var timeline = new LinkTimeline(sampler.Create(LinkDirection.Uplink, Session(sampler, 11, user)));
            var before = 0.0;
            for (var bits = 1e3; bits < 2e7; bits *= 2)
            {
                var end = timeline.CompletionSeconds(0.01, bits / link.UplinkGrantedHz);
                Assert.True(end >= before, $"user {user}: {bits} bits end at {end} s, half of them at {before} s");
                before = end;
                if (link is LinkParameters { UplinkAdaptation: null })
                {
                    Assert.True(end - 0.01 >= (bits / link.UplinkGrantedHz / peak) - 1e-12);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Half_of_the_users_lie_above_the_median_level_and_all_are_covered(string name)
    {
        var link = LinkOf(name);
        var sampler = link.CreateSampler();
        var levels = Enumerable.Range(0, 2000).Select(user => sampler.LevelDb(21, (ulong)user, 0)).ToArray();
        var above = levels.Count(level => level > link.MedianLevelDb) / (double)levels.Length;
        Assert.InRange(above, 0.5 - (5 * 0.5 / Math.Sqrt(levels.Length)), 0.5 + (5 * 0.5 / Math.Sqrt(levels.Length)));
        if (link is LinkParameters)
        {
            Assert.All(levels, level => Assert.True(level >= LinkParameters.CoverageSnrDb));
        }

        Assert.InRange(link.CoveredShare, 0.01, 1);
        Assert.Equal(sampler.IsLevelConstant, Enumerable.Range(0, 20).All(user => sampler.LevelDb(2, (ulong)user, 0) == sampler.LevelDb(2, (ulong)user, 600)));
    }

    [Theory] // the means over users and time against what the public profile promises at their levels
    [InlineData("5g-n78-20mhz-urban", 0.03)]
    [InlineData("wifi-5ghz-indoor", 0.03)]
    [InlineData("5g-n78-100mhz-street", 0.05)]
    [InlineData("5g-n78-100mhz-macro", 0.1)]
    [InlineData("trace-lte-driving", 0.25)] // the next seconds of a trace are only loosely like the last ones
    [InlineData("adapted", 0.25)] // reports come late and in steps, which the profile does not know
    public void The_nominal_efficiency_is_about_what_users_get(string name, double tolerance)
    {
        var link = LinkOf(name);
        var sampler = link.CreateSampler();
        var (got, promised) = (0.0, 0.0);
        for (var user = 0UL; user < 200; user++)
        {
            var session = Session(sampler, 31, user);
            var timeline = new LinkTimeline(sampler.Create(LinkDirection.Uplink, session));
            got += timeline.BitsPerHertz(0, 4) / 4;
            promised += link.Nominal(LinkDirection.Uplink).At(session.LevelDb);
        }

        Assert.InRange(got / promised, 1 - tolerance, 1 + tolerance);
    }

    [Theory]
    [InlineData("5g-n78-20mhz-urban")]
    [InlineData("5g-n78-100mhz-street")]
    public void A_better_channel_is_not_slower_in_expectation(string name)
    {
        var sampler = LinkOf(name).CreateSampler();
        var worse = Enumerable.Range(0, 40).Average(user => Megabits(user, 3));
        var better = Enumerable.Range(0, 40).Average(user => Megabits(user, -3));
        Assert.True(better > worse, $"{better} bit/Hz with 3 dB more, {worse} with 3 dB less");

        double Megabits(int user, double biasDb) =>
            new LinkTimeline(sampler.Create(LinkDirection.Uplink, Session(sampler, 41, (ulong)user) with { BiasDb = biasDb })).BitsPerHertz(0, 2);
    }

    private static ILink LinkOf(string name) => Links.First(link => link.Name == name).Link;

    private static ILink Parsed(string link) => ScenarioFile.ParseLink("{\"link\":" + link + "}", "test").Link;

    private static LinkSession Session(ILinkSampler sampler, ulong seed, ulong user) => new(seed, user, user, 0, sampler.LevelDb(seed, user, 0), 0, 0);

    // A good user sits at the ceiling of the rate, where nothing changes: here everybody has 8 dB.
    private static LinkSession Middling(ILinkSampler sampler, ulong seed, ulong user)
    {
        var session = Session(sampler, seed, user);
        return session with { BiasDb = session.LevelDb - 8 };
    }
}
