using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Tests.Policies;

/// <summary>Passes everything on to another policy and keeps what went by.</summary>
internal sealed class RecordingPolicy(ISplitPolicy inner) : ISplitPolicy
{
    public string Name => inner.Name;

    internal List<(int Request, Observation Observation, Decision Decision)> Decisions { get; } = [];

    internal List<Experience> Experiences { get; } = [];

    public Decision Decide(DecisionContext context)
    {
        var decision = inner.Decide(context);
        Decisions.Add((context.Request, context.Observation, decision));
        return decision;
    }

    public void Learn(in Experience experience)
    {
        Experiences.Add(experience);
        inner.Learn(experience);
    }
}
