using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Agents.Surrogates;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>What an environment does, learned: an ensemble for the step that an action takes, one for the reward of where it leads, and one output for whether that ends the process.</summary>
/// <remarks>Inputs are scaled by the space's range where it is finite. The reward is a function of the observation that is reached, as the cost of a split is. Not thread-safe.</remarks>
internal sealed class TransitionModel : IRestorable
{
    private readonly PlanningAgentOptions options;
    private readonly BoxSpace space;
    private readonly int actions;
    private readonly int width;
    private readonly NetworkEnsemble steps;
    private readonly NetworkEnsemble rewards;
    private readonly ReplayBuffer stepRows;
    private readonly ReplayBuffer rewardRows;
    private readonly StreamKey bootstrapKey;
    private readonly StreamKey batchKey;
    private readonly PoissonDistribution bootstrap = new(1);
    private readonly float[] row;
    private readonly float[] target;
    private readonly float[] mask;
    private readonly float[] weights;
    private readonly float[] batchInputs;
    private readonly float[] batchTargets;
    private readonly float[] batchMask;
    private readonly float[] batchWeights;
    private float[] inputs = [];
    private float[] outputs = [];
    private ulong trained;

    internal TransitionModel(BoxSpace space, int actions, PlanningAgentOptions options, StreamKey key)
    {
        this.options = options;
        this.space = space;
        this.actions = actions;
        width = space.Length;
        var inputs = width + actions;
        steps = Ensemble([inputs, options.HiddenWidth, options.HiddenWidth, width], key.Derive("steps"));
        rewards = Ensemble([width, options.HiddenWidth, options.HiddenWidth, 2], key.Derive("rewards"));
        stepRows = new ReplayBuffer(options.Capacity, inputs, width, options.Members);
        rewardRows = new ReplayBuffer(options.Capacity, width, 2, options.Members);
        bootstrapKey = key.Derive("bootstrap");
        batchKey = key.Derive("batches");
        row = new float[inputs];
        target = new float[Math.Max(width, 2)];
        mask = new float[Math.Max(width, 2)];
        weights = new float[options.Members];
        batchInputs = new float[options.BatchSize * inputs];
        batchTargets = new float[options.BatchSize * Math.Max(width, 2)];
        batchMask = new float[options.BatchSize * Math.Max(width, 2)];
        batchWeights = new float[options.BatchSize * options.Members];
    }

    internal int Rows => stepRows.Count;

    /// <summary>Remembers a transition. Where the process has ended, what comes next says nothing, and only the reward and the end are learned.</summary>
    internal void Add(ReadOnlySpan<double> observation, int action, double reward, ReadOnlySpan<double> next, bool terminated, ulong number)
    {
        var random = new RandomSource(bootstrapKey, number);
        foreach (ref var weight in weights.AsSpan())
        {
            weight = bootstrap.SampleCount(ref random);
        }

        WriteStep(observation, action, row);
        for (var i = 0; i < width; i++)
        {
            target[i] = (float)((next[i] - observation[i]) / Range(i));
        }

        mask.AsSpan(0, width).Fill(terminated ? 0 : 1);
        stepRows.Add(row, target.AsSpan(0, width), mask.AsSpan(0, width), weights);
        WriteState(next, row.AsSpan(0, width));
        (target[0], target[1]) = ((float)reward, terminated ? 1 : 0);
        mask.AsSpan(0, 2).Fill(1);
        rewardRows.Add(row.AsSpan(0, width), target.AsSpan(0, 2), mask.AsSpan(0, 2), weights);
    }

    /// <summary>Trains both ensembles anew on all that is remembered.</summary>
    internal void Fit()
    {
        steps.Restart();
        rewards.Restart();
        for (var i = 0; i < options.FitSteps; i++)
        {
            var rate = options.LearningRate * (0.01 + (0.99 * 0.5 * (1 + Math.Cos(Math.PI * i / options.FitSteps))));
            var random = new RandomSource(batchKey, trained++);
            Step(steps, stepRows, width + actions, width, rate, ref random);
            Step(rewards, rewardRows, width, 2, rate, ref random);
        }
    }

