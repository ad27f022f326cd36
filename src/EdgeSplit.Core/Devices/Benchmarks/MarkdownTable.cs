namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Lines of a Markdown table as cells.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of a line that starts with a bar, without emphasis; empty ones at the end, as after a doubled bar, are left out.</summary>
    internal static string[] Cells(string line)
    {
        var cells = line.Split('|');
        var first = cells[0].AsSpan().Trim().IsEmpty ? 1 : 0;
        var end = cells.Length;
        while (end > first && string.IsNullOrWhiteSpace(cells[end - 1]))
        {
            end--;
        }

        var kept = cells[first..end];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = kept[i].Trim().Trim('*', '`').Trim();
        }

        return kept;
    }

    /// <summary>What each cell of a header of llama-bench names; null where it is no such header.</summary>
    internal static LlamaBenchColumn?[]? Columns(string[] cells)
    {
        var columns = Array.ConvertAll(cells, cell => LlamaBenchColumns.TryFind(cell, out var column) ? column : (LlamaBenchColumn?)null);
        var known = columns.OfType<LlamaBenchColumn>().ToArray();
        return LlamaBenchColumns.AreEnough(known) && known.Distinct().Count() == known.Length ? columns : null;
    }

    /// <summary>Whether the cells are the line under a header: <c>---:</c>.</summary>
    internal static bool IsRule(string[] cells) => cells.Length > 0 && Array.TrueForAll(cells, cell => cell.AsSpan().IndexOfAnyExcept("-: ") < 0);

    /// <summary>The cells brought to the header's number: doubled bars within are taken as one; null where that does not help.</summary>
    internal static string[]? Fit(string[] cells, int columns)
    {
        if (cells.Length > columns)
        {
            cells = cells.Where(cell => cell.Length > 0).ToArray();
        }

        return cells.Length == columns ? cells : null;
    }
}
