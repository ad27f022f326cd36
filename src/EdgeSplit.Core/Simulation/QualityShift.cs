using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Core.Simulation;

/// <summary>What a decision becomes if the quality loss is half or twice as large as its source says: a table of one model says little more than that about another.</summary>
/// <remarks>All of the loss moves, of the weights as of the hidden state, in the cost and under the limit. Immutable.</remarks>
/// <param name="BestAtHalf">Best split at half the loss; -1 where none is feasible.</param>
/// <param name="LossAtHalf">What keeping the believed best split costs there, seconds-equivalent; infinity where a limit forbids it, 0 where nothing is feasible.</param>
/// <param name="BestAtTwice">Best split at twice the loss; -1 where none is feasible.</param>
/// <param name="LossAtTwice">What keeping the believed best split costs there, seconds-equivalent; likewise.</param>
public sealed record QualityShift(int BestAtHalf, double LossAtHalf, int BestAtTwice, double LossAtTwice)
{
    /// <summary>Finds the shift of a scenario's decision.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="work">The request.</param>
    /// <param name="point">Rates and server share.</param>
    /// <param name="believed">The believed best split.</param>
    /// <returns>The shift; null where quality is neither priced nor limited, or no measured loss applies.</returns>
    internal static QualityShift? Find(Scenario scenario, in TurnWork work, in OperatingPoint point, int believed)
    {
        var isDecisive = scenario.Objective.QualityNatSeconds > 0 || double.IsFinite(scenario.Limits.MaximumNegativeLogLikelihoodIncrease);
        if (scenario.System.SplitLoss is not { } source || !isDecisive)
        {
            return null;
        }

        var (bestAtHalf, lossAtHalf) = BestAt(0.5, source, scenario, work, point, believed);
        var (bestAtTwice, lossAtTwice) = BestAt(2, source, scenario, work, point, believed);
        return new QualityShift(bestAtHalf, lossAtHalf, bestAtTwice, lossAtTwice);
    }

    private static (int Best, double Loss) BestAt(double factor, ISplitLossSource source, Scenario scenario, in TurnWork work, in OperatingPoint point, int believed)
    {
        var profile = new SplitProfile(scenario.System with { SplitLoss = new ScaledSplitLoss(source, factor) }, scenario.Limits);
        var totals = new SplitTotals(profile.Layers);
        var costs = new double[profile.Layers + 1];
        profile.Totals(work, point, totals);
        var best = scenario.Objective.Best(profile, totals, costs);
        return (best, best < 0 ? 0 : costs[believed] - costs[best]);
    }
}
