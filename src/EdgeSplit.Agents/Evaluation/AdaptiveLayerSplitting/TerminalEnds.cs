using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Wrappers;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>Ends episodes for good where a step limit cut them: a learner then takes what comes after as worth nothing.</summary>
internal sealed class TerminalEnds(IBatchedEnvironment inner) : EnvironmentWrapper(inner)
{
    public override void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        base.Step(actions, observations, rewards, terminated, truncated, mask, finalObservations); // no masks beyond an end for good
        for (var i = 0; i < terminated.Length; i++)
        {
            terminated[i] |= truncated[i];
        }

        truncated.Clear();
    }

    protected override void SaveOwn(BinaryWriter writer)
    {
    }

    protected override Action ReadOwn(BinaryReader reader) => () => { };
}
