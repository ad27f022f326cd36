using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Bandits;

/// <summary>The cost of a split as known parts plus a linear function of learned ones, relative to what the belief says: the model behind <see cref="MuLinUcb"/> and <see cref="SharedLinearBandit"/>.</summary>
/// <remarks>Costs span decades between requests and their noise grows with them: rows are divided by the believed cost. What was measured is compared with the belief for the
/// true length of the answer. Quality, leakage and the penalty of a missed limit are taken from the belief.</remarks>
internal sealed class BeliefRegression
{
    // One time-out must not outweigh a hundred answers.
    private const double LargestRatio = 20;
    private const double LeastCost = 1e-9;

    private readonly Belief belief;
    private readonly BeliefBanditOptions options;
    private readonly int firstLearned;
    private readonly int[] learned;
    private readonly DiscountedRegression regression;
    private readonly SplitTotals hindsight;
    private readonly double[] believed;
    private readonly double[] arms;
    private readonly double[] known;
    private readonly double[] features = new double[ArmFeatures.Length];

    internal BeliefRegression(Belief belief, BeliefBanditOptions options, bool isDeviceKnown)
    {
        this.belief = belief;
        this.options = options;
        learned = isDeviceKnown ? [1, 2, 4, 5] : [0, 1, 2, 3, 4, 5];
        firstLearned = learned[0];
        double[] prior = [.. learned.Select(part => part == ArmFeatures.Length - 1 ? 0.0 : 1.0)];
        regression = new DiscountedRegression(prior, options.PriorDeviation, options.Forgetting);
        hindsight = new SplitTotals(belief.Profile.Layers);
        believed = new double[Splits];
        known = new double[Splits];
        arms = new double[Splits * learned.Length];
    }

    internal int Splits => belief.Profile.Layers + 1;

    internal int Length => learned.Length;

    /// <summary>The expected factors.</summary>
    internal ReadOnlySpan<double> Factors => regression.Mean;

    /// <summary>Takes up a situation; false where nothing is feasible.</summary>
    internal bool Select(DecisionContext context)
    {
        var best = Believe(context.Belief);
        for (var k = 0; k < Splits && best >= 0; k++)
        {
            if (context.IsFeasible(k))
            {
                known[k] = WriteArm(context.Belief, k, 1, arms.AsSpan(k * Length, Length));
            }
        }

        return best >= 0;
    }

    internal double Expected(int split) => known[split] + regression.Predict(Arm(split));

    internal double Deviation(int split) => Math.Sqrt(regression.Variance(Arm(split)));

    internal void Draw(ref RandomSource random, Span<double> factors) => regression.Draw(ref random, factors);

    internal double Cost(int split, ReadOnlySpan<double> factors)
    {
        var cost = known[split];
        var arm = Arm(split);
        for (var i = 0; i < arm.Length; i++)
        {
            cost += arm[i] * factors[i];
        }

        return cost;
    }

    internal void Learn(in Experience experience)
    {
        var split = experience.Decision.SplitPoint;
        if (firstLearned > 0 && split == belief.Profile.Layers)
        {
            // The device alone says nothing of link and server.
            return;
        }

        belief.Predict(experience.Observation, experience.Outcome.Work.OutputTokens, hindsight);
        Believe(hindsight);
        var scale = Math.Max(LeastCost, believed[split]);
        if (!double.IsFinite(scale))
        {
            return;
        }

        var row = arms.AsSpan(split * Length, Length);
        var knownCost = WriteArm(hindsight, split, scale, row);
        var objective = belief.Scenario.Objective;
        var measured = experience.Outcome.Breakdown;
        var target = firstLearned > 0
            ? (objective.LatencyWeight * (measured.Latency.NetworkSeconds + measured.Latency.ServerSeconds)) + (objective.ServerGpuSecondSeconds * measured.Energy.ServerGpuSeconds)
            : experience.Cost - (knownCost * scale);
        regression.Update(row, Math.Clamp(target / scale, -LargestRatio, LargestRatio), options.NoiseDeviation);
    }

    internal void Save(BinaryWriter writer) => regression.Save(writer);

    internal void Load(BinaryReader reader) => regression.Load(reader);

    private ReadOnlySpan<double> Arm(int split) => arms.AsSpan(split * Length, Length);

    private int Believe(SplitTotals totals) => belief.Scenario.Objective.Best(belief.Profile, totals, believed);

    // Returns what is known of the cost, and writes the learned parts, both divided by a scale.
    private double WriteArm(SplitTotals totals, int split, double scale, Span<double> row)
    {
        ArmFeatures.Write(belief.Scenario.Objective, totals, split, features);
        var rest = believed[split];
        for (var i = 0; i < learned.Length; i++)
        {
            row[i] = features[learned[i]] / scale;
            rest -= learned[i] == ArmFeatures.Length - 1 ? 0 : features[learned[i]];
        }

        return rest / scale;
    }
}
