namespace EdgeSplit.Agents.ModelBased;

/// <summary>How a model-based agent decides on what the members of its ensemble predict.</summary>
public enum DecisionRule
{
    /// <summary>One member is drawn per conversation, and its cheapest split taken (Lu and Van Roy, "Ensemble sampling", NeurIPS 2017): what is uncertain gets tried as often as it may be best.</summary>
    Thompson,

    /// <summary>The split of least mean cost. Tries nothing for the sake of learning.</summary>
    Mean,

    /// <summary>The split of least mean cost minus a multiple of the members' standard deviation: what is uncertain counts as good.</summary>
    Optimism,

    /// <summary>The split of least mean cost, but with a small probability any feasible one.</summary>
    EpsilonGreedy,
}
