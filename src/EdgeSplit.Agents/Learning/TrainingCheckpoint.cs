using System.Security.Cryptography;
using System.Text;
using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>The file from which a training goes on: first all but the agent, with its hash, then the agent as in an agent file.</summary>
internal sealed class TrainingCheckpoint(string path, IAgent agent, IRestorable environment, TrainingOptions options)
{
    private const int HashBytes = 32;

    private static ReadOnlySpan<byte> Mark => "EdgeSplit train\n"u8;

    internal void Save(TrainingState state, TrainingLoop loop)
    {
        var bytes = BytesOf(writer =>
        {
            writer.Write(options.Seed);
            writer.Write(state.LaneCount);
            state.Save(writer);
            loop.Save(writer);
            environment.SaveState(writer);
            writer.Write(options.Callbacks.Count);
            foreach (var callback in options.Callbacks)
            {
                writer.Write(NameOf(callback));
                (callback as IRestorable)?.SaveState(writer);
            }
        });
        CompleteFile.Write(path, stream =>
        {
            stream.Write(Mark);
            stream.Write(BitConverter.GetBytes(bytes.Length));
            stream.Write(SHA256.HashData(bytes));
            stream.Write(bytes);
            AgentFile.Write(stream, agent);
        });
    }

    /// <summary>Takes up the checkpoint; false where there is none. On an error agent and environments are as they were.</summary>
    internal bool TryLoad(TrainingState state, TrainingLoop loop)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        var formerEnvironment = BytesOf(environment.SaveState);
        var formerAgent = BytesOf(agent.SaveState);
        var formerCallbacks = BytesOf(writer => EachRestorable(callback => callback.SaveState(writer)));
        try
        {
            Load(state, loop);
            return true;
        }
        catch (Exception error)
        {
            environment.LoadState(ReaderOf(formerEnvironment));
            agent.LoadState(ReaderOf(formerAgent));
            var reader = ReaderOf(formerCallbacks);
            EachRestorable(callback => callback.LoadState(reader));
            if (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new AgentFileException(path, "checkpoint", error.Message.TrimEnd('.'), "the checkpoint of this training", error);
            }

            throw;
        }
    }

    private void Load(TrainingState state, TrainingLoop loop)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var start = new byte[Mark.Length + sizeof(int) + HashBytes];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan(0, Mark.Length).SequenceEqual(Mark))
        {
            throw new InvalidDataException("something else than a checkpoint");
        }

        var length = BitConverter.ToInt32(start, Mark.Length);
        if (length < 0 || length > stream.Length - stream.Position)
        {
            throw new InvalidDataException("a checkpoint that is cut off or damaged");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(start.AsSpan(Mark.Length + sizeof(int))))
        {
            throw new InvalidDataException("a checkpoint that is damaged");
        }

        AgentFile.Load(stream, path, agent);
        var reader = ReaderOf(bytes);
        Expect("seed", reader.ReadUInt64(), options.Seed);
        Expect("number of lanes", reader.ReadInt32(), state.LaneCount);
        state.Load(reader);
        loop.Load(reader);
        environment.LoadState(reader);
        Expect("number of callbacks", reader.ReadInt32(), options.Callbacks.Count);
        foreach (var callback in options.Callbacks)
        {
            Expect("callback", reader.ReadString(), NameOf(callback));
            (callback as IRestorable)?.LoadState(reader);
        }
    }

    private void EachRestorable(Action<IRestorable> action)
    {
        foreach (var callback in options.Callbacks)
        {
            if (callback is IRestorable restorable)
            {
                action(restorable);
            }
        }
    }

    private static void Expect<T>(string what, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            throw new InvalidDataException(FormattableString.Invariant($"{what} {found}, expected {expected}"));
        }
    }

    private static string NameOf(TrainingCallback callback) => callback.GetType().Name;

    private static byte[] BytesOf(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static BinaryReader ReaderOf(byte[] bytes) => new(new MemoryStream(bytes, writable: false), Encoding.UTF8);
}
