using System.Buffers;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Batching;

/// <summary>Time of one step of a batching server: sequences at different contexts and cuts, decode steps beside chunks of prompts.</summary>
/// <remarks>
/// <para>Layer l runs once, for all sequences with FirstLayer &lt;= l &lt; EndLayer together: weights are read once, operations launched once, the rest adds
/// (<see cref="UnitCostModel.Evaluate(ReadOnlySpan{ForwardPass})"/>). Between two cuts the set of sequences is the same, so that a step costs one
/// evaluation per sequence, kind of layer and unit, not one per layer.</para>
/// <para>With a profile whose time is a sum of maxima of lines in cost (a roofline with overheads), a step takes at least as long as its longest member alone and at most as long as all
/// members one after the other, and no member makes it shorter.</para>
/// <para>Excluded: scheduling between steps, padding to tile sizes other than what the profile knows, paging of the cache.</para>
/// <para>Immutable; safe to share between threads. <see cref="Seconds(ReadOnlySpan{BatchSequence})"/> and <see cref="DecodeSeconds"/> allocate nothing.</para>
/// <para>Source of the idea (batching per step rather than per request): G. Yu et al., "Orca: A Distributed Serving System for Transformer-Based Generative Models", OSDI 2022;
/// chunks of prompts beside decode steps: A. Agrawal et al., "Sarathi-Serve", OSDI 2024.</para>
/// </remarks>
public sealed class BatchStep
{
    private const int StackSequences = 256;

    private readonly IComputeProfile profile;
    private readonly NumberFormat weights;
    private readonly UnitCostModel embedding;
    private readonly UnitCostModel head;
    private readonly UnitCostModel[] units;     // attention and feed-forward of each kind of layer
    private readonly int[] layersBefore;        // [kind x (L + 1) + layer]: layers of the kind before a layer

    /// <summary>Prepares the costs of a model on a processor.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="profile">The processor.</param>
    /// <param name="weights">Format of the weights there.</param>
    /// <param name="activations">Format of the activations; null is F16.</param>
    /// <param name="keyValues">Format of the KV cache; null is F16.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/>, <paramref name="profile"/> or <paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public BatchStep(TransformerShape shape, IComputeProfile profile, NumberFormat weights, NumberFormat? activations = null, NumberFormat? keyValues = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(weights);
        (this.profile, this.weights, Layers) = (profile, weights, shape.Validate().Layers);
        activations ??= NumberFormat.F16;
        keyValues ??= NumberFormat.F16;
        embedding = Prepare(TransformerUnit.Embedding, 0);
        head = Prepare(TransformerUnit.Head, Layers - 1);
        var kinds = shape.LayerKinds;
        units = new UnitCostModel[2 * kinds];
        layersBefore = new int[kinds * (Layers + 1)];
        for (var layer = 0; layer < Layers; layer++)
        {
            var layerKind = shape.KindOfLayer(layer);
            for (var kind = 0; kind < kinds; kind++)
            {
                var at = (kind * (Layers + 1)) + layer;
                layersBefore[at + 1] = layersBefore[at] + (kind == layerKind ? 1 : 0);
            }

            if (layersBefore[(layerKind * (Layers + 1)) + layer + 1] == 1)
            {
                units[2 * layerKind] = Prepare(TransformerUnit.Attention, layer);
                units[(2 * layerKind) + 1] = Prepare(TransformerUnit.FeedForward, layer);
            }
        }

