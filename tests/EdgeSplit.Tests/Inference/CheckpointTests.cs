using System.Security.Cryptography;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Inference;

public sealed class CheckpointTests
{
    public static TheoryData<string, bool, bool, TensorType, int> Variants { get; } = new()
    {
        { "llama", false, false, TensorType.F32, 1 },
        { "llama", true, true, TensorType.F16, 3 },
        { "mistral", false, false, TensorType.BF16, 2 },
        { "qwen2", true, false, TensorType.F32, 4 },
        { "qwen3", false, true, TensorType.BF16, 1 },
        { "qwen3", true, false, TensorType.F16, 5 },
    };

    [Fact]
    public void The_reference_model_opens()
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(SharedData.RepositoryRoot, "models", "reference"));
        Assert.Equal("reference", checkpoint.Name);
        Assert.Equal(12, checkpoint.Configuration.Layers);
        foreach (var name in checkpoint.TensorNames)
        {
            checkpoint.Tensor(name).RequireFinite();
        }

        Assert.Equal([256, 128], checkpoint.Tensor("model.embed_tokens.weight", 256, 128).Shape);
        Assert.Equal(2_247_808, checkpoint.TensorNames.Sum(name => checkpoint.Tensor(name).Length));
        Assert.Equal(checkpoint.Shape.TotalParameters, checkpoint.TensorNames.Sum(name => checkpoint.Tensor(name).Length));
        using var stream = File.OpenRead(Path.Combine(checkpoint.Path, "model.safetensors"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream)), checkpoint.ComputeSha256());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_was_written_is_read_back_bit_for_bit(string family, bool tied, bool biases, TensorType type, int shards)
    {
        using var folder = new TemporaryFolder();
        var model = new RandomCheckpoint { Family = family, Tied = tied, AttentionBias = biases, FeedForwardBias = biases, Type = type, Shards = shards };
        model.Write(folder.Path);
        using var checkpoint = Checkpoint.Open(folder.Path);
        var written = model.Tensors();
        Assert.Equal(written.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), checkpoint.TensorNames);
        foreach (var tensor in written)
        {
            var read = checkpoint.Tensor(tensor.Name, tensor.Shape);
            var values = new float[read.Length];
            read.CopyTo(values);
            Assert.Equal(tensor.Values, values);
            Assert.Equal(type, read.Type);
            read.RequireFinite();
        }

        Assert.Equal(written.Sum(tensor => (long)tensor.Values.Length), checkpoint.Shape.TotalParameters);
    }

    [Fact]
    public void The_hash_is_that_of_the_shards_one_after_the_other()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint { Shards = 3 }.Write(folder.Path);
        using var checkpoint = Checkpoint.Open(folder.Path);
        var bytes = Directory.GetFiles(folder.Path, "*.safetensors").Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes).ToArray();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), checkpoint.ComputeSha256());
    }

    [Fact]
    public void A_file_opens_by_its_own_path_and_a_whole_file_comes_before_shards()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint { Shards = 2 }.Write(folder.Path);
        new RandomCheckpoint { Seed = 2 }.Write(folder.Path);
        using var byFolder = Checkpoint.Open(folder.Path);
        using var byFile = Checkpoint.Open(folder.PathOf("model.safetensors"));
        Assert.Equal(byFile.ComputeSha256(), byFolder.ComputeSha256());
        Assert.Equal(byFile.Name, byFolder.Name);
        Assert.Equal(folder.PathOf("model.safetensors"), byFolder.Tensor("model.norm.weight").File);
    }

    [Fact]
    public void What_is_missing_or_misshapen_is_named()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint().Write(folder.Path);
        using var checkpoint = Checkpoint.Open(folder.Path);
        Assert.True(checkpoint.Contains("model.norm.weight"));
        Assert.False(checkpoint.Contains("model.norm.bias"));
        var missing = Assert.Throws<CheckpointException>(() => checkpoint.Tensor("model.norm.weigth"));
        Assert.Contains("nearest: model.norm.weight", missing.Message, StringComparison.Ordinal);
        var misshapen = Assert.Throws<CheckpointException>(() => checkpoint.Tensor("model.norm.weight", 4, 4));
        Assert.Contains("[16]", misshapen.Found, StringComparison.Ordinal);
        Assert.Contains("[4, 4]", misshapen.Expected, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.PathOf("config.json")));
        Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.PathOf("absent")));
        Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.PathOf("absent.safetensors")));
        File.Delete(folder.PathOf("config.json"));
        Assert.Throws<TransformerConfigException>(() => Checkpoint.Open(folder.Path));
        File.Delete(folder.PathOf("model.safetensors"));
        Assert.Contains("no weights", Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"weight_map": {"a": "../model.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "x/../../model.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "/etc/model.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "C:\\model.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "..\\model.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "config.json"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": 3}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"a": "shard.safetensors", "a": "shard.safetensors"}}""", "weight_map.a")]
    [InlineData("""{"weight_map": {"b": "shard.safetensors"}}""", "b")]
    [InlineData("""{"weight_map": {"b": "absent.safetensors"}}""", "")]
    [InlineData("""{"weight_map": {}}""", "weight_map")]
    [InlineData("""{"weight_map": []}""", "weight_map")]
    [InlineData("""{}""", "weight_map")]
    [InlineData("""[]""", "weight_map")]
    [InlineData("""{"weight_map": """, "")]
    [InlineData("""{"weight_map": {"\ud800": "shard.safetensors"}}""", "")]
    public void A_bad_index_is_refused(string index, string entry)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", new RandomCheckpoint().ConfigurationJson());
        folder.Write("shard.safetensors", SafetensorsWriter.Write([new("a", TensorType.F32, [1], [1])]));
        folder.Write("model.safetensors.index.json", index);
        Assert.Equal(entry, Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Path)).Entry);
    }

    [Fact]
    public void A_failed_opening_leaves_no_file_open()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint { Shards = 2 }.Write(folder.Path);
        var second = folder.PathOf("model-00002-of-00002.safetensors");
        File.WriteAllBytes(second, File.ReadAllBytes(second)[..^1]);
        Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Path));
        Assert.Empty(OpenFilesUnder(folder.Path));
        new RandomCheckpoint { Shards = 2 }.Write(folder.Path);
        var checkpoint = Checkpoint.Open(folder.Path);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(2, OpenFilesUnder(folder.Path).Length);
        }

        checkpoint.Dispose();
        Assert.Empty(OpenFilesUnder(folder.Path));
    }

    [Fact]
    public void After_disposal_nothing_can_be_read()
    {
        using var folder = new TemporaryFolder();
        new RandomCheckpoint().Write(folder.Path);
        var checkpoint = Checkpoint.Open(folder.Path);
        var tensor = checkpoint.Tensor("model.norm.weight");
        checkpoint.Dispose();
        checkpoint.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.CopyTo(new float[16]));
        Assert.Throws<ObjectDisposedException>(tensor.RequireFinite);
        Assert.Throws<ObjectDisposedException>(() => checkpoint.ComputeSha256());
    }

    [Fact]
    public void Opening_copies_no_weights()
    {
        using var folder = new TemporaryFolder();
        const int Width = 4096;
        folder.Write("config.json", new RandomCheckpoint().ConfigurationJson());
        folder.Write("model.safetensors", SafetensorsWriter.File("""{"w":{"dtype":"F32","shape":[4096,4096],"data_offsets":[0,67108864]}}""", new byte[Width * Width * 4]));
        var row = new float[Width];
        Checkpoint.Open(folder.Path).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var checkpoint = Checkpoint.Open(folder.Path);
        var tensor = checkpoint.Tensor("w", Width, Width);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);

        before = GC.GetAllocatedBytesForCurrentThread();
        tensor.CopyTo(17L * Width, row);
        tensor.RequireFinite();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Width * (long)Width, tensor.Length);
    }

    private static string[] OpenFilesUnder(string folder) => !OperatingSystem.IsLinux() ? [] :
        [.. File.ReadLines("/proc/self/maps").Where(line => line.Contains(folder, StringComparison.Ordinal))];
}
