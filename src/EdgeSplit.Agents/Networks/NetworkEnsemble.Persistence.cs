using System.Runtime.InteropServices;
using System.Text;

namespace EdgeSplit.Agents.Networks;

public sealed partial class NetworkEnsemble
{
    private const string Mark = "EdgeSplit network ensemble";
    private const int FormatVersion = 1;

    /// <summary>Writes the whole state: networks, priors, moments and steps of the optimisers.</summary>
    /// <remarks>Format 1, little-endian: a length-prefixed mark, the version, the shape (members, widths, prior scales, offsets), then for
    /// each member parameters, prior, step, first and second moments. Losses and optimiser settings are options, not state.</remarks>
    /// <param name="stream">The stream to write to; left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(FormatVersion);
        writer.Write(MemberCount);
        writer.Write(networks[0].Widths.Length);
        foreach (var width in networks[0].Widths)
        {
            writer.Write(width);
        }

        Write(writer, priorScales);
        Write(writer, outputOffsets);
        for (var member = 0; member < MemberCount; member++)
        {
            Write(writer, networks[member].Parameters);
            Write(writer, priors[member].Parameters);
            writer.Write(optimisers[member].StepCount);
            Write(writer, optimisers[member].FirstMoment);
            Write(writer, optimisers[member].SecondMoment);
        }
    }

    /// <summary>Replaces the whole state by a saved one of the same shape; on an error nothing is changed.</summary>
    /// <param name="stream">The stream to read from, positioned where <see cref="Save"/> began; left open, just after the state.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else, another version, another shape, or ends early.</exception>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            ReadShape(reader);
            var count = parameterGradients.Length;
            var states = new (float[] Network, float[] Prior, long Steps, float[] First, float[] Second)[MemberCount];
            for (var member = 0; member < MemberCount; member++)
            {
                states[member] = (Read(reader, count), Read(reader, count), reader.ReadInt64(), Read(reader, count), Read(reader, count));
                if (states[member].Steps < 0)
                {
                    throw new InvalidDataException($"Member {member} has taken {states[member].Steps} steps; at least 0 is allowed.");
                }
            }

            for (var member = 0; member < MemberCount; member++)
            {
                var state = states[member];
                state.Network.CopyTo(networks[member].Parameters);
                state.Prior.CopyTo(priors[member].Parameters);
                optimisers[member].Restore(state.Steps, state.First, state.Second);
            }
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The network ensemble ends early: the file is cut off or damaged.", error);
        }
    }

    /// <summary>Forgets all training: the networks and optimisers are again as they were constructed; the priors stay.</summary>
    public void Restart()
    {
        for (var member = 0; member < MemberCount; member++)
        {
            RandomWeights.Fill(networks[member], Options.Initialisation, networkKey, (ulong)member);
            optimisers[member] = new Adam(networks[member].Parameters.Length, Options.Optimiser);
        }
    }

    /// <summary>Number of trained parameters of all members together.</summary>
    public int ParameterCount => MemberCount * parameterGradients.Length;

    /// <summary>Copies the trained parameters of all members, to keep the best of a training run.</summary>
    /// <param name="parameters">Receives them; shape [members x parameters of one].</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has another length.</exception>
    public void CopyParametersTo(Span<float> parameters)
    {
        Guard.SameLength(parameters.Length, ParameterCount);
        for (var member = 0; member < MemberCount; member++)
        {
            networks[member].Parameters.CopyTo(parameters[(member * parameterGradients.Length)..]);
        }
    }

    /// <summary>Takes over parameters that <see cref="CopyParametersTo"/> has copied; the optimisers' state stays.</summary>
    /// <param name="parameters">The parameters; shape [members x parameters of one].</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has another length.</exception>
    public void SetParameters(ReadOnlySpan<float> parameters)
    {
        Guard.SameLength(parameters.Length, ParameterCount);
        for (var member = 0; member < MemberCount; member++)
        {
            parameters.Slice(member * parameterGradients.Length, parameterGradients.Length).CopyTo(networks[member].Parameters);
        }
    }

    private void ReadShape(BinaryReader reader)
    {
        Expect("mark", Encoding.UTF8.GetString(reader.ReadBytes(Mark.Length + 1)), (char)Mark.Length + Mark);
        Expect("format version", reader.ReadInt32(), FormatVersion);
        Expect("number of members", reader.ReadInt32(), MemberCount);
        Expect("number of widths", reader.ReadInt32(), networks[0].Widths.Length);
        foreach (var width in networks[0].Widths)
        {
            Expect("width", reader.ReadInt32(), width);
        }

        foreach (var scale in priorScales)
        {
            Expect("prior scale", reader.ReadSingle(), scale);
        }

        foreach (var offset in outputOffsets)
        {
            Expect("output offset", reader.ReadSingle(), offset);
        }
    }

    private static void Expect<T>(string what, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"The stream does not hold this network ensemble: {what} is {found}, expected {expected}."));
        }
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static float[] Read(BinaryReader reader, int count)
    {
        var values = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            foreach (ref var value in values.AsSpan())
            {
                value = BitConverter.Int32BitsToSingle(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value)));
            }
        }

        return values;
    }
}
