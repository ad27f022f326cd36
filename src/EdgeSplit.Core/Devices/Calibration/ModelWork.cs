using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>The work of one measured run, unit by unit, prepared once: what a profile is then asked about as often as a fit wants.</summary>
/// <remarks>
/// <para>A prompt is cut into micro-batches. A generation is represented by a few of its steps, evenly spaced over its contexts: exact where a step is affine in the context, and within 0.1 % where a sliding
/// window or a change of bound bends it.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class ModelWork
{
    private const int DecodePoints = 8;
    private readonly List<(UnitCost Cost, NumberFormat Weights, double Count)> promptUnits = [];
    private readonly List<(UnitCost Cost, NumberFormat Weights, double Count)> stepUnits = [];
    private double promptPasses;
    private double steps;

    private ModelWork()
    {
    }

    /// <summary>Tokens that the run processed or generated, all sequences together.</summary>
    public double Tokens { get; private init; }

    /// <summary>The work of processing a prompt.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <param name="newTokens">New tokens, at least 1.</param>
    /// <param name="contextTokens">Tokens in the cache before, at least 0.</param>
    /// <param name="microBatchTokens">Most new tokens of one pass, at least 1.</param>
    /// <param name="batch">Sequences processed together, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static ModelWork Prefill(TransformerShape shape, NumberFormat weights, int newTokens, int contextTokens, int microBatchTokens = int.MaxValue, int batch = 1)
    {
        Guard.AtLeast(newTokens, 1);
        Guard.AtLeast(microBatchTokens, 1);
        var work = new ModelWork { Tokens = (double)newTokens * Guard.AtLeast(batch, 1) };
        for (var done = 0; done < newTokens;)
        {
            var tokens = Math.Min(microBatchTokens, newTokens - done);
            work.Add(shape, weights, new ForwardPass(tokens, contextTokens + done), batch, 1, withHead: done + tokens == newTokens);
            done += tokens;
        }

        return work;
    }

    /// <summary>The work of generating tokens one after another.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <param name="firstContext">Tokens in the cache before the first step, at least 0.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="batch">Sequences that generate together, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static ModelWork Decode(TransformerShape shape, NumberFormat weights, int firstContext, int steps, int batch = 1)
    {
        Guard.AtLeast(firstContext, 0);
        Guard.AtLeast(steps, 1);
        var work = new ModelWork { Tokens = (double)steps * Guard.AtLeast(batch, 1) };
        var points = Math.Min(steps, DecodePoints);
        for (var i = 0; i < points; i++)
        {
            var context = firstContext + (int)((steps - 1) * (i + 0.5) / points);
            work.Add(shape, weights, new ForwardPass(1, points == steps ? firstContext + i : context), batch, (double)steps / points, withHead: true);
        }

        return work;
    }

    /// <summary>This work behind another: the time is that of both, the tokens are those of this one alone.</summary>
    /// <param name="before">What runs first, such as the prompt before a generation.</param>
    /// <exception cref="ArgumentNullException"><paramref name="before"/> is null.</exception>
    public ModelWork After(ModelWork before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var both = new ModelWork { Tokens = Tokens, promptPasses = before.promptPasses + promptPasses, steps = before.steps + steps };
        both.promptUnits.AddRange([.. before.promptUnits, .. promptUnits]);
        both.stepUnits.AddRange([.. before.stepUnits, .. stepUnits]);
        return both;
    }

    /// <summary>Time of the run on a profile, seconds.</summary>
    /// <param name="profile">The profile.</param>
    /// <exception cref="ArgumentNullException"><paramref name="profile"/> is null.</exception>
    public double Seconds(IComputeProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Seconds(profile, 2, promptPasses, promptUnits) + Seconds(profile, 1, steps, stepUnits);
    }

    /// <summary>Speed of the run on a profile, tokens per second.</summary>
    /// <param name="profile">The profile.</param>
    /// <exception cref="ArgumentNullException"><paramref name="profile"/> is null.</exception>
    public double TokensPerSecond(IComputeProfile profile) => Tokens / Seconds(profile);

    private static double Seconds(IComputeProfile device, int newTokens, double passes, List<(UnitCost Cost, NumberFormat Weights, double Count)> units)
    {
        if (units.Count == 0)
        {
            return 0;
        }

        var profile = device.ForPass(newTokens);
        var seconds = passes * profile.OverheadSecondsPerPass;
        if (profile is not RooflineProfile roofline)
        {
            return seconds + units.Sum(unit => unit.Count * profile.Seconds(unit.Cost, unit.Weights));
        }

        var format = units[0].Weights;
        var rates = roofline.RatesFor(format);
        foreach (var (cost, weights, count) in units)
        {
            if (!ReferenceEquals(format, weights))
            {
                (format, rates) = (weights, roofline.RatesFor(weights));
            }

            seconds += count * rates.Seconds(cost);
        }

        return seconds;
    }

    private void Add(TransformerShape shape, NumberFormat weights, ForwardPass pass, int batch, double count, bool withHead)
    {
        var isPrompt = pass.NewTokens > 1;
        (promptPasses, steps) = isPrompt ? (promptPasses + count, steps) : (promptPasses, steps + count);
        var layers = new int[shape.LayerKinds];
        var first = new int[shape.LayerKinds];
        for (var layer = shape.Layers - 1; layer >= 0; layer--)
        {
            var kind = shape.KindOfLayer(layer);
            layers[kind]++;
            first[kind] = layer;
        }

        Put(TransformerUnit.Embedding, 0, 1);
        for (var kind = 0; kind < layers.Length; kind++)
        {
            Put(TransformerUnit.Attention, first[kind], layers[kind]);
            Put(TransformerUnit.FeedForward, first[kind], layers[kind]);
        }

        if (withHead)
        {
            Put(TransformerUnit.Head, shape.Layers - 1, 1);
        }

        void Put(TransformerUnit unit, int layer, double times)
        {
            var model = TransformerCost.Prepare(shape, unit, layer, weights, NumberFormat.F16, NumberFormat.F16);
            (isPrompt ? promptUnits : stepUnits).Add((Batched(model, pass, batch), weights, count * times));
        }
    }

    // Matrices see the tokens of all sequences and read their weights once; attention runs over each sequence's own cache.
    private static UnitCost Batched(in UnitCostModel model, ForwardPass pass, int batch) =>
        batch == 1 ? model.Evaluate(pass) : model.Batched(model.Evaluate(pass) * batch, (double)pass.NewTokens * batch);
}
