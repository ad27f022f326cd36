using System.Globalization;
using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>A weight file, tokenizer or token file that cannot be used: says the file, the tensor, key or line, what was found and what is expected.</summary>
/// <remarks>Errors of a <c>config.json</c> are <see cref="Transformers.TransformerConfigException"/>.</remarks>
public sealed class CheckpointException : FormatException
{
    private const int Longest = 160;

    /// <summary>Creates the error; the message is <c>file: entry: found ..., expected ...</c>. Control characters are written as <c>\uXXXX</c>, long names are cut.</summary>
    /// <param name="file">The file.</param>
    /// <param name="entry">The tensor's name, the JSON key or the line; empty when the whole file is meant.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What is expected or allowed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public CheckpointException(string file, string entry, string found, string expected, Exception? innerException = null)
        : base($"{Printable(file, int.MaxValue)}: {(string.IsNullOrEmpty(entry) ? "" : Printable(entry, Longest) + ": ")}found {Printable(found, 4 * Longest)}; expected: {Printable(expected, 4 * Longest)}.", innerException)
    {
        (CheckpointFile, Entry, Found, Expected) = (file, entry, found, expected);
    }

    /// <summary>The file.</summary>
    public string CheckpointFile { get; }

    /// <summary>The tensor's name, the JSON key or the line; empty when the whole file is meant.</summary>
    public string Entry { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is expected or allowed.</summary>
    public string Expected { get; }

    /// <summary>The text on one line: characters that a terminal would act on are escaped.</summary>
    private static string Printable(string? text, int longest)
    {
        if (text is null)
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, longest) + 8);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            var category = char.GetUnicodeCategory(character);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                line.Append(character);
            }
        }

        return text.Length > longest ? line.Append("...").ToString() : line.ToString();
    }
}
