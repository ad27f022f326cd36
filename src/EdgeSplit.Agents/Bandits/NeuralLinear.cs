using System.Text.Json.Nodes;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>Thompson sampling on learned features: a network is trained to predict the reward of each action, and Bayesian linear regression on its last hidden layer says how sure that is.</summary>
/// <remarks>
/// <para>An action's noise variance is drawn from its inverse gamma posterior and its reward from the normal one given that; the action of the largest draw is taken. The propensity is
/// the probability that this action's draw is the largest, given the drawn variances; 1 during the initial pulls. Between two trainings the features stay and the regressions go on; after each
/// training the regressions are made anew from what is remembered.</para>
/// <para>Acting allocates nothing. Source: C. Riquelme, G. Tucker, J. Snoek, "Deep Bayesian bandits showdown", ICLR 2018, arXiv 1802.09127.</para>
/// </remarks>
public sealed class NeuralLinear : BanditAgent
{
    private readonly NeuralLinearOptions options;
    private readonly DenseNetwork network;
    private readonly DenseWorkspace workspace;
    private readonly Adam optimiser;
    private readonly TransitionMemory memory;
    private readonly LinearModel[] models;
    private readonly double[] squares;
    private readonly double[] counts;
    private readonly GammaDistribution[] precisions;
    private readonly StreamKey batchKey;
    private readonly double[] context;
    private readonly float[] input;
    private readonly float[] batchInputs;
    private readonly float[] outputs;
    private readonly float[] outputGradients;
    private readonly float[] gradients;
    private readonly int[] batchRows;
    private readonly double[] means;
    private readonly double[] deviations;
    private ulong trainings;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="observationLength">Entries d of an observation, at least 1.</param>
    /// <param name="actionCount">Number A of actions, at least 1.</param>
    /// <param name="seed">Seed of all its draws.</param>
    /// <param name="options">Settings; defaults where omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is less than 1.</exception>
    public NeuralLinear(int observationLength, int actionCount, ulong seed, NeuralLinearOptions? options = null)
        : base("neural-linear", observationLength, actionCount, seed)
    {
        this.options = options ??= new NeuralLinearOptions();
        var key = StreamKey.Create(seed, "bandit/neural-linear/network");
        network = new DenseNetwork([observationLength, options.HiddenWidth, options.HiddenWidth, actionCount], new NetworkInitialisation(), key);
        workspace = network.CreateWorkspace(options.BatchSize);
        optimiser = new Adam(network.Parameters.Length, new AdamOptions { LearningRate = options.LearningRate });
        memory = new TransitionMemory(options.Capacity, observationLength);
        models = [.. Enumerable.Range(0, actionCount).Select(_ => new LinearModel(options.HiddenWidth + 1, options.Ridge))];
        squares = new double[actionCount];
        counts = new double[actionCount];
        precisions = new GammaDistribution[actionCount];
        batchKey = StreamKey.Create(seed, "bandit/neural-linear/batches");
        context = new double[models[0].Stride];
        context[options.HiddenWidth] = 1;
        input = new float[observationLength];
        batchInputs = new float[options.BatchSize * observationLength];
        outputs = new float[options.BatchSize * actionCount];
        outputGradients = new float[options.BatchSize * actionCount];
        gradients = new float[network.Parameters.Length];
        batchRows = new int[options.BatchSize];
        means = new double[actionCount];
        deviations = new double[actionCount];
        UpdatePrecisions();
    }

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores)
    {
        var x = Context(observation);
        for (var action = 0; action < scores.Length; action++)
        {
            if (!mask[action])
            {
                continue;
            }

            means[action] = models[action].Mean(x);
            scores[action] = means[action];
            if (explore)
            {
                deviations[action] = Math.Sqrt(models[action].Variance(x) / precisions[action].Sample(ref random));
                scores[action] = NormalDraws.Draw(means[action], deviations[action], ref random);
            }
        }
    }

    private protected override int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> mask, ref RandomSource random, ref double propensity)
    {
        for (var action = 0; action < scores.Length; action++)
        {
            if (mask[action] && counts[action] < options.InitialPulls)
            {
                return action;
            }
        }

        var chosen = Best(scores, mask);
        propensity = NormalDraws.ProbabilityOfLargest(chosen, means, deviations, mask);
        return chosen;
    }

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward)
    {
        memory.Add(observation, action, reward);
        if ((StepCount + 1) % options.TrainEvery == 0)
        {
            Train();
            Refit();
        }
        else
        {
            AddRow(Context(observation), action, reward);
            UpdatePrecision(action);
        }
    }

    private protected override void DescribeSettings(JsonObject settings) => options.Describe(settings);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(trainings);
        BanditState.Write(writer, network.Parameters);
        writer.Write(optimiser.StepCount);
        BanditState.Write(writer, optimiser.FirstMoment);
        BanditState.Write(writer, optimiser.SecondMoment);
        memory.Save(writer);
        BanditState.Write(writer, squares);
        BanditState.Write(writer, counts);
        foreach (var model in models)
        {
            model.Save(writer);
        }
    }

    private protected override void Read(BinaryReader reader)
    {
        trainings = reader.ReadUInt64();
        BanditState.Read(reader, network.Parameters);
        var steps = BanditState.ReadCount(reader, long.MaxValue);
        var (first, second) = (new float[gradients.Length], new float[gradients.Length]);
        BanditState.Read(reader, first);
        BanditState.Read(reader, second);
        optimiser.Restore(steps, first, second);
        memory.Load(reader, ActionCount);
        BanditState.Read(reader, squares);
        BanditState.Read(reader, counts);
        foreach (var model in models)
        {
            model.Load(reader);
        }

        UpdatePrecisions();
    }

    private ReadOnlySpan<double> Context(ReadOnlySpan<double> observation)
    {
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = (float)observation[i];
        }

        network.Forward(input, 1, workspace, outputs.AsSpan(0, ActionCount));
        var hidden = workspace.Activations(network.LayerCount - 2);
        for (var i = 0; i < options.HiddenWidth; i++)
        {
            context[i] = hidden[i];
        }

        return context;
    }

    private void AddRow(ReadOnlySpan<double> x, int action, double reward)
    {
        models[action].Update(x, reward);
        squares[action] += reward * reward;
        counts[action]++;
    }

    // Posterior of one over the noise variance. Σy² - θᵀb is what the ridge fit leaves, with the ridge's own share.
    private void UpdatePrecision(int action)
    {
        var shape = options.NoisePrior + (counts[action] / 2);
        var rate = options.NoisePrior + (Math.Max(0, squares[action] - models[action].Explained()) / 2);
        precisions[action] = new GammaDistribution(shape, 1 / rate);
    }

    private void UpdatePrecisions()
    {
        for (var action = 0; action < precisions.Length; action++)
        {
            UpdatePrecision(action);
        }
    }

    private void Train()
    {
        for (var step = 0; step < options.TrainingSteps; step++)
        {
            var random = new RandomSource(batchKey, trainings, (ulong)step);
            for (var i = 0; i < options.BatchSize; i++)
            {
                batchRows[i] = random.NextInt32(memory.Count);
                memory.CopyObservation(batchRows[i], batchInputs.AsSpan(i * ObservationLength, ObservationLength));
            }

            network.Forward(batchInputs, options.BatchSize, workspace, outputs);
            Array.Clear(outputGradients);
            for (var i = 0; i < options.BatchSize; i++)
            {
                var at = (i * ActionCount) + memory.Action(batchRows[i]);
                outputGradients[at] = 2 * (outputs[at] - (float)memory.Reward(batchRows[i])) / options.BatchSize;
            }

            Array.Clear(gradients);
            network.Backward(batchInputs, options.BatchSize, outputGradients, workspace, gradients);
            optimiser.Step(network.Parameters, gradients);
        }

        trainings++;
    }

    private void Refit()
    {
        foreach (var model in models)
        {
            model.Clear();
        }

        Array.Clear(squares);
        Array.Clear(counts);
        for (var row = 0; row < memory.Count; row++)
        {
            AddRow(Context(memory.Observation(row)), memory.Action(row), memory.Reward(row));
        }

        UpdatePrecisions();
    }
}
