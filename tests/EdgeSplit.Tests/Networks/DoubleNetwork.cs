using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Tests.Networks;

/// <summary>The oracle of <see cref="DenseNetwork"/>: one row, loops, double precision.</summary>
internal static class DoubleNetwork
{
    internal static double[] Parameters(DenseNetwork network) => Array.ConvertAll(network.Parameters.ToArray(), p => (double)p);

    internal static double[] Outputs(ReadOnlySpan<int> widths, double[] parameters, double[] inputs, Activation activation = Activation.Rectifier)
    {
        var x = inputs;
        var at = 0;
        for (var layer = 0; layer + 1 < widths.Length; layer++)
        {
            var y = new double[widths[layer + 1]];
            var biases = at + (x.Length * y.Length);
            for (var j = 0; j < y.Length; j++)
            {
                y[j] = parameters[biases + j];
                for (var i = 0; i < x.Length; i++)
                {
                    y[j] += x[i] * parameters[at + (i * y.Length) + j];
                }

                y[j] = layer + 2 == widths.Length ? y[j] : activation == Activation.Rectifier ? Math.Max(0, y[j]) : Math.Tanh(y[j]);
            }

            at = biases + y.Length;
            x = y;
        }

        return x;
    }
}
