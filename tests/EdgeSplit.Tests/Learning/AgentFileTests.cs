using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;

namespace EdgeSplit.Tests.Learning;

public sealed class AgentFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgesplit-agent-file-").FullName;

    private string Path => System.IO.Path.Combine(folder, "a.agent");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_agent_comes_back_whole()
    {
        var agent = new SavedValues { Values = [1.5, double.NaN, -0.0, double.PositiveInfinity], Seed = ulong.MaxValue };
        AgentFile.Write(Path, agent);
        var header = AgentFile.ReadHeader(Path);
        Assert.Equal("saved-values", header.Agent);
        Assert.Equal(3, header.StateVersion);
        Assert.Equal(0.1, (double)header.Settings["inner"]!["rate"]!);
        Assert.Equal(ulong.MaxValue, (ulong)header.Settings["seed"]!);
        Assert.Equal(new FileInfo(Path).Length, HeaderBytes(Path) + header.StateBytes);
        var other = new SavedValues { Values = [0, 0, 0, 0], Seed = ulong.MaxValue };
        AgentFile.Load(Path, other);
        Assert.Equal(agent.Values.Select(BitConverter.DoubleToInt64Bits), other.Values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Two_agents_follow_each_other_in_a_stream()
    {
        using var stream = new MemoryStream();
        AgentFile.Write(stream, new SavedValues { Values = [1] });
        AgentFile.Write(stream, new SavedValues { Values = [2, 3] });
        stream.Position = 0;
        var (first, second) = (new SavedValues { Values = [0] }, new SavedValues { Values = [0, 0] });
        AgentFile.Load(stream, "checkpoint", first);
        AgentFile.Load(stream, "checkpoint", second);
        Assert.Equal([1, 2, 3], [.. first.Values, .. second.Values]);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Theory]
    [InlineData("name", "$.agent", "saved-values", "others")]
    [InlineData("version", "$.stateVersion", "3", "4")]
    [InlineData("rate", "$.settings.inner.rate", "0.1", "0.2")]
    [InlineData("seed", "$.settings.seed", "9007199254740993", "9007199254740992")]
    [InlineData("widths", "$.settings.widths[1]", "64", "32")]
    [InlineData("depth", "$.settings.widths[2]", "nothing", "8")]
    [InlineData("key", "$.settings.extra", "nothing", "true")]
    public void The_first_difference_is_named(string change, string path, string found, string expected)
    {
        AgentFile.Write(Path, new SavedValues { Values = [1], Seed = 9007199254740993 });
        var other = new SavedValues { Values = [7], Change = change, Seed = change == "seed" ? 9007199254740992UL : 9007199254740993UL };
        var error = Assert.Throws<AgentFileException>(() => AgentFile.Load(Path, other));
        Assert.Equal((Path, path, found, expected), (error.File, error.JsonPath, error.Found, error.Expected));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Equal([7], other.Values);
    }

    [Fact]
    public void A_key_that_only_the_file_has_is_named()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1], Change = "key" });
        var error = Assert.Throws<AgentFileException>(() => AgentFile.Load(Path, new SavedValues { Values = [7] }));
        Assert.Equal(("$.settings.extra", "true", "nothing"), (error.JsonPath, error.Found, error.Expected));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed_and_changes_nothing()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1, 2] });
        var bytes = File.ReadAllBytes(Path);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            var agent = new SavedValues { Values = [7, 8] };
            using var stream = new MemoryStream(damaged);
            Assert.Throws<AgentFileException>(() => AgentFile.Load(stream, "damaged", agent));
            Assert.Equal([7, 8], agent.Values);
        }
    }

    [Fact]
    public void Every_truncation_is_noticed_and_changes_nothing()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1, 2] });
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            var agent = new SavedValues { Values = [7, 8] };
            Assert.Throws<AgentFileException>(() => AgentFile.Load(Path, agent));
            Assert.Equal([7, 8], agent.Values);
        }
    }

    [Fact]
    public void More_bytes_after_the_state_are_refused()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1] });
        File.AppendAllText(Path, "x");
        Assert.Contains("more bytes", Assert.Throws<AgentFileException>(() => AgentFile.Load(Path, new SavedValues { Values = [7] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\": \"edgesplit-agent\"}")]
    [InlineData("PK\u0003\u0004 and some more bytes than the mark")]
    public void A_foreign_file_is_refused(string text)
    {
        File.WriteAllText(Path, text);
        Assert.Contains("agent file", Assert.Throws<AgentFileException>(() => AgentFile.ReadHeader(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_file_is_named() =>
        Assert.Contains("absent.agent", Assert.Throws<AgentFileException>(() => AgentFile.ReadHeader(System.IO.Path.Combine(folder, "absent.agent"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_newer_format_is_refused()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1] });
        var bytes = File.ReadAllBytes(Path);
        var at = bytes.AsSpan().IndexOf("\"version\":1"u8);
        bytes[at + 10] = (byte)'2';
        File.WriteAllBytes(Path, bytes);
        var error = Assert.Throws<AgentFileException>(() => AgentFile.ReadHeader(Path));
        Assert.Equal(("$.version", "2", "1"), (error.JsonPath, error.Found, error.Expected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_state_that_the_agent_refuses_or_leaves_over_changes_nothing(bool refuse)
    {
        AgentFile.Write(Path, new SavedValues { Values = [1, 2, 3] });
        var agent = new SavedValues { Values = [7, 8], Greedy = refuse };
        var error = Assert.Throws<AgentFileException>(() => AgentFile.Load(Path, agent));
        Assert.Equal("state", error.JsonPath);
        Assert.Equal([7, 8], agent.Values);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file()
    {
        AgentFile.Write(Path, new SavedValues { Values = [1] });
        Assert.Throws<IOException>(() => AgentFile.Write(Path, new SavedValues { Values = [2], FailsToSave = true }));
        var agent = new SavedValues { Values = [7] };
        AgentFile.Load(Path, agent);
        Assert.Equal([1], agent.Values);
        Assert.Equal([Path], Directory.GetFiles(folder));
    }

    private static long HeaderBytes(string path) => 20 + BitConverter.ToInt32(File.ReadAllBytes(path).AsSpan(16, 4));

    /// <summary>An agent whose state is a vector; it reads just as many values as it has, and may refuse what is left.</summary>
    private sealed class SavedValues : ISavedAgent
    {
        public required double[] Values { get; set; }

        public ulong Seed { get; init; } = 1;

        public string Change { get; init; } = "";

        public bool Greedy { get; init; }

        public bool FailsToSave { get; init; }

        public string Name => Change == "name" ? "others" : "saved-values";

        public int StateVersion => Change == "version" ? 4 : 3;

        public JsonObject Describe()
        {
            var settings = new JsonObject
            {
                ["inner"] = new JsonObject { ["rate"] = Change == "rate" ? 0.2 : 0.1, ["text"] = "plain" },
                ["widths"] = Change == "widths" ? [2, 32] : Change == "depth" ? [2, 64, 8] : new JsonArray(2, 64),
                ["seed"] = Seed,
            };
            if (Change == "key")
            {
                settings["extra"] = true;
            }

            return settings;
        }

        public void SaveState(BinaryWriter writer)
        {
            foreach (var value in Values)
            {
                writer.Write(value);
            }

            if (FailsToSave)
            {
                throw new IOException("The disk is full.");
            }
        }

        public void LoadState(BinaryReader reader)
        {
            Values = Array.ConvertAll(Values, _ => reader.ReadDouble());
            if (Greedy && reader.BaseStream.Position < reader.BaseStream.Length)
            {
                throw new InvalidDataException("The state is of another shape.");
            }
        }
    }
}
