using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Core.Inference;

/// <summary>Reads and checks the header of a safetensors file.</summary>
internal static unsafe class SafetensorsHeader
{
    internal const string ReadTypes = "F32, F16 or BF16";

    private const int Prefix = 8;
    private const long MaximumBytes = 100_000_000;
    private const int MaximumDepth = 3;

    internal static void RequireLength(string path, long length)
    {
        if (length < Prefix)
        {
            throw new CheckpointException(path, "", Invariant($"{length} bytes"), "a safetensors file, which begins with the length of its header in 8 bytes");
        }
    }

    /// <summary>The tensors of a file that lies in memory.</summary>
    internal static Dictionary<string, SafetensorsTensor> Read(string path, byte* file, long length)
    {
        RequireLength(path, length);
        var header = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(file, Prefix));
        if (header > (ulong)Math.Min(MaximumBytes, length - Prefix))
        {
            throw new CheckpointException(
                path, "", Invariant($"a header length of {header} bytes in a file of {length} bytes"), Invariant($"at most {Math.Min(MaximumBytes, length - Prefix)} bytes (the rest of the file, 100 MB at most)"));
        }

        var json = new ReadOnlySpan<byte>(file + Prefix, (int)header);
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new CheckpointException(path, "", "a header that does not begin with {", "one JSON object");
        }

        var data = Prefix + (long)header;
        var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        var name = "";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
            reader.Read();
            var hasMetadata = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                name = "";
                name = reader.GetString()!;
                if (name == "__metadata__")
                {
                    if (hasMetadata)
                    {
                        throw new CheckpointException(path, name, "the key twice", "it once");
                    }

                    hasMetadata = true;
                    SkipMetadata(path, ref reader);
                    continue;
                }

                if (!tensors.TryAdd(name, ReadTensor(path, name, ref reader, data, length)))
                {
                    throw new CheckpointException(path, name, "two tensors of this name", "one");
                }
            }

            name = "";
            reader.Read(); // Anything but white space after the object is an error.
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader refuses bytes that are not UTF-8, and escapes that are not Unicode text, by InvalidOperationException.
            throw new CheckpointException(path, name, "a header that is not JSON in UTF-8 (" + error.Message + ")", "an object of tensors, each an object of dtype, shape and data_offsets", error);
        }

        RequireCover(path, tensors.Values, data, length);
        return tensors;
    }

    private static SafetensorsTensor ReadTensor(string path, string name, ref Utf8JsonReader reader, long data, long length)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CheckpointException(path, name, Describe(ref reader), "an object of dtype, shape and data_offsets");
        }

        string? type = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            var twice = key switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw new CheckpointException(path, name, "the key " + key, "dtype, shape and data_offsets only"),
            };
            if (twice)
            {
                throw new CheckpointException(path, name, "the key " + key + " twice", "it once");
            }

            reader.Read();
            switch (key)
            {
                case "dtype":
                    type = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new CheckpointException(path, name, "dtype: " + Describe(ref reader), ReadTypes);
                    break;
                case "shape":
                    shape = Integers(path, name, key, ref reader, int.MaxValue);
                    break;
                default:
                    offsets = Integers(path, name, key, ref reader, long.MaxValue);
                    break;
            }
        }

        return Check(path, name, type ?? throw Lacking(path, name, "dtype"), shape ?? throw Lacking(path, name, "shape"), offsets ?? throw Lacking(path, name, "data_offsets"), data, length);
    }

    private static SafetensorsTensor Check(string path, string name, string dtype, List<long> shape, List<long> offsets, long data, long length)
    {
        TensorType type = dtype switch
        {
            "F32" => TensorType.F32,
            "F16" => TensorType.F16,
            "BF16" => TensorType.BF16,
            _ => throw new CheckpointException(path, name, "dtype " + dtype, ReadTypes),
        };
        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] > length - data)
        {
            throw new CheckpointException(
                path, name, "data_offsets [" + string.Join(", ", offsets.Select(offset => Invariant($"{offset}"))) + "]", Invariant($"a start and an end, start <= end <= {length - data} (the bytes after the header)"));
        }

        long bytes = SafetensorsTensor.BytesOf(type);
        try
        {
            bytes = checked(shape.Aggregate(1L, (product, size) => checked(product * size)) * bytes);
        }
        catch (OverflowException error)
        {
            throw new CheckpointException(path, name, "a shape of more than 2^63 bytes", "a shape that fits into the file", error);
        }

        var sizes = shape.ConvertAll(size => (int)size);
        return offsets[1] - offsets[0] == bytes
            ? new SafetensorsTensor(name, type, sizes.AsReadOnly(), data + offsets[0], bytes)
            : throw new CheckpointException(
                path, name, Invariant($"data_offsets of {offsets[1] - offsets[0]} bytes"), Invariant($"{bytes} bytes, as {dtype} and the shape {SafetensorsTensor.Write(sizes)} need"));
    }

    /// <summary>The bytes after the header belong to exactly one tensor each.</summary>
    private static void RequireCover(string path, IEnumerable<SafetensorsTensor> tensors, long data, long length)
    {
        var end = data;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.ByteLength))
        {
            if (tensor.Offset != end)
            {
                throw new CheckpointException(
                    path, tensor.Name, Invariant($"data_offsets that start at {tensor.Offset - data}, {(tensor.Offset < end ? "inside" : "beyond the end of")} the tensor before"), Invariant($"a start at {end - data}: no gap, no overlap"));
            }

            end += tensor.ByteLength;
        }

        if (end != length)
        {
            throw new CheckpointException(path, "", Invariant($"{length - data} bytes after the header"), Invariant($"{end - data} bytes, as the tensors need"));
        }
    }

    private static List<long> Integers(string path, string name, string key, ref Utf8JsonReader reader, long maximum)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new CheckpointException(path, name, key + ": " + Describe(ref reader), "an array of whole numbers");
        }

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0 && number <= maximum
                ? number
                : throw new CheckpointException(path, name, key + ": " + Describe(ref reader), Invariant($"whole numbers in [0, {maximum}]")));
        }

        return numbers;
    }

    private static void SkipMetadata(string path, ref Utf8JsonReader reader)
    {
        const string expected = "an object of texts";
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CheckpointException(path, "__metadata__", Describe(ref reader), expected);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new CheckpointException(path, "__metadata__", key + ": " + Describe(ref reader), expected);
            }

            _ = reader.GetString();
        }
    }

    private static CheckpointException Lacking(string path, string name, string key) => new(path, name, "no " + key, "dtype, shape and data_offsets");

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.String => $"the text \"{reader.GetString()}\"",
        _ => "the number " + System.Text.Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
