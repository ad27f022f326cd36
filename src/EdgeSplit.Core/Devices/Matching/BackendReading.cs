using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>What a backend text says.</summary>
internal readonly record struct BackendReading(
    InferenceEngine? Engine, ProcessorGroup? Named, ProcessorGroup? Implied, int? Threads, int? Parallel, string? Refusal)
{
    /// <summary>Reads a backend text of at most <see cref="DeviceMatcher.MaximumTextLength"/> characters.</summary>
    internal static BackendReading Of(ReadOnlySpan<char> text)
    {
        Span<char> folded = stackalloc char[TextTokens.FoldedLength(DeviceMatcher.MaximumTextLength)];
        Span<TextToken> tokens = stackalloc TextToken[DeviceMatcher.MaximumTextLength];
        Span<int> ids = stackalloc int[DeviceMatcher.MaximumTextLength];
        tokens = tokens[..TextTokens.Split(text, folded, tokens)];
        ids = ids[..tokens.Length];
        BackendPhrases.Index.Read(folded, tokens, ids);
        var reading = default(BackendReading);
        var (engineRank, impliedRank) = (0, 0);
        for (var i = 0; i < tokens.Length;)
        {
            var (length, place) = BackendPhrases.Index.Longest(ids, i);
            if (length > 0)
            {
                var phrase = BackendPhrases.All[place];
                if (phrase.Engine is not null && phrase.Rank > engineRank)
                {
                    (reading, engineRank) = (reading with { Engine = phrase.Engine }, phrase.Rank);
                }

                if (phrase.Processor is { } processor)
                {
                    if (!phrase.Implied && reading.Named is { } other && other != processor)
                    {
                        return reading with { Refusal = $"the backend names more than one processor (\"{phrase.Phrase}\" beside another)" };
                    }

                    if (!phrase.Implied)
                    {
                        reading = reading with { Named = processor };
                    }
                    else if (reading.Implied is null || phrase.Rank > impliedRank)
                    {
                        (reading, impliedRank) = (reading with { Implied = processor }, phrase.Rank);
                    }
                }

                if (phrase.Refusal is not null)
                {
                    return reading with { Refusal = phrase.Refusal + $" (\"{phrase.Phrase}\")" };
                }

                i += length;
                continue;
            }

            var number = TextNumbers.At(folded, tokens, i);
            if (number.Meaning == NumberMeaning.Threads)
            {
                reading = reading with { Threads = reading.Threads ?? (int)number.Value };
            }
            else if (number.Meaning == NumberMeaning.Parallel)
            {
                reading = reading with { Parallel = (int)number.Value };
            }

            i += Math.Max(1, number.Tokens);
        }

        return reading;
    }
}
