using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>Writes safetensors files for tests.</summary>
internal static class SafetensorsWriter
{
    /// <summary>One tensor to write; the values are rounded to the format, ties to even.</summary>
    internal sealed record Tensor(string Name, TensorType Type, int[] Shape, float[] Values);

    /// <summary>The bytes of a file that holds the tensors one after the other.</summary>
    /// <param name="tensors">The tensors, in order.</param>
    /// <param name="alignment">The header is padded with spaces to a multiple of this.</param>
    internal static byte[] Write(IEnumerable<Tensor> tensors, int alignment = 8)
    {
        var data = new MemoryStream();
        var header = new Dictionary<string, object> { ["__metadata__"] = new { format = "pt" } };
        foreach (var tensor in tensors)
        {
            var start = data.Length;
            data.Write(Bytes(tensor));
            header.Add(tensor.Name, new { dtype = tensor.Type.ToString(), shape = tensor.Shape, data_offsets = new[] { start, data.Length } });
        }

        return File(JsonSerializer.Serialize(header), data.ToArray(), alignment);
    }

    /// <summary>The bytes of a file with this header, whatever it says.</summary>
    internal static byte[] File(string header, ReadOnlySpan<byte> data, int alignment = 8)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = (json.Length + alignment - 1) / alignment * alignment;
        var file = new byte[8 + length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        json.CopyTo(file, 8);
        file.AsSpan(8 + json.Length, length - json.Length).Fill((byte)' ');
        data.CopyTo(file.AsSpan(8 + length));
        return file;
    }

    /// <summary>The value that remains after rounding to the format.</summary>
    internal static float Rounded(TensorType type, float value) => type switch
    {
        TensorType.F32 => value,
        TensorType.F16 => (float)(Half)value,
        _ => BitConverter.UInt32BitsToSingle((uint)BrainFloat(value) << 16),
    };

    private static byte[] Bytes(Tensor tensor)
    {
        var size = tensor.Type == TensorType.F32 ? 4 : 2;
        var bytes = new byte[tensor.Values.Length * size];
        for (var i = 0; i < tensor.Values.Length; i++)
        {
            var at = bytes.AsSpan(i * size);
            switch (tensor.Type)
            {
                case TensorType.F32:
                    BinaryPrimitives.WriteSingleLittleEndian(at, tensor.Values[i]);
                    break;
                case TensorType.F16:
                    BinaryPrimitives.WriteHalfLittleEndian(at, (Half)tensor.Values[i]);
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(at, BrainFloat(tensor.Values[i]));
                    break;
            }
        }

        return bytes;
    }

    private static ushort BrainFloat(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
