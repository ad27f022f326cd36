namespace EdgeSplit.Agents.ModelFree;

/// <summary>Some rows of a <see cref="RolloutBuffer"/> in contiguous memory, with room for the outputs of the networks and their gradients.</summary>
internal sealed class Minibatch
{
    /// <summary>Rows of a pass: two layers of 64 single-precision activations take 50 KB.</summary>
    internal const int BlockRows = 100;

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
        var block = Math.Min(size, BlockRows);
        logits = new float[block * actionCount];
        values = new float[block];
        logitGradients = new float[block * actionCount];
        valueGradients = new float[block];
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

    /// <summary>Forward through both networks, losses, and the gradients of the parameters; clip range null for the plain policy gradient.</summary>
    /// <remarks>In blocks of rows whose activations stay in the nearest cache; gradients of blocks add up in order, so the bits are those of one pass.</remarks>
    internal MinibatchSums Evaluate(ActorCriticNetworks networks, int rows, ActorCriticOptions options, double? clip, double? valueClip)
    {
        var sums = default(MinibatchSums);
        networks.ClearGradients();
        for (var first = 0; first < rows; first += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - first);
            var x = observations.AsSpan(first * observationLength, count * observationLength);
            networks.Forward(x, count, logits, values);
            for (var i = 0; i < count; i++)
            {
                Sample(first + i, i, rows, options, clip, valueClip, ref sums);
            }

            networks.Backward(x, count, logitGradients, valueGradients);
        }

        return sums;
    }

    /// <summary>The losses of one sample, and their slopes by the outputs.</summary>
    private void Sample(int sample, int row, int rows, ActorCriticOptions options, double? clip, double? valueClip, ref MinibatchSums sums)
    {
        var mask = masks.AsSpan(sample * actionCount, actionCount);
        MaskedCategorical.Normalise<float>(logits.AsSpan(row * actionCount, actionCount), mask, logProbabilities, probabilities);
        var entropy = MaskedCategorical.Entropy(logProbabilities, probabilities);
        var (action, advantage) = (actions[sample], advantages[sample]);
        var logProbability = logProbabilities[action];
        var logRatio = logProbability - oldLogProbabilities[sample];
        var ratio = Math.Exp(logRatio);
        double slope;
        if (clip is { } range)
        {
            sums.PolicyLoss += PpoLoss.Policy(ratio, advantage, range, out slope);
            sums.Clipped += Math.Abs(ratio - 1) > range ? 1 : 0;
        }
        else
        {
            sums.PolicyLoss -= advantage * logProbability;
            slope = -advantage;
        }

        MaskedCategorical.Gradient(
            logProbabilities, probabilities, action, slope / rows, -options.EntropyCoefficient / rows, entropy, logitGradients.AsSpan(row * actionCount, actionCount));
        double valueSlope;
        sums.ValueLoss += 2 * (valueClip is { } most
            ? PpoLoss.ClippedValue(values[row], oldValues[sample], returns[sample], most, out valueSlope)
            : PpoLoss.Value(values[row], returns[sample], out valueSlope));
        valueGradients[row] = (float)(2 * options.ValueCoefficient * valueSlope / rows);
        sums.Entropy += entropy;
        sums.LogRatio -= logRatio;
        sums.Divergence += PpoLoss.Divergence(ratio, logRatio);
    }
}
