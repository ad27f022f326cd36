using System.Text;

namespace EdgeSplit.Tests.Devices.Matching;

/// <summary>Reads the tables of the shared data folder: quotes around fields with commas, doubled quotes inside them.</summary>
internal static class MeasuredCsv
{
    internal static List<Dictionary<string, string>> Read(string file)
    {
        var lines = File.ReadAllLines(SharedData.PathOf(file));
        var header = Fields(lines[0]);
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line =>
        {
            var fields = Fields(line);
            return header.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i < fields.Count ? fields[pair.i] : "");
        })];
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[++i]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
