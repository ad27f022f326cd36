namespace EdgeSplit.Core.Inference;

/// <summary>Finds what a regular expression says differently in the engine of the Hugging Face tokenizers (Oniguruma) than in that of .NET.</summary>
internal static class PatternDialect
{
    /// <summary>What makes the pattern ambiguous; null when both engines read it alike.</summary>
    internal static string? Difference(string pattern)
    {
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    // Escapes that only the other engine knows are errors in .NET.
                    i++;
                    break;
                case '[' when inClass:
                    return "a class inside a class";
                case '&' when inClass && i + 1 < pattern.Length && pattern[i + 1] == '&':
                    return "an intersection of classes";
                case '[':
                    inClass = true;
                    i += pattern.AsSpan(i + 1).StartsWith("^]") ? 2 : pattern.AsSpan(i + 1).StartsWith("^") || pattern.AsSpan(i + 1).StartsWith("]") ? 1 : 0;
                    break;
                case ']' when inClass:
                    inClass = false;
                    break;
                case '^' or '$' when !inClass: // of a line there, of the text here
                    return "the anchor " + pattern[i];
            }
        }

        return null;
    }
}
