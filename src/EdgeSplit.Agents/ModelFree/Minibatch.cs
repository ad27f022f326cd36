namespace EdgeSplit.Agents.ModelFree;

/// <summary>Some rows of a <see cref="RolloutBuffer"/> in contiguous memory, with room for the outputs of the networks and their gradients.</summary>
internal sealed class Minibatch
{
    private readonly int observationLength;
    private readonly int actionCount;
    private readonly int[] actions;
    private readonly double[] oldLogProbabilities;
    private readonly double[] advantages;
    private readonly double[] returns;
    private readonly double[] oldValues;
    private readonly bool[] masks;
    private readonly float[] observations;
    private readonly float[] logits;
    private readonly float[] values;
    private readonly float[] logitGradients;
    private readonly float[] valueGradients;
    private readonly double[] logProbabilities;
    private readonly double[] probabilities;

    internal Minibatch(int size, int observationLength, int actionCount)
    {
        (this.observationLength, this.actionCount) = (observationLength, actionCount);
        actions = new int[size];
        oldLogProbabilities = new double[size];
        advantages = new double[size];
        returns = new double[size];
        oldValues = new double[size];
        masks = new bool[checked(size * actionCount)];
        observations = new float[checked(size * observationLength)];
        logits = new float[size * actionCount];
        values = new float[size];
        logitGradients = new float[size * actionCount];
        valueGradients = new float[size];
        logProbabilities = new double[MaskedCategorical.PaddedLength(actionCount)];
        probabilities = new double[logProbabilities.Length];
    }

    /// <summary>Takes rows from a rollout and standardises their advantages where asked.</summary>
    internal void Gather(RolloutBuffer rollout, ReadOnlySpan<int> rows, bool standardise)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            rollout.Observations.AsSpan(row * observationLength, observationLength).CopyTo(observations.AsSpan(i * observationLength));
            rollout.Masks.AsSpan(row * actionCount, actionCount).CopyTo(masks.AsSpan(i * actionCount));
            actions[i] = rollout.Actions[row];
            oldLogProbabilities[i] = rollout.LogProbabilities[row];
            advantages[i] = rollout.Advantages[row];
            returns[i] = rollout.Returns[row];
            oldValues[i] = rollout.Values[row];
        }

        if (standardise)
        {
            AdvantageEstimation.Standardise(advantages.AsSpan(0, rows.Length));
        }
    }

    /// <summary>Forward through both networks, then losses and their slopes by the outputs; clip range null for the plain policy gradient.</summary>
    internal MinibatchSums Evaluate(ActorCriticNetworks networks, int rows, ActorCriticOptions options, double? clip, double? valueClip)
    {
        networks.Forward(observations, rows, logits, values);
        var sums = default(MinibatchSums);
        for (var i = 0; i < rows; i++)
        {
            var mask = masks.AsSpan(i * actionCount, actionCount);
            MaskedCategorical.Normalise<float>(logits.AsSpan(i * actionCount, actionCount), mask, logProbabilities, probabilities);
            var entropy = MaskedCategorical.Entropy(logProbabilities, probabilities);
            var logProbability = logProbabilities[actions[i]];
            var logRatio = logProbability - oldLogProbabilities[i];
            var ratio = Math.Exp(logRatio);
            double slope;
            if (clip is { } range)
            {
                sums.PolicyLoss += PpoLoss.Policy(ratio, advantages[i], range, out slope);
                sums.Clipped += Math.Abs(ratio - 1) > range ? 1 : 0;
            }
            else
            {
                sums.PolicyLoss -= advantages[i] * logProbability;
                slope = -advantages[i];
            }

            MaskedCategorical.Gradient(
                logProbabilities, probabilities, actions[i], slope / rows, -options.EntropyCoefficient / rows, entropy, logitGradients.AsSpan(i * actionCount, actionCount));
            double valueSlope;
            sums.ValueLoss += 2 * (valueClip is { } most
                ? PpoLoss.ClippedValue(values[i], oldValues[i], returns[i], most, out valueSlope)
                : PpoLoss.Value(values[i], returns[i], out valueSlope));
            valueGradients[i] = (float)(2 * options.ValueCoefficient * valueSlope / rows);
            sums.Entropy += entropy;
            sums.LogRatio -= logRatio;
            sums.Divergence += PpoLoss.Divergence(ratio, logRatio);
        }

        return sums;
    }

    /// <summary>The gradients of the parameters for the last <see cref="Evaluate"/>; their norm.</summary>
    internal double Backward(ActorCriticNetworks networks, int rows) => networks.Backward(observations, rows, logitGradients, valueGradients);
}
