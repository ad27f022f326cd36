using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Networks;

/// <summary>An ensemble of small networks with randomised priors: members agree near the data and stay apart where there is none.</summary>
/// <remarks>
/// <para>Member m predicts offset + network_m(x) + β·prior_m(x). The network is trained; the prior is a random network of the same widths
/// that is never trained, and part of the prediction in training too. Each member has its own start, its own prior and its own weight of
/// every sample (Poisson(1) weights give the online bootstrap). So the spread of the members is a picture of what the data leave open.</para>
/// <para>Equal options and streams give equal ensembles, and equal training gives equal bits. A row's prediction does not depend on the
/// batch it is in. Prediction and training allocate nothing.</para>
/// <para>Not thread-safe: it owns scratch memory. One ensemble per thread.</para>
/// <para>Source: I. Osband, J. Aslanides and A. Cassirer, "Randomized prior functions for deep reinforcement learning", NeurIPS 2018,
/// arXiv 1806.03335.</para>
/// </remarks>
public sealed partial class NetworkEnsemble
{
    /// <summary>Rows of one pass; whatever the batch, so that activations stay in the nearest caches.</summary>
    private const int RowsPerPass = 64;

    private readonly DenseNetwork[] networks;
    private readonly DenseNetwork[] priors;
    private readonly Adam[] optimisers;
    private readonly OutputLosses losses;
    private readonly StreamKey networkKey;
    private readonly float[] priorScales;
    private readonly float[] outputOffsets;
    private readonly DenseWorkspace workspace;
    private readonly DenseWorkspace priorWorkspace;
    private readonly float[] parameterGradients;
    private readonly float[] outputs;
    private readonly float[] priorOutputs;
    private readonly float[] outputGradients;
    private readonly float[] elementWeights;

    /// <summary>Creates an untrained ensemble.</summary>
    /// <param name="options">Shape and training.</param>
    /// <param name="key">The random stream of all starts and priors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/>, or a member of it, is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, a list is neither of length 1 nor of the number of outputs, or a
    /// scale or an offset is not finite.</exception>
    public NetworkEnsemble(NetworkEnsembleOptions options, StreamKey key)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        var widths = options.Widths.ToArray();
        networks = new DenseNetwork[options.MemberCount];
        priors = new DenseNetwork[options.MemberCount];
        optimisers = new Adam[options.MemberCount];
        networkKey = key.Derive("network");
        for (var member = 0; member < MemberCount; member++)
        {
            networks[member] = new DenseNetwork(widths, options.Initialisation, networkKey, (ulong)member);
            priors[member] = new DenseNetwork(widths, options.PriorInitialisation, key.Derive("prior"), (ulong)member);
            optimisers[member] = new Adam(networks[member].Parameters.Length, options.Optimiser);
        }

