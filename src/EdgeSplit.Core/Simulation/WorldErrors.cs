using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>The hidden errors of one seed: what the public profile does not know about this world.</summary>
/// <param name="DeviceComputeFactor">Factor on the device's compute-bound time; above 1 is slower than the profile says.</param>
/// <param name="DeviceBandwidthFactor">Factor on the device's memory-bound time.</param>
/// <param name="ServerComputeFactor">Factor on the server's compute-bound time.</param>
/// <param name="ServerBandwidthFactor">Factor on the server's memory-bound time.</param>
/// <param name="LinkBiasDb">SNR that is missing against the link budget, dB; negative where the link is better than thought.</param>
/// <param name="ServerLoadFactor">Weight of another job against the request.</param>
public readonly record struct WorldErrors(
    double DeviceComputeFactor,
    double DeviceBandwidthFactor,
    double ServerComputeFactor,
    double ServerBandwidthFactor,
    double LinkBiasDb,
    double ServerLoadFactor)
{
    /// <summary>Draws the errors of a seed.</summary>
    /// <param name="errors">Their sizes.</param>
    /// <param name="seed">The seed.</param>
    public static WorldErrors Draw(PriorErrors errors, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var key = StreamKey.Create(seed, "world/errors");
        return new WorldErrors(
            Factor(key, 0, errors.DeviceCompute),
            Factor(key, 1, errors.DeviceBandwidth),
            Factor(key, 2, errors.ServerCompute),
            Factor(key, 3, errors.ServerBandwidth),
            errors.LinkBiasDb * Standard(key, 4),
            Factor(key, 5, errors.ServerLoad));
    }

    /// <summary>The true cost profile of the world, from the public one.</summary>
    /// <param name="publicProfile">What the data sheets say.</param>
    /// <returns>The public profile itself where no compute error was drawn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="publicProfile"/> is null.</exception>
    public SplitProfile TruthOf(SplitProfile publicProfile)
    {
        ArgumentNullException.ThrowIfNull(publicProfile);
        if (DeviceComputeFactor == 1 && DeviceBandwidthFactor == 1 && ServerComputeFactor == 1 && ServerBandwidthFactor == 1)
        {
            return publicProfile;
        }

        var system = publicProfile.System;
        return publicProfile.On(
            system.Device.Perturbed(DeviceComputeFactor, DeviceBandwidthFactor, DeviceBandwidthFactor),
            system.Server.Perturbed(ServerComputeFactor, ServerBandwidthFactor, ServerBandwidthFactor));
    }

    // One entity per error: changing the size of one moves no other.
    private static double Standard(StreamKey key, ulong entity)
    {
        var random = new RandomSource(key, entity);
        return new NormalDistribution(0, 1).Sample(ref random);
    }

    private static double Factor(StreamKey key, ulong entity, double sigma) => Math.Exp(sigma * Standard(key, entity));
}
