using System.Globalization;

namespace EdgeSplit.Core.Placements;

/// <summary>Neighbouring splits that are masked for the same reasons.</summary>
/// <param name="First">The first split point.</param>
/// <param name="Last">The last split point.</param>
/// <param name="Reasons">Why they are masked.</param>
public readonly record struct InfeasibleRange(int First, int Last, SplitInfeasibility Reasons)
{
    private const double Giga = 1e9;

    /// <summary>The masked ranges of a mask, in order.</summary>
    /// <param name="infeasibility">The mask; index = split point.</param>
    public static IReadOnlyList<InfeasibleRange> Of(ReadOnlySpan<SplitInfeasibility> infeasibility)
    {
        var ranges = new List<InfeasibleRange>();
        for (var first = 0; first < infeasibility.Length;)
        {
            var last = first;
            while (last + 1 < infeasibility.Length && infeasibility[last + 1] == infeasibility[first])
            {
                last++;
            }

            if (infeasibility[first] != SplitInfeasibility.None)
            {
                ranges.Add(new InfeasibleRange(first, last, infeasibility[first]));
            }

            first = last + 1;
        }

        return ranges;
    }

    /// <summary>The masked ranges of a request in words, with the figures behind them.</summary>
    /// <param name="profile">The prepared system.</param>
    /// <param name="work">The request.</param>
    /// <returns>For example <c>k = 0..2 privacy limit; k = 32 device memory (6.9 GB of 6.4 GB)</c>; "none" where every split is feasible.</returns>
    public static string Describe(SplitProfile profile, TurnWork work)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var infeasibility = new SplitInfeasibility[profile.Layers + 1];
        profile.Mask(work, infeasibility);
        var ranges = Of(infeasibility);
        return ranges.Count == 0 ? "none" : string.Join("; ", ranges.Select(range => range.InWords(profile, work)));
    }

    /// <summary>The reasons in words, joined by commas.</summary>
    /// <param name="reasons">The reasons.</param>
    /// <returns>For example <c>device memory, privacy limit</c>; empty for <see cref="SplitInfeasibility.None"/>.</returns>
    public static string Words(SplitInfeasibility reasons) => string.Join(
        ", ",
        Enum.GetValues<SplitInfeasibility>().Where(reason => reason != SplitInfeasibility.None && reasons.HasFlag(reason)).Select(Word));

    private static string Word(SplitInfeasibility reason) => reason switch
    {
        SplitInfeasibility.DeviceMemory => "device memory",
        SplitInfeasibility.ServerMemory => "server memory",
        SplitInfeasibility.PrivacyLimit => "privacy limit",
        SplitInfeasibility.QualityLimit => "quality limit",
        _ => "context length",
    };

    private string InWords(SplitProfile profile, TurnWork work)
    {
        var (first, last, all) = this;
        var reasons = Enum.GetValues<SplitInfeasibility>().Where(reason => reason != SplitInfeasibility.None && all.HasFlag(reason)).Select(reason => Word(reason) + reason switch
        {
            SplitInfeasibility.DeviceMemory => Bytes(profile.DeviceBytes(first, work), profile.System.Device.UsableMemoryBytes),
            SplitInfeasibility.ServerMemory => Bytes(profile.ServerBytes(last, work), profile.System.Server.UsableMemoryBytes),
            SplitInfeasibility.PrivacyLimit => string.Create(CultureInfo.InvariantCulture, $" (recovery of at least {profile.TokenRecoveryRate[last]:0.###}, limit {profile.Limits.MaximumTokenRecoveryRate:0.###})"),
            SplitInfeasibility.ContextLength => string.Create(CultureInfo.InvariantCulture, $" ({work.MaximumCachedTokens} tokens of {profile.System.Shape.MaximumPositions})"),
            _ => "",
        });
        return string.Create(CultureInfo.InvariantCulture, $"k = {(first == last ? $"{first}" : $"{first}..{last}")} ") + string.Join(", ", reasons);
    }

    private static string Bytes(double needed, double usable) => string.Create(CultureInfo.InvariantCulture, $" (at least {needed / Giga:0.00} GB of {usable / Giga:0.00} GB)");
}
