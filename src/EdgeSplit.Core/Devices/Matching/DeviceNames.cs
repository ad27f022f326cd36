using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>Every name that a device can have in a text, and the words that make a name beside them doubtful.</summary>
internal static class DeviceNames
{
    /// <summary>A value of the index at or above this is the place in <see cref="UnlistedNames.Cards"/>.</summary>
    internal const int FirstUnlistedCard = 1 << 20;

    /// <summary>A value of the index at or above this is the place in <see cref="UnlistedNames.Systems"/>.</summary>
    internal const int FirstUnlistedSystem = 1 << 21;

    // A value below FirstUnlistedCard is twice the place of a sheet, plus one where the name is a product's.
    internal static PhraseIndex Index { get; } = CreateIndex();

    /// <summary>Per sheet, the place of its platform's first sheet.</summary>
    internal static int[] PlatformOf { get; } = PlacesBy(row => row.Platform);

    /// <summary>Per sheet, the place of its family's first sheet.</summary>
    internal static int[] FamilyOf { get; } = PlacesBy(row => row.Family);

    /// <summary>Per sheet, the place of the sheet that carries its platform's names: it may stand for any processor of the platform.</summary>
    internal static int[] MainOf { get; } = FindMains();

    private static readonly HashSet<int> After = Words(
        "ti", "super", "max", "pro", "ultra", "plus", "+", "xt", "xtx", "gre", "sff", "nvl", "xl", "lite", "elite", "gen", "ada", "blackwell", "mini", "fe", "se", "fold", "flip", "tab",
        "edge", "note", "neo", "ace", "extreme", "mq", "d", "m", "s", "k", "kf", "g", "h", "hx", "hs", "u", "v", "r", "e");

    private static readonly HashSet<int> Before = Words("orange", "banana", "cortex", "mango", "nanopi", "rock", "firefly", "khadas", "galaxy", "redmi", "poco", "moto", "lumia");

    private static readonly int FoundersEdition = Index.Word("fe");

    /// <summary>Whether the word after a name makes it another name.</summary>
    internal static bool IsQualifier(int word, bool isCard) => After.Contains(word) && !(isCard && word == FoundersEdition);

    /// <summary>Whether the word before a name makes it another name.</summary>
    internal static bool IsForeign(int word) => Before.Contains(word);

    private static PhraseIndex CreateIndex()
    {
        var index = new PhraseIndex();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < DeviceSheets.Rows.Count; i++)
        {
            var row = DeviceSheets.Rows[i];
            places.Add(row.Name, i);
            index.Add(row.Name, 2 * i);
            foreach (var alias in row.Aliases)
            {
                index.Add(alias, 2 * i);
            }
        }

        foreach (var (sheet, names) in ProductNames.All)
        {
            foreach (var name in names)
            {
                index.Add(name, (2 * places[sheet]) + 1);
                if (name.StartsWith("Galaxy S", StringComparison.Ordinal))
                {
                    index.Add("Samsung" + name["Galaxy".Length..], (2 * places[sheet]) + 1);
                }
            }
        }

        for (var i = 0; i < UnlistedNames.Cards.Length; i++)
        {
            index.Add(UnlistedNames.Cards[i], FirstUnlistedCard + i);
        }

        for (var i = 0; i < UnlistedNames.Systems.Length; i++)
        {
            index.Add(UnlistedNames.Systems[i], FirstUnlistedSystem + i);
        }

        return index;
    }

    private static HashSet<int> Words(params string[] words) => [.. words.Select(Index.Intern)];

    private static int[] PlacesBy(Func<SheetRow, string> key)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new int[DeviceSheets.Rows.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var name = key(DeviceSheets.Rows[i]);
            first.TryAdd(name, i);
            places[i] = first[name];
        }

        return places;
    }

    private static int[] FindMains()
    {
        var mains = new int[DeviceSheets.Rows.Count];
        for (var i = mains.Length - 1; i >= 0; i--)
        {
            var first = PlatformOf[i];
            mains[first] = DeviceSheets.Rows[i].CarriesNames ? i : i == first && mains[i] == 0 ? i : mains[first];
        }

        for (var i = 0; i < mains.Length; i++)
        {
            mains[i] = mains[PlatformOf[i]];
        }

        return mains;
    }
}
