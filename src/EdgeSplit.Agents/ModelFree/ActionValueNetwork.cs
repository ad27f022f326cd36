using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>A network of action values, with one output per action or with the outputs of a dueling head, and the memory of its passes.</summary>
/// <remarks>Starts uniform in ±1/√inputs, biases included: kinks spread over the observations from the first step. A dueling head has A advantages and one state value: Q = V + advantage - mean advantage. Both streams are linear on the same hidden layers. Source: Z. Wang et al., "Dueling
/// network architectures for deep reinforcement learning", ICML 2016.</remarks>
internal sealed class ActionValueNetwork
{
    private readonly bool dueling;
    private readonly int actionCount;
    private DenseWorkspace pass;
    private float[] outputs;

    internal ActionValueNetwork(int observationLength, int actionCount, DqnOptions options, int batchSize, StreamKey key)
    {
        (dueling, this.actionCount) = (options.Dueling, actionCount);
        int[] widths = [observationLength, .. options.HiddenWidths, dueling ? actionCount + 1 : actionCount];
        Network = new DenseNetwork(widths, options.Activation);
        RandomWeights.FillUniform(Network, key);
        pass = Network.CreateWorkspace(batchSize);
        outputs = new float[checked(batchSize * Network.OutputCount)];
    }

    internal DenseNetwork Network { get; }

    /// <summary>Makes room for passes of more rows than before.</summary>
    internal void Reserve(int rows)
    {
        if (rows > pass.MaximumBatch)
        {
            pass = Network.CreateWorkspace(rows);
            outputs = new float[checked(rows * Network.OutputCount)];
        }
    }

    /// <summary>The values of all actions, shape [rows x actions].</summary>
    internal void Forward(ReadOnlySpan<float> observations, int rows, Span<float> values)
    {
        if (!dueling)
        {
            Network.Forward(observations, rows, pass, values);
            return;
        }

        Network.Forward(observations, rows, pass, outputs);
        for (var row = 0; row < rows; row++)
        {
            var output = outputs.AsSpan(row * (actionCount + 1), actionCount + 1);
            var shift = output[actionCount] - Mean(output[..actionCount]);
            for (var a = 0; a < actionCount; a++)
            {
                values[(row * actionCount) + a] = output[a] + shift;
            }
        }
    }

    /// <summary>Adds the gradient of the parameters for the last <see cref="Forward"/>.</summary>
    internal void Backward(ReadOnlySpan<float> observations, int rows, ReadOnlySpan<float> valueGradients, Span<float> parameterGradients)
    {
        if (!dueling)
        {
            Network.Backward(observations, rows, valueGradients, pass, parameterGradients);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            var gradients = valueGradients.Slice(row * actionCount, actionCount);
            var output = outputs.AsSpan(row * (actionCount + 1), actionCount + 1);
            var mean = Mean(gradients);
            for (var a = 0; a < actionCount; a++)
            {
                output[a] = gradients[a] - mean;
            }

            output[actionCount] = mean * actionCount;
        }

        Network.Backward(observations, rows, outputs.AsSpan(0, rows * (actionCount + 1)), pass, parameterGradients);
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        var sum = 0f;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
