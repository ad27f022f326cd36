using System.Runtime.InteropServices;
using EdgeSplit.Agents.Networks;

namespace EdgeSplit.Agents.ModelFree;

/// <summary>Reads and writes arrays of numbers as their bytes; little-endian processors only, as all that .NET runs on with these formats.</summary>
internal static class SavedNumbers
{
    internal static void Read<T>(BinaryReader reader, T[] values)
        where T : unmanaged => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));

    internal static T[] Read<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var values = new T[count];
        Read(reader, values);
        return values;
    }

    internal static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(values));

    internal static int InRange(int value, int min, int max, string what) => value >= min && value <= max ? value
        : throw new InvalidDataException(FormattableString.Invariant($"{what} {value} is outside of {min} .. {max}"));

    internal static long AtLeastZero(long value, string what) => value >= 0 ? value
        : throw new InvalidDataException(FormattableString.Invariant($"{what} is {value}, which is negative"));

    internal static void Write(BinaryWriter writer, Adam adam)
    {
        writer.Write(adam.StepCount);
        Write(writer, adam.FirstMoment);
        Write(writer, adam.SecondMoment);
    }
}
