using System.Runtime.CompilerServices;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>How much a forward pass asks of attention under one window: (query, key) pairs, and cached tokens read.</summary>
/// <remarks>The same arithmetic as <see cref="UnitCostModel.Evaluate(ForwardPass)"/>, done once for all units that share a window.</remarks>
internal readonly struct PassSize
{
    internal PassSize(ForwardPass pass, double window)
    {
        Pass = pass;
        Tokens = pass.NewTokens;
        double context = pass.ContextTokens;
        var all = context + Tokens;
        if (all <= window)
        {
            Pairs = Tokens * (context + (0.5 * (Tokens + 1)));
            ReadTokens = all;
        }
        else
        {
            var growing = Math.Max(0.0, window - context);
            Pairs = (growing * (context + (0.5 * (growing + 1)))) + ((Tokens - growing) * window);
            ReadTokens = Math.Min(all, window + Tokens - 1);
        }
    }

    internal ForwardPass Pass { get; }

    internal double Tokens { get; }

    internal double Pairs { get; }

    internal double ReadTokens { get; }
}

/// <summary>Time of one unit on a roofline, its coefficients multiplied by the processor's rates beforehand. Immutable.</summary>
internal readonly struct UnitSeconds
{
    private readonly RooflineRates rates;
    private readonly double overhead;
    private readonly double matrixFlopPerPass;
    private readonly double matrixFlopPerToken;
    private readonly double weightBytesPerPass;
    private readonly double weightBytesPerToken;
    private readonly double weightBytesPerExpert;
    private readonly double experts;
    private readonly double activeExperts;
    private readonly double logUnusedShare;
    private readonly double attentionPerPair;
    private readonly double keyValuePerToken;
    private readonly double elementwisePerPass;
    private readonly double elementwisePerToken;
    private readonly double elementwisePerPair;
    private readonly double activationsPerPass;
    private readonly double activationsPerToken;
    private readonly double scoresPerPair;

    internal UnitSeconds(in UnitCostModel model, in RooflineRates rates)
    {
        var hasAttention = model.KeyValueBytesPerToken != 0;
        this.rates = rates;
        overhead = model.Operations * rates.SecondsPerOperation;
        matrixFlopPerPass = model.MatrixFlopPerPass;
        matrixFlopPerToken = model.MatrixFlopPerToken;
        weightBytesPerPass = model.WeightBytesPerPass;
        weightBytesPerToken = model.WeightBytesPerToken;
        weightBytesPerExpert = model.WeightBytesPerExpert;
        experts = model.Experts;
        activeExperts = model.ActiveExperts;
        logUnusedShare = model.LogUnusedShare;
        attentionPerPair = hasAttention ? model.AttentionFlopPerPair * rates.SecondsPerAttentionFlop : 0;
        keyValuePerToken = model.KeyValueBytesPerToken * rates.SecondsPerKeyValueByte;
        elementwisePerPass = model.ElementwiseFlopPerPass * rates.SecondsPerAttentionFlop;
        elementwisePerToken = model.ElementwiseFlopPerToken * rates.SecondsPerAttentionFlop;
        elementwisePerPair = hasAttention ? model.ElementwiseFlopPerPair * rates.SecondsPerAttentionFlop : 0;
        activationsPerPass = model.ActivationBytesPerPass * rates.SecondsPerActivationByte;
        activationsPerToken = model.ActivationBytesPerToken * rates.SecondsPerActivationByte;
        scoresPerPair = hasAttention ? model.AttentionScoresPerPair * rates.SecondsPerScore : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double At(in PassSize size)
    {
        var tokens = size.Tokens;
        return overhead
            + MatrixSeconds(tokens)
            + double.MaxNative(attentionPerPair * size.Pairs, keyValuePerToken * (size.ReadTokens + tokens))
            + double.MaxNative(
                elementwisePerPass + (elementwisePerToken * tokens) + (elementwisePerPair * size.Pairs),
                activationsPerPass + (activationsPerToken * tokens) + (scoresPerPair * size.Pairs));
    }

    /// <summary>The part of a decode step that does not depend on the context.</summary>
    internal double FixedPerDecodeStep => overhead + MatrixSeconds(1);

    /// <summary>Attention of a decode step that sees p tokens: products against reading the cache and writing to it.</summary>
    internal LargerLine AttentionPerDecodeStep => new(0, attentionPerPair, keyValuePerToken, keyValuePerToken);

    /// <summary>Elementwise work of a decode step that sees p tokens: computing against moving activations and scores.</summary>
    internal LargerLine ElementwisePerDecodeStep =>
        new(elementwisePerPass + elementwisePerToken, elementwisePerPair, activationsPerPass + activationsPerToken, scoresPerPair);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double MatrixSeconds(double tokens)
    {
        var bytes = weightBytesPerPass + (weightBytesPerToken * tokens);
        if (weightBytesPerExpert != 0)
        {
            bytes += weightBytesPerExpert * DistinctExperts(tokens);
        }

        return rates.MatrixSeconds(matrixFlopPerPass + (matrixFlopPerToken * tokens), bytes);
    }

    private double DistinctExperts(double tokens) => tokens == 1 ? activeExperts : experts * (1 - Math.Exp(tokens * logUnusedShare));
}
