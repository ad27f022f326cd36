using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>The ensemble behind an outcome surrogate and how it is trained: a step after each request, and from scratch with early stopping where a schedule or a drift asks for it.</summary>
/// <remarks>Not thread-safe. Predictions and steps allocate nothing; a refit allocates its buffers once.</remarks>
internal sealed class SurrogateTraining : IRestorable
{
    /// <summary>A row in this many is held out of a refit's training and decides when it stops.</summary>
    private const int HoldoutShare = 5;
    private const int LeastRowsOfHoldout = 40;
    private const double LeastImprovement = 0.01;

    private readonly SurrogateOptions options;
    private readonly int outputs;
    private readonly NetworkEnsemble ensemble;
    private readonly ReplayBuffer replay;
    private readonly StreamKey batchKey;
    private readonly float[] inputs;
    private readonly float[] targets;
    private readonly float[] mask;
    private readonly float[] weights;
    private readonly float[] predictions;
    private float[] bestParameters = [];
    private ulong steps;
    private int recentRows;
    private int recentSteps;

    internal SurrogateTraining(SurrogateOptions options, NetworkEnsembleOptions networks, StreamKey key)
    {
        this.options = options;
        outputs = networks.Widths[^1];
        ensemble = new NetworkEnsemble(networks, key.Derive("networks"));
        batchKey = key.Derive("batches");
        replay = new ReplayBuffer(options.Capacity, networks.Widths[0], outputs, options.Members);
        inputs = new float[options.BatchSize * networks.Widths[0]];
        targets = new float[options.BatchSize * outputs];
        mask = new float[options.BatchSize * outputs];
        weights = new float[options.Members * options.BatchSize];
        predictions = new float[options.Members * options.BatchSize * outputs];
    }

    internal int Rows => replay.Count;

    internal NetworkEnsemble Ensemble => ensemble;

    internal void Add(ReadOnlySpan<float> rowInputs, ReadOnlySpan<float> rowTargets, ReadOnlySpan<float> rowMask, ReadOnlySpan<float> rowWeights)
    {
        replay.Add(rowInputs, rowTargets, rowMask, rowWeights);
        recentRows = recentSteps > 0 ? Math.Min(recentRows + 1, replay.Count) : 0;
        for (var i = 0; i < options.StepsPerRequest; i++)
        {
            Step(recentSteps > 0);
            recentSteps = Math.Max(0, recentSteps - 1);
        }
    }

    internal void ShiftTargets(int output, float shift) => replay.Shift(output, shift);

    /// <summary>Forgets what was learned of an output but for the latest rows, starts anew and trains on what is left; the next rows are then seen more often.</summary>
    internal void Restart(ReadOnlySpan<int> forgottenOutputs, int keep)
    {
        foreach (var output in forgottenOutputs)
        {
            replay.Forget(output, Math.Min(keep, replay.Count));
        }

        recentRows = Math.Min(keep, replay.Count);
        recentSteps = options.StepsAfterDrift;
        Refit();
    }

    /// <summary>Starts anew and trains until the held-out loss no longer falls; of all passes the best counts.</summary>
    internal void Refit()
    {
        if (replay.Count == 0)
        {
            return;
        }

        ensemble.Restart();
        if (bestParameters.Length == 0)
        {
            bestParameters = new float[ensemble.ParameterCount];
        }

        var best = double.PositiveInfinity;
        var withoutProgress = 0;
        var holdsOut = replay.Count >= LeastRowsOfHoldout;
        var stepsPerEpoch = Math.Max(1, replay.Count / options.BatchSize);
        for (var epoch = 0; epoch < options.RefitEpochs && withoutProgress < options.RefitPatience; epoch++)
        {
            for (var i = 0; i < stepsPerEpoch; i++)
            {
                Step(emphasisesRecent: false, trainsOnly: holdsOut);
            }

            var loss = holdsOut ? HoldoutLoss() : double.NegativeInfinity;
            if (!holdsOut)
            {
                continue;
            }

            withoutProgress = loss < best - (LeastImprovement * Math.Abs(best)) || double.IsPositiveInfinity(best) ? 0 : withoutProgress + 1;
            if (loss < best)
            {
                best = loss;
                ensemble.CopyParametersTo(bestParameters);
            }
        }

        if (holdsOut && double.IsFinite(best))
        {
            ensemble.SetParameters(bestParameters);
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(steps);
        writer.Write(recentRows);
        writer.Write(recentSteps);
        replay.SaveState(writer);
        writer.Flush();
        ensemble.Save(writer.BaseStream);
    }

    public void LoadState(BinaryReader reader)
    {
        var (savedSteps, savedRows, savedRecent) = (reader.ReadUInt64(), reader.ReadInt32(), reader.ReadInt32());
        replay.LoadState(reader);
        ensemble.Load(reader.BaseStream);
        (steps, recentRows, recentSteps) = (savedSteps, savedRows, savedRecent);
    }

    private static bool IsHeldOut(int row) => row % HoldoutShare == 0;

    private void Step(bool emphasisesRecent, bool trainsOnly = false)
    {
        var random = new RandomSource(batchKey, steps++);
        for (var i = 0; i < options.BatchSize; i++)
        {
            var row = emphasisesRecent && i % 2 == 0 && recentRows > 0 ? replay.RowOfAge(random.NextInt32(recentRows)) : random.NextInt32(replay.Count);
            row = trainsOnly && IsHeldOut(row) ? Math.Min(row + 1, replay.Count - 1) : row;
            replay.CopyTo(row, i, options.BatchSize, inputs, targets, mask, weights);
        }

        ensemble.TrainStep(inputs, targets, mask, weights, options.BatchSize);
    }

    // The mean of the members' losses on the held-out rows, all with weight 1.
    private double HoldoutLoss()
    {
        var (sum, count, filled) = (0.0, 0.0, 0);
        for (var row = 0; row < replay.Count; row += HoldoutShare)
        {
            replay.CopyTo(row, filled++, options.BatchSize, inputs, targets, mask, weights);
            if (filled == options.BatchSize || row + HoldoutShare >= replay.Count)
            {
                ensemble.PredictAll(inputs, filled, predictions);
                var size = filled * outputs;
                for (var member = 0; member < options.Members; member++)
                {
                    sum += ensemble.Loss(predictions.AsSpan(member * size, size), targets.AsSpan(0, size), mask.AsSpan(0, size));
                }

                foreach (var weight in mask.AsSpan(0, size))
                {
                    count += weight;
                }

                filled = 0;
            }
        }

        return count > 0 ? sum / (count * options.Members) : double.PositiveInfinity;
    }
}
