using System.Text.Json;
using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.ModelFree;

public class GoldenNetworkTests
{
    // The golden values are of double precision; ours are single precision on values around 1: 2e-6 leaves room for some twenty roundings.
    [SharedDataFact]
    public void Tangent_networks_agree_forward_and_backward()
    {
        var seen = 0;
        foreach (var golden in GoldenRecord.Of("dense_network").Where(record => record.Inputs.GetProperty("hidden_activation").GetString() == "tanh"))
        {
            var widths = golden.Inputs.GetProperty("layer_sizes").EnumerateArray().Select(size => size.GetInt32()).ToArray();
            var network = new DenseNetwork(widths, Activation.HyperbolicTangent);
            for (var layer = 0; layer + 1 < widths.Length; layer++)
            {
                var (weights, biases) = (golden.Inputs.GetProperty("weights")[layer], golden.Inputs.GetProperty("biases")[layer]);
                for (var to = 0; to < widths[layer + 1]; to++)
                {
                    network.BiasesOf(layer)[to] = biases[to].GetSingle();
                    for (var from = 0; from < widths[layer]; from++)
                    {
                        network.WeightsOf(layer)[(from * widths[layer + 1]) + to] = weights[to][from].GetSingle();
                    }
                }
            }

            var inputs = Flat(golden.Inputs.GetProperty("inputs"));
            var batch = inputs.Length / widths[0];
            var workspace = network.CreateWorkspace(batch);
            var outputs = new float[batch * widths[^1]];
            network.Forward(inputs, batch, workspace, outputs);
            if (golden.Quantity == "forward")
            {
                Assert.Equal(Flat(golden.Expected), outputs, (x, y) => Math.Abs(x - y) < 2e-6);
                seen++;
                continue;
            }

            var targets = Flat(golden.Inputs.GetProperty("targets"));
            var slopes = new float[outputs.Length];
            var loss = 2 * new SquaredLoss().Evaluate(outputs, targets, Array.ConvertAll(outputs, _ => 1f / outputs.Length), slopes);
            if (golden.Quantity == "mse_loss")
            {
                Assert.Equal(golden.Expected.GetDouble(), loss, 1e-5);
                seen++;
                continue;
            }

            var gradients = new float[network.Parameters.Length];
            network.Backward(inputs, batch, Array.ConvertAll(slopes, slope => 2 * slope), workspace, gradients);
            var found = new DenseNetwork(widths);
            gradients.CopyTo(found.Parameters);
            for (var layer = 0; layer + 1 < widths.Length; layer++)
            {
                for (var to = 0; to < widths[layer + 1]; to++)
                {
                    for (var from = 0; golden.Quantity == "weight_gradients" && from < widths[layer]; from++)
                    {
                        Assert.Equal(golden.Expected[layer][to][from].GetDouble(), found.WeightsOf(layer)[(from * widths[layer + 1]) + to], 1e-5);
                    }

                    if (golden.Quantity == "bias_gradients")
                    {
                        Assert.Equal(golden.Expected[layer][to].GetDouble(), found.BiasesOf(layer)[to], 1e-5);
                    }
                }
            }

            seen++;
        }

        Assert.Equal(8, seen);
    }

    [SharedDataFact]
    public void One_norm_over_both_networks_limits_the_gradient()
    {
        foreach (var golden in GoldenRecord.Of("gradient_clipping").Where(record => record.Quantity == "clipped_gradients"))
        {
            var networks = new ActorCriticNetworks(1, 1, new PpoOptions { HiddenWidths = [4] }, 1, StreamKey.Create(1, "clip"));
            var tensors = golden.Inputs.GetProperty("gradients").EnumerateArray().Select(Flat).ToArray();
            var (first, second) = (tensors[0], tensors.Skip(1).SelectMany(x => x).ToArray());
            first.CopyTo(networks.PolicyGradients, 0);
            second.CopyTo(networks.ValueGradients, 0);
            var norm = Math.Sqrt(first.Concat(second).Sum(x => (double)x * x));
            networks.Clip(norm, golden.Number("max_norm"));
            var expected = Flat(golden.Expected);
            Assert.Equal(expected, networks.PolicyGradients.Take(first.Length).Concat(networks.ValueGradients.Take(second.Length)), (x, y) => Math.Abs(x - y) < 1e-6);
        }
    }

    // p <- p - rate * g / (sqrt(v) + epsilon) with v <- 0.9 v + 0.1 g^2, in double precision by hand.
    [Fact]
    public void Root_mean_square_propagation_follows_its_formula()
    {
        var optimiser = new RootMeanSquarePropagation(35, 0.9, 1e-5);
        var parameters = Enumerable.Repeat(1f, 35).ToArray();
        var (p, v) = (1.0, 0.0);
        for (var step = 0; step < 10; step++)
        {
            var g = 2 * p;
            v = (0.9 * v) + (0.1 * g * g);
            p -= 0.01 * g / (Math.Sqrt(v) + 1e-5);
            optimiser.Step(parameters, Array.ConvertAll(parameters, x => 2 * x), 0.01);
        }

        Assert.All(parameters, x => Assert.Equal(p, x, 2e-6));
    }

    private static float[] Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flat)] : [element.GetSingle()];
}
