using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Environments;

/// <summary>The seeds of the worlds that one environment meets in turn.</summary>
internal static class EpisodeSeeds
{
    private static readonly StreamKey Stream = StreamKey.Create(0, "environment/world");

    /// <summary>Seed of the world number <paramref name="world"/>: the first has the environment's own seed, the others are derived from it.</summary>
    internal static ulong OfWorld(ulong seed, ulong world) =>
        world == 0 ? seed : new RandomSource(Stream with { Seed = seed }, world).NextUInt64();
}
