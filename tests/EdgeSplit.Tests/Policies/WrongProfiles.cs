using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Policies;

/// <summary>Worlds whose hidden errors are chosen, not drawn: a seed whose draws have the wanted signs, with the sizes scaled to what is wanted.</summary>
internal static class WrongProfiles
{
    private static readonly PriorErrors Unit = new() { DeviceCompute = 1, DeviceBandwidth = 1, ServerCompute = 1, ServerBandwidth = 1, LinkBiasDb = 1, ServerLoad = 1 };

    /// <summary>A world with the given factors on the time of device and server, and the given missing SNR; other errors are zero.</summary>
    /// <param name="scenario">The scenario, whose own errors are replaced.</param>
    /// <param name="which">Which of the possible seeds, from 1.</param>
    /// <param name="device">Factor on the device's time, compute and memory.</param>
    /// <param name="server">Factor on the server's time.</param>
    /// <param name="linkBiasDb">SNR that is missing against the link budget, dB.</param>
    internal static World Create(Scenario scenario, int which, double device = 1, double server = 1, double linkBiasDb = 0)
    {
        for (var seed = 1UL; ; seed++)
        {
            var drawn = WorldErrors.Draw(Unit, seed);
            if (TryScale(Math.Log(device), Math.Log(drawn.DeviceComputeFactor), out var deviceCompute)
                && TryScale(Math.Log(device), Math.Log(drawn.DeviceBandwidthFactor), out var deviceBandwidth)
                && TryScale(Math.Log(server), Math.Log(drawn.ServerComputeFactor), out var serverCompute)
                && TryScale(Math.Log(server), Math.Log(drawn.ServerBandwidthFactor), out var serverBandwidth)
                && TryScale(linkBiasDb, drawn.LinkBiasDb, out var link)
                && --which == 0)
            {
                var sizes = new PriorErrors
                {
                    DeviceCompute = deviceCompute,
                    DeviceBandwidth = deviceBandwidth,
                    ServerCompute = serverCompute,
                    ServerBandwidth = serverBandwidth,
                    LinkBiasDb = link,
                };
                var world = new World(scenario with { Settings = scenario.Settings with { Errors = sizes } }, seed);
                Assert.Equal(device, world.Errors.DeviceComputeFactor, 1e-9);
                Assert.Equal(linkBiasDb, world.Errors.LinkBiasDb, 1e-9);
                return world;
            }
        }
    }

    // The size that turns a standard draw into the wanted error; draws near zero or of the other sign do not serve.
    private static bool TryScale(double wanted, double standard, out double size)
    {
        size = wanted == 0 ? 0 : wanted / standard;
        return wanted == 0 || (Math.Abs(standard) > 0.1 && size > 0);
    }
}
