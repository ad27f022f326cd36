using System.Runtime.InteropServices;
using EdgeSplit.Agents.Networks;
using EdgeSplit.Core.Numerics;
using EdgeSplit.Tests.Numerics;

namespace EdgeSplit.Tests.Networks;

/// <summary>Results whose bits are the same on every processor: with vectors of 512, 256 or 128 bits, or none.</summary>
/// <remarks>Golden values: 64-bit FNV-1a of the bits, computed once with AVX-512; DOTNET_EnableAVX512=0, DOTNET_EnableAVX=0 and
/// DOTNET_EnableHWIntrinsic=0 gave the same. Exact: only IEEE operations in a fixed order are involved.</remarks>
public class GoldenBitsTests
{
    [Fact]
    public void A_training_run_has_the_same_bits_on_every_processor()
    {
        const int Batch = 37;
        var network = new DenseNetwork([16, 64, 37, 3]);
        Numbers.Between(network.Parameters.Length, 1, -0.25f, 0.25f).CopyTo(network.Parameters);
        var workspace = network.CreateWorkspace(Batch);
        var inputs = Numbers.Between(Batch * 16, 2);
        var targets = Numbers.Between(Batch * 3, 3, 0.5f, 3);
        var weights = Numbers.Between(Batch * 3, 4, 0, 0.125f);
        var outputs = new float[Batch * 3];
        var outputGradients = new float[Batch * 3];
        var gradients = new float[network.Parameters.Length];
        var adam = new Adam(gradients.Length, new AdamOptions { WeightDecay = 0.01, MaximumGradientNorm = 0.5 });
        ILoss[] losses = [new GammaDevianceLoss(), new HuberLoss(0.5), new SquaredLoss()];
        for (var step = 0; step < 15; step++)
        {
            network.Forward(inputs, Batch, workspace, outputs);
            losses[step % 3].Evaluate(outputs, targets, weights, outputGradients);
            Array.Clear(gradients);
            network.Backward(inputs, Batch, outputGradients, workspace, gradients);
            adam.Step(network.Parameters, gradients);
        }

        Assert.Equal("16BDA708DE6A74E4", Fingerprint(network.Parameters));
    }

    [Fact]
    public void A_matrix_of_dot_products_has_the_same_bits_on_every_processor()
    {
        var products = new float[41 * 39];
        MatrixProduct.MultiplyTransposedRight(Numbers.Between(41 * 75, 5), Numbers.Between(39 * 75, 6), 41, 75, 39, products);
        Assert.Equal("D9CE04D037F0FF9A", Fingerprint(products));
    }

    private static string Fingerprint(ReadOnlySpan<float> values)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            for (var shift = 0; shift < 32; shift += 8)
            {
                hash = (hash ^ ((bits >> shift) & 0xFF)) * 0x100000001B3UL;
            }
        }

        return hash.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
