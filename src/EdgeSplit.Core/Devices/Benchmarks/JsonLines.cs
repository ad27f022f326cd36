using System.Text.Json;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Tells one JSON object a line from one JSON text over many lines.</summary>
internal static class JsonLines
{
    /// <summary>Whether one of the first lines is a whole object behind which no array or object goes on.</summary>
    internal static bool Are(ReadOnlySpan<byte> bytes)
    {
        const int looked = 8;
        if (bytes.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return false;
        }

        var lines = new TextLines(bytes, 0, 1);
        var isWhole = false;
        for (var count = 0; count < looked && lines.MoveNext();)
        {
            var line = lines.Line.TrimStart(" \t"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            if (isWhole && line[0] is not ((byte)']' or (byte)'}' or (byte)','))
            {
                return true;
            }

            isWhole = IsObject(line);
            count++;
        }

        return isWhole;
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        if (line.TrimStart(" \t"u8) is not [(byte)'{', ..])
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = JsonBenchmarkReader.MaxDepth });
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
