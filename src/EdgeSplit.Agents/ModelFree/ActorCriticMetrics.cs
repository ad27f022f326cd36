namespace EdgeSplit.Agents.ModelFree;

/// <summary>What an update of <see cref="PpoAgent"/> or <see cref="A2cAgent"/> did: means over its minibatches, for seeing whether learning goes well.</summary>
/// <param name="PolicyLoss">The loss of the policy, in standardised advantage or reward.</param>
/// <param name="ValueLoss">The mean squared error of the values, in reward squared.</param>
/// <param name="Entropy">The entropy of the policy, in nats.</param>
/// <param name="LogRatioDivergence">The mean of ln(old/new probability), the estimator k1 of the divergence from the old policy, in nats; may be negative.</param>
/// <param name="Divergence">The mean of (r - 1) - ln r with r = new/old probability, the estimator k3, in nats; never negative.</param>
/// <param name="ClipFraction">The share of samples whose ratio left the clip range, in [0, 1].</param>
/// <param name="ExplainedVariance">1 - Var(returns - values)/Var(returns) before the update; NaN where the returns do not vary.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient of both networks before it was shortened.</param>
/// <param name="LearningRate">The step size of the update.</param>
/// <param name="ClipRange">The clip range of the update; 0 for A2C.</param>
/// <param name="Minibatches">Optimiser steps taken.</param>
/// <param name="SkippedMinibatches">Optimiser steps left out because their gradient was not finite.</param>
/// <param name="StoppedEarly">Whether the target divergence ended the update.</param>
public readonly record struct ActorCriticMetrics(
    double PolicyLoss,
    double ValueLoss,
    double Entropy,
    double LogRatioDivergence,
    double Divergence,
    double ClipFraction,
    double ExplainedVariance,
    double GradientNorm,
    double LearningRate,
    double ClipRange,
    int Minibatches,
    int SkippedMinibatches,
    bool StoppedEarly);
