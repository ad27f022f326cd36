using System.Text.Json.Nodes;
using EdgeSplit.Core.Decisions;
using EdgeSplit.Core.Placements;

namespace EdgeSplit.Agents.Learning;

/// <summary>Lets any <see cref="IAgent"/> decide, and learn online, in the request stream: it makes observations of situations, rewards of costs, and transitions of turns.</summary>
/// <remarks>
/// <para>Conversations overlap, and an agent's lane is one stream of transitions. So the turns of a conversation are kept until it is over, and then handed to the agent
/// one after the other in a single lane: the next turn's observation is the successor, the last turn terminates. Discounting is the agent's.</para>
/// <para>The reward is the negative cost over the mean cost of all finished requests so far, hence of order one whatever the unit of the cost. All turns of a conversation are
/// divided by the mean as it is when the conversation ends.</para>
/// <para>What the agent learns is what the experience says was done, also where another policy around this one changed the decision.</para>
/// <para>Without exploration nothing is learned and nothing drawn: the agent is evaluated as it is. Its saved state is the agent's, with the mean cost and the open
/// conversations before it. The steady state allocates nothing. Not thread-safe.</para>
/// </remarks>
public sealed class AgentPolicy : ISplitPolicy, ISavedAgent
{
    private const int LayoutVersion = 1;

    private readonly IAgent agent;
    private readonly DecisionFeatures features;
    private readonly bool explore;
    private readonly Stack<PendingConversation> idle = new();
    private readonly double[] observation;
    private readonly bool[] mask;
    private readonly double[] noSuccessor;
    private readonly bool[] noMask;
    private Dictionary<int, PendingConversation> open = [];
    private double costSum;
    private long finished;

    /// <summary>Creates a policy around an agent.</summary>
    /// <param name="agent">The agent; its observations have the length of the features, its actions are the split points.</param>
    /// <param name="features">How a situation becomes an observation; the policy's own instance.</param>
    /// <param name="explore">Whether the agent explores and learns; false evaluates it as it is.</param>
    /// <exception cref="ArgumentException">The agent has another number of observation entries or actions than the features.</exception>
    public AgentPolicy(IAgent agent, DecisionFeatures features, bool explore = true)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(features);
        if (agent.ObservationLength != features.Length || agent.ActionCount != features.ActionCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Agent '{agent.Name}' takes {agent.ObservationLength} observation entries and {agent.ActionCount} actions; the features have {features.Length} and {features.ActionCount}."),
                nameof(agent));
        }

        this.agent = agent;
        this.features = features;
        this.explore = explore;
        observation = new double[features.Length];
        mask = new bool[features.ActionCount];
        noSuccessor = new double[features.Length];
        noMask = new bool[features.ActionCount];
    }

    /// <inheritdoc cref="ISavedAgent.Name"/>
    public string Name => agent.Name;

    /// <inheritdoc/>
    public int StateVersion => agent.StateVersion;

    /// <summary>The agent.</summary>
    public IAgent Agent => agent;

    /// <summary>What a reward is divided by: the mean cost of the finished requests, seconds-equivalent; 1 before the first, and where that mean is 0.</summary>
    public double RewardScale => costSum > 0 ? costSum / finished : 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The conversation's previous turn has not been finished.</exception>
    public Decision Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!WriteMask(context.Infeasibility))
        {
            return new Decision(-1, 1);
        }

        features.Write(context, observation);
        var action = 0;
        var propensity = 1.0;
        var conversation = explore ? OpenConversation(context) : null;
        agent.Act(observation, mask, new Span<int>(ref action), new Span<double>(ref propensity), explore);
        conversation?.Add(observation, mask);
        return new Decision(action, propensity);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This policy did not decide the request.</exception>
    public void Learn(in Experience experience)
    {
        if (!explore)
        {
            return;
        }

        if (!open.TryGetValue(experience.Conversation, out var conversation) || conversation.Finished == conversation.Decided)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Policy '{Name}' is told of request {experience.Request} of conversation {experience.Conversation}, which it did not decide."));
        }

        conversation.Finish(experience.Decision.SplitPoint, experience.Decision.Propensity, Guard.NonNegative(experience.Cost, nameof(experience)));
        costSum += experience.Cost;
        finished++;
        if (experience.IsLast)
        {
            HandOver(conversation);
            open.Remove(experience.Conversation);
            conversation.Clear();
            idle.Push(conversation);
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe() => new() { ["features"] = features.Describe(), ["agent"] = agent.Describe() };

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(LayoutVersion);
        writer.Write(costSum);
        writer.Write(finished);
        writer.Write(open.Count);
        foreach (var (index, conversation) in open.OrderBy(pair => pair.Key))
        {
            writer.Write(index);
            conversation.Save(writer);
        }

        agent.SaveState(writer);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            var version = reader.ReadInt32();
            if (version != LayoutVersion)
            {
                throw new InvalidDataException(FormattableString.Invariant($"The state of the policy has layout {version}, expected {LayoutVersion}."));
            }

            var (sum, count) = (reader.ReadDouble(), reader.ReadInt64());
            if (!(sum >= 0 && double.IsFinite(sum) && count >= 0))
            {
                throw new InvalidDataException(FormattableString.Invariant($"The state has a cost of {sum} in {count} requests, which cannot be."));
            }

            var conversations = new Dictionary<int, PendingConversation>();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var conversation = new PendingConversation(features.Length, features.ActionCount);
                conversations.Add(reader.ReadInt32(), conversation);
                conversation.Load(reader);
            }

            agent.LoadState(reader);
            (costSum, finished, open) = (sum, count, conversations);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("The state of the policy is cut off or damaged.", error);
        }
    }

    private bool WriteMask(ReadOnlySpan<SplitInfeasibility> infeasibility)
    {
        Guard.SameLength(infeasibility.Length, mask.Length);
        var any = false;
        for (var k = 0; k < mask.Length; k++)
        {
            mask[k] = infeasibility[k] == SplitInfeasibility.None;
            any |= mask[k];
        }

        return any;
    }

    private PendingConversation OpenConversation(DecisionContext context)
    {
        if (!open.TryGetValue(context.Conversation, out var conversation))
        {
            conversation = idle.TryPop(out var reused) ? reused : new PendingConversation(features.Length, features.ActionCount);
            open.Add(context.Conversation, conversation);
        }
        else if (conversation.Finished < conversation.Decided)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Policy '{Name}' is asked for request {context.Request} of conversation {context.Conversation}, whose previous turn is not finished."));
        }

        return conversation;
    }

    private void HandOver(PendingConversation conversation)
    {
        var scale = RewardScale;
        for (var turn = 0; turn < conversation.Finished; turn++)
        {
            var isLast = turn + 1 == conversation.Finished;
            var reward = -conversation.Costs[turn] / scale;
            var isTruncated = false;
            agent.Learn(new TransitionBatch
            {
                Observations = conversation.ObservationOf(turn),
                Masks = conversation.MaskOf(turn),
                Actions = conversation.Actions.Slice(turn, 1),
                Propensities = conversation.Propensities.Slice(turn, 1),
                Rewards = new ReadOnlySpan<double>(ref reward),
                NextObservations = isLast ? noSuccessor : conversation.ObservationOf(turn + 1),
                NextMasks = isLast ? noMask : conversation.MaskOf(turn + 1),
                Terminated = new ReadOnlySpan<bool>(ref isLast),
                Truncated = new ReadOnlySpan<bool>(ref isTruncated),
            });
        }
    }
}
