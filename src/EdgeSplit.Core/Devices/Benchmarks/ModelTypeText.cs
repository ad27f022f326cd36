namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>llama-bench's model type, such as <c>qwen2 7B Q4_K - Medium</c>, apart into model and format.</summary>
internal static class ModelTypeText
{
    private const string NoFormat = "unknown, may not work";

    private static readonly string[] Fillers = ["mostly", "all", "(guessed)"];

    /// <summary>The format starts at the first word after the name's first that is a weight format; words between (<c>mostly</c>, <c>all</c>) belong to neither.</summary>
    internal static (string Model, string Format) Apart(string text)
    {
        text = text.Trim();
        if (text.EndsWith(NoFormat, StringComparison.OrdinalIgnoreCase) && text.Length > NoFormat.Length)
        {
            return (text[..^NoFormat.Length].TrimEnd(), "");
        }

        var start = NextWord(text, 0);
        while (start < text.Length)
        {
            var end = WordEnd(text, start);
            if (IsFormat(text.AsSpan(start, end - start).TrimEnd(',')))
            {
                return (WithoutFillers(text[..start].TrimEnd()), text[start..]);
            }

            start = NextWord(text, start);
        }

        return (WithoutFillers(text), "");
    }

    private static int NextWord(string text, int start)
    {
        var at = WordEnd(text, start);
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int WordEnd(string text, int start)
    {
        while (start < text.Length && !char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    private static string WithoutFillers(string model)
    {
        foreach (var filler in Fillers)
        {
            if (model.EndsWith(filler, StringComparison.OrdinalIgnoreCase) && model.Length > filler.Length && char.IsWhiteSpace(model[^(filler.Length + 1)]))
            {
                return model[..^filler.Length].TrimEnd();
            }
        }

        return model;
    }

    /// <summary><c>Q4_0</c>, <c>IQ2_XXS</c>, <c>TQ1_0</c>, <c>F16</c>, <c>BF16</c>, <c>MXFP4</c>, <c>NVFP4</c>, <c>I2_S</c>.</summary>
    private static bool IsFormat(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<string> heads = ["IQ", "TQ", "Q", "BF", "FP", "F", "MXFP", "NVFP", "I"];
        foreach (var head in heads)
        {
            if (word.StartsWith(head, StringComparison.OrdinalIgnoreCase) && word.Length > head.Length && char.IsAsciiDigit(word[head.Length]))
            {
                return true;
            }
        }

        return false;
    }
}
