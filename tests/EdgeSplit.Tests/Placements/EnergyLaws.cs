using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Tests.Placements;

/// <summary>Energy line by line, against sums written out here.</summary>
public sealed class EnergyLaws
{
    private static readonly TurnWork Work = new(120, 0, 31, 64);
    private static readonly OperatingPoint Point = new(4e6, 9e6, 0.25);
    private static readonly SplitSystem System = TestSystems.System("llama-2-7b");
    private static readonly SplitProfile Profile = new(System);

    [Fact]
    public void Device_only_draws_compute_power_and_no_radio()
    {
        var parts = Profile.Breakdown(32, Work, Point);
        Assert.Equal(0, parts.Energy.RadioJoules);
        Assert.Equal(0, parts.Energy.ServerJoules);
        Assert.Equal(0, parts.Energy.ServerGpuSeconds);
        TestSystems.Near((System.Device.BusyWatts - System.Device.IdleWatts) * parts.Latency.TotalSeconds, parts.Energy.DeviceComputeJoules);
    }

    [Fact]
    public void Idle_energy_is_a_line_of_its_own_over_the_whole_request()
    {
        foreach (var k in new[] { 0, 9, 32 })
        {
            var parts = Profile.Breakdown(k, Work, Point);
            TestSystems.Near(System.Device.IdleWatts * parts.Latency.TotalSeconds, parts.Energy.DeviceIdleJoules);
            TestSystems.Near(parts.Energy.DeviceComputeJoules + parts.Energy.RadioJoules, parts.Energy.DeviceJoules);
        }
    }

    [Fact]
    public void Server_energy_follows_its_own_compute_and_not_the_queue()
    {
        var idle = Profile.Breakdown(5, Work, Point with { ServerShare = 1 });
        var busy = Profile.Breakdown(5, Work, Point);
        Assert.Equal(idle.Energy.ServerJoules, busy.Energy.ServerJoules);
        Assert.Equal(idle.Energy.ServerGpuSeconds, busy.Energy.ServerGpuSeconds);
        Assert.Equal(busy.Latency.ServerComputeSeconds, busy.Energy.ServerGpuSeconds);
        TestSystems.Near((System.Server.BusyWatts - System.Server.IdleWatts) * idle.Energy.ServerGpuSeconds, idle.Energy.ServerJoules);
        TestSystems.Near(3 * busy.Latency.ServerComputeSeconds, busy.Latency.ServerQueueSeconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void The_radio_is_charged_on_the_air_waiting_and_for_one_tail_less_the_idle_power_it_includes(int k)
    {
        var radio = System.Radio;
        var parts = Profile.Breakdown(k, Work, Point);
        var up = parts.Latency.UplinkSeconds;
        var down = parts.Latency.DownlinkSeconds;

        // Connected from the first message on, which starts when the device has read the prompt.
        var connected = parts.Latency.TotalSeconds - Profile.DevicePassSeconds(k, new(120, 0));
        var expected = radio.TransmitJoules(parts.UplinkBits, up) + radio.ReceiveJoules(parts.DownlinkBits, down)
            + ((radio.TailWatts - radio.IncludedIdleWatts) * (connected - up - down)) + radio.TailJoules(double.PositiveInfinity);
        TestSystems.Near(expected, parts.Energy.RadioJoules, 1e-11);
    }

    [Fact]
    public void A_phone_reading_that_includes_idle_power_is_not_counted_twice()
    {
        var plain = new SplitProfile(System with { Radio = System.Radio with { IncludedIdleWatts = 0 } }).Breakdown(6, Work, Point).Energy.RadioJoules;
        var less = Profile.Breakdown(6, Work, Point);
        var connected = less.Latency.TotalSeconds - Profile.DevicePassSeconds(6, new(120, 0));
        TestSystems.Near(plain - (System.Radio.IncludedIdleWatts * (connected + System.Radio.TailSeconds)), less.Energy.RadioJoules, 1e-11);
    }

    [Fact]
    public void Radio_power_below_the_idle_power_it_includes_counts_as_none()
    {
        var parts = new SplitProfile(System with { Radio = System.Radio with { IncludedIdleWatts = 100, JoulesPerBitUp = 1e-6, JoulesPerBitDown = 0 } }).Breakdown(6, Work, Point);
        TestSystems.Near(1e-6 * parts.UplinkBits, parts.Energy.RadioJoules, 1e-9);
    }

    [Fact]
    public void A_profile_of_ones_own_is_summed_step_by_step()
    {
        // A device whose time is no roofline: the square root of the bytes moved.
        var odd = System with { Device = new SquareRootProfile(System.Device) };
        var profile = new SplitProfile(odd);
        foreach (var k in new[] { 1, 20, 32 })
        {
            var work = Work with { ContextTokens = 77 };
            var naive = TestSystems.Naive(odd, k, work, Point);
            TestSystems.Near(naive.LatencySeconds, profile.Breakdown(k, work, Point).Latency.TotalSeconds, 1e-11);
        }
    }

    private sealed class SquareRootProfile(IComputeProfile inner) : IComputeProfile
    {
        public string Name => "square root";

        public double MemoryBytes => inner.MemoryBytes;

        public double UsableMemoryBytes => inner.UsableMemoryBytes;

        public double IdleWatts => inner.IdleWatts;

        public double BusyWatts => inner.BusyWatts;

        public double OverheadSecondsPerPass => 1e-3;

        public double Seconds(in Core.Transformers.UnitCost cost, Core.Transformers.NumberFormat weights) => 1e-7 * Math.Sqrt(cost.TotalBytes + cost.TotalFlop);

        public IComputeProfile Perturbed(double computeFactor, double bandwidthFactor, double overheadFactor) => this;
    }
}
