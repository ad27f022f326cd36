using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Evaluates any placement unit by unit and token by token: slow, general, and the law that <see cref="SplitProfile"/> is held to.</summary>
/// <remarks>Rules: units run one after another; a message starts when the unit before it ends. In decode, a node that holds both
/// head and embedding goes on by itself, and the token that it streams to the device is exposed only once, at the end.
/// Pure, safe to call from several threads.</remarks>
public static class PlacementEvaluator
{
    /// <summary>Evaluates a placement.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="placement">Its units on nodes.</param>
    /// <param name="nodes">Compute profile of each node.</param>
    /// <param name="nodeShare">Share of each node that the request gets, in (0, 1].</param>
    /// <param name="link">The link from one node to another.</param>
    /// <param name="formats">Activation and KV formats, and bits of a token id.</param>
    /// <param name="work">The request; its output tokens must be whole here, since steps are summed one by one.</param>
    /// <param name="codec">How hidden states are written for the links; as they are, without work, where omitted. Encoding counts for the sending node and decoding for the receiving one, message by message.</param>
    /// <exception cref="ArgumentException">The output tokens are not a whole number, or a node is missing.</exception>
    public static PlacementCost Evaluate(
        TransformerShape shape,
        Placement placement,
        IReadOnlyList<IComputeProfile> nodes,
        IReadOnlyList<double> nodeShare,
        Func<int, int, HopLink> link,
        (NumberFormat Activations, NumberFormat KeyValues, double TokenIdBits) formats,
        TurnWork work,
        IActivationCodec? codec = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(placement);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(nodeShare);
        ArgumentNullException.ThrowIfNull(link);
        work.Validate();
        var steps = (int)work.DecodeSteps;
        if (steps != work.DecodeSteps)
        {
            throw new ArgumentException($"Output tokens must be a whole number; found {work.OutputTokens}.", nameof(work));
        }

        if (placement.Units.Any(u => u.Node >= nodes.Count))
        {
            throw new ArgumentException($"The placement uses a node of index {placement.Units.Max(u => u.Node)}, but only {nodes.Count} nodes are given.", nameof(nodes));
        }

        var models = placement.Units
            .Select(u => TransformerCost.Prepare(shape, u.Unit, u.Layer, u.Weights, formats.Activations, formats.KeyValues))
            .ToArray();
        var prefill = new double[nodes.Count];
        var decode = new double[nodes.Count];
        Accumulate(placement, nodes, models, new ForwardPass(work.PromptTokens, work.ContextTokens), prefill);
        for (var i = 0; i < steps; i++)
        {
            Accumulate(placement, nodes, models, new ForwardPass(1, work.ContextTokens + work.PromptTokens + i), decode);
        }

        foreach (var hop in placement.Hops.Where(hop => codec is not null && hop.Payload == HopPayload.HiddenState))
        {
            AddCodec(hop, shape.HiddenSize, nodes, codec!, formats.Activations, work.PromptTokens, 1, prefill);
            AddCodec(hop, shape.HiddenSize, nodes, codec!, formats.Activations, 1, steps, decode);
        }

        var continuesAlone = placement.Units[0].Node == placement.Units[^1].Node;
        var hops = placement.Hops.Select(h => CostOf(h, placement, shape, link(h.From, h.To), formats, codec, work.PromptTokens, steps, continuesAlone)).ToArray();
        var costs = Enumerable.Range(0, nodes.Count).Select(n => new NodeCost(prefill[n], decode[n], WeightBytes(shape, placement, n), KeyValueBytes(shape, placement, n, formats.KeyValues, work))).ToArray();

        var firstToken = Enumerable.Range(0, nodes.Count).Sum(n => prefill[n] / nodeShare[n])
            + placement.Hops.Sum(h => link(h.From, h.To).MessageDelaySeconds + (Bits(h, placement, shape, formats, codec, work.PromptTokens) / link(h.From, h.To).BitsPerSecond));
        var total = Enumerable.Range(0, nodes.Count).Sum(n => (prefill[n] + decode[n]) / nodeShare[n])
            + hops.Sum(h => h.ExposedWaitSeconds + h.ExposedAirSeconds);
        return new PlacementCost(costs, hops, firstToken, total);
    }

    private static void AddCodec(
        PlacementHop hop, int dimension, IReadOnlyList<IComputeProfile> nodes, IActivationCodec codec, NumberFormat activations, int tokens, int messages, double[] seconds)
    {
        seconds[hop.From] += messages * CodecSeconds.Seconds(nodes[hop.From], codec.EncodeCost(tokens, dimension), tokens, activations);
        seconds[hop.To] += messages * CodecSeconds.Seconds(nodes[hop.To], codec.DecodeCost(tokens, dimension), tokens, activations);
    }

