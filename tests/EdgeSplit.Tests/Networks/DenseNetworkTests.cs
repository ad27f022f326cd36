using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Numerics;

namespace EdgeSplit.Tests.Networks;

public class DenseNetworkTests
{
    private static readonly StreamKey Key = StreamKey.Create(7, "dense network tests");
    private static readonly NetworkInitialisation WithBiases = new() { BiasDeviation = 0.3 };

    public static TheoryData<string, string, Activation> Gradients
    {
        get
        {
            var data = new TheoryData<string, string, Activation>();
            foreach (var widths in new[] { "3-2", "1-1-1", "3-7-5-2", "16-64-64-4", "5-20-40-17" })
            {
                foreach (var loss in LossTests.Names)
                {
                    data.Add(widths, (string)loss, Activation.Rectifier);
                    data.Add(widths, (string)loss, Activation.HyperbolicTangent);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Outputs_agree_with_double_precision()
    {
        var network = new DenseNetwork([16, 64, 64, 4], WithBiases, Key);
        var inputs = Numbers.Between(33 * 16, 1);
        var outputs = new float[33 * 4];
        network.Forward(inputs, 33, network.CreateWorkspace(33), outputs);
        var parameters = DoubleNetwork.Parameters(network);
        for (var row = 0; row < 33; row++)
        {
            var expected = DoubleNetwork.Outputs(network.Widths, parameters, Row(inputs, row, 16));
            for (var j = 0; j < 4; j++)
            {
                // Three layers of chains of at most 65 roundings of 6e-8 on values around 1, which average out: 2e-6 is far outside.
                Assert.Equal(expected[j], outputs[(row * 4) + j], 2e-6);
            }
        }
    }

    // Central differences of the double-precision oracle, step 1e-6: its error is about 1e-9. The gradient is a single-precision chain
    // over the batch and the widths: its rounding is about 1e-6 of the largest gradient, and 1e-5 of that is asked for. Where the step
    // would cross the corner of a ReLU the one-sided slopes differ, and the parameter is left out.
    [Theory, MemberData(nameof(Gradients))]
    public void The_gradient_agrees_with_finite_differences(string shape, string lossName, Activation activation)
    {
        const int Batch = 9;
        var widths = Array.ConvertAll(shape.Split('-'), int.Parse);
        var network = new DenseNetwork(widths, WithBiases, Key, 0, activation);
        var (from, to) = (widths[0], widths[^1]);
        var inputs = Numbers.Between(Batch * from, 2);
        var targets = Numbers.Between(Batch * to, 3, 0, 2);
        var weights = Numbers.Between(Batch * to, 4, 0, 1);
        for (var i = 0; i < weights.Length; i += 4)
        {
            weights[i] = 0;
            targets[i] = float.NaN;
        }

        var workspace = network.CreateWorkspace(Batch);
        var outputs = new float[Batch * to];
        var outputGradients = new float[Batch * to];
        var gradients = new float[network.Parameters.Length];
        var inputGradients = new float[Batch * from];
        network.Forward(inputs, Batch, workspace, outputs);
        LossTests.Loss(lossName).Evaluate(outputs, targets, weights, outputGradients);
        network.Backward(inputs, Batch, outputGradients, workspace, gradients, inputGradients);

        var parameters = DoubleNetwork.Parameters(network);
        var x = Array.ConvertAll(inputs, v => (double)v);
        double Value()
        {
            var sum = 0.0;
            for (var row = 0; row < Batch; row++)
            {
                var f = DoubleNetwork.Outputs(widths, parameters, x.AsSpan(row * from, from).ToArray(), activation);
                for (var j = 0; j < to; j++)
                {
                    var at = (row * to) + j;
                    sum += weights[at] == 0 ? 0 : weights[at] * LossTests.Formula(lossName, f[j], targets[at]);
                }
            }

            return sum;
        }

        var checkedParameters = AssertSlopes(parameters, gradients, Value, Math.Max(1, parameters.Length / 400));
        Assert.True(checkedParameters > 0.9 * Math.Min(parameters.Length, 400));
        AssertSlopes(x, inputGradients, Value, 1);
    }

    [Fact]
    public void A_row_has_the_same_outputs_in_every_batch_bit_for_bit()
    {
        var network = new DenseNetwork([16, 64, 64, 4], WithBiases, Key);
        var workspace = network.CreateWorkspace(40);
        var inputs = Numbers.Between(40 * 16, 5);
        var whole = new float[40 * 4];
        network.Forward(inputs, 40, workspace, whole);
        for (var batch = 1; batch < 40; batch++)
        {
            var part = new float[batch * 4];
            var start = 40 - batch;
            network.Forward(inputs.AsSpan(start * 16), batch, workspace, part);
            Numbers.AssertSameBits(whole.AsSpan(start * 4), part);
        }
    }

    [Fact]
    public void A_gradient_in_parts_has_the_same_bits_as_at_once()
    {
        var network = new DenseNetwork([5, 33, 20, 3], WithBiases, Key);
        var workspace = network.CreateWorkspace(30);
        var inputs = Numbers.Between(30 * 5, 6);
        var outputGradients = Numbers.Between(30 * 3, 7);
        var outputs = new float[30 * 3];
        var atOnce = new float[network.Parameters.Length];
        var inParts = new float[network.Parameters.Length];
        network.Forward(inputs, 30, workspace, outputs);
        network.Backward(inputs, 30, outputGradients, workspace, atOnce);
        foreach (var (start, rows) in new[] { (0, 11), (11, 1), (12, 18) })
        {
            var x = inputs.AsSpan(start * 5, rows * 5);
            network.Forward(x, rows, workspace, outputs);
            network.Backward(x, rows, outputGradients.AsSpan(start * 3, rows * 3), workspace, inParts);
        }

        Numbers.AssertSameBits(atOnce, inParts);
    }

    [Fact]
    public void Equal_streams_give_equal_networks_and_other_entities_or_seeds_give_others()
    {
        int[] widths = [4, 8, 2];
        var network = new DenseNetwork(widths, WithBiases, Key, 3);
        Numbers.AssertSameBits(network.Parameters, new DenseNetwork(widths, WithBiases, Key, 3).Parameters);
        Assert.False(network.Parameters.SequenceEqual(new DenseNetwork(widths, WithBiases, Key, 4).Parameters));
        Assert.False(network.Parameters.SequenceEqual(new DenseNetwork(widths, WithBiases, StreamKey.Create(8, "dense network tests"), 3).Parameters));
    }

    [Fact]
    public void Normal_weights_have_the_deviation_of_He()
    {
        var network = new DenseNetwork([100, 400, 1], new NetworkInitialisation(), Key);
        var squares = 0.0;
        foreach (var weight in network.WeightsOf(0))
        {
            squares += (double)weight * weight;
        }

        // 40,000 draws: the relative error of a variance is sqrt(2/40,000) = 0.7 %; five of these.
        Assert.Equal(2.0 / 100, squares / 40_000, 5 * 0.0071 * 0.02);
        Assert.Equal(0, network.BiasesOf(0).ToArray().Sum());
    }

    [Theory]
    [InlineData(12, 30)]
    [InlineData(30, 12)]
    public void Orthogonal_weights_are_orthogonal_times_the_gain(int rows, int columns)
    {
        var network = new DenseNetwork(
            [rows, columns, 1], new NetworkInitialisation { Weights = WeightDistribution.Orthogonal, HiddenGain = 1.5 }, Key);
        var w = network.WeightsOf(0).ToArray();
        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        float At(int vector, int element) => rows <= columns ? w[(vector * columns) + element] : w[(element * columns) + vector];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = Enumerable.Range(0, length).Sum(k => (double)At(i, k) * At(j, k));
                Assert.Equal(i == j ? 2.25 : 0, product, 1e-6);
            }
        }
    }

    [Fact]
    public void Passes_allocate_nothing()
    {
        var network = new DenseNetwork([16, 64, 64, 4], WithBiases, Key);
        var workspace = network.CreateWorkspace(32);
        var inputs = Numbers.Between(32 * 16, 8);
        var outputs = new float[32 * 4];
        var gradients = new float[network.Parameters.Length];
        var inputGradients = new float[inputs.Length];
        var before = 0L;
        for (var i = 0; i < 3; i++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            network.Forward(inputs, 32, workspace, outputs);
            network.Backward(inputs, 32, outputs, workspace, gradients, inputGradients);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var network = new DenseNetwork([2, 3, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseNetwork([2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseNetwork([2, 0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward(new float[20], 9, network.CreateWorkspace(8), new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward(new float[15], 8, network.CreateWorkspace(8), new float[8]));
        Assert.Throws<ArgumentException>(() => network.Forward(new float[16], 8, new DenseNetwork([2, 4, 1]).CreateWorkspace(8), new float[8]));
    }

    private static double[] Row(float[] matrix, int row, int width) =>
        Array.ConvertAll(matrix.AsSpan(row * width, width).ToArray(), v => (double)v);

    private static int AssertSlopes(double[] variables, float[] gradients, Func<double> value, int stride)
    {
        const double Step = 1e-6;
        var largest = gradients.Max(Math.Abs);
        var middle = value();
        var count = 0;
        for (var i = 0; i < variables.Length; i += stride)
        {
            var kept = variables[i];
            variables[i] = kept + Step;
            var above = (value() - middle) / Step;
            variables[i] = kept - Step;
            var below = (middle - value()) / Step;
            variables[i] = kept;
            if (Math.Abs(above - below) < 1e-3 * largest)
            {
                Assert.Equal((above + below) / 2, gradients[i], (1e-5 * largest) + 1e-7);
                count++;
            }
        }

        return count;
    }
}
