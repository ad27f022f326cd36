using EdgeSplit.Core;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Fading;

namespace EdgeSplit.Tests.Wireless;

public sealed class LinkCatalogLaws
{
    private static readonly LinkEntry[] RadioLinks = [.. LinkCatalog.All.Where(entry => entry.Link is LinkParameters)];

    [Fact]
    public void The_built_in_links() => Assert.Equal(
        ["5g-n78-20mhz-urban", "lte-20mhz-urban", "wifi-5ghz-indoor", "5g-indoor-office", "5g-n78-100mhz-street", "5g-n78-100mhz-macro", "trace-lte-driving"],
        LinkCatalog.All.Select(entry => entry.Name));

    [Fact]
    public void Every_parameter_that_is_not_left_at_its_default_names_its_source()
    {
        foreach (var entry in LinkCatalog.All)
        {
            // The defaults are those of a link that was given nothing but what it must be given.
            var bare = Bare(entry.Link);
            var stated = entry.Link.GetType().GetProperties().Where(p => p.SetMethod is not null)
                .Where(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false) || !Equals(p.GetValue(entry.Link), p.GetValue(bare)))
                .Select(p => p.Name);
            var sources = entry.Sources.Select(source => source.Parameter).ToArray();
            Assert.Empty(stated.Except(sources));
            Assert.Equal(sources.Distinct(), sources);
            Assert.All(sources, source => Assert.NotNull(entry.Link.GetType().GetProperty(source)));
            Assert.All(entry.Sources, source => Assert.False(string.IsNullOrWhiteSpace(source.Text)));
        }
    }

    private static ILink Bare(ILink link) => link switch
    {
        LinkParameters radio => new LinkParameters
        {
            CarrierHz = radio.CarrierHz,
            Uplink = radio.Uplink,
            Downlink = radio.Downlink,
            PathLoss = radio.PathLoss,
            ShadowingStandardDeviationDb = radio.ShadowingStandardDeviationDb,
            NakagamiShape = radio.NakagamiShape,
            CoherenceSeconds = radio.CoherenceSeconds,
            UplinkRate = radio.UplinkRate,
            DownlinkRate = radio.DownlinkRate,
            UplinkDelay = radio.UplinkDelay,
            DownlinkDelay = radio.DownlinkDelay,
            RadioEnergy = radio.RadioEnergy,
            MinimumDistanceMetres = radio.MinimumDistanceMetres,
            MaximumDistanceMetres = radio.MaximumDistanceMetres,
        },
        TraceLink trace => new TraceLink
        {
            Uplink = trace.Uplink,
            Downlink = trace.Downlink,
            UplinkDelay = trace.UplinkDelay,
            DownlinkDelay = trace.DownlinkDelay,
            RadioEnergy = trace.RadioEnergy,
        },
        _ => throw new ArgumentException(link.GetType().Name),
    };

    [Fact]
    public void An_unknown_name_suggests_the_nearest()
    {
        var error = Assert.Throws<UnknownNameException>(() => LinkCatalog.Find("lte-20mhz-urbn"));
        Assert.Equal("lte-20mhz-urban", error.Suggestion);
        Assert.Same(LinkCatalog.All[1], LinkCatalog.Find("LTE-20MHz-urban"));
    }

    [Fact] // 23 + 8 - (32.4 + 20 log10 3.5 + 31.9 log10 100) + 173.975187 - 73.0103 - 5 = 19.8836 dB; 3 km/h at 3.5 GHz: 43.4785 ms
    public void The_urban_5G_uplink_is_what_its_sources_say()
    {
        var link = LinkCatalog.Find("5g-n78-20mhz-urban").Radio;
        Assert.Equal(19.8836, link.EvaluateUplink(100, 0).SnrDb, 1e-4);
        Assert.Equal(0.0434785, link.CoherenceSeconds, 5e-8);
        Assert.Equal(20e6, link.Uplink.BandwidthHz);
        Assert.Equal(4.3785, link.UplinkRate.MaximumSpectralEfficiency, 5e-5); // 87.57 Mbit/s over 20 MHz
    }

    [Fact]
    public void Ceilings_in_the_text_are_those_in_the_parameters()
    {
        foreach (var entry in RadioLinks)
        {
            foreach (var (name, rate) in new[] { ("UplinkRate", entry.Radio.UplinkRate), ("DownlinkRate", entry.Radio.DownlinkRate) })
            {
                var text = entry.Sources.Single(source => source.Parameter == name).Text;
                Assert.Contains(FormattableString.Invariant($"ceiling {rate.MaximumSpectralEfficiency:F2} bit/s/Hz"), text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_link_works_over_its_whole_range_and_refuses_what_lies_outside()
    {
        var key = StreamKey.Create(1, "catalogue");
        foreach (var entry in RadioLinks)
        {
            var link = entry.Radio;
            foreach (var distance in new[] { link.MinimumDistanceMetres, link.MaximumDistanceMetres })
            {
                var up = link.CreateUplink(key, 0, distance, 0);
                Assert.InRange(up.ErgodicSpectralEfficiency(), 0.1, link.UplinkRate.MaximumSpectralEfficiency);
                Assert.InRange(link.CreateDownlink(key, 0, distance, 0).ErgodicSpectralEfficiency(), 0.1, link.DownlinkRate.MaximumSpectralEfficiency);
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => link.EvaluateUplink(link.MinimumDistanceMetres * 0.99, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => link.EvaluateUplink(link.MaximumDistanceMetres * 1.01, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => link.EvaluateUplink(double.NaN, 0));
        }
    }

    [Fact]
    public void An_infinite_shape_is_no_fading()
    {
        var link = LinkCatalog.Find("lte-20mhz-urban").Radio with { NakagamiShape = double.PositiveInfinity };
        Assert.IsType<ConstantGain>(link.Fading);
        Assert.Throws<ArgumentOutOfRangeException>(() => link with { NakagamiShape = 0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => link with { CoherenceSeconds = double.NaN });
        Assert.Throws<ArgumentNullException>(() => link with { PathLoss = null! });
    }
}
