using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>What must be equal for erasures of different probability to lie on one curve.</summary>
internal readonly record struct ErasureFamily(ErasurePattern Pattern, ErasureRecovery Recovery, int PacketValues)
{
    internal static ErasureFamily Of(in HiddenStateDamage damage) =>
        new(damage.Pattern, damage.Recovery, damage.Pattern == ErasurePattern.Elements ? 0 : damage.PacketValues);

    public override string ToString() => FormattableString.Invariant($"{EnumWords<ErasurePattern>.Of(Pattern)}/{EnumWords<ErasureRecovery>.Of(Recovery)}")
        + (PacketValues > 0 ? FormattableString.Invariant($"/{PacketValues} values") : "");
}
