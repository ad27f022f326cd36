namespace EdgeSplit.Agents.Networks;

/// <summary>What follows the sums of a hidden layer.</summary>
public enum Activation
{
    /// <summary>max(0, x), the rectified linear unit (ReLU).</summary>
    Rectifier,

    /// <summary>tanh x, as policies of few inputs commonly use.</summary>
    HyperbolicTangent,
}
