using System.Text.Json.Nodes;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>A learner as it is: it decides, and is told nothing. Saved and loaded as the learner itself.</summary>
internal sealed class WithoutLearning<T>(T policy) : ISplitPolicy, ISavedAgent
    where T : ISplitPolicy, ISavedAgent
{
    public string Name { get; } = ((ISplitPolicy)policy).Name;

    public int StateVersion => policy.StateVersion;

    public Decision Decide(DecisionContext context) => policy.Decide(context);

    public void Learn(in Experience experience)
    {
    }

    public JsonObject Describe() => policy.Describe();

    public void SaveState(BinaryWriter writer) => policy.SaveState(writer);

    public void LoadState(BinaryReader reader) => policy.LoadState(reader);
}