        priorScales = PerOutput(options.PriorScales, nameof(options.PriorScales));
        outputOffsets = PerOutput(options.OutputOffsets, nameof(options.OutputOffsets));
        losses = new OutputLosses(options.Losses, OutputCount, RowsPerPass);
        workspace = networks[0].CreateWorkspace(RowsPerPass);
        priorWorkspace = networks[0].CreateWorkspace(RowsPerPass);
        parameterGradients = new float[networks[0].Parameters.Length];
        outputs = new float[RowsPerPass * OutputCount];
        priorOutputs = new float[RowsPerPass * OutputCount];
        outputGradients = new float[RowsPerPass * OutputCount];
        elementWeights = new float[RowsPerPass * OutputCount];
    }

    /// <summary>Shape and training.</summary>
    public NetworkEnsembleOptions Options { get; }

    /// <summary>The number of members.</summary>
    public int MemberCount => networks.Length;

    /// <summary>The number of inputs.</summary>
    public int InputCount => networks[0].InputCount;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => networks[0].OutputCount;

    /// <summary>The number of training steps that a member has taken.</summary>
    /// <param name="member">The member, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="member"/> is out of range.</exception>
    public long StepCount(int member) => optimisers[Guard.InRange(member, 0, MemberCount - 1)].StepCount;

    /// <summary>One member's predictions.</summary>
    /// <param name="member">The member, from 0.</param>
    /// <param name="inputs">The inputs, shape [batch, inputs].</param>
    /// <param name="batch">Rows, at least 0.</param>
    /// <param name="predictions">Receives the predictions, shape [batch, outputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">The member is out of range, the batch negative, or a span too short.</exception>
    public void Predict(int member, ReadOnlySpan<float> inputs, int batch, Span<float> predictions)
    {
        Guard.InRange(member, 0, MemberCount - 1);
        Guard.AtLeast(inputs.Length, checked(Guard.AtLeast(batch, 0) * InputCount));
        Guard.AtLeast(predictions.Length, checked(batch * OutputCount));
        for (var row = 0; row < batch; row += RowsPerPass)
        {
            var rows = Math.Min(RowsPerPass, batch - row);
            Forward(member, inputs.Slice(row * InputCount, rows * InputCount), rows, predictions.Slice(row * OutputCount, rows * OutputCount));
        }
    }

    /// <summary>All members' predictions.</summary>
    /// <param name="inputs">The inputs, shape [batch, inputs].</param>
    /// <param name="batch">Rows, at least 0.</param>
    /// <param name="predictions">Receives the predictions, shape [members, batch, outputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is negative, or a span too short.</exception>
    public void PredictAll(ReadOnlySpan<float> inputs, int batch, Span<float> predictions)
    {
        var size = checked(Guard.AtLeast(batch, 0) * OutputCount);
        Guard.AtLeast(predictions.Length, checked(MemberCount * size));
        for (var member = 0; member < MemberCount; member++)
        {
            Predict(member, inputs, batch, predictions.Slice(member * size, size));
        }
    }

    /// <summary>One training step of every member on a batch.</summary>
    /// <remarks>Member m minimises Σ w·loss / Σ w over the elements (row, output), with w = memberWeights[m, row]·targetMask[row, output].
    /// A member whose weights are all 0 has loss 0 and is left as it is. So is a member whose loss or gradient is not finite; its loss, and
    /// hence the returned mean, is then NaN.</remarks>
    /// <param name="inputs">The inputs, shape [batch, inputs].</param>
    /// <param name="targets">The targets, shape [batch, outputs]; not read where w is 0, so NaN is allowed there.</param>
    /// <param name="targetMask">The weight of each target, shape [batch, outputs], finite, at least 0; 0 where it was not observed. Empty
    /// for all 1.</param>
    /// <param name="memberWeights">The weight of each sample for each member, shape [members, batch], finite, at least 0. Empty for all
    /// 1.</param>
    /// <param name="batch">Rows, at least 0.</param>
    /// <returns>The mean over the members of their loss before the step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is negative, a span too short, or a weight negative or not finite (checked
    /// before anything changes).</exception>
    public float TrainStep(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> targetMask,
        ReadOnlySpan<float> memberWeights,
        int batch) => TrainStep(inputs, targets, targetMask, memberWeights, batch, Options.Optimiser.LearningRate);

    /// <summary>One training step of every member on a batch, with a learning rate of its own, for schedules.</summary>
    /// <remarks>As the step with the learning rate of the options.</remarks>
    /// <param name="inputs">The inputs, shape [batch, inputs].</param>
    /// <param name="targets">The targets, shape [batch, outputs].</param>
    /// <param name="targetMask">The weight of each target, shape [batch, outputs]. Empty for all 1.</param>
    /// <param name="memberWeights">The weight of each sample for each member, shape [members, batch]. Empty for all 1.</param>
    /// <param name="batch">Rows, at least 0.</param>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <returns>The mean over the members of their loss before the step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is negative, a span too short, a weight negative or not finite, or the learning rate negative or not finite.</exception>
    public float TrainStep(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> targetMask,
        ReadOnlySpan<float> memberWeights,
        int batch,
        double learningRate)
    {
        Guard.NonNegative(learningRate);
        Guard.AtLeast(inputs.Length, checked(Guard.AtLeast(batch, 0) * InputCount));
        Guard.AtLeast(targets.Length, checked(batch * OutputCount));
        CheckWeights(targetMask, batch * OutputCount, nameof(targetMask));
        CheckWeights(memberWeights, checked(MemberCount * batch), nameof(memberWeights));
        var total = 0.0;
        for (var member = 0; member < MemberCount; member++)
        {
            var weights = memberWeights.IsEmpty ? memberWeights : memberWeights.Slice(member * batch, batch);
            total += TrainMember(member, inputs, targets, targetMask, weights, batch, learningRate);
        }

        return (float)(total / MemberCount);
    }

    /// <summary>The training loss of given predictions, summed over the elements.</summary>
    /// <param name="predictions">Predictions of a member; shape [batch, outputs].</param>
    /// <param name="targets">The targets; of equal length.</param>
    /// <param name="weights">The weight of each element; of equal length.</param>
    /// <exception cref="ArgumentOutOfRangeException">Lengths differ, or the rows are more than one pass of training takes where losses differ by output.</exception>
    public double Loss(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        Guard.SameLength(targets.Length, predictions.Length);
        Guard.SameLength(weights.Length, predictions.Length);
        var sum = 0.0;
        for (var at = 0; at < predictions.Length; at += RowsPerPass * OutputCount)
        {
            var size = Math.Min(RowsPerPass * OutputCount, predictions.Length - at);
            sum += losses.Evaluate(predictions.Slice(at, size), targets.Slice(at, size), weights.Slice(at, size), outputGradients.AsSpan(0, size));
        }

        return sum;
    }

    private double TrainMember(
        int member,
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> targetMask,
        ReadOnlySpan<float> weights,
        int batch,
        double learningRate)
    {
        var weightSum = 0.0;
        for (var row = 0; row < batch; row += RowsPerPass)
        {
            weightSum += ElementWeights(targetMask, weights, row, Math.Min(RowsPerPass, batch - row), 1);
        }

        if (weightSum == 0)
        {
            return 0;
        }

        var network = networks[member];
        parameterGradients.AsSpan().Clear();
        var loss = 0.0;
        for (var row = 0; row < batch; row += RowsPerPass)
        {
            var rows = Math.Min(RowsPerPass, batch - row);
            var size = rows * OutputCount;
            var x = inputs.Slice(row * InputCount, rows * InputCount);
            ElementWeights(targetMask, weights, row, rows, (float)(1 / weightSum));
            Forward(member, x, rows, outputs);
            var gradients = outputGradients.AsSpan(0, size);
            loss += losses.Evaluate(outputs.AsSpan(0, size), targets.Slice(row * OutputCount, size), elementWeights.AsSpan(0, size), gradients);
            network.Backward(x, rows, gradients, workspace, parameterGradients);
        }

        return double.IsFinite(loss) && optimisers[member].Step(network.Parameters, parameterGradients, learningRate) ? loss : double.NaN;
    }

    private void Forward(int member, ReadOnlySpan<float> x, int rows, Span<float> predictions)
    {
        networks[member].Forward(x, rows, workspace, predictions);
        priors[member].Forward(x, rows, priorWorkspace, priorOutputs);
        var width = OutputCount;
        for (var row = 0; row < rows; row++)
        {
            var target = predictions.Slice(row * width, width);
            var prior = priorOutputs.AsSpan(row * width, width);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] = MathF.FusedMultiplyAdd(priorScales[j], prior[j], target[j] + outputOffsets[j]);
            }
        }
    }

    /// <summary>Fills the weights of the elements of some rows and returns their sum.</summary>
    private double ElementWeights(ReadOnlySpan<float> targetMask, ReadOnlySpan<float> weights, int first, int rows, float scale)
    {
        var width = OutputCount;
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
        {
            var weight = scale * (weights.IsEmpty ? 1f : weights[first + row]);
            var target = elementWeights.AsSpan(row * width, width);
            if (targetMask.IsEmpty)
            {
                target.Fill(weight);
                sum += (double)weight * width;
            }
            else
            {
                var mask = targetMask.Slice((first + row) * width, width);
                for (var j = 0; j < target.Length; j++)
                {
                    target[j] = weight * mask[j];
                    sum += target[j];
                }
            }
        }

        return sum;
    }

    private static void CheckWeights(ReadOnlySpan<float> weights, int count, string name)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        Guard.AtLeast(weights.Length, count, name);
        foreach (var weight in weights[..count])
        {
            if (!(weight >= 0 && weight <= float.MaxValue))
            {
                throw new ArgumentOutOfRangeException(name, weight, "Must be at least 0 and finite.");
            }
        }
    }

    private float[] PerOutput(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Count != 1)
        {
            Guard.SameLength(values.Count, OutputCount, name);
        }

        var result = new float[OutputCount];
        for (var j = 0; j < result.Length; j++)
        {
            result[j] = (float)Guard.Finite(values[values.Count == 1 ? 0 : j], name);
        }

        return result;
    }
}
