using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSplit.Agents.Learning;

/// <summary>Agents as files: who it is and how it was set in a JSON header, then the learned state in binary.</summary>
/// <remarks>
/// <para>Format 1: 16 bytes of ASCII (<c>EdgeSplit agent</c> and a line feed), the length of the header as a little-endian 32-bit whole number, the header in UTF-8, the state. The header
/// is <c>{ "format": "edgesplit-agent", "version": 1, "agent", "stateVersion", "settings", "settingsSha256", "stateBytes", "stateSha256" }</c>; the settings are
/// <see cref="ISavedAgent.Describe"/>, their hash is that of their compact text. By convention the file name ends in <c>.agent</c>.</para>
/// <para>A file is written beside its place and renamed, so an interrupted write leaves the old file. A damaged or foreign file is refused before the agent is touched.</para>
/// <para>Safe to call from any number of threads on different agents and files.</para>
/// </remarks>
public static class AgentFile
{
    private const string Format = "edgesplit-agent";
    private const int Version = 1;
    private const int MostHeaderBytes = 1 << 20;
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 32 };

    private static ReadOnlySpan<byte> Mark => "EdgeSplit agent\n"u8;

    /// <summary>Writes an agent to a file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ISavedAgent agent)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(agent);
        CompleteFile.Write(path, stream => Write(stream, agent));
    }

    /// <summary>Writes an agent to a stream, from its present position.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, ISavedAgent agent)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(agent);
        var state = StateOf(agent);
        var settings = agent.Describe();
        var header = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version,
            ["agent"] = agent.Name,
            ["stateVersion"] = agent.StateVersion,
            ["settings"] = settings,
            ["settingsSha256"] = Hash(Encoding.UTF8.GetBytes(settings.ToJsonString())),
            ["stateBytes"] = state.Length,
            ["stateSha256"] = Hash(state),
        };
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        stream.Write(Mark);
        stream.Write(length);
        stream.Write(text);
        stream.Write(state);
    }

    /// <summary>Reads what a file says about its agent.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="AgentFileException">The file cannot be read or is not an agent file; the message names place, found and expected.</exception>
    public static AgentFileHeader ReadHeader(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Open(path, stream => ReadHeader(stream, path));
    }

    /// <summary>Reads what a stream says about its agent.</summary>
    /// <param name="stream">The stream, positioned where <see cref="Write(Stream, ISavedAgent)"/> began; left open, just before the state.</param>
    /// <param name="name">Name of the stream, for errors.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="AgentFileException">The stream does not hold an agent.</exception>
    public static AgentFileHeader ReadHeader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> start = stackalloc byte[Mark.Length + sizeof(int)];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..Mark.Length].SequenceEqual(Mark))
        {
            throw new AgentFileException(name, "$", "something else", "an agent file, which starts with 'EdgeSplit agent'");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(start[Mark.Length..]);
        if (length is <= 0 or > MostHeaderBytes)
        {
            throw new AgentFileException(name, "$", FormattableString.Invariant($"a header of {length} bytes"), FormattableString.Invariant($"1 to {MostHeaderBytes} bytes"));
        }

        var text = new byte[length];
        var read = stream.ReadAtLeast(text, length, throwOnEndOfStream: false);
        if (read < length)
        {
            throw new AgentFileException(name, "$", FormattableString.Invariant($"a header cut off after {read} bytes"), FormattableString.Invariant($"{length} bytes"));
        }

        try
        {
            return AgentFileFields.Read(JsonNode.Parse(StrictText.GetString(text), documentOptions: Parsing), name, Format, Version, settings => Hash(Encoding.UTF8.GetBytes(settings.ToJsonString())));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new AgentFileException(name, "$", "a header that is not JSON (" + error.Message.TrimEnd('.') + ")", "the header of an agent file", error);
        }
    }

    /// <summary>Loads a file into an agent of the same name, version and settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="into">The agent whose state is replaced; on an error it is as it was.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="AgentFileException">The file cannot be read, is damaged, or is of another agent: the first difference is named by its JSON path.</exception>
    public static AgentFileHeader Load(string path, ISavedAgent into)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(into);
        return Open(path, stream => Load(stream, path, into, last: true));
    }

    /// <summary>Loads an agent from a stream.</summary>
    /// <param name="stream">The stream, positioned where <see cref="Write(Stream, ISavedAgent)"/> began; left open, just after the state.</param>
    /// <param name="name">Name of the stream, for errors.</param>
    /// <param name="into">The agent whose state is replaced; on an error it is as it was.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="AgentFileException">The stream is damaged, or holds another agent.</exception>
    public static AgentFileHeader Load(Stream stream, string name, ISavedAgent into)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(into);
        return Load(stream, name, into, last: false);
    }

    private static AgentFileHeader Load(Stream stream, string name, ISavedAgent into, bool last)
    {
        var header = ReadHeader(stream, name);
        Expect(name, "$.agent", header.Agent, into.Name);
        Expect(name, "$.stateVersion", header.StateVersion, into.StateVersion);
        if (JsonDifference.Find(header.Settings, JsonNode.Parse(into.Describe().ToJsonString()), "$.settings") is { } difference)
        {
            throw new AgentFileException(name, difference.Path, difference.Found, difference.Expected);
        }

        var backup = StateOf(into);
        var state = ReadState(stream, name, header, last);
        using var reader = new BinaryReader(new MemoryStream(state, writable: false), Encoding.UTF8);
        try
        {
            into.LoadState(reader);
            if (reader.BaseStream.Position != state.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant($"the agent has read {reader.BaseStream.Position} of {state.Length} bytes"));
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            using var former = new BinaryReader(new MemoryStream(backup, writable: false), Encoding.UTF8);
            into.LoadState(former);
            throw new AgentFileException(name, "state", error.Message.TrimEnd('.'), "the state of agent '" + into.Name + "'", error);
        }

        return header;
    }

    private static byte[] ReadState(Stream stream, string name, AgentFileHeader header, bool last)
    {
        // Read in pieces: a header that lies about the length must not make the reader reserve it.
        using var buffer = new MemoryStream();
        var piece = new byte[(int)Math.Clamp(header.StateBytes, 1, 1 << 16)];
        while (buffer.Length < header.StateBytes)
        {
            var read = stream.Read(piece, 0, (int)Math.Min(piece.Length, header.StateBytes - buffer.Length));
            if (read == 0)
            {
                throw new AgentFileException(
                    name, "$.stateBytes", FormattableString.Invariant($"a state of {buffer.Length} bytes: the file is cut off"), FormattableString.Invariant($"{header.StateBytes} bytes"));
            }

            buffer.Write(piece, 0, read);
        }

        if (last && stream.ReadByte() >= 0)
        {
            throw new AgentFileException(name, "$.stateBytes", "more bytes after the state", FormattableString.Invariant($"{header.StateBytes} bytes"));
        }

        var state = buffer.ToArray();
        Expect(name, "$.stateSha256", Hash(state), header.StateSha256);
        return state;
    }

    private static void Expect<T>(string name, string path, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            throw new AgentFileException(name, path, FormattableString.Invariant($"{found}"), FormattableString.Invariant($"{expected}"));
        }
    }

    private static byte[] StateOf(ISavedAgent agent)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        agent.SaveState(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new AgentFileException(path, "$", "a file that cannot be read (" + error.Message.TrimEnd('.') + ")", "an agent file", error);
        }
    }
}