    /// <summary>Predicts all actions of some states.</summary>
    /// <param name="states">Observations; shape [n x d].</param>
    /// <param name="count">Number n of states.</param>
    /// <param name="next">Receives the mean next observations, inside the space; shape [n x actions x d].</param>
    /// <param name="earned">Receives the mean rewards; shape [n x actions].</param>
    /// <param name="ends">Receives the mean share of members' verdicts that the process ends, cut to [0, 1]; shape [n x actions].</param>
    internal void Predict(ReadOnlySpan<double> states, int count, Span<double> next, Span<double> earned, Span<double> ends)
    {
        var rows = count * actions;
        MakeRoom(rows);
        for (var i = 0; i < rows; i++)
        {
            WriteStep(states.Slice(i / actions * width, width), i % actions, inputs.AsSpan(i * (width + actions), width + actions));
        }

        next = next[..(rows * width)];
        steps.PredictAll(inputs, rows, outputs);
        for (var i = 0; i < next.Length; i++)
        {
            var entry = i % width;
            var move = Mean(i, next.Length);
            next[i] = Math.Clamp(states[(i / width / actions * width) + entry] + (move * Range(entry)), space.Low[entry], space.High[entry]);
        }

        PredictRewards(next, rows, earned, ends);
    }

    internal void PredictRewards(ReadOnlySpan<double> reached, int rows, Span<double> earned, Span<double> ends)
    {
        MakeRoom(rows);
        for (var i = 0; i < rows; i++)
        {
            WriteState(reached.Slice(i * width, width), inputs.AsSpan(i * width, width));
        }

        rewards.PredictAll(inputs, rows, outputs);
        for (var i = 0; i < rows; i++)
        {
            earned[i] = Mean(2 * i, 2 * rows);
            ends[i] = Math.Clamp(Mean((2 * i) + 1, 2 * rows), 0, 1);
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(trained);
        stepRows.SaveState(writer);
        rewardRows.SaveState(writer);
        writer.Flush();
        steps.Save(writer.BaseStream);
        rewards.Save(writer.BaseStream);
    }

    public void LoadState(BinaryReader reader)
    {
        trained = reader.ReadUInt64();
        stepRows.LoadState(reader);
        rewardRows.LoadState(reader);
        steps.Load(reader.BaseStream);
        rewards.Load(reader.BaseStream);
    }

    private NetworkEnsemble Ensemble(int[] widths, StreamKey key) => new(
        new NetworkEnsembleOptions { Widths = widths, MemberCount = options.Members, PriorScales = [0], Optimiser = new AdamOptions { LearningRate = options.LearningRate } }, key);

    private void Step(NetworkEnsemble ensemble, ReplayBuffer rows, int inputCount, int outputCount, double rate, ref RandomSource random)
    {
        for (var i = 0; i < options.BatchSize; i++)
        {
            rows.CopyTo(random.NextInt32(rows.Count), i, options.BatchSize, batchInputs, batchTargets, batchMask, batchWeights);
        }

        ensemble.TrainStep(
            batchInputs.AsSpan(0, options.BatchSize * inputCount),
            batchTargets.AsSpan(0, options.BatchSize * outputCount),
            batchMask.AsSpan(0, options.BatchSize * outputCount),
            batchWeights,
            options.BatchSize,
            rate);
    }

    private double Mean(int at, int stride)
    {
        var sum = 0.0;
        for (var member = 0; member < options.Members; member++)
        {
            sum += outputs[(member * stride) + at];
        }

        return sum / options.Members;
    }

    private void MakeRoom(int rows)
    {
        if (inputs.Length < rows * (width + actions))
        {
            inputs = new float[rows * (width + actions)];
            outputs = new float[options.Members * rows * Math.Max(width, 2)];
        }
    }

    private double Range(int entry) => double.IsFinite(space.High[entry] - space.Low[entry]) ? Math.Max(1e-12, space.High[entry] - space.Low[entry]) : 1;

    private void WriteState(ReadOnlySpan<double> observation, Span<float> into)
    {
        for (var i = 0; i < width; i++)
        {
            var finite = double.IsFinite(space.High[i] - space.Low[i]);
            into[i] = (float)(finite ? ((observation[i] - space.Low[i]) / Range(i) * 2) - 1 : observation[i]);
        }
    }

    private void WriteStep(ReadOnlySpan<double> observation, int action, Span<float> into)
    {
        WriteState(observation, into);
        into[width..].Clear();
        into[width + action] = 1;
    }
}
