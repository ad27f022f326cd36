namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Reads times of day and date at fixed places, such as <c>yyyy.MM.dd_HH.mm.ss</c>, as seconds.</summary>
/// <remarks>Runs of y, M, d, H, m, s and f (fraction of a second) are digits of that many places; every other character stands for itself.
/// No time zone and no leap second. Without a date the seconds count from midnight, otherwise from 0001-01-01.</remarks>
internal sealed class TimeLayout
{
    private const string Letters = "yMdHmsf";

    private readonly (byte Literal, int Part)[] _places;

    internal TimeLayout(string format)
    {
        _places = [.. format.Select(c => ((byte)c, Letters.IndexOf(c, StringComparison.Ordinal)))];
    }

    /// <summary>True for a text of ASCII characters that holds at least one place.</summary>
    internal static bool IsValid(string format) => format.All(char.IsAscii) && format.Any(c => Letters.Contains(c, StringComparison.Ordinal));

    internal bool TryRead(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = 0.0;
        if (text.Length != _places.Length)
        {
            return false;
        }

        Span<int> values = stackalloc int[Letters.Length];
        Span<int> digits = stackalloc int[Letters.Length];
        values.Clear();
        digits.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            var (literal, part) = _places[i];
            var digit = text[i] - '0';
            if (part < 0 ? text[i] != literal : (uint)digit > 9 || digits[part] == 9)
            {
                return false;
            }

            if (part >= 0)
            {
                values[part] = (values[part] * 10) + digit;
                digits[part]++;
            }
        }

        var (year, month, day) = (Or(1, 0, values, digits), Or(1, 1, values, digits), Or(1, 2, values, digits));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || values[3] > 23 || values[4] > 59 || values[5] > 59)
        {
            return false;
        }

        var wholeSeconds = (new DateOnly(year, month, day).DayNumber * 86400L) + (values[3] * 3600) + (values[4] * 60) + values[5];
        seconds = wholeSeconds + (values[6] / Math.Pow(10.0, digits[6]));
        return true;
    }

    private static int Or(int absent, int part, ReadOnlySpan<int> values, ReadOnlySpan<int> digits) => digits[part] > 0 ? values[part] : absent;
}
