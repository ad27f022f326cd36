using System.Security.Cryptography;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>A trained model on disk, in Hugging Face's layout: its configuration and its weights, which stay in the mapped files.</summary>
/// <remarks>
/// Safe to use from any number of threads; dispose it when none reads any more. The weights are never copied into managed memory here,
/// so opening takes little memory whatever the size.
/// </remarks>
public sealed unsafe class Checkpoint : IDisposable
{
    private const int HashedAtOnce = 1 << 20;

    private readonly SafetensorsFile[] _files;
    private readonly Dictionary<string, SafetensorsFile> _fileOf;

    private Checkpoint(string path, string folder, SafetensorsFile[] files, Dictionary<string, SafetensorsFile> fileOf)
    {
        (Path, _files, _fileOf) = (path, files, fileOf);
        Configuration = LlamaConfiguration.Read(folder);
        Shape = HuggingFaceConfig.Read(folder);
        Name = Shape.Name;
        TensorNames = [.. fileOf.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Path that it was opened by.</summary>
    public string Path { get; }

    /// <summary>Name of its folder.</summary>
    public string Name { get; }

    /// <summary>What the forward pass follows.</summary>
    public LlamaConfiguration Configuration { get; }

    /// <summary>What the cost model follows, from the same file.</summary>
    public TransformerShape Shape { get; }

    /// <summary>Names of the tensors, in ordinal order.</summary>
    public IReadOnlyList<string> TensorNames { get; }

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">
    /// A folder that holds <c>config.json</c> and either <c>model.safetensors</c> or <c>model.safetensors.index.json</c> with the shards that it lists
    /// (the first where both are there); or a <c>.safetensors</c> file with <c>config.json</c> beside it.
    /// Of the shards the index counts: a tensor that it does not list is not seen. <c>metadata.total_size</c> is not checked.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="CheckpointException">A weight file is missing or breaks the format, or a shard lacks a tensor that the index lists.</exception>
    /// <exception cref="TransformerConfigException"><c>config.json</c> is missing, broken or of a model that the forward pass does not run.</exception>
    public static Checkpoint Open(string path)
    {
        Guard.NotBlank(path);
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? path;
        var whole = isFolder ? System.IO.Path.Combine(folder, "model.safetensors") : path;
        var index = System.IO.Path.Combine(folder, "model.safetensors.index.json");
        if (!isFolder && !whole.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new CheckpointException(path, "", File.Exists(path) ? "a file of another kind" : "neither folder nor file", "a folder with config.json and model.safetensors, or a .safetensors file");
        }

        if (isFolder && !File.Exists(whole) && !File.Exists(index))
        {
            throw new CheckpointException(path, "", "no weights", "model.safetensors, or model.safetensors.index.json and its shards");
        }

        var opened = new List<SafetensorsFile>();
        try
        {
            var fileOf = isFolder && !File.Exists(whole) ? CheckpointIndex.Open(index, folder, opened) : OpenWhole(whole, opened);
            return new Checkpoint(path, folder, [.. opened], fileOf);
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Whether the checkpoint has a tensor of this name.</summary>
    /// <param name="tensor">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensor"/> is null.</exception>
    public bool Contains(string tensor) => _fileOf.ContainsKey(tensor);

    /// <summary>A tensor.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="shape">The sizes that it must have; none to take any.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensor"/> is null.</exception>
    /// <exception cref="CheckpointException">There is no such tensor (names the nearest), or its shape differs (names both).</exception>
    public CheckpointTensor Tensor(string tensor, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var file = _fileOf.TryGetValue(tensor, out var holder) ? holder : throw SafetensorsFile.Missing(Path, tensor, _fileOf.Keys);
        var view = file.Tensor(tensor);
        if (!shape.IsEmpty && !shape.SequenceEqual([.. view.Shape]))
        {
            throw new CheckpointException(file.Path, tensor, "the shape " + SafetensorsTensor.Write(view.Shape), SafetensorsTensor.Write(shape.ToArray()) + ", as config.json has it");
        }

        return view;
    }

    /// <summary>SHA-256 of the weight files' bytes, one file after the other in ordinal order of their names; of one file it is that of <c>sha256sum</c>.</summary>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
        {
            for (long at = 0; at < file.ByteLength; at += HashedAtOnce)
            {
                hash.AppendData(new ReadOnlySpan<byte>(file.Start + at, (int)Math.Min(HashedAtOnce, file.ByteLength - at)));
            }
        }

        GC.KeepAlive(this);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the files. Tensors must not be read any more.</summary>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static Dictionary<string, SafetensorsFile> OpenWhole(string path, List<SafetensorsFile> opened)
    {
        var file = SafetensorsFile.Open(path);
        opened.Add(file);
        return file.Tensors.Keys.ToDictionary(name => name, _ => file, StringComparer.Ordinal);
    }
}
