namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What a llama-bench row tests.</summary>
/// <param name="Phase">Prompt processing or generation.</param>
/// <param name="Tokens">Tokens processed, at least 1.</param>
/// <param name="DepthTokens">Tokens in the cache before, at least 0.</param>
/// <param name="IsSpaced">Whether it was written with a space, <c>pp 512</c>, as builds before micro-batches did.</param>
internal readonly record struct LlamaBenchTest(BenchmarkPhase Phase, int Tokens, int DepthTokens, bool IsSpaced)
{
    private const string Mixes = "the test mixes prefill and decode, so its speed is of neither";

    /// <summary>From the numbers of the data formats; null with a reason where they name no test of one phase.</summary>
    internal static LlamaBenchTest? From(int prompt, int generated, int depth, out string reason)
    {
        reason = "";
        if (prompt < 0 || generated < 0 || depth < 0)
        {
            reason = FormattableString.Invariant($"n_prompt {prompt}, n_gen {generated}, n_depth {depth}: none may be negative");
        }
        else if (prompt > 0 && generated > 0)
        {
            reason = Mixes;
        }
        else if (prompt == 0 && generated == 0)
        {
            reason = "the test has neither prompt nor generated tokens";
        }
        else
        {
            return new LlamaBenchTest(prompt > 0 ? BenchmarkPhase.Prefill : BenchmarkPhase.Decode, prompt + generated, depth, false);
        }

        return null;
    }

    /// <summary>From the test column of a table: <c>pp512</c>, <c>tg 128</c>, <c>pp2048 @ d32768</c>; null with a reason otherwise.</summary>
    internal static LlamaBenchTest? From(ReadOnlySpan<char> text, out string reason)
    {
        reason = "";
        var test = text.Trim();
        if (test.StartsWith("pg", StringComparison.OrdinalIgnoreCase) || test.Contains('+'))
        {
            reason = Mixes;
            return null;
        }

        var depth = 0;
        var at = test.IndexOf('@');
        var head = (at < 0 ? test : test[..at]).TrimEnd();
        if (at >= 0)
        {
            var tail = test[(at + 1)..].Trim();
            if (tail.Length < 2 || tail[0] is not ('d' or 'D') || !NumberText.TryWhole(tail[1..].Trim(), out depth))
            {
                reason = $"the test {QuotedText.Of(text)} has no depth that can be read";
                return null;
            }
        }

        var isPrompt = head.StartsWith("pp", StringComparison.OrdinalIgnoreCase);
        if ((!isPrompt && !head.StartsWith("tg", StringComparison.OrdinalIgnoreCase)) || !NumberText.TryWhole(head[2..].Trim(), out var tokens) || tokens <= 0)
        {
            reason = $"the test {QuotedText.Of(text)} is neither ppN nor tgN";
            return null;
        }

        return From(isPrompt ? tokens : 0, isPrompt ? 0 : tokens, depth, out reason) is { } found
            ? found with { IsSpaced = char.IsWhiteSpace(head[2]) }
            : null;
    }
}
