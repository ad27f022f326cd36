using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Networks;

/// <summary>Draws the parameters of a network, one random time block per layer, so that layers do not move each other.</summary>
internal static class RandomWeights
{
    internal static void Fill(DenseNetwork network, NetworkInitialisation initialisation, StreamKey key, ulong entity)
    {
        for (var layer = 0; layer < network.LayerCount; layer++)
        {
            var random = new RandomSource(key, entity, (ulong)layer);
            var hidden = layer + 1 < network.LayerCount;
            var gain = hidden ? initialisation.HiddenGain : initialisation.OutputGain;
            var inputs = network.Widths[layer];
            var weights = network.WeightsOf(layer);
            if (initialisation.Weights == WeightDistribution.Orthogonal)
            {
                Orthogonal(weights, inputs, network.Widths[layer + 1], gain, ref random);
            }
            else
            {
                Normal(weights, gain / Math.Sqrt(inputs), ref random);
            }

            Normal(network.BiasesOf(layer), hidden ? initialisation.BiasDeviation : 0, ref random);
        }
    }

    /// <summary>Weights and biases of each layer independent and uniform in ±1/√inputs, one random time block per layer.</summary>
    internal static void FillUniform(DenseNetwork network, StreamKey key)
    {
        for (var layer = 0; layer < network.LayerCount; layer++)
        {
            var random = new RandomSource(key, 0, (ulong)layer);
            var bound = 1 / Math.Sqrt(network.Widths[layer]);
            foreach (ref var weight in network.WeightsOf(layer))
            {
                weight = (float)(bound * ((2 * random.NextUniform()) - 1));
            }

            foreach (ref var bias in network.BiasesOf(layer))
            {
                bias = (float)(bound * ((2 * random.NextUniform()) - 1));
            }
        }
    }

    private static void Normal(Span<float> values, double deviation, ref RandomSource random)
    {
        values.Clear();
        if (deviation > 0)
        {
            var normal = new NormalDistribution(0, deviation);
            foreach (ref var value in values)
            {
                value = (float)normal.Sample(ref random);
            }
        }
    }

    /// <summary>Gram-Schmidt, twice, on normal vectors along the longer side.</summary>
    private static void Orthogonal(Span<float> weights, int rows, int columns, double gain, ref RandomSource random)
    {
        var count = Math.Min(rows, columns);
        var length = Math.Max(rows, columns);
        var normal = new NormalDistribution(0, 1);
        var vectors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var vector = vectors[i] = new double[length];
            for (var j = 0; j < length; j++)
            {
                vector[j] = normal.Sample(ref random);
            }

            for (var previous = 0; previous < 2 * i; previous++)
            {
                var other = vectors[previous % i];
                var overlap = Dot(vector, other);
                for (var j = 0; j < length; j++)
                {
                    vector[j] -= overlap * other[j];
                }
            }

            var scale = 1 / Math.Sqrt(Dot(vector, vector));
            for (var j = 0; j < length; j++)
            {
                vector[j] *= scale;
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                weights[(row * columns) + column] = (float)(gain * (rows <= columns ? vectors[row][column] : vectors[column][row]));
            }
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