        UnitCostModel Prepare(TransformerUnit unit, int layer) => TransformerCost.Prepare(shape, unit, layer, weights, activations, keyValues);
    }

    /// <summary>Layers L of the model.</summary>
    public int Layers { get; }

    /// <summary>Time of one step, seconds; 0 when no sequence asks for anything.</summary>
    /// <param name="batch">The sequences, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sequence names layers that the model does not have, a head behind an earlier layer, or negative tokens.</exception>
    public double Seconds(ReadOnlySpan<BatchSequence> batch)
    {
        foreach (ref readonly var sequence in batch)
        {
            Check(sequence);
        }

        if (batch.Length <= StackSequences)
        {
            Span<long> starts = stackalloc long[StackSequences];
            Span<int> ends = stackalloc int[StackSequences];
            return Seconds(batch, starts, ends);
        }

        var rentedStarts = ArrayPool<long>.Shared.Rent(batch.Length);
        var rentedEnds = ArrayPool<int>.Shared.Rent(batch.Length);
        var seconds = Seconds(batch, rentedStarts, rentedEnds);
        ArrayPool<long>.Shared.Return(rentedStarts);
        ArrayPool<int>.Shared.Return(rentedEnds);
        return seconds;
    }

    /// <summary>Time of one decode step of equal sequences, seconds.</summary>
    /// <param name="sequences">Sequences in the batch, at least 1.</param>
    /// <param name="contextTokens">Tokens in the cache of each, at least 0.</param>
    /// <param name="splitPoint">Split point of each, in [0, L]; 0 (default) runs the whole model here, L nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double DecodeSeconds(int sequences, int contextTokens, int splitPoint = 0)
    {
        Guard.AtLeast(sequences, 1);
        Guard.AtLeast(contextTokens, 0);
        if (Guard.InRange(splitPoint, 0, Layers) == Layers)
        {
            return 0;
        }

        var pass = new ForwardPass(1, contextTokens);
        var processor = profile.ForPass(1);
        var seconds = processor.OverheadSecondsPerPass + Uniform(head) + (splitPoint == 0 ? Uniform(embedding) : 0);
        for (var kind = 0; 2 * kind < units.Length; kind++)
        {
            if (LayersOf(kind, splitPoint, Layers) is > 0 and var layers)
            {
                seconds += layers * (Uniform(units[2 * kind]) + Uniform(units[(2 * kind) + 1]));
            }
        }

        return seconds;

        double Uniform(in UnitCostModel unit) => processor.Seconds(unit.Batched(unit.Evaluate(pass) * sequences, sequences), weights);
    }

    /// <summary>Speed against batch size, for decode steps of equal sequences.</summary>
    /// <param name="sequences">Batch sizes, each at least 1.</param>
    /// <param name="contextTokens">Tokens in the cache of each sequence, at least 0.</param>
    /// <param name="splitPoint">Split point of each, in [0, L).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public IReadOnlyList<BatchThroughput> Throughput(ReadOnlySpan<int> sequences, int contextTokens, int splitPoint = 0)
    {
        Guard.InRange(splitPoint, 0, Layers - 1);
        var points = new BatchThroughput[sequences.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new BatchThroughput(sequences[i], DecodeSeconds(sequences[i], contextTokens, splitPoint));
        }

        return points;
    }

    private double Seconds(ReadOnlySpan<BatchSequence> batch, Span<long> starts, Span<int> ends)
    {
        Span<UnitCost> sums = units.Length <= 32 ? stackalloc UnitCost[units.Length] : new UnitCost[units.Length];
        UnitCost embeddings = default, heads = default;
        double embeddingTokens = 0, headTokens = 0;
        var (count, longest) = (0, 1);
        for (var i = 0; i < batch.Length; i++)
        {
            ref readonly var sequence = ref batch[i];
            longest = Math.Max(longest, sequence.Pass.NewTokens);
            if (sequence.RunsHead)
            {
                heads += head.Evaluate(sequence.Pass);
                headTokens += sequence.Pass.NewTokens;
            }

            if (sequence.Pass.NewTokens > 0 && sequence.EndLayer > sequence.FirstLayer)
            {
                starts[count] = ((long)sequence.FirstLayer << 32) | (uint)i;
                ends[count++] = sequence.EndLayer;
                if (sequence.FirstLayer == 0)
                {
                    embeddings += embedding.Evaluate(sequence.Pass);
                    embeddingTokens += sequence.Pass.NewTokens;
                }
            }
        }

        if (count == 0 && headTokens == 0)
        {
            return 0;
        }

        // A batch with a part of a prompt runs where prompts run.
        var processor = this.profile.ForPass(longest);
        starts[..count].Sort();
        ends[..count].Sort();
        var seconds = processor.OverheadSecondsPerPass
            + processor.Seconds(embedding.Batched(embeddings, embeddingTokens), weights)
            + processor.Seconds(head.Batched(heads, headTokens), weights);
        double tokens = 0;
        int entered = 0, left = 0;
        while (left < count)
        {
            // The next layer at which a sequence joins or leaves; between two such layers the set is the same.
            var layer = entered < count ? Math.Min((int)(starts[entered] >> 32), ends[left]) : ends[left];
            var someLeft = false;
            while (left < count && ends[left] == layer)
            {
                (left, someLeft) = (left + 1, true);
            }

            var from = entered;
            if (someLeft)
            {
                // Sums are made anew instead of subtracted, so that no rounding remains of those who left.
                sums.Clear();
                (tokens, from) = (0, 0);
            }

            while (entered < count && (int)(starts[entered] >> 32) == layer)
            {
                entered++;
            }

            for (var i = from; i < entered; i++)
            {
                ref readonly var sequence = ref batch[(int)(uint)starts[i]];
                if (sequence.EndLayer > layer)
                {
                    tokens += sequence.Pass.NewTokens;
                    for (var unit = 0; unit < units.Length; unit++)
                    {
                        sums[unit] += units[unit].Evaluate(sequence.Pass);
                    }
                }
            }

            if (tokens > 0)
            {
                var next = entered < count ? Math.Min((int)(starts[entered] >> 32), ends[left]) : ends[left];
                seconds += SpanSeconds(processor, layer, next, sums, tokens);
            }
        }

        return seconds;
    }

    private double SpanSeconds(IComputeProfile processor, int first, int end, ReadOnlySpan<UnitCost> sums, double tokens)
    {
        double seconds = 0;
        for (var kind = 0; 2 * kind < units.Length; kind++)
        {
            if (LayersOf(kind, first, end) is > 0 and var layers)
            {
                int attention = 2 * kind, feedForward = attention + 1;
                seconds += layers * (processor.Seconds(units[attention].Batched(sums[attention], tokens), weights)
                    + processor.Seconds(units[feedForward].Batched(sums[feedForward], tokens), weights));
            }
        }

        return seconds;
    }

    private int LayersOf(int kind, int first, int end) => layersBefore[(kind * (Layers + 1)) + end] - layersBefore[(kind * (Layers + 1)) + first];

    private void Check(in BatchSequence sequence)
    {
        Guard.InRange(sequence.FirstLayer, 0, Layers);
        Guard.InRange(sequence.EndLayer, sequence.FirstLayer, Layers);
        Guard.AtLeast(sequence.Pass.NewTokens, 0);
        Guard.AtLeast(sequence.Pass.ContextTokens, 0);
        if (sequence.RunsHead)
        {
            Guard.InRange(sequence.EndLayer, Layers, Layers);
        }
    }
}