    private static void Accumulate(Placement placement, IReadOnlyList<IComputeProfile> nodes, UnitCostModel[] models, ForwardPass pass, double[] seconds)
    {
        for (var node = 0; node < nodes.Count; node++)
        {
            if (placement.Units.Any(u => u.Node == node))
            {
                var processor = nodes[node].ForPass(pass.NewTokens);
                seconds[node] += Parts(processor, pass).Count() * processor.OverheadSecondsPerPass;
            }
        }

        for (var i = 0; i < models.Length; i++)
        {
            var unit = placement.Units[i];
            var processor = nodes[unit.Node].ForPass(pass.NewTokens);

            // The head runs once, for the last token.
            seconds[unit.Node] += unit.Unit == TransformerUnit.Head
                ? processor.Seconds(models[i].Evaluate(pass), unit.Weights)
                : Parts(processor, pass).Sum(part => processor.Seconds(models[i].Evaluate(part), unit.Weights));
        }
    }

    private static IEnumerable<ForwardPass> Parts(IComputeProfile processor, ForwardPass pass)
    {
        for (var done = 0; done < pass.NewTokens;)
        {
            var tokens = Math.Min(processor.MicroBatchTokens, pass.NewTokens - done);
            yield return new ForwardPass(tokens, pass.ContextTokens + done);
            done += tokens;
        }
    }

    private static double Bits(
        PlacementHop hop, Placement placement, TransformerShape shape, (NumberFormat Activations, NumberFormat KeyValues, double TokenIdBits) formats, IActivationCodec? codec, int tokens)
    {
        var returnsToken = hop.BeforeUnit == placement.Units.Count;
        return hop.Payload == HopPayload.HiddenState ? codec?.ExpectedPayloadBits(tokens, shape.HiddenSize) ?? (double)tokens * shape.HiddenSize * formats.Activations.BitsPerValue
            : returnsToken ? formats.TokenIdBits : tokens * formats.TokenIdBits;
    }

    private static HopCost CostOf(
        PlacementHop hop,
        Placement placement,
        TransformerShape shape,
        HopLink link,
        (NumberFormat Activations, NumberFormat KeyValues, double TokenIdBits) formats,
        IActivationCodec? codec,
        int promptTokens,
        int steps,
        bool continuesAlone)
    {
        var returnsToken = hop.BeforeUnit == placement.Units.Count;
        var startsPrompt = hop.BeforeUnit == 0;
        var prefillBits = Bits(hop, placement, shape, formats, codec, promptTokens);
        var inDecode = !(startsPrompt && continuesAlone);
        var decodeBits = inDecode ? steps * Bits(hop, placement, shape, formats, codec, 1) : 0;

        // A node that goes on by itself streams its tokens while it computes: only the last one is waited for.
        var exposedMessages = returnsToken && continuesAlone ? 1 : 1 + (inDecode ? steps : 0);
        var exposedBits = returnsToken && continuesAlone ? prefillBits : prefillBits + decodeBits;
        return new HopCost(hop, prefillBits, decodeBits, exposedMessages * link.MessageDelaySeconds, exposedBits / link.BitsPerSecond);
    }

    private static double WeightBytes(TransformerShape shape, Placement placement, int node)
    {
        var bits = 0.0;
        for (var i = 0; i < placement.Units.Count; i++)
        {
            var unit = placement.Units[i];
            if (unit.Node == node)
            {
                bits += shape.WeightBits(unit.Unit, unit.Layer, unit.Weights);

                // A tied head has no matrix of its own; on another node than the embedding it needs a copy.
                if (unit.Unit == TransformerUnit.Head && shape.TiedEmbeddings && placement.Units[0].Node != node)
                {
                    bits += shape.TiedHeadBits(unit.Weights);
                }
            }
        }

        return bits / 8;
    }

    private static double KeyValueBytes(TransformerShape shape, Placement placement, int node, NumberFormat keyValues, TurnWork work)
    {
        var bits = 0.0;
        foreach (var unit in placement.Units)
        {
            if (unit.Node == node && unit.Unit == TransformerUnit.Attention)
            {
                bits += Math.Min(work.MaximumCachedTokens, shape.AttentionWindow(unit.Layer)) * shape.KeyValueBitsPerToken(unit.Layer, keyValues);
            }
        }

        return bits / 8;
    }
}
