using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Transformers;

/// <summary>The cost of a unit as a plain list of operations, tensor by tensor and pair by pair: slow, and written without the counts of the library.</summary>
internal static class NaiveTransformerCost
{
    private enum Kind
    {
        Matrix,
        Attention,
        Elementwise,
    }

    private sealed record Operation(
        Kind Kind, double Flop, double Weights = 0, double Read = 0, double Written = 0, double KeysRead = 0, double KeysWritten = 0, double ExtraElementwise = 0);

    internal static UnitCost Evaluate(
        TransformerShape shape, TransformerUnit unit, int layer, ForwardPass pass, double weightBits, double activationBits, double keyValueBits)
    {
        var operations = (unit switch
        {
            TransformerUnit.Embedding => Embedding(shape, pass.NewTokens),
            TransformerUnit.Attention => Attention(shape, layer, pass),
            TransformerUnit.FeedForward => FeedForward(shape, layer, pass.NewTokens),
            _ => Head(shape),
        }).ToList();
        double Sum(Func<Operation, double> value) => operations.Sum(value);
        return new UnitCost(
            Sum(o => o.Kind == Kind.Matrix ? o.Flop : 0),
            Sum(o => o.Kind == Kind.Attention ? o.Flop : 0),
            Sum(o => o.ExtraElementwise + (o.Kind == Kind.Elementwise ? o.Flop : 0)),
            Sum(o => o.Weights) * weightBits / 8,
            Sum(o => o.Read + o.Written) * activationBits / 8,
            Sum(o => o.KeysRead) * keyValueBits / 8,
            Sum(o => o.KeysWritten) * keyValueBits / 8,
            operations.Count);
    }

    private static IEnumerable<Operation> Embedding(TransformerShape shape, int tokens)
    {
        double d = shape.HiddenSize, t = tokens;
        yield return new Operation(Kind.Elementwise, 0, Weights: t * d, Written: t * d);
        if (shape.LearnedPositionRows > 0)
        {
            yield return new Operation(Kind.Elementwise, 0, Weights: t * d, Written: t * d);
            yield return new Operation(Kind.Elementwise, t * d, Read: t * d, Written: t * d);
        }
    }

    private static IEnumerable<Operation> Attention(TransformerShape shape, int layer, ForwardPass pass)
    {
        var window = shape.WindowedLayers.Contains(layer) && shape.SlidingWindow > 0 ? shape.SlidingWindow : int.MaxValue;

        // Positions 0 .. context + T - 1; a new token at position p sees p - window + 1 .. p.
        double pairs = 0;
        var seen = new HashSet<int>();
        for (var position = pass.ContextTokens; position < pass.ContextTokens + pass.NewTokens; position++)
        {
            for (var other = 0; other <= position; other++)
            {
                if (position - other < window)
                {
                    pairs++;
                    seen.Add(other);
                }
            }
        }

        return shape.KeyValueLatentDimension > 0 ? Latent(shape, pairs, seen.Count, pass.NewTokens) : Grouped(shape, pairs, seen.Count, pass.NewTokens);
    }

    /// <summary>Latent attention in its absorbed form: one latent vector and one rotary key per token serve every head.</summary>
    private static IEnumerable<Operation> Latent(TransformerShape shape, double pairs, int seen, double t)
    {
        double d = shape.HiddenSize, heads = shape.QueryHeads, latent = shape.KeyValueLatentDimension, rotary = shape.RotaryHeadDimension;
        double plain = shape.HeadDimension - rotary, value = shape.ValueHeadDimension;
        yield return Norm(shape, d, t);
        if (shape.QueryLatentDimension > 0)
        {
            yield return Linear(t, d, shape.QueryLatentDimension, false);
            yield return Norm(shape, shape.QueryLatentDimension, t);
            yield return Linear(t, shape.QueryLatentDimension, heads * (plain + rotary), false);
        }
        else
        {
            yield return Linear(t, d, heads * (plain + rotary), false);
        }

        yield return Linear(t, d, latent + rotary, false) with { Written = 0, KeysWritten = t * (latent + rotary) };
        yield return Norm(shape, latent, t);
        yield return new Operation(Kind.Matrix, 2 * heads * plain * latent * t, Weights: heads * plain * latent, Read: heads * plain * t, Written: heads * latent * t);
        yield return new Operation(
            Kind.Attention,
            (2 * heads * (latent + rotary) * pairs) + (2 * heads * latent * pairs),
            Read: heads * (latent + rotary) * t,
            Written: heads * latent * t,
            KeysRead: seen * (latent + rotary),
            ExtraElementwise: 5 * heads * pairs);
        yield return new Operation(Kind.Matrix, 2 * heads * latent * value * t, Weights: heads * latent * value, Read: heads * latent * t, Written: heads * value * t);
        yield return Linear(t, heads * value, d, false);
        yield return Add(d, t);
    }

