namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Typed reading of a llama-bench row; keeps the first cell that cannot be read.</summary>
internal sealed class LlamaBenchCells(LlamaBenchRecord record)
{
    /// <summary>The first cell that cannot be read; null while all could.</summary>
    internal string? Error { get; private set; }

    /// <summary>Whether the row has the columns of the data formats, which state every setting; a table shows only those that were changed.</summary>
    internal bool IsData => record[LlamaBenchColumn.Prompt, LlamaBenchColumn.Generated] is not null;

    internal int? Whole(LlamaBenchColumn column, LlamaBenchColumn? other = null)
    {
        var text = Text(column, other);
        if (text is null || NumberText.IsUnstated(text))
        {
            return null;
        }

        if (NumberText.TryWhole(text, out var value))
        {
            return value;
        }

        return Fail<int>(column, text, "is no whole number");
    }

    internal double? Real(LlamaBenchColumn column)
    {
        var text = Text(column, null);
        if (text is null || NumberText.IsUnstated(text))
        {
            return null;
        }

        return NumberText.TryReal(text, out var value) ? value : Fail<double>(column, text, "is no finite number");
    }

    /// <summary>A positive number with a unit; null where 0 or not stated.</summary>
    internal double? Quantity(LlamaBenchColumn column, LlamaBenchColumn other, bool isSize)
    {
        var text = Text(column, other);
        if (text is null || NumberText.IsUnstated(text))
        {
            return null;
        }

        if (!NumberText.TryWithUnit(text, isSize, out var value))
        {
            return Fail<double>(column, text, "is no number with a known unit");
        }

        return value > 0 ? value : null;
    }

    /// <summary>A switch; null where not stated or left to the engine.</summary>
    internal bool? Flag(LlamaBenchColumn column, LlamaBenchColumn? other = null) => Text(column, other)?.Trim() switch
    {
        "1" or "true" or "True" or "TRUE" or "on" or "enabled" => true,
        "0" or "false" or "False" or "FALSE" or "off" or "disabled" => false,
        _ => null,
    };

    private string? Text(LlamaBenchColumn column, LlamaBenchColumn? other) => other is { } second ? record[column, second] : record[column];

    private T? Fail<T>(LlamaBenchColumn column, string text, string what)
        where T : struct
    {
        Error ??= $"{LlamaBenchColumns.NameOf(column)} {QuotedText.Of(text)} {what}";
        return null;
    }
}
