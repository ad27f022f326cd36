using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>The stretches of a run that are looked at one by one.</summary>
internal sealed record ComparisonWindows(IReadOnlyList<(int First, int End)> Blocks, IReadOnlyList<ComparisonPhase> Phases)
{
    private const int UsualBlocks = 20;

    internal static ComparisonWindows Of(SimulationSettings settings, int curveBlock)
    {
        var length = curveBlock > 0 ? curveBlock : (settings.Requests + UsualBlocks - 1) / UsualBlocks;
        var blocks = new List<(int First, int End)>();
        for (var first = 0; first < settings.Requests; first += length)
        {
            blocks.Add((first, Math.Min(settings.Requests, first + length)));
        }

        return new ComparisonWindows(blocks, ComparisonPhase.Of(settings, settings.Requests));
    }
}
