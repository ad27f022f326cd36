using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>A scenario by what it does: the hash of the first observation of a seed's world and of what every split believes and costs there.</summary>
internal static class WorldDigest
{
    internal static string Of(Scenario scenario, ulong seed)
    {
        var world = new World(scenario with { Settings = scenario.Settings with { Requests = 2 } }, seed);
        var belief = new Belief(scenario);
        var observation = world.Observe(0, -1, 0);
        var totals = new SplitTotals(belief.Profile.Layers);
        belief.Predict(observation, observation.ExpectedOutputTokens, totals);
        var believed = new double[belief.Profile.Layers + 1];
        scenario.Objective.Best(belief.Profile, totals, believed);
        var seen = new double[Observation.Length];
        observation.CopyTo(seen);
        var simulator = new TurnSimulator(world);
        simulator.Select(0);
        var costs = believed.Select((_, k) =>
            totals.Infeasibility[k] == SplitInfeasibility.None ? simulator.Cost(k, belief.Plan(observation, k, world.Schedule.Turns[0].OutputTokens)) : double.PositiveInfinity);
        var bytes = new List<byte>();
        var number = new byte[sizeof(double)];
        foreach (var value in seen.Concat(believed).Concat(costs))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(number, value);
            bytes.AddRange(number);
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));
    }
}
