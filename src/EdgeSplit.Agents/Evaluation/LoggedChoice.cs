namespace EdgeSplit.Agents.Evaluation;

/// <summary>One logged decision, and what another policy would have done there.</summary>
/// <param name="BehaviourProbability">Probability with which the logging policy took the action it took, in (0, 1].</param>
/// <param name="TargetProbability">Probability with which the evaluated policy takes that action there, in [0, 1].</param>
/// <param name="Reward">What the action earned.</param>
/// <param name="PredictedTaken">A model's prediction of that reward; only for estimators with a model.</param>
/// <param name="PredictedTarget">The model's expectation of the reward under the evaluated policy there; only for estimators with a model.</param>
public readonly record struct LoggedChoice(
    double BehaviourProbability, double TargetProbability, double Reward, double PredictedTaken = double.NaN, double PredictedTarget = double.NaN);
