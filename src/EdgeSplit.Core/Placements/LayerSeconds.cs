using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Prepared compute time of the parts of a model on one node: one entry per kind of layer, since efficiency depends on sizes.</summary>
/// <remarks>Evaluates in tens of nanoseconds without allocation. Immutable.</remarks>
internal sealed class LayerSeconds
{
    private static readonly ForwardPass OneToken = new(1, 0);

    private readonly IComputeProfile profile;
    private readonly NumberFormat weights;
    private readonly LayerUnits units;
    private readonly RooflineRates? roofline;
    private readonly DecodeStep[] steps;

    internal LayerSeconds(LayerUnits units, IComputeProfile profile, NumberFormat weights)
    {
        this.units = units;
        this.profile = profile;
        this.weights = weights;
        roofline = (profile as RooflineProfile)?.RatesFor(weights);
        PassOverhead = profile.OverheadSecondsPerPass;
        EmbeddingOfOneToken = Embedding(OneToken);
        HeadOfOneToken = Head(OneToken);
        steps = roofline is { } rates
            ? [.. units.Attention.Select((attention, kind) => new DecodeStep(attention, units.FeedForward[kind], rates))]
            : [];
    }

    /// <summary>The same model on another processor; what does not depend on the processor is shared.</summary>
    internal LayerSeconds On(IComputeProfile other) => new(units, other, weights);

    /// <summary>Fixed time of one forward pass on this node, seconds.</summary>
    internal double PassOverhead { get; }

    /// <summary>The embedding in a decode step, whatever the context, seconds.</summary>
    internal double EmbeddingOfOneToken { get; }

    /// <summary>Norm and head in a decode step, whatever the context, seconds.</summary>
    internal double HeadOfOneToken { get; }

    internal double Embedding(ForwardPass pass) => Seconds(units.Embedding.Evaluate(pass));

    internal double Head(ForwardPass pass) => Seconds(units.Head.Evaluate(pass));

    internal double Layer(int kind, ForwardPass pass) => Seconds(units.Attention[kind].Evaluate(pass)) + Seconds(units.FeedForward[kind].Evaluate(pass));

    private double Seconds(in UnitCost cost) => roofline is { } rates ? rates.Seconds(cost) : profile.Seconds(cost, weights);

    /// <summary>Time of one layer of a kind over decode steps at contexts first, first + 1, ….</summary>
    /// <remarks>A step's time is affine in the context until the sliding window is full and constant from there: two trapezoids are exact.</remarks>
    internal double LayerDecode(int kind, int firstContext, double steps)
    {
        if (steps <= 0)
        {
            return 0;
        }

        var count = Math.Max(1, (int)Math.Round(steps));
        var last = firstContext + count - 1;
        var full = units.Windows[kind] - 1;
        double sum;
        if (full > firstContext && full <= last)
        {
            var growing = full - firstContext;
            sum = (growing * 0.5 * (Step(kind, firstContext) + Step(kind, full - 1)))
                + ((count - growing) * 0.5 * (Step(kind, full) + Step(kind, last)));
        }
        else
        {
            sum = count * 0.5 * (Step(kind, firstContext) + Step(kind, last));
        }

        return sum * (steps / count);
    }

    /// <summary>Whether no kind of layer fills its window during the steps.</summary>
    internal bool IsDecodeAffine(int firstContext, int steps)
    {
        foreach (var window in units.Windows)
        {
            var full = window - 1;
            if (full > firstContext && full <= firstContext + steps - 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One layer of a kind in a decode step, seconds: <see cref="Layer"/> on one token, in a few nanoseconds.</summary>
    internal double Step(int kind, int context) => roofline is { } rates ? steps[kind].Seconds(rates, context) : Layer(kind, new ForwardPass(1, context));
}
