using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Full lookahead over a learned model in which states that lie together are one: a finite-horizon dynamic programme over the states that can be reached.</summary>
/// <remarks>
/// <para>Without merging, A actions and H steps make A^H sequences; with it the states of a split problem are as many as there are splits. Merged states are represented by the first of
/// them. Where a step would reach more than <see cref="MostStates"/> states, the plan ends with that step.</para>
/// <para>Masks of later steps are not known and count as open. Not thread-safe.</para>
/// </remarks>
internal sealed class LookaheadPlan
{
    private const int MostStates = 512;

    private readonly TransitionModel model;
    private readonly BoxSpace space;
    private readonly int actions;
    private readonly int horizon;
    private readonly double discount;
    private readonly double[] spacing;
    private readonly Layer[] layers;
    private readonly Dictionary<long, int> cells = [];

    internal LookaheadPlan(TransitionModel model, BoxSpace space, int actions, PlanningAgentOptions options)
    {
        this.model = model;
        this.space = space;
        this.actions = actions;
        horizon = options.Horizon;
        discount = options.Discount;
        spacing = options.StateSpacing.Count > 0 ? [.. options.StateSpacing] : [.. Enumerable.Range(0, space.Length).Select(i =>
            double.IsFinite(space.High[i] - space.Low[i]) ? Math.Max(1e-12, (space.High[i] - space.Low[i]) / 100) : 0.01)];
        layers = [.. Enumerable.Range(0, horizon + 1).Select(_ => new Layer())];
    }

    /// <summary>The value of every action from a state: predicted rewards of the best sequence that begins with it.</summary>
    /// <param name="observation">The state; shape [d].</param>
    /// <param name="values">Receives the values; shape [actions].</param>
    internal void Values(ReadOnlySpan<double> observation, Span<double> values)
    {
        layers[0].Begin(1, space.Length, actions);
        observation.CopyTo(layers[0].States);
        var depth = 0;
        while (depth < horizon && Expand(layers[depth], layers[depth + 1]))
        {
            depth++;
        }

        if (depth < horizon)
        {
            // The last layer was evaluated but has no successors: what it earns is the end of the plan.
            layers[depth].Children.AsSpan(0, layers[depth].Count * actions).Fill(-1);
            depth++;
        }

        Array.Clear(layers[depth].Values, 0, layers[depth].Values.Length);
        for (var layer = depth - 1; layer >= 0; layer--)
        {
            Backup(layers[layer], layers[layer + 1]);
        }

        for (var action = 0; action < actions; action++)
        {
            values[action] = ActionValue(layers[0], layers[1], action);
        }
    }

    // Evaluates all actions of a layer and gathers the states they lead to; false where these are too many.
    private bool Expand(Layer from, Layer to)
    {
        var rows = from.Count * actions;
        model.Predict(from.States, from.Count, from.Reached, from.Rewards, from.Ends);
        to.Begin(Math.Min(rows, MostStates), space.Length, actions);
        cells.Clear();
        var count = 0;
        for (var i = 0; i < rows; i++)
        {
            var reached = from.Reached.AsSpan(i * space.Length, space.Length);
            var key = Cell(reached);
            if (!cells.TryGetValue(key, out var at))
            {
                if (count == MostStates)
                {
                    return false;
                }

                at = count++;
                cells.Add(key, at);
                reached.CopyTo(to.States.AsSpan(at * space.Length));
            }

            from.Children[i] = at;
        }

        to.Count = count;
        return true;
    }

    private void Backup(Layer layer, Layer next)
    {
        for (var state = 0; state < layer.Count; state++)
        {
            var best = double.NegativeInfinity;
            for (var action = 0; action < actions; action++)
            {
                best = Math.Max(best, ActionValue(layer, next, (state * actions) + action));
            }

            layer.Values[state] = best;
        }
    }

    private double ActionValue(Layer layer, Layer next, int row) =>
        layer.Rewards[row] + (layer.Children[row] < 0 ? 0 : discount * (1 - layer.Ends[row]) * next.Values[layer.Children[row]]);

    private long Cell(ReadOnlySpan<double> state)
    {
        var key = 17L;
        for (var i = 0; i < state.Length; i++)
        {
            key = unchecked((key * 1_000_003) ^ (double.IsFinite(spacing[i]) ? (long)Math.Round(state[i] / spacing[i]) : 0));
        }

        return key;
    }

    private sealed class Layer
    {
        internal int Count { get; set; }

        internal double[] States { get; private set; } = [];

        internal double[] Values { get; private set; } = [];

        internal double[] Reached { get; private set; } = [];

        internal double[] Rewards { get; private set; } = [];

        internal double[] Ends { get; private set; } = [];

        internal int[] Children { get; private set; } = [];

        internal void Begin(int states, int width, int actions)
        {
            Count = states;
            if (Values.Length < states)
            {
                States = new double[states * width];
                Values = new double[states];
                Reached = new double[states * actions * width];
                Rewards = new double[states * actions];
                Ends = new double[states * actions];
                Children = new int[states * actions];
            }
        }
    }
}
