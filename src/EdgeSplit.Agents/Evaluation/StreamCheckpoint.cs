using System.Text;
using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>Checkpoints of a training in the request stream: the agent as in its file, then what the training is and where it stands.</summary>
internal sealed class StreamCheckpoint(ISavedAgent agent, StreamTrainingOptions options, string worldDigest)
{
    private const string Mark = "edgesplit-stream-training";
    private const int Version = 1;

    internal void Write(string path, StreamPosition position, SplitEnvironment environment) => CompleteFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(options.Seed);
        writer.Write(options.ConversationsPerWorld);
        writer.Write(options.StopWindow);
        writer.Write(worldDigest);
        position.Save(writer);
        environment.SaveState(writer);
        writer.Flush();
        AgentFile.Write(stream, agent);
    });

    /// <summary>Reads a checkpoint into agent and environment; on an error the agent is as it was, and the environment unused.</summary>
    internal StreamPosition Read(string path, SplitEnvironment environment)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            Expect(path, "$", Text(reader), Mark);
            Expect(path, "$.version", reader.ReadInt32(), Version);
            Expect(path, "$.seed", reader.ReadUInt64(), options.Seed);
            Expect(path, "$.conversationsPerWorld", reader.ReadInt32(), options.ConversationsPerWorld);
            Expect(path, "$.stopWindow", reader.ReadInt32(), options.StopWindow);
            if (Text(reader) != worldDigest)
            {
                throw new AgentFileException(path, "$.scenario", "a training on a scenario whose first request costs something else", "the scenario that it was begun with");
            }

            var position = StreamPosition.Load(reader);
            environment.LoadState(reader);
            AgentFile.Load(stream, path, agent);
            Expect(path, "$", stream.Length - stream.Position, 0);
            return position;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or InvalidDataException || (error is FormatException and not AgentFileException))
        {
            throw new AgentFileException(path, "$", "a file that cannot be read (" + error.Message.TrimEnd('.') + ")", "a checkpoint of train", error);
        }
    }

    // A foreign file may claim any length of its first text.
    private static string Text(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        return length is >= 0 and <= 256 ? Encoding.UTF8.GetString(reader.ReadBytes(length)) : "something else";
    }

    private static void Expect<T>(string path, string place, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            throw new AgentFileException(path, place, FormattableString.Invariant($"{found}"), FormattableString.Invariant($"{expected}"));
        }
    }
}
