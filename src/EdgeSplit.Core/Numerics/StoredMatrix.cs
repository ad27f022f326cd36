using System.Runtime.InteropServices;

namespace EdgeSplit.Core.Numerics;

/// <summary>A row-major matrix of weights where it was stored: in a mapped file, or in memory of its own. It is converted as it is used, never as a whole.</summary>
/// <remarks>Immutable for its users and safe to share between threads. The owner keeps the memory alive.</remarks>
internal sealed unsafe class StoredMatrix
{
    private readonly object owner;

    /// <summary>Views stored values.</summary>
    /// <param name="data">The first value; need not be aligned.</param>
    /// <param name="format">How values are stored.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="owner">What keeps the memory alive.</param>
    internal StoredMatrix(byte* data, WeightFormat format, int rows, int columns, object owner)
    {
        Data = data;
        Format = format;
        Rows = Guard.AtLeast(rows, 1);
        Columns = Guard.AtLeast(columns, 1);
        this.owner = owner;
    }

    /// <summary>The first value.</summary>
    internal byte* Data { get; }

    /// <summary>How values are stored.</summary>
    internal WeightFormat Format { get; }

    /// <summary>Rows: outputs of the layer.</summary>
    internal int Rows { get; }

    /// <summary>Columns: inputs of the layer.</summary>
    internal int Columns { get; }

    /// <summary>Bytes per value.</summary>
    internal int ValueBytes => Format == WeightFormat.Single ? 4 : 2;

    /// <summary>A matrix in memory of its own.</summary>
    /// <param name="values">The values, shape [rows, columns]; copied.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    internal static StoredMatrix Of(ReadOnlySpan<float> values, int rows, int columns)
    {
        var copy = GC.AllocateUninitializedArray<float>(checked(rows * columns), pinned: true);
        values[..copy.Length].CopyTo(copy);
        return new StoredMatrix((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(copy, 0), WeightFormat.Single, rows, columns, copy);
    }

    /// <summary>Converts one row.</summary>
    /// <param name="row">Row, 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="destination">Receives the values, shape [columns].</param>
    internal void CopyRow(int row, Span<float> destination)
    {
        Guard.InRange(row, 0, Rows - 1);
        Guard.SameLength(destination.Length, Columns);
        switch (Format)
        {
            case WeightFormat.Single:
                Copy<SingleLoad>(row, destination);
                break;
            case WeightFormat.Half:
                Copy<HalfLoad>(row, destination);
                break;
            default:
                Copy<BrainLoad>(row, destination);
                break;
        }

        GC.KeepAlive(owner);
    }

    private void Copy<TLoad>(int row, Span<float> destination)
        where TLoad : struct, IWeightLoad
    {
        var source = Data + ((nint)row * Columns * TLoad.Bytes);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = TLoad.LoadOne(source + ((nint)i * TLoad.Bytes));
        }
    }
}
