namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The names in the first line of a CSV.</summary>
internal static class CsvHeader
{
    internal static string[] Names(string text, char delimiter) => Array.ConvertAll(text.Split(delimiter), name => name.Trim().Trim('"').Trim());

    /// <summary>Column of each field, null for those that mean nothing here; a name that stands twice is an error.</summary>
    internal static TColumn?[] Columns<TColumn>(IReadOnlyList<string> names, Func<string, TColumn?> find, string file, int line)
        where TColumn : struct
    {
        var columns = names.Select(find).ToArray();
        var twice = names.Where((_, i) => columns[i] is not null).GroupBy(name => find(name)!.Value).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new BenchmarkFileException(
                file, FormattableString.Invariant($"line {line}"), $"several columns of one meaning: {string.Join(", ", twice.Select(name => QuotedText.Of(name)))}", "each once");
        }

        return columns;
    }
}
