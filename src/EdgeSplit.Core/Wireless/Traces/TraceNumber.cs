using System.Globalization;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Numbers of a trace file: bytes to doubles and whole numbers, correctly rounded, without regard to the culture.</summary>
internal static class TraceNumber
{
    private const int ExactPowers = 22; // 10^22 is the last power of ten that is a double

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>A finite number: sign, digits, a decimal point, an exponent; nothing else, so neither NaN nor infinity.</summary>
    /// <remarks>Short decimals take the exact path of W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990: an integer
    /// below 2^53 over a power of ten up to 10^22 is rounded once. All others go to the run-time library.</remarks>
    internal static bool TryFinite(ReadOnlySpan<byte> text, out double value)
    {
        var digits = 0UL;
        var (count, decimals, afterPoint) = (0, 0, false);
        var start = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        for (var i = start; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit; // may wrap beyond 19 digits, which the slow path then takes
                count++;
                decimals += afterPoint ? 1 : 0;
            }
            else if (text[i] == (byte)'.' && !afterPoint)
            {
                afterPoint = true;
            }
            else
            {
                return TrySlowly(text, out value);
            }
        }

        if (count == 0 || count > 19 || digits > 1UL << 53 || decimals > ExactPowers)
        {
            return TrySlowly(text, out value);
        }

        value = digits / PowersOfTen[decimals];
        value = start == 1 && text[0] == (byte)'-' ? -value : value;
        return true;
    }

    /// <summary>A whole number written in digits only, at most a limit.</summary>
    internal static bool TryWhole(ReadOnlySpan<byte> text, ulong maximum, out ulong value)
    {
        value = 0;
        if (text.Length is 0 or > 19)
        {
            return false;
        }

        foreach (var octet in text)
        {
            var digit = (uint)(octet - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return value <= maximum;
    }

    /// <summary>Cuts the next run of bytes other than space and tab off a line.</summary>
    internal static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> rest)
    {
        var start = 0;
        while (start < rest.Length && rest[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        var end = start;
        while (end < rest.Length && rest[end] is not ((byte)' ' or (byte)'\t'))
        {
            end++;
        }

        var token = rest[start..end];
        rest = rest[end..];
        return token;
    }

    private static bool TrySlowly(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
