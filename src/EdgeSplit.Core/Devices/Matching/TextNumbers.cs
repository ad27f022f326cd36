namespace EdgeSplit.Core.Devices.Matching;

/// <summary>What a number and the words beside it mean.</summary>
internal enum NumberMeaning
{
    None,
    Memory,
    Cores,
    GpuCores,
    CpuCores,
    Threads,
    Count,
    Parallel,
}

/// <summary>A number with its meaning and the tokens that it takes.</summary>
internal readonly record struct TextNumber(NumberMeaning Meaning, double Value, int Tokens)
{
    internal static TextNumber None => default;
}

/// <summary>Reads memory sizes, core counts, threads and numbers of devices.</summary>
internal static class TextNumbers
{
    /// <summary>Most devices or threads that a text can mean.</summary>
    internal const int MaximumCount = 1024;

    /// <summary>The number that starts at a token, its unit or sign included; <see cref="NumberMeaning.None"/> where none does.</summary>
    internal static TextNumber At(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i)
    {
        if (!tokens[i].IsDigits)
        {
            return AfterSign(folded, tokens, i);
        }

        if (Value(folded, tokens, i) is not { } value)
        {
            return TextNumber.None;
        }

        switch (Word(folded, tokens, i + 1))
        {
            case "gb" or "gib" or "g" or "'g":
                return IsSystemMemory(folded, tokens, i + 2) ? TextNumber.None : new(NumberMeaning.Memory, value, 2);
            case "mb" or "mib":
                return new(NumberMeaning.Memory, value / 1024, 2);
            case "c" or "'c":
                return new(NumberMeaning.Cores, value, 2);
            case "core" or "cores":
                return Word(folded, tokens, i + 2) switch
                {
                    "gpu" => new(NumberMeaning.GpuCores, value, 3),
                    "cpu" => new(NumberMeaning.CpuCores, value, 3),
                    _ => i > 0 && Word(folded, tokens, i - 1) is "gpu" ? new(NumberMeaning.GpuCores, value, 2) : new(NumberMeaning.Cores, value, 2),
                };
            case "gpu" when Word(folded, tokens, i + 2) is "core" or "cores":
                return new(NumberMeaning.GpuCores, value, 3);
            case "cpu" when Word(folded, tokens, i + 2) is "core" or "cores":
                return new(NumberMeaning.CpuCores, value, 3);
            case "t" or "'t" or "thread" or "threads" when value is >= 1 and <= MaximumCount:
                return new(NumberMeaning.Threads, value, 2);
            case "x" or "'x" or "*" when value is >= 1 and <= MaximumCount && !IsClockOrLink(folded, tokens, i):
                return new(NumberMeaning.Count, value, 2);
            default:
                return TextNumber.None;
        }
    }

    private static TextNumber AfterSign(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i)
    {
        var meaning = Word(folded, tokens, i) switch
        {
            "x" or "'x" or "*" when !IsClockOrLink(folded, tokens, i) => NumberMeaning.Count,
            "t" or "threads" => NumberMeaning.Threads,
            "tp" => NumberMeaning.Parallel,
            _ => NumberMeaning.None,
        };
        return meaning != NumberMeaning.None && i + 1 < tokens.Length && tokens[i + 1].IsDigits && Value(folded, tokens, i + 1) is { } value and >= 1 and <= MaximumCount
            ? new(meaning, value, 2)
            : TextNumber.None;
    }

    // "4x 1.3GHz", "PCIe 4.0 x4".
    private static bool IsClockOrLink(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i)
    {
        for (var k = i + 1; k < Math.Min(tokens.Length, i + 5); k++)
        {
            if (Word(folded, tokens, k) is "ghz" or "mhz" or "pcie" or "lanes")
            {
                return true;
            }
        }

        var before = i - 1;
        while (before >= 0 && tokens[before].IsDigits)
        {
            before--;
        }

        return Word(folded, tokens, before) is "pcie" or "gen" or "lanes";
    }

    private static bool IsSystemMemory(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i) =>
        Word(folded, tokens, i) is "ram" or "ddr" or "system" or "host";

    private static double? Value(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i)
    {
        var digits = Word(folded, tokens, i);
        digits = digits.Length > 0 && digits[0] == TextTokens.Mark ? digits[1..] : digits;
        if (digits.Length is 0 or > 6)
        {
            return null;
        }

        var value = 0;
        foreach (var digit in digits)
        {
            value = (10 * value) + (digit - '0');
        }

        return value;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, int i) =>
        i >= 0 && i < tokens.Length ? folded.Slice(tokens[i].Start, tokens[i].Length) : default;
}
