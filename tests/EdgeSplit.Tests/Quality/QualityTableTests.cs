using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Quality;

/// <summary>The file of a quality table: read back as written, one cell per line, and refused with file, path, found and allowed.</summary>
public sealed class QualityTableTests
{
    private static readonly string Text = TestTables.Table.ToJson();

    /// <summary>What is replaced, by what, the path of the error, and a part of what is allowed.</summary>
    public static TheoryData<string, string, string, string> Bad => new()
    {
        { "\"edgesplit-quality-table\"", "\"something\"", "$.format", "edgesplit-quality-table" },
        { "\"version\": 1", "\"version\": 2", "$.version", "1" },
        { "\"seed\": 7", "\"seed\": -7", "$.seed", "whole number" },
        { "\"seed\": 7", "\"seeds\": 7", "$", "libraryVersion" },
        { "\"seed\": 7,", "\"seed\": 7, \"seed\": 8,", "$.seed", "once" },
        { "\"layers\": 6", "\"layers\": 1", "$.model.layers", "[2, " },
        { "\"layers\": 6", "\"layers\": 3", "$.cells[34].split", "[1, 2]" },
        { "\"windows\": 10", "\"windows\": 0", "$.text.windows", "[1, " },
        { new string('a', 64), "abc", "$.model.sha256", "64 hexadecimal" },
        { "\"nll\": 2,", "\"nll\": NaN,", "$", "NaN" },
        { "\"nll\": 2,", "\"nll\": \"2\",", "$.clean.nll", "a number" },
        { "\"nll\": 2,", "\"nll\": -2,", "$.clean.nll", "of at least 0" },
        { "\"nll\": 2,", "", "$.clean.nll", "a number" },
        { "\"top1\": 0.9,", "\"top1\": 1.1,", "$.clean.top1", "at most 1" },
        { "\"erasureProbability\": 0.05, ", "", "$.cells[0].damage.pattern", "no such key" },
        { "\"erasureProbability\": 0.05", "\"erasureProbability\": 0", "$.cells[0].damage.erasureProbability", "above 0" },
        { "\"pattern\": \"elements\"", "\"pattern\": \"elements\", \"packetValues\": 3", "$.cells[0].damage.packetValues", "no such key" },
        { "\"pattern\": \"elements\"", "\"pattern\": \"Elements\"", "$.cells[0].damage.pattern", "interleavedPackets" },
        { "\"pattern\": \"elements\"", "\"pattern\": 0", "$.cells[0].damage.pattern", "interleavedPackets" },
        { "\"pattern\": \"elements\"", "\"pattern\": \"packets\"", "$.cells[0].damage.packetValues", "whole number" },
        { "\"erasureProbability\": 0.05", "\"erasureProbability\": 0.2", "$.cells[1]", "each cell once" },
        { "\"attack\": \"ridge\"", "\"attack\": \"Ridge!\"", "$.leakage[1].attack", "small letters" },
        { "\"split\": 1, \"attack\": \"ridge\", \"damage\": {}, \"recoveryRate\": 0.9", "\"split\": 1, \"attack\": \"ridge\", \"damage\": {}, \"recoveryRate\": 0.2", "$.leakage[1].lower", "at most 0.2" },
        { "\"cells\": [", "\"cells\": [ 3,", "$.cells[0]", "an object" },
        { "\"weights\": [", "\"weights\": {}, \"x\": [", "$", "weights" },
    };

    [Fact]
    public void A_table_reads_back_as_it_was_written()
    {
        var read = QualityTable.Parse(Text, "t.json");
        Assert.Equal(Text, read.ToJson());
        Assert.Equal(TestTables.Table.Cells.ToHashSet(), read.Cells.ToHashSet());
        Assert.Equal(TestTables.Table.Weights.ToHashSet(), read.Weights.ToHashSet());
        Assert.Equal(TestTables.Table.Leakage.ToHashSet(), read.Leakage.ToHashSet());
        Assert.Equal((TestTables.Table.Model, TestTables.Table.Text, TestTables.Table.Clean, 7UL, "0.0.0"), (read.Model, read.Text, read.Clean, read.Seed, read.LibraryVersion));
    }

