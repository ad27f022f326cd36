using System.Text;

namespace EdgeSplit.Tests.Inference;

/// <summary>Byte-pair encoding as it is defined: look for the lowest rank, leftmost first, merge that one pair, look again.</summary>
internal static class NaiveBytePairMerge
{
    private static readonly Dictionary<string, int> Ids = SmallTokenizer.Vocabulary();
    private static readonly string[] SymbolOfByte = [.. Ids.Where(pair => pair.Value < 256).OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    internal static int[] Encode(string text)
    {
        var symbols = Encoding.UTF8.GetBytes(text).Select(value => SymbolOfByte[value]).ToList();
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                var rank = Array.IndexOf(SmallTokenizer.Merges, symbols[i] + " " + symbols[i + 1]);
                if (rank >= 0 && rank < best)
                {
                    (best, at) = (rank, i);
                }
            }

            if (at < 0)
            {
                return [.. symbols.Select(symbol => Ids[symbol])];
            }

            symbols[at] += symbols[at + 1];
            symbols.RemoveAt(at + 1);
        }
    }
}
