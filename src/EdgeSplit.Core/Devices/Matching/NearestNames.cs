using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>Suggests sheets for a text that names none.</summary>
internal static class NearestNames
{
    private const int Longest = 60;

    /// <summary>A clause with the nearest names, or an empty text.</summary>
    internal static string Of(string device)
    {
        var written = device.Length > Longest ? device[..Longest] : device;
        Span<char> folded = stackalloc char[TextTokens.FoldedLength(Longest)];
        Span<TextToken> tokens = stackalloc TextToken[Longest];
        tokens = tokens[..TextTokens.Split(written, folded, tokens)];
        var best = new List<(double Score, string Name)>();
        foreach (var row in DeviceSheets.Rows)
        {
            var shared = 0;
            foreach (var token in tokens)
            {
                var word = folded.Slice(token.Start, token.Length).Trim(TextTokens.Mark);
                // A model's number says more than its maker's name.
                shared += word.Length > 1 && row.Name.AsSpan().Contains(word, StringComparison.Ordinal) ? (token.IsDigits ? 3 : 1) * word.Length : 0;
            }

            var score = shared / (double)Math.Max(row.Name.Length, written.Length);
            if (score >= 0.3)
            {
                best.Add((score, row.Name));
            }
        }

        var names = string.Join(", ", best.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).Take(3).Select(candidate => candidate.Name));
        return names.Length > 0 ? "; nearest: " + names : "";
    }
}
