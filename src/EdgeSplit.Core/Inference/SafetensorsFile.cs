using System.IO.MemoryMappedFiles;

namespace EdgeSplit.Core.Inference;

/// <summary>A safetensors file, mapped into memory for reading; nothing is copied.</summary>
/// <remarks>
/// <para>The format: 8 bytes with the length of the header (little-endian), the header (JSON: a tensor's name to <c>dtype</c>, <c>shape</c>,
/// <c>data_offsets</c>), then the values. As the format demands, the tensors must cover the bytes after the header without gap or overlap; a file that
/// is longer or shorter is refused. Read are F32, F16 and BF16. <c>__metadata__</c> is checked and ignored.</para>
/// <para>The format does not promise that values lie at multiples of their size; they are read wherever they lie.</para>
/// <para>Safe to read from any number of threads; dispose it when none reads any more. The file must not be shortened while it is open:
/// the operating system ends a process that reads a mapped page which is gone.</para>
/// <para>Source: the safetensors format, https://github.com/huggingface/safetensors.</para>
/// </remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private SafetensorsFile(string path, MemoryMappedFile map, MemoryMappedViewAccessor view, long length)
    {
        (Path, _map, _view, ByteLength) = (path, map, view, length);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += view.PointerOffset;
        Tensors = new Dictionary<string, SafetensorsTensor>();
    }

    /// <summary>Path of the file, as given.</summary>
    public string Path { get; }

    /// <summary>Size of the file in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>The tensors by name. Readable after <see cref="Dispose"/> too; their values are not.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; private set; }

    /// <summary>Opens a file and checks its header; values are not looked at.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="CheckpointException">The file is missing or unreadable, or its header breaks the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Map(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException(path, "", "no readable file (" + error.Message + ")", "a safetensors file", error);
        }
    }

    /// <summary>A view of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="CheckpointException">The file has no such tensor; names the nearest.</exception>
    public CheckpointTensor Tensor(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new CheckpointTensor(this, Tensors.TryGetValue(name, out var entry) ? entry : throw Missing(Path, name, Tensors.Keys));
    }

    /// <summary>The error of a tensor that is not there.</summary>
    internal static CheckpointException Missing(string path, string name, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var nearest = NearestName.Suggest(name, names);
        return new CheckpointException(path, name, "no such tensor", FormattableString.Invariant($"one of {names.Count} tensors") + (nearest is null ? "" : $" (nearest: {nearest})"));
    }

    /// <summary>Where the bytes of the file start in memory.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    internal byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start == null, this);
            return _start;
        }
    }

    /// <summary>Closes the file. Tensors taken from it must not be read any more.</summary>
    public void Dispose()
    {
        if (_start != null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }

    private static SafetensorsFile Map(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        MemoryMappedFile? map = null;
        SafetensorsFile? file = null;
        try
        {
            // An empty file cannot be mapped; the header says what a short one lacks.
            var length = stream.Length;
            SafetensorsHeader.RequireLength(path, length);
            map = MemoryMappedFile.CreateFromFile(stream, null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            file = new SafetensorsFile(path, map, map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
            file.Tensors = SafetensorsHeader.Read(path, file._start, length);
            return file;
        }
        catch
        {
            file?.Dispose();
            map?.Dispose();
            stream.Dispose();
            throw;
        }
    }
}
