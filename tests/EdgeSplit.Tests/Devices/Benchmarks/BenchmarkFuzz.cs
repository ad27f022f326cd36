using System.Text;
using EdgeSplit.Core.Devices.Benchmarks;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Damaged benchmark files: each gives usable rows or the one documented exception.</summary>
public sealed class BenchmarkFuzz
{
    /// <summary>A prime, so that the cuts fall on every kind of place.</summary>
    private const int Step = 7;
    private const int Flips = 150;

    [Fact]
    public void Every_beginning_of_a_file_is_read_or_refused()
    {
        foreach (var text in BenchmarkSamples.All)
        {
            var whole = BenchmarkFile.Parse(text, "whole").Rows.Count;
            var most = 0;
            for (var length = 0; length <= text.Length; length += Step)
            {
                var rows = Rows(Encoding.UTF8.GetBytes(text[..length]));
                Assert.InRange(rows, 0, whole);
                Assert.True(rows >= most - 1, "A longer beginning loses at most the row that it cuts through.");
                most = Math.Max(most, rows);
            }

            Assert.InRange(most, whole - 1, whole);
            Assert.Equal(whole, Rows(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void Flipped_bytes_are_read_or_refused()
    {
        var outcomes = new HashSet<bool>();
        for (var i = 0; i < BenchmarkSamples.All.Count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(BenchmarkSamples.All[i]);
            var random = new RandomSource(StreamKey.Create(20260401, "benchmark fuzz"), (ulong)i);
            for (var flip = 0; flip < Flips; flip++)
            {
                var damaged = (byte[])bytes.Clone();
                for (var wound = 0; wound <= flip % 8; wound++)
                {
                    damaged[random.NextInt32(damaged.Length)] = (byte)(flip % 3 == 0 ? random.NextInt32(256) : "\"'|,;{}[]()\n\r\t\\ -e9@"[random.NextInt32(20)]);
                }

                outcomes.Add(Rows(damaged) > 0);
            }
        }

        // Damage that always or never matters would test nothing.
        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public void Spliced_formats_are_read_or_refused()
    {
        var random = new RandomSource(StreamKey.Create(20260402, "benchmark splices"));
        foreach (var first in BenchmarkSamples.All)
        {
            foreach (var second in BenchmarkSamples.All)
            {
                for (var i = 0; i < 8; i++)
                {
                    var text = first[..random.NextInt32(first.Length)] + second[random.NextInt32(second.Length)..];
                    Assert.InRange(Rows(Encoding.UTF8.GetBytes(text)), 0, 8);
                }
            }
        }
    }

    [Fact]
    public void Damaged_times_are_read_or_refused()
    {
        var random = new RandomSource(StreamKey.Create(20260403, "layer time fuzz"));
        for (var i = 0; i <= BenchmarkSamples.LayerTimes.Length; i += 3)
        {
            var text = new StringBuilder(BenchmarkSamples.LayerTimes[..i]);
            if (i > 0)
            {
                text[random.NextInt32(i)] = "\",;\n\0-9e"[random.NextInt32(8)];
            }

            try
            {
                Assert.All(LayerTimeFile.Parse(text.ToString(), "damaged").Rows, row => Assert.True(row.Seconds > 0));
            }
            catch (BenchmarkFileException error)
            {
                Assert.StartsWith("damaged: ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Rows of the file; 0 where it is refused.</summary>
    private static int Rows(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        try
        {
            var content = BenchmarkFile.Parse(stream, "damaged");
            Assert.All(content.Rows, row => Assert.True(double.IsFinite(row.TokensPerSecond) && row.TokensPerSecond > 0));
            Assert.All(content.Skipped, row => Assert.NotEmpty(row.Reason));
            return content.Rows.Count;
        }
        catch (BenchmarkFileException error)
        {
            Assert.StartsWith("damaged: ", error.Message, StringComparison.Ordinal);
            return 0;
        }
    }
}
