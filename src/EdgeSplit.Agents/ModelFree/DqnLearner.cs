using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>The gradient steps of <see cref="DqnAgent"/>: a network, its target network, the optimiser, and the memory of a batch.</summary>
internal sealed class DqnLearner
{
    private readonly DqnOptions options;
    private readonly int observationLength;
    private readonly int actionCount;
    private readonly StreamKey sampleKey;
    private readonly ActionValueNetwork online;
    private readonly ActionValueNetwork target;
    private readonly HuberLoss loss;
    private readonly int[] rows;
    private readonly float[] observations;
    private readonly float[] values;
    private readonly float[] nextValues;
    private readonly float[] chosen;
    private readonly float[] targets;
    private readonly float[] weights;
    private readonly float[] slopes;
    private readonly float[] gradients;

    internal DqnLearner(int observationLength, int actionCount, DqnOptions options, StreamKey key)
    {
        (this.options, this.observationLength, this.actionCount) = (options, observationLength, actionCount);
        sampleKey = key.Derive("replay");
        online = new ActionValueNetwork(observationLength, actionCount, options, options.BatchSize, key.Derive("weights"));
        target = new ActionValueNetwork(observationLength, actionCount, options, options.BatchSize, key.Derive("weights"));
        loss = new HuberLoss(options.HuberThreshold);
        var batch = options.BatchSize;
        rows = new int[batch];
        observations = new float[checked(batch * observationLength)];
        values = new float[checked(batch * actionCount)];
        nextValues = new float[batch * actionCount];
        chosen = new float[batch];
        targets = new float[batch];
        weights = new float[batch];
        weights.AsSpan().Fill(1f / batch);
        slopes = new float[batch];
        gradients = new float[online.Network.Parameters.Length];
        Optimiser = new Adam(gradients.Length, new AdamOptions { MaximumGradientNorm = options.MaximumGradientNorm });
    }

    internal ActionValueNetwork ActionValues => online;

    internal DenseNetwork Network => online.Network;

    internal DenseNetwork TargetNetwork => target.Network;

    internal Adam Optimiser { get; }

    internal void UpdateTarget() => Network.Parameters.CopyTo(TargetNetwork.Parameters);

    /// <summary>One gradient step; NaN in place of the loss where the gradient was not finite, and then nothing is changed.</summary>
    internal (double Loss, double ActionValue) Step(ReplayRing replay, long number, double learningRate)
    {
        var random = new RandomSource(sampleKey, 0, (ulong)number);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextInt32(replay.Count);
            replay.NextObservation(rows[i]).CopyTo(observations.AsSpan(i * observationLength));
        }

        target.Forward(observations, rows.Length, nextValues);
        if (options.Double)
        {
            online.Forward(observations, rows.Length, values);
        }

        var pickers = options.Double ? values : nextValues;
        for (var i = 0; i < rows.Length; i++)
        {
            var best = MaskedCategorical.Greedy(pickers.AsSpan(i * actionCount, actionCount), replay.NextMask(rows[i]));
            var bootstrap = replay.Terminated(rows[i]) ? 0 : (float)options.Discount * nextValues[(i * actionCount) + best];
            targets[i] = replay.Reward(rows[i]) + bootstrap;
            replay.Observation(rows[i]).CopyTo(observations.AsSpan(i * observationLength));
        }

        online.Forward(observations, rows.Length, values);
        var mean = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            chosen[i] = values[(i * actionCount) + replay.Action(rows[i])];
            mean += chosen[i] / rows.Length;
        }

        var total = loss.Evaluate(chosen, targets, weights, slopes);
        values.AsSpan().Clear();
        for (var i = 0; i < rows.Length; i++)
        {
            values[(i * actionCount) + replay.Action(rows[i])] = slopes[i];
        }

        gradients.AsSpan().Clear();
        online.Backward(observations, rows.Length, values, gradients);
        return double.IsFinite(total) && Optimiser.Step(Network.Parameters, gradients, learningRate) ? (total, mean) : (double.NaN, mean);
    }
}
