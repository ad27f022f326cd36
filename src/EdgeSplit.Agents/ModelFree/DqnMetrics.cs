namespace EdgeSplit.Agents.ModelFree;

/// <summary>What a training of <see cref="DqnAgent"/> did: means over its gradient steps.</summary>
/// <param name="Loss">The Huber loss per transition.</param>
/// <param name="ActionValue">The value of the actions taken, in units of the return.</param>
/// <param name="LearningRate">The step size of the training.</param>
/// <param name="ExplorationRate">The probability of a uniform draw at the time of the training.</param>
/// <param name="GradientSteps">Optimiser steps taken.</param>
/// <param name="SkippedGradientSteps">Optimiser steps left out because their gradient was not finite.</param>
public readonly record struct DqnMetrics(double Loss, double ActionValue, double LearningRate, double ExplorationRate, int GradientSteps, int SkippedGradientSteps);