    [Fact]
    public void A_cell_is_a_line_and_the_order_of_cells_in_memory_does_not_matter()
    {
        var lines = Text.Split('\n');
        Assert.Equal(TestTables.Table.Cells.Count, lines.Count(line => line.Contains("{ \"split\"", StringComparison.Ordinal) && !line.Contains("attack", StringComparison.Ordinal)));
        Assert.Contains("""    { "split": 1, "damage": { "bits": 8, "scale": "channel" }, "estimate": { "nll": 2.0045, """, Text, StringComparison.Ordinal);
        Assert.Equal(Text, (TestTables.Table with { Cells = [.. TestTables.Table.Cells.Reverse()], Leakage = [.. TestTables.Table.Leakage.Reverse()] }).ToJson());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_table_is_refused_with_file_path_found_and_allowed(string what, string by, string path, string allowed)
    {
        var at = Text.IndexOf(what, StringComparison.Ordinal);
        Assert.True(at >= 0, what);
        var error = Assert.Throws<QualityTableException>(() => QualityTable.Parse(Text[..at] + by + Text[(at + what.Length)..], "t.json"));
        Assert.Equal(("t.json", path), (error.File, error.JsonPath));
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
        Assert.StartsWith($"t.json: {path}: found ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_is_not_written()
    {
        var folder = Directory.CreateTempSubdirectory("edgesplit-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "table.json");
            TestTables.Table.Write(path);
            Assert.Equal(Text, File.ReadAllText(path));
            Assert.Equal(Text, QualityTable.Read(path).ToJson());
            foreach (var bad in new[] { double.NaN, double.PositiveInfinity, -1 })
            {
                Assert.Throws<QualityTableException>(() => (TestTables.Table with { Clean = TestTables.Table.Clean with { Nll = bad } }).Write(path));
            }

            Assert.Throws<QualityTableException>(() => (TestTables.Table with { Cells = [.. TestTables.Table.Cells, TestTables.Table.Cells[0]] }).Write(path));
            Assert.Equal(Text, File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Throws<QualityTableException>(() => QualityTable.Read(Path.Combine(folder.FullName, "none.json")));
            Assert.Throws<QualityTableException>(() => QualityTable.Read(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Damaged_text_gives_a_table_or_the_readers_own_error()
    {
        var random = new RandomSource(StreamKey.Create(1, "quality-table-fuzz"), 0);
        var short_ = (TestTables.Table with { Cells = [.. TestTables.Table.Cells.Take(4)], Leakage = [.. TestTables.Table.Leakage.Take(1)], Weights = [] }).ToJson();
        const string letters = "{}[],:\"0123456789.-+eE\\untrlfas \0\u00e9\ud800";
        var refused = 0;
        for (var round = 0; round < 3000; round++)
        {
            var text = short_.ToCharArray().ToList();
            for (var edit = random.NextInt32(3); edit >= 0; edit--)
            {
                var at = random.NextInt32(text.Count);
                switch (random.NextInt32(4))
                {
                    case 0:
                        text.RemoveAt(at);
                        break;
                    case 1:
                        text.Insert(at, letters[random.NextInt32(letters.Length)]);
                        break;
                    case 2:
                        text.RemoveRange(at, Math.Min(text.Count - at, random.NextInt32(40)));
                        break;
                    default:
                        text[at] = letters[random.NextInt32(letters.Length)];
                        break;
                }
            }

            try
            {
                var read = QualityTable.Parse(new string([.. text]), "fuzz.json");
                Assert.Equal(read.ToJson(), QualityTable.Parse(read.ToJson(), "again.json").ToJson());
            }
            catch (QualityTableException error)
            {
                refused++;
                Assert.StartsWith("fuzz.json: $", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 1000, 2999);
    }
}
