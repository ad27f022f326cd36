namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>The likeliest continuations of one reception, the best first: a few at most, and none that is far behind the best.</summary>
/// <param name="width">Most continuations.</param>
internal sealed class GuessBeam(int width)
{
    /// <summary>Continuations less likely than the best by this factor's logarithm are given up, nats.</summary>
    private const double FarBehind = 12;

    private readonly List<(int Prefix, int Token, double Cost)> kept = new(width + 1);

    /// <summary>The continuations: number of the prefix, token, cost of the whole in nats.</summary>
    internal IReadOnlyList<(int Prefix, int Token, double Cost)> Kept => kept;

    /// <summary>Offers a continuation; among equals the first offered stays before the others.</summary>
    internal void Offer(int prefix, int token, double cost)
    {
        if (kept.Count == width && !(cost < kept[^1].Cost))
        {
            return;
        }

        var place = kept.Count;
        for (; place > 0 && cost < kept[place - 1].Cost; place--)
        {
        }

        kept.Insert(place, (prefix, token, cost));
        if (kept.Count > width)
        {
            kept.RemoveAt(width);
        }
    }

    /// <summary>Gives up what is far behind the best.</summary>
    internal void Prune() => kept.RemoveAll(one => one.Cost > kept[0].Cost + FarBehind);
}
