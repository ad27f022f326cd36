using System.Globalization;
using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>Normalization form C of Unicode: accents joined with their letters where a joined character exists.</summary>
/// <remarks>
/// The runtime's own normalization does nothing when it runs without culture data, as this project's programs do, so results would depend on a setting.
/// Stateless, thread-safe. Source: Unicode Standard Annex 15 and chapter 3.12 of the standard (Hangul), data of <see cref="CanonicalDecompositions"/>.
/// </remarks>
internal static class CanonicalComposition
{
    // Every code point below is its own normal form and combines with nothing before it.
    private const char FirstThatChanges = '\u0300';

    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private static readonly Dictionary<int, (int First, int Second)> PartsOf = [];
    private static readonly Dictionary<(int First, int Second), int> WholeOf = [];
    private static readonly Dictionary<int, byte> ClassOf = [];

    static CanonicalComposition()
    {
        foreach (var entry in CanonicalDecompositions.Decompositions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = entry.Split('=');
            var parts = sides[1].Split('+');
            var code = Hexadecimal(sides[0].TrimEnd('!'));
            var pair = (Hexadecimal(parts[0]), parts.Length > 1 ? Hexadecimal(parts[1]) : -1);
            PartsOf.Add(code, pair);
            if (!sides[0].EndsWith('!'))
            {
                WholeOf.Add(pair, code);
            }
        }

        foreach (var entry in CanonicalDecompositions.CombiningClasses.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = entry.Split('-', ':');
            for (var code = Hexadecimal(sides[0]); code <= Hexadecimal(sides[1]); code++)
            {
                ClassOf.Add(code, byte.Parse(sides[2], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The composed form of a text; a lone surrogate stays.</summary>
    internal static string Compose(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatChanges - 1)) < 0)
        {
            return text;
        }

        var codes = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsSurrogatePair(text, i);
            Decompose(isPair ? char.ConvertToUtf32(text, i) : text[i], codes);
            i += isPair ? 1 : 0;
        }

        Order(codes);
        Join(codes);
        var composed = new StringBuilder(text.Length);
        foreach (var code in codes)
        {
            _ = code <= char.MaxValue ? composed.Append((char)code) : composed.Append(char.ConvertFromUtf32(code));
        }

        return composed.ToString();
    }

    private static void Decompose(int code, List<int> codes)
    {
        var syllable = code - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            codes.Add(LeadBase + (syllable / (Vowels * Trails)));
            codes.Add(VowelBase + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails != 0)
            {
                codes.Add(TrailBase + (syllable % Trails));
            }
        }
        else if (code >= 0xC0 && PartsOf.TryGetValue(code, out var parts))
        {
            Decompose(parts.First, codes);
            if (parts.Second >= 0)
            {
                Decompose(parts.Second, codes);
            }
        }
        else
        {
            codes.Add(code);
        }
    }

    /// <summary>Sorts each run of combining characters by class, equal ones left in order.</summary>
    private static void Order(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            var end = start;
            while (end < codes.Count && Class(codes[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var run = codes[start..end].OrderBy(Class).ToList();
                for (var i = start; i < end; i++)
                {
                    codes[i] = run[i - start];
                }
            }

            start = end;
        }
    }

    /// <summary>Joins in place: each character with the last starter before it, unless one between blocks it.</summary>
    private static void Join(List<int> codes)
    {
        int count = 0, starter = -1, classBefore = 0;
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            var own = Class(code);
            var isNext = starter >= 0 && starter == count - 1;
            if (starter >= 0 && (isNext || (classBefore < own && classBefore > 0)) && Whole(codes[starter], code) is { } whole)
            {
                codes[starter] = whole;
                continue;
            }

            (starter, classBefore) = own == 0 ? (count, 0) : (starter, own);
            codes[count++] = code;
        }

        codes.RemoveRange(count, codes.Count - count);
    }

    private static int? Whole(int first, int second)
    {
        if (first - LeadBase is >= 0 and < Leads && second - VowelBase is >= 0 and < Vowels)
        {
            return SyllableBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Trails);
        }

        if (first - SyllableBase is >= 0 and < Syllables && (first - SyllableBase) % Trails == 0 && second - TrailBase is > 0 and < Trails)
        {
            return first + second - TrailBase;
        }

        return WholeOf.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int Class(int code) => code >= FirstThatChanges && ClassOf.TryGetValue(code, out var found) ? found : 0;

    private static int Hexadecimal(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
