using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Writes CSV: comma, header line, invariant culture, lines end in LF.</summary>
internal static class CsvOutput
{
    internal static void Write<T>(TextWriter output, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(column.Key);
        }

        csv.NextRecord();
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                csv.WriteField(column.Csv(row));
            }

            csv.NextRecord();
        }
    }
}
