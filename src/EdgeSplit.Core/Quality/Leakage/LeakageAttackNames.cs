namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>Names of the attacks, as <see cref="LeakageCell.Attack"/> states them.</summary>
public static class LeakageAttackNames
{
    /// <summary>The token whose embedding points most nearly in the direction of the hidden state: <see cref="NearestEmbeddingAttack"/>.</summary>
    public const string NearestEmbedding = "nearest-embedding";

    /// <summary>A linear map, learnt on other text: <see cref="RidgeAttack"/>.</summary>
    public const string Ridge = "ridge";

    /// <summary>The server that has the weights and tries every token: <see cref="ExhaustiveAttack"/>.</summary>
    public const string Exhaustive = "exhaustive";
}
