using System.CommandLine;
using System.Globalization;

namespace EdgeSplit.Cli.Verbs;

/// <summary>Options that take a list of numbers: <c>1,2,4</c>, or <c>none</c> for an empty one.</summary>
internal static class NumberLists
{
    internal static Option<IReadOnlyList<int>?> Whole(string name, string description, int minimum, int maximum) => Of<int>(
        name, description, string.Create(CultureInfo.InvariantCulture, $"whole numbers in [{minimum}, {maximum}]"), (string text, out int number) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum);

    internal static Option<IReadOnlyList<double>?> Real(string name, string description, double minimum, double maximum) => Of<double>(
        name, description, string.Create(CultureInfo.InvariantCulture, $"numbers in [{minimum}, {maximum}]"), (string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum);

    private static Option<IReadOnlyList<T>?> Of<T>(string name, string description, string allowed, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        HelpName = "1,2,...|none",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var numbers = new List<T>();
            foreach (var word in text == "none" ? [] : text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!tryParse(word, out var number))
                {
                    result.AddError($"{name}: found \"{word}\" in \"{text}\"; allowed: {allowed} with commas between them, or none.");
                    return null;
                }

                numbers.Add(number);
            }

            return numbers;
        },
    };

    private delegate bool TryParse<T>(string text, out T number);
}
