using System.Text;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Inference;

public sealed class SafetensorsLaws
{
    private const string Valid = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void Every_half_precision_number_is_read_exactly()
    {
        var bits = Enumerable.Range(0, 65536).SelectMany(value => BitConverter.GetBytes((ushort)value)).ToArray();
        using var folder = new TemporaryFolder();
        foreach (var type in (ReadOnlySpan<string>)["F16", "BF16"])
        {
            // 65,535 values from the second on: an odd place, and a rest that fills no vector.
            using var file = SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsWriter.File($$$"""{"a":{"dtype":"{{{type}}}","shape":[256,256],"data_offsets":[0,131072]}}""", bits)));
            var tensor = file.Tensor("a");
            var values = new float[65535];
            tensor.CopyTo(1, values);
            for (var i = 0; i < values.Length; i++)
            {
                var expected = type == "F16" ? Ieee(i + 1, 5, 10) : Ieee(i + 1, 8, 7);
                Assert.True(float.IsNaN((float)expected) ? float.IsNaN(values[i]) : values[i] == expected, $"{type} {i + 1:X4}");
            }
        }
    }

    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    public void A_weight_that_is_no_finite_number_is_found_wherever_it_lies(TensorType type)
    {
        using var folder = new TemporaryFolder();
        foreach (var (bad, name) in (ReadOnlySpan<(float, string)>)[(float.NaN, "NaN"), (float.PositiveInfinity, "Infinity"), (float.NegativeInfinity, "-Infinity")])
        {
            for (var length = 1; length < 140; length += 23)
            {
                for (var at = 0; at < length; at += 7)
                {
                    var values = Enumerable.Repeat(type == TensorType.F16 ? 65504f : 1e38f, length).ToArray();
                    values[at] = bad;
                    using var file = SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsWriter.Write([new("a", type, [length], values)])));
                    var error = Assert.Throws<CheckpointException>(() => file.Tensor("a").RequireFinite());
                    Assert.Equal("a", error.Entry);
                    Assert.Equal(FormattableString.Invariant($"{name} at index {at} of {length}"), error.Found);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Values_are_read_wherever_they_lie(int padding)
    {
        // Spaces after the header shift every tensor by one byte; odd sizes shift those behind.
        using var folder = new TemporaryFolder();
        var floats = Enumerable.Range(0, 77).Select(i => (i - 38) / 8f).ToArray();
        var tensors = new SafetensorsWriter.Tensor[]
        {
            new("h", TensorType.F16, [77], floats), new("f", TensorType.F32, [7, 11], floats), new("b", TensorType.BF16, [11, 7], floats), new("g", TensorType.F32, [77], floats),
        };
        var length = SafetensorsWriter.Write(tensors, 1).AsSpan()[..8];
        var written = SafetensorsWriter.Write(tensors, (int)BitConverter.ToInt64(length) + padding);
        using var file = SafetensorsFile.Open(folder.Write("x.safetensors", written));
        foreach (var tensor in tensors)
        {
            var values = new float[77];
            file.Tensor(tensor.Name).CopyTo(0, values);
            Assert.Equal(floats, values);
            file.Tensor(tensor.Name).RequireFinite();
        }
    }

    [Fact]
    public void Empty_tensors_and_single_values_are_tensors()
    {
        using var folder = new TemporaryFolder();
        const string Header = """{"e":{"dtype":"F16","shape":[0,5],"data_offsets":[4,4]},"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""";
        using var file = SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsWriter.File(Header, BitConverter.GetBytes(2.5f))));
        var value = new float[1];
        file.Tensor("s").CopyTo(0, value);
        Assert.Equal(2.5f, value[0]);
        Assert.Equal(0, file.Tensors["e"].Length);
        file.Tensor("e").RequireFinite();
        file.Tensor("e").CopyTo([]);
    }

    [Fact]
    public void A_run_that_leaves_the_tensor_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var file = SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsWriter.File(Valid, new byte[8])));
        var tensor = file.Tensor("a");
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(-1, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(2, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(0, new float[3]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483648],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536,65536,16384],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "a")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"scale":2}}""", "a")]
    [InlineData("""{"a":[]}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "b")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "")]
    [InlineData("""{"__metadata__":{"k":3},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "__metadata__")]
    [InlineData("""{"__metadata__":7,"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "__metadata__")]
    [InlineData("""{"__metadata__":{},"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "__metadata__")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[2]]],"data_offsets":[0,8]}}""", "a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[[[[[[[[[[[[""", "a")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "")]
    [InlineData("""{} {}""", "")]
    [InlineData("""[]""", "")]
    [InlineData(""" {}""", "")]
    [InlineData("""{""", "")]
    [InlineData("""{"a":""", "a")]
    [InlineData("", "")]
    [InlineData("{}", "")]
    public void A_header_that_breaks_the_format_is_refused(string header, string entry)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.safetensors", SafetensorsWriter.File(header, new byte[8], 1));
        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        Assert.Equal(entry, error.Entry);
        Assert.Equal(path, error.CheckpointFile);
    }

    [Fact]
    public void A_file_shorter_or_longer_than_it_says_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = SafetensorsWriter.File(Valid, new byte[8]);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("x.safetensors", whole.AsSpan(0, length));
            Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        }

        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Write("x.safetensors", [.. whole, 0])));
        SafetensorsFile.Open(folder.Write("x.safetensors", whole)).Dispose();
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Path));
    }

    [Fact]
    public void A_message_stays_on_its_line()
    {
        using var folder = new TemporaryFolder();
        var header = """{"a\u001b[2J\n\u202E":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""";
        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsWriter.File(header, new byte[8]))));
        Assert.Contains(@"a\u001B[2J\u000A\u202E: found dtype F64; expected: F32, F16 or BF16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_header_opens_inside_its_bounds_or_is_refused()
    {
        using var folder = new TemporaryFolder();
        var tensors = new RandomCheckpoint { Layers = 1 }.Tensors();
        var valid = SafetensorsWriter.Write(tensors);
        var header = 8 + (int)BitConverter.ToInt64(valid);
        var refused = 0;
        for (ulong n = 0; n < 2000; n++)
        {
            var bytes = FileMutation.Mutate(valid, header, n);
            var path = folder.Write("x.safetensors", bytes);
            try
            {
                using var file = SafetensorsFile.Open(path);
                var covered = 0L;
                foreach (var tensor in file.Tensors.Values)
                {
                    Assert.InRange(tensor.Offset, 8, bytes.Length - tensor.ByteLength);
                    Assert.Equal(tensor.Shape.Aggregate((long)(tensor.Type == TensorType.F32 ? 4 : 2), (product, size) => product * size), tensor.ByteLength);
                    covered += tensor.ByteLength;
                }

                Assert.Equal(bytes.Length - 8 - BitConverter.ToInt64(bytes), covered);
            }
            catch (CheckpointException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 1999);
    }

    private static double Ieee(int bits, int exponentBits, int fractionBits)
    {
        var sign = bits >> 15 == 0 ? 1.0 : -1.0;
        var exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
        var fraction = (bits & ((1 << fractionBits) - 1)) / (double)(1 << fractionBits);
        var bias = (1 << (exponentBits - 1)) - 1;
        return exponent == (1 << exponentBits) - 1 ? (fraction == 0 ? sign * double.PositiveInfinity : double.NaN)
            : exponent == 0 ? sign * fraction * Math.Pow(2, 1 - bias)
            : sign * (1 + fraction) * Math.Pow(2, exponent - bias);
    }
}
