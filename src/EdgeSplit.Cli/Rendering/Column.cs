using System.Globalization;

namespace EdgeSplit.Cli.Rendering;

/// <summary>One column of results, the same in tables, CSV and JSON.</summary>
/// <param name="Key">Name in CSV and JSON, unit included.</param>
/// <param name="Header">Header in tables; null where the column is too much for a table.</param>
/// <param name="Value">The value: text, number, truth value or null.</param>
/// <param name="NumberFormat">Format of numbers in tables.</param>
internal sealed record Column<T>(string Key, string? Header, Func<T, object?> Value, string NumberFormat = "0.###")
{
    internal bool IsNumber(T row) => Value(row) is int or long or ulong or double;

    /// <summary>As it stands in a table.</summary>
    internal string Text(T row) => Value(row) switch
    {
        null => "",
        double number when double.IsNaN(number) => "n/a",
        double number => number.ToString(NumberFormat, CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => Visible(other.ToString() ?? ""),
    };

    /// <summary>As it stands in CSV: numbers in full, nothing where there is none.</summary>
    internal string Csv(T row) => Value(row) switch
    {
        null => "",
        double number when double.IsNaN(number) => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    // Texts out of files must not steer the terminal.
    private static string Visible(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) : text;
}
