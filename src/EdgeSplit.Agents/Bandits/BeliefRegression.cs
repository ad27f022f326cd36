using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Agents.Bandits;

/// <summary>The cost of a split as known parts plus a linear function of learned ones: the model behind <see cref="MuLinUcb"/> and <see cref="SharedLinearBandit"/>.</summary>
/// <remarks>Costs span decades between requests and their noise grows with them: rows are divided by what is believed. What was measured is compared with the belief for the
/// true length of the answer. With the device known, link and server are learned from their sum; otherwise every part from its own measurement. Quality, leakage and the
/// penalty of a missed limit are taken from the belief.</remarks>
internal sealed class BeliefRegression
{
    // One time-out must not outweigh a hundred answers.
    private const double LargestRatio = 20;
    private const double LeastCost = 1e-9;
    private const int Network = 1;
    private const int LinkConstant = ArmFeatures.Length - 1;

    private readonly Belief belief;
    private readonly BeliefBanditOptions options;
    private readonly bool isDeviceKnown;
    private readonly int[] learned;
    private readonly DiscountedRegression regression;
    private readonly SplitTotals hindsight;
    private readonly double[] believed;
    private readonly double[] arms;
    private readonly double[] known;
    private readonly double[] features = new double[ArmFeatures.Length];
    private readonly double[] measured = new double[ArmFeatures.Length - 1];
    private readonly double[] row;

    internal BeliefRegression(Belief belief, BeliefBanditOptions options, bool isDeviceKnown)
    {
        this.belief = belief;
        this.options = options;
        learned = isDeviceKnown ? [1, 2, 4, 5] : [0, 1, 2, 3, 4, 5];
        this.isDeviceKnown = isDeviceKnown;
        double[] prior = [.. learned.Select(part => part == LinkConstant ? 0.0 : 1.0)];
        regression = new DiscountedRegression(prior, options.PriorDeviation, options.Forgetting);
        hindsight = new SplitTotals(belief.Profile.Layers);
        believed = new double[Splits];
        known = new double[Splits];
        arms = new double[Splits * learned.Length];
        row = new double[learned.Length];
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
                known[k] = WriteArm(context.Belief, k, arms.AsSpan(k * Length, Length));
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
        if (isDeviceKnown && split == belief.Profile.Layers)
        {
            // The device alone says nothing of link and server.
            return;
        }

        belief.Predict(experience.Observation, experience.Outcome.Work.OutputTokens, hindsight);
        ArmFeatures.Write(belief.Scenario.Objective, hindsight, split, features);
        Measure(experience.Outcome.Breakdown);
        regression.Fade();
        if (isDeviceKnown)
        {
            Add(learned.AsSpan(0, Length - 1));
        }
        else
        {
            foreach (var part in learned.AsSpan(0, Length - 1))
            {
                Add([part]);
            }
        }

        regression.Solve();
    }

    internal void Save(BinaryWriter writer) => regression.Save(writer);

    internal void Load(BinaryReader reader) => regression.Load(reader);

    private ReadOnlySpan<double> Arm(int split) => arms.AsSpan(split * Length, Length);

    // The parts as they were measured, in the order of the features; the constant has no counterpart.
    private void Measure(in SplitBreakdown outcome)
    {
        var objective = belief.Scenario.Objective;
        measured[0] = objective.LatencyWeight * outcome.Latency.DeviceSeconds;
        measured[1] = objective.LatencyWeight * outcome.Latency.NetworkSeconds;
        measured[2] = objective.LatencyWeight * outcome.Latency.ServerSeconds;
        measured[3] = objective.DeviceJouleSeconds * outcome.Energy.DeviceJoules;
        measured[4] = objective.ServerGpuSecondSeconds * outcome.Energy.ServerGpuSeconds;
    }

    // One row: the sum of some parts, divided by what is believed of it. The constant belongs to the network.
    private void Add(ReadOnlySpan<int> parts)
    {
        var (expected, found) = (0.0, 0.0);
        foreach (var part in parts)
        {
            expected += features[part];
            found += measured[part];
        }

        if (!(expected > LeastCost))
        {
            return;
        }

        for (var i = 0; i < learned.Length; i++)
        {
            var counts = parts.Contains(learned[i]) || (learned[i] == LinkConstant && parts.Contains(Network));
            row[i] = counts ? features[learned[i]] / expected : 0;
        }

        regression.Add(row, Math.Min(found / expected, LargestRatio), options.NoiseDeviation);
    }

    private int Believe(SplitTotals totals) => belief.Scenario.Objective.Best(belief.Profile, totals, believed);

    // Returns what is known of the cost, and writes the learned parts.
    private double WriteArm(SplitTotals totals, int split, Span<double> arm)
    {
        ArmFeatures.Write(belief.Scenario.Objective, totals, split, features);
        var rest = believed[split];
        for (var i = 0; i < learned.Length; i++)
        {
            arm[i] = features[learned[i]];
            rest -= learned[i] == LinkConstant ? 0 : arm[i];
        }

        return rest;
    }
}
