using System.Text;

namespace EdgeSplit.Agents.Environments;

/// <summary>How the states of this room are written down: a mark of what it is, then plain values; and how a damaged or foreign one is refused.</summary>
internal static class SavedState
{
    internal static void WriteMark(BinaryWriter writer, string kind, int version, params ReadOnlySpan<long> sizes)
    {
        writer.Write(kind);
        writer.Write(version);
        writer.Write(sizes.Length);
        foreach (var size in sizes)
        {
            writer.Write(size);
        }
    }

    /// <summary>Reads what <see cref="WriteMark"/> wrote and throws where it is not what is expected.</summary>
    internal static void ReadMark(BinaryReader reader, string kind, int version, params ReadOnlySpan<long> sizes)
    {
        var foundKind = reader.ReadString();
        if (foundKind != kind)
        {
            throw new InvalidDataException($"The state is that of '{foundKind}', expected '{kind}'.");
        }

        Expect(reader.ReadInt32(), version, $"version of the state of '{kind}'");
        Expect(reader.ReadInt32(), sizes.Length, $"number of sizes of '{kind}'");
        for (var i = 0; i < sizes.Length; i++)
        {
            Expect(reader.ReadInt64(), sizes[i], FormattableString.Invariant($"size {i} of '{kind}'"));
        }
    }

    internal static void Expect(long found, long expected, string what)
    {
        if (found != expected)
        {
            throw new InvalidDataException(FormattableString.Invariant($"Another {what}: found {found}, expected {expected}."));
        }
    }

    internal static void ExpectScenario(string found, string expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The state is of the scenario '{found}', expected '{expected}'.");
        }
    }

    /// <summary>Reads a whole state; that it ends too early, or holds an impossible string, is damage like any other.</summary>
    internal static T Read<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            return read(reader);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("The state is damaged: " + exception.Message, exception);
        }
    }

    /// <summary>The state behind a thing that a wrapper holds.</summary>
    internal static IRestorable Restorable(object inner) => inner as IRestorable
        ?? throw new NotSupportedException($"{inner.GetType().Name} cannot be saved or loaded: it does not implement {nameof(IRestorable)}.");

    /// <summary>Loads several things, all or none of them.</summary>
    internal static void LoadAll(BinaryReader reader, ReadOnlySpan<IRestorable> parts)
    {
        using var before = new MemoryStream();
        using (var writer = new BinaryWriter(before, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var part in parts)
            {
                part.SaveState(writer);
            }
        }

        var loaded = 0;
        try
        {
            for (; loaded < parts.Length; loaded++)
            {
                parts[loaded].LoadState(reader);
            }
        }
        catch when (loaded > 0)
        {
            before.Position = 0;
            using var saved = new BinaryReader(before);
            foreach (var part in parts[..loaded])
            {
                part.LoadState(saved);
            }

            throw;
        }
    }

    internal static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static double[] ReadDoubles(BinaryReader reader, int count)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = reader.ReadDouble();
        }

        return values;
    }

    internal static void Write(BinaryWriter writer, ReadOnlySpan<ulong> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static ulong[] ReadUInt64s(BinaryReader reader, int count)
    {
        var values = new ulong[count];
        foreach (ref var value in values.AsSpan())
        {
            value = reader.ReadUInt64();
        }

        return values;
    }

    internal static void Write(BinaryWriter writer, ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static int[] ReadInt32s(BinaryReader reader, int count)
    {
        var values = new int[count];
        foreach (ref var value in values.AsSpan())
        {
            value = reader.ReadInt32();
        }

        return values;
    }

    internal static void Write(BinaryWriter writer, ReadOnlySpan<bool> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static bool[] ReadBooleans(BinaryReader reader, int count)
    {
        var values = new bool[count];
        foreach (ref var value in values.AsSpan())
        {
            value = reader.ReadBoolean();
        }

        return values;
    }
}
