namespace EdgeSplit.Agents.Evaluation;

/// <summary>How the mean reward of a policy is estimated from decisions of another one.</summary>
/// <remarks>w is the target's probability over the behaviour's, r the reward, q the predicted reward of the taken action, q(π) its expectation under the target, λ the estimator's parameter.</remarks>
public enum OffPolicyEstimator
{
    /// <summary>Mean of w·r; unbiased. λ clips w to at most λ.</summary>
    InversePropensity,

    /// <summary>Σwr/Σw; a small bias for a smaller variance.</summary>
    SelfNormalised,

    /// <summary>Mean of q(π): as good as the model.</summary>
    DirectMethod,

    /// <summary>Mean of q(π) + w(r - q); unbiased. λ clips w to at most λ.</summary>
    DoublyRobust,

    /// <summary>Doubly robust with w over its mean.</summary>
    SelfNormalisedDoublyRobust,

    /// <summary>Doubly robust with w kept only where it is at most λ.</summary>
    SwitchDoublyRobust,

    /// <summary>Doubly robust with λw/(w² + λ) in place of w.</summary>
    ShrunkDoublyRobust,

    /// <summary>Inverse propensity with w/(1 - λ + λw) in place of w, λ in [0, 1].</summary>
    SubGaussian,

    /// <summary>Doubly robust with w/(1 - λ + λw) in place of w, λ in [0, 1].</summary>
    SubGaussianDoublyRobust,
}
