using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

public sealed class CheckpointTests
{
    [Fact]
    public void The_reference_model_opens()
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(SharedData.RepositoryRoot, "models", "reference"));
        Assert.Equal("reference", checkpoint.Name);
        Assert.Equal(12, checkpoint.Configuration.Layers);
        var table = checkpoint.Tensor("model.embed_tokens.weight", 256, 128);
        var values = new float[256 * 128];
        table.CopyTo(values);
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, 10));
        foreach (var name in checkpoint.TensorNames)
        {
            checkpoint.Tensor(name).RequireFinite();
        }

        Assert.Equal(checkpoint.Shape.TotalParameters, checkpoint.TensorNames.Sum(name => checkpoint.Tensor(name).Length));
        using var stream = File.OpenRead(Path.Combine(checkpoint.Path, "model.safetensors"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)), checkpoint.ComputeSha256());
    }
}
