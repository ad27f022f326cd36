using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeSplit.Core.Inference;

/// <summary>A view of one tensor of an open checkpoint; the values stay where the file is mapped.</summary>
/// <remarks>
/// Safe to read from any number of threads until the checkpoint is disposed; after that every reading member throws
/// <see cref="ObjectDisposedException"/>. Do not dispose while another thread reads.
/// </remarks>
public sealed unsafe class CheckpointTensor
{
    private readonly SafetensorsFile _file;
    private readonly SafetensorsTensor _entry;

    internal CheckpointTensor(SafetensorsFile file, SafetensorsTensor entry) => (_file, _entry) = (file, entry);

    /// <summary>Its name in the checkpoint.</summary>
    public string Name => _entry.Name;

    /// <summary>How its values are stored.</summary>
    public TensorType Type => _entry.Type;

    /// <summary>Its sizes, slowest index first (row-major).</summary>
    public IReadOnlyList<int> Shape => _entry.Shape;

    /// <summary>Number of values.</summary>
    public long Length => _entry.Length;

    /// <summary>Its bytes in the file.</summary>
    public long ByteLength => _entry.ByteLength;

    /// <summary>Path of the file that holds it.</summary>
    public string File => _file.Path;

    /// <summary>The first byte. May lie at any address: read with unaligned loads.</summary>
    internal byte* Pointer => _file.Start + _entry.Offset;

    /// <summary>Copies all values as single-precision numbers; every stored value has an exact one.</summary>
    /// <param name="destination">Receives the values in row-major order; at least <see cref="Length"/> long, the rest stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentOutOfRangeException(nameof(destination), destination.Length, FormattableString.Invariant($"Must hold {Length} values."));
        }

        CopyTo(0, destination[..(int)Length]);
    }

    /// <summary>Copies a run of values as single-precision numbers, such as one row of an embedding table.</summary>
    /// <param name="first">Index of the first value, in row-major order, in [0, <see cref="Length"/> - length of <paramref name="destination"/>].</param>
    /// <param name="destination">Receives as many values as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run leaves the tensor.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public void CopyTo(long first, Span<float> destination)
    {
        if (first < 0 || first > Length - destination.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(first), first, FormattableString.Invariant($"Must be in [0, {Length - destination.Length}] for {destination.Length} values of {Length}."));
        }

        var source = Pointer + (first * SafetensorsTensor.BytesOf(Type));
        switch (Type)
        {
            case TensorType.F32:
                new ReadOnlySpan<byte>(source, checked(destination.Length * sizeof(float))).CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(destination));
                break;
            case TensorType.F16:
                TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(source, destination.Length), destination);
                break;
            default:
                WidenBrainFloats((ushort*)source, destination);
                break;
        }

        GC.KeepAlive(this);
    }

    /// <summary>Checks that every value is a finite number.</summary>
    /// <exception cref="CheckpointException">A value is NaN or infinite: names the file, the tensor, the index of the first one and the value.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public void RequireFinite()
    {
        // A number is NaN or infinite exactly when all bits of its exponent are set, so no value need be converted.
        var index = Type switch
        {
            TensorType.F32 => FirstWithAllOf((uint*)Pointer, Length, 0x7F80_0000u),
            TensorType.F16 => FirstWithAllOf((ushort*)Pointer, Length, (ushort)0x7C00),
            _ => FirstWithAllOf((ushort*)Pointer, Length, (ushort)0x7F80),
        };
        if (index >= 0)
        {
            var value = 0f;
            CopyTo(index, new Span<float>(ref value));
            var text = float.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
            throw new CheckpointException(File, Name, FormattableString.Invariant($"{text} at index {index} of {Length}"), "finite weights");
        }

        GC.KeepAlive(this);
    }

    private static void WidenBrainFloats(ushort* source, Span<float> destination)
    {
        var i = 0;
        ref var target = ref Unsafe.As<float, uint>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(destination));
        for (; i <= destination.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            var (lower, upper) = Vector512.Widen(Vector512.Load(source + i));
            (lower << 16).StoreUnsafe(ref target, (nuint)i);
            (upper << 16).StoreUnsafe(ref target, (nuint)(i + Vector512<uint>.Count));
        }

        for (; i < destination.Length; i++)
        {
            Unsafe.Add(ref target, i) = (uint)Unsafe.ReadUnaligned<ushort>(source + i) << 16;
        }
    }

    private static long FirstWithAllOf<T>(T* values, long length, T mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        long i = 0;
        var masks = Vector512.Create(mask);
        while (i <= length - Vector512<T>.Count && !Vector512.EqualsAny(Vector512.Load(values + i) & masks, masks))
        {
            i += Vector512<T>.Count;
        }

        for (; i < length; i++)
        {
            if ((Unsafe.ReadUnaligned<T>(values + i) & mask) == mask)
            {
                return i;
            }
        }

        return -1;
    }
}
