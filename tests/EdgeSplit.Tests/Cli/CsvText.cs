using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeSplit.Tests.Cli;

/// <summary>Reads CSV back as rows by column.</summary>
public static class CsvText
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture));
        Assert.True(csv.Read());
        csv.ReadHeader();
        var header = csv.HeaderRecord!;
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(header.ToDictionary(column => column, column => csv.GetField(column)!));
        }

        return rows;
    }

    public static double Number(this IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
