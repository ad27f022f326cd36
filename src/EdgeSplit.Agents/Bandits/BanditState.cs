namespace EdgeSplit.Agents.Bandits;

/// <summary>Reading and writing of what bandits save: vectors of finite numbers, and a load that leaves nothing half done.</summary>
internal static class BanditState
{
    internal static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static void Read(BinaryReader reader, Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = reader.ReadDouble();
            if (!double.IsFinite(value))
            {
                throw new InvalidDataException("The state holds a number that is not finite.");
            }
        }
    }

    internal static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    internal static void Read(BinaryReader reader, Span<float> values)
    {
        foreach (ref var value in values)
        {
            value = reader.ReadSingle();
            if (!float.IsFinite(value))
            {
                throw new InvalidDataException("The state holds a number that is not finite.");
            }
        }
    }

    /// <summary>A count that must lie in a range.</summary>
    internal static long ReadCount(BinaryReader reader, long most)
    {
        var count = reader.ReadInt64();
        return count >= 0 && count <= most ? count
            : throw new InvalidDataException(FormattableString.Invariant($"The state holds a count of {count}; 0 to {most} is allowed."));
    }

    /// <summary>A number that must be the expected one: a shape.</summary>
    internal static void Expect(BinaryReader reader, string what, int expected)
    {
        var found = reader.ReadInt32();
        if (found != expected)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The state has {found} {what}, expected {expected}."));
        }
    }

    /// <summary>Loads, and puts the present state back where that fails.</summary>
    internal static void LoadOrRestore(BinaryReader reader, Action<BinaryWriter> save, Action<BinaryReader> load)
    {
        using var backup = new MemoryStream();
        using var writer = new BinaryWriter(backup);
        save(writer);
        try
        {
            load(reader);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException or FormatException)
        {
            backup.Position = 0;
            using var present = new BinaryReader(backup);
            load(present);
            throw error as InvalidDataException ?? new InvalidDataException("The state is cut off or damaged.", error);
        }
    }
}
