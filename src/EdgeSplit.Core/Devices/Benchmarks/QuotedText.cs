using System.Globalization;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Text of a file as a message may show it: short, in quotes, without control characters.</summary>
internal static class QuotedText
{
    private const int LongestCharacters = 48;

    internal static string Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var shown = text.Length > LongestCharacters ? text[..LongestCharacters] : text;
        return string.Create(shown.Length + (shown.Length < text.Length ? 5 : 2), shown, static (target, source) =>
        {
            target.Fill('.');
            target[0] = '"';
            target[^1] = '"';
            for (var i = 0; i < source.Length; i++)
            {
                target[i + 1] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) || char.GetUnicodeCategory(source[i]) == UnicodeCategory.Format ? '?' : source[i];
            }
        });
    }
}
