using System.CommandLine;
using System.Globalization;
using EdgeSplit.Cli.Rendering;

namespace EdgeSplit.Cli.Verbs;

/// <summary>The options and arguments that several verbs share.</summary>
internal static class Arguments
{
    private static readonly string[] Formats = ["table", "json", "csv"];

    internal static Argument<string> Scenario() => new("SCENARIO") { Description = "Scenario file (JSON)." };

    internal static Option<ResultFormat> Format() => new("--format")
    {
        Description = "How to write the results: table, json or csv.",
        DefaultValueFactory = _ => ResultFormat.Table,
        HelpName = "table|json|csv",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var index = Array.IndexOf(Formats, text.ToLowerInvariant());
            if (index < 0)
            {
                result.AddError($"--format: found \"{text}\"; allowed: {string.Join(", ", Formats)}.");
            }

            return (ResultFormat)Math.Max(0, index);
        },
    };

    internal static Option<int?> Whole(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: found \"{text}\"; allowed: a whole number in [{minimum}, {maximum}]."));
            return null;
        },
    };

    /// <summary>A seed: any whole number of 64 bits without sign.</summary>
    internal static Option<ulong?> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: found \"{text}\"; allowed: a whole number in [0, {ulong.MaxValue}]."));
            return null;
        },
    };

    internal static Option<double?> Number(string name, string help, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: found \"{text}\"; allowed: a number in [{minimum}, {maximum}]."));
            return null;
        },
    };

    internal static Option<string[]> Set(string description) => new("--set")
    {
        Description = description,
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };
}
