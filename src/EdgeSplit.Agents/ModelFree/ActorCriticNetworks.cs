using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Numerics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>A policy network with one logit per action and a separate value network, with the memory of their passes.</summary>
/// <remarks>Orthogonal weights of gain √2 in hidden layers, 0.01 at the logits, 1 at the value; biases 0.</remarks>
internal sealed class ActorCriticNetworks
{
    private const int RowsPerPass = Minibatch.BlockRows;
    private readonly DenseWorkspace policyPass;
    private readonly DenseWorkspace valuePass;
    private readonly DenseWorkspace singlePass;
    private readonly float[] valueOutputs = new float[RowsPerPass];
    private readonly int rowsPerPass;

    internal ActorCriticNetworks(int observationLength, int actionCount, ActorCriticOptions options, int batchSize, StreamKey key)
    {
        int[] policyWidths = [observationLength, .. options.HiddenWidths, actionCount];
        int[] valueWidths = [observationLength, .. options.HiddenWidths, 1];
        var hidden = new NetworkInitialisation { Weights = WeightDistribution.Orthogonal };
        Policy = new DenseNetwork(policyWidths, hidden with { OutputGain = 0.01 }, key, 0, options.Activation);
        Value = new DenseNetwork(valueWidths, hidden, key, 1, options.Activation);
        rowsPerPass = Math.Min(RowsPerPass, Math.Max(batchSize, 1));
        policyPass = Policy.CreateWorkspace(rowsPerPass);
        valuePass = Value.CreateWorkspace(rowsPerPass);
        singlePass = Value.CreateWorkspace(1);
        PolicyGradients = new float[Policy.Parameters.Length];
        ValueGradients = new float[Value.Parameters.Length];
    }

    internal DenseNetwork Policy { get; }

    internal DenseNetwork Value { get; }

    internal float[] PolicyGradients { get; }

    internal float[] ValueGradients { get; }

    /// <summary>The values of any number of observations.</summary>
    internal void Values(ReadOnlySpan<float> observations, int rows, Span<double> values)
    {
        var width = Value.InputCount;
        for (var row = 0; row < rows; row += rowsPerPass)
        {
            var count = Math.Min(rowsPerPass, rows - row);
            Value.Forward(observations.Slice(row * width, count * width), count, valuePass, valueOutputs);
            for (var i = 0; i < count; i++)
            {
                values[row + i] = valueOutputs[i];
            }
        }
    }

    internal double ValueOf(ReadOnlySpan<float> observation)
    {
        Value.Forward(observation, 1, singlePass, valueOutputs);
        return valueOutputs[0];
    }

    /// <summary>Both networks' outputs of a minibatch.</summary>
    internal void Forward(ReadOnlySpan<float> observations, int rows, Span<float> logits, Span<float> values)
    {
        Policy.Forward(observations, rows, policyPass, logits);
        Value.Forward(observations, rows, valuePass, values);
    }

    internal void ClearGradients()
    {
        PolicyGradients.AsSpan().Clear();
        ValueGradients.AsSpan().Clear();
    }

    /// <summary>Adds the gradients of the rows of the last <see cref="Forward"/>.</summary>
    internal void Backward(ReadOnlySpan<float> observations, int rows, ReadOnlySpan<float> logitGradients, ReadOnlySpan<float> valueGradients)
    {
        Policy.Backward(observations, rows, logitGradients, policyPass, PolicyGradients);
        Value.Backward(observations, rows, valueGradients, valuePass, ValueGradients);
    }

    /// <summary>The norm of the gradient over both networks.</summary>
    internal double GradientNorm() =>
        Math.Sqrt((double)VectorOperations.Dot(PolicyGradients, PolicyGradients) + VectorOperations.Dot(ValueGradients, ValueGradients));

    /// <summary>Shortens the gradients to a norm: both are multiplied by min(1, maximum/(norm + 10⁻⁶)).</summary>
    internal void Clip(double norm, double maximum)
    {
        if (norm > maximum)
        {
            var scale = (float)(maximum / (norm + 1e-6));
            VectorOperations.Scale(scale, PolicyGradients);
            VectorOperations.Scale(scale, ValueGradients);
        }
    }
}
