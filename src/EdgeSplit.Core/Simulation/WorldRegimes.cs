using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Simulation;

/// <summary>The hidden errors of one seed over the requests: one regime, and one more after each <see cref="RegimeChange"/>. Immutable and safe to share between threads.</summary>
public sealed class WorldRegimes
{
    private readonly int[] firstRequests;
    private readonly WorldErrors[] errors;
    private readonly SplitProfile[] truths;

    /// <summary>Draws the errors of a seed and follows them through the changes.</summary>
    /// <param name="settings">Sizes of the errors, and the changes.</param>
    /// <param name="publicProfile">What the data sheets say.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public WorldRegimes(SimulationSettings settings, SplitProfile publicProfile, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(publicProfile);
        var changes = settings.RegimeChanges;
        firstRequests = [0, .. changes.Select(change => change.Request)];
        errors = new WorldErrors[firstRequests.Length];
        truths = new SplitProfile[firstRequests.Length];
        errors[0] = WorldErrors.Draw(settings.Errors, seed);
        truths[0] = errors[0].TruthOf(publicProfile);
        for (var i = 1; i < errors.Length; i++)
        {
            errors[i] = changes[i - 1].Applied(errors[i - 1]);
            truths[i] = HaveSameSpeeds(errors[i], errors[i - 1]) ? truths[i - 1] : errors[i].TruthOf(publicProfile);
        }
    }

    /// <summary>Number of regimes, at least 1.</summary>
    public int Count => errors.Length;

    /// <summary>The regime that a request meets, 0 for the first.</summary>
    /// <param name="request">Index of the request in the schedule, at least 0.</param>
    public int At(int request)
    {
        var regime = firstRequests.Length - 1;
        while (request < firstRequests[regime])
        {
            regime--;
        }

        return regime;
    }

    /// <summary>The hidden errors of a regime.</summary>
    /// <param name="regime">The regime, 0..<see cref="Count"/> - 1.</param>
    public WorldErrors Errors(int regime) => errors[regime];

    /// <summary>The true cost profile in a regime.</summary>
    /// <param name="regime">The regime, 0..<see cref="Count"/> - 1.</param>
    public SplitProfile Truth(int regime) => truths[regime];

    private static bool HaveSameSpeeds(in WorldErrors a, in WorldErrors b) =>
        a.DeviceComputeFactor == b.DeviceComputeFactor && a.DeviceBandwidthFactor == b.DeviceBandwidthFactor
        && a.ServerComputeFactor == b.ServerComputeFactor && a.ServerBandwidthFactor == b.ServerBandwidthFactor;
}