    private static IEnumerable<Operation> Grouped(TransformerShape shape, double pairs, int seen, double t)
    {
        double d = shape.HiddenSize, q = shape.QueryHeads * shape.HeadDimension, kv = shape.KeyValueHeads * shape.HeadDimension;
        var sinks = shape.AttentionSinks ? shape.QueryHeads : 0;
        yield return Norm(shape, d, t);
        yield return Linear(t, d, q, shape.QueryKeyValueBias);
        yield return Linear(t, d, kv, shape.QueryKeyValueBias) with { Written = 0, KeysWritten = t * kv };
        yield return Linear(t, d, kv, shape.QueryKeyValueBias) with { Written = 0, KeysWritten = t * kv };
        if (shape.QueryKeyNorms)
        {
            yield return Norm(shape, q, t) with { Weights = NormWeights(shape, shape.WholeQueryKeyNorms ? q : shape.HeadDimension) };
            yield return Norm(shape, kv, t) with { Weights = NormWeights(shape, shape.WholeQueryKeyNorms ? kv : shape.HeadDimension) };
        }

        var perPair = 2.0 * 2 * shape.HeadDimension * shape.QueryHeads;
        yield return new Operation(
            Kind.Attention, pairs * perPair, Weights: sinks, Read: t * q, Written: t * q, KeysRead: 2.0 * seen * kv, ExtraElementwise: 5.0 * shape.QueryHeads * pairs);
        if (shape.InnerNorms)
        {
            yield return Norm(shape, q, t);
        }

        yield return Linear(t, q, d, shape.AttentionOutputBias);
        if (shape.NormsPerLayer == 4)
        {
            yield return Norm(shape, d, t);
        }

        yield return Add(d, t);
    }

    private static IEnumerable<Operation> FeedForward(TransformerShape shape, int layer, int tokens)
    {
        double d = shape.HiddenSize, t = tokens;
        var norms = shape.NormsPerLayer switch { 1 => 0, 2 => 1, _ => 2 };
        for (var norm = 0; norm < norms; norm++)
        {
            yield return Norm(shape, d, t);
        }

        if (shape.Experts == 0 || !shape.ExpertLayers.Contains(layer))
        {
            foreach (var operation in Network(shape, shape.IntermediateSize, t, 1))
            {
                yield return operation;
            }

            if (shape.InnerNorms)
            {
                yield return Norm(shape, shape.IntermediateSize, t);
            }
        }
        else
        {
            var unused = 1.0;
            for (var token = 0; token < tokens; token++)
            {
                unused *= 1 - ((double)shape.ActiveExperts / shape.Experts);
            }

            yield return Linear(t, d, shape.Experts, shape.RouterBias);
            yield return new Operation(Kind.Elementwise, 5.0 * shape.Experts * t, Read: shape.Experts * t, Written: shape.Experts * t);
            var tokensOfAllExperts = t * shape.ActiveExperts;
            foreach (var operation in Network(shape, shape.ExpertIntermediateSize, tokensOfAllExperts, shape.Experts * (1 - unused)))
            {
                yield return operation;
            }

            yield return new Operation(Kind.Elementwise, 2 * d * tokensOfAllExperts, Read: d * tokensOfAllExperts, Written: d * t);
            if (shape.SharedExpertIntermediateSize > 0)
            {
                foreach (var operation in Network(shape, shape.SharedExpertIntermediateSize, t, 1))
                {
                    yield return operation;
                }

                yield return Add(d, t);
            }
        }

        yield return Add(d, t);
    }

    private static IEnumerable<Operation> Network(TransformerShape shape, double inner, double t, double copies)
    {
        double d = shape.HiddenSize;
        if (shape.GatedFeedForward)
        {
            yield return Copies(Linear(t, d, inner, shape.FeedForwardBias), copies);
        }

        yield return Copies(Linear(t, d, inner, shape.FeedForwardBias), copies);
        yield return shape.GatedFeedForward
            ? new Operation(Kind.Elementwise, 2 * inner * t, Read: 2 * inner * t, Written: inner * t)
            : new Operation(Kind.Elementwise, inner * t, Read: inner * t, Written: inner * t);
        yield return Copies(Linear(t, inner, d, shape.FeedForwardBias), copies);
    }

    private static IEnumerable<Operation> Head(TransformerShape shape)
    {
        yield return Norm(shape, shape.HiddenSize, 1);
        yield return Linear(1, shape.HiddenSize, shape.VocabularySize, shape.HeadBias);
    }

    private static Operation Copies(Operation operation, double copies) => operation with { Weights = operation.Weights * copies };

    private static Operation Linear(double t, double inputs, double outputs, bool bias) => new(
        Kind.Matrix,
        2 * inputs * outputs * t,
        Weights: (inputs * outputs) + (bias ? outputs : 0),
        Read: inputs * t,
        Written: outputs * t,
        ExtraElementwise: bias ? outputs * t : 0);

    private static Operation Norm(TransformerShape shape, double width, double t) =>
        new(Kind.Elementwise, 7 * width * t, Weights: NormWeights(shape, width), Read: width * t, Written: width * t);

    private static Operation Add(double width, double t) => new(Kind.Elementwise, width * t, Read: width * t, Written: width * t);

    private static double NormWeights(TransformerShape shape, double width) => shape.Norm == NormKind.Layer ? 2 * width : width;
}
