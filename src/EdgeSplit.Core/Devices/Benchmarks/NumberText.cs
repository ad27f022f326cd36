using System.Globalization;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Numbers as benchmark files write them, free of culture; a number that is not finite is none.</summary>
internal static class NumberText
{
    internal static bool TryReal(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>A whole number; <c>512.0</c> and <c>5.12e2</c> are 512.</summary>
    internal static bool TryWhole(ReadOnlySpan<char> text, out int value)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        if (TryReal(text, out var real) && real == Math.Truncate(real) && Math.Abs(real) <= int.MaxValue)
        {
            value = (int)real;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>A number with a unit behind it: <c>3.56 GiB</c>, <c>6.74 B</c>; a bare number has the unit 1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isSize">Whether <c>B</c> means bytes; else it means 10^9 (parameters).</param>
    /// <param name="value">The number in ones.</param>
    internal static bool TryWithUnit(ReadOnlySpan<char> text, bool isSize, out double value)
    {
        text = text.Trim();
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        var factor = isSize ? SizeFactor(text[end..]) : CountFactor(text[end..]);
        if (!TryReal(text[..end].TrimEnd(), out value) || double.IsNaN(factor))
        {
            return false;
        }

        value *= factor;
        return double.IsFinite(value);
    }

    /// <summary>Whether a cell states nothing.</summary>
    internal static bool IsUnstated(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.IsEmpty || text is "-" or "—" or "?"
            || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)
            || text.Equals("na", StringComparison.OrdinalIgnoreCase)
            || text.Equals("null", StringComparison.OrdinalIgnoreCase)
            || text.Equals("none", StringComparison.OrdinalIgnoreCase);
    }

    private static double SizeFactor(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "B" => 1,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024,
        "GiB" or "G" => 1024.0 * 1024 * 1024,
        "TiB" => 1024.0 * 1024 * 1024 * 1024,
        "kB" or "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "TB" => 1e12,
        _ => double.NaN,
    };

    private static double CountFactor(ReadOnlySpan<char> unit) => unit switch
    {
        "" => 1,
        "K" or "k" => 1e3,
        "M" => 1e6,
        "B" or "G" => 1e9,
        "T" => 1e12,
        _ => double.NaN,
    };
}
