namespace EdgeSplit.Agents.Learning;

/// <summary>The turns of one conversation that is not over: what was seen, allowed, done and earned so far. Reused from conversation to conversation.</summary>
internal sealed class PendingConversation(int observationLength, int actionCount)
{
    private double[] observations = [];
    private bool[] masks = [];
    private int[] actions = [];
    private double[] propensities = [];
    private double[] costs = [];

    /// <summary>Turns decided.</summary>
    internal int Decided { get; private set; }

    /// <summary>Turns whose outcome is known: all that were decided, or all but the last.</summary>
    internal int Finished { get; private set; }

    internal Span<int> Actions => actions;

    internal Span<double> Propensities => propensities;

    internal Span<double> Costs => costs;

    internal Span<double> ObservationOf(int turn) => observations.AsSpan(turn * observationLength, observationLength);

    internal Span<bool> MaskOf(int turn) => masks.AsSpan(turn * actionCount, actionCount);

    internal void Clear() => (Decided, Finished) = (0, 0);

    /// <summary>Adds a turn that is decided now.</summary>
    internal void Add(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask)
    {
        Grow();
        observation.CopyTo(ObservationOf(Decided));
        mask.CopyTo(MaskOf(Decided));
        Decided++;
    }

    internal void Finish(int action, double propensity, double cost)
    {
        (actions[Finished], propensities[Finished], costs[Finished]) = (action, propensity, cost);
        Finished++;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Decided);
        writer.Write(Finished);
        for (var turn = 0; turn < Decided; turn++)
        {
            foreach (var value in ObservationOf(turn))
            {
                writer.Write(value);
            }

            foreach (var allowed in MaskOf(turn))
            {
                writer.Write(allowed);
            }
        }

        for (var turn = 0; turn < Finished; turn++)
        {
            writer.Write(actions[turn]);
            writer.Write(propensities[turn]);
            writer.Write(costs[turn]);
        }
    }

    internal void Load(BinaryReader reader)
    {
        var decided = reader.ReadInt32();
        var finished = reader.ReadInt32();
        if (decided < 1 || finished < decided - 1 || finished > decided)
        {
            throw new InvalidDataException(FormattableString.Invariant($"A conversation has {decided} decided and {finished} finished turns, which cannot be."));
        }

        for (var turn = 0; turn < decided; turn++, Decided++)
        {
            Grow();
            foreach (ref var value in ObservationOf(turn))
            {
                value = reader.ReadDouble();
            }

            foreach (ref var allowed in MaskOf(turn))
            {
                allowed = reader.ReadBoolean();
            }
        }

        for (var turn = 0; turn < finished; turn++)
        {
            Finish(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble());
            if (actions[turn] < 0 || actions[turn] >= actionCount || !double.IsFinite(costs[turn]))
            {
                throw new InvalidDataException(FormattableString.Invariant($"A turn has action {actions[turn]} and cost {costs[turn]}, which cannot be."));
            }
        }
    }

    private void Grow()
    {
        if (Decided < actions.Length)
        {
            return;
        }

        var capacity = Math.Max(4, 2 * actions.Length);
        Array.Resize(ref observations, capacity * observationLength);
        Array.Resize(ref masks, capacity * actionCount);
        Array.Resize(ref actions, capacity);
        Array.Resize(ref propensities, capacity);
        Array.Resize(ref costs, capacity);
    }
}
