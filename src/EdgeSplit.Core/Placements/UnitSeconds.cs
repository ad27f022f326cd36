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
    private readonly double overhead;
    private readonly double matrixPerPass;
    private readonly double matrixPerToken;
    private readonly double weightsPerPass;
    private readonly double weightsPerToken;
    private readonly double weightsPerExpert;
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

    internal UnitSeconds(in UnitCostModel model, in RooflineRates rates)
    {
        var hasAttention = model.KeyValueBytesPerToken != 0;
        overhead = model.Operations * rates.SecondsPerOperation;
        matrixPerPass = model.MatrixFlopPerPass * rates.SecondsPerMatrixFlop;
        matrixPerToken = model.MatrixFlopPerToken * rates.SecondsPerMatrixFlop;
        weightsPerPass = model.WeightBytesPerPass * rates.SecondsPerByte;
        weightsPerToken = model.WeightBytesPerToken * rates.SecondsPerByte;
        weightsPerExpert = model.WeightBytesPerExpert * rates.SecondsPerByte;
        experts = model.Experts;
        activeExperts = model.ActiveExperts;
        logUnusedShare = model.LogUnusedShare;
        attentionPerPair = hasAttention ? model.AttentionFlopPerPair * rates.SecondsPerAttentionFlop : 0;
        keyValuePerToken = model.KeyValueBytesPerToken * rates.SecondsPerKeyValueByte;
        elementwisePerPass = model.ElementwiseFlopPerPass * rates.SecondsPerAttentionFlop;
        elementwisePerToken = model.ElementwiseFlopPerToken * rates.SecondsPerAttentionFlop;
        elementwisePerPair = hasAttention ? model.ElementwiseFlopPerPair * rates.SecondsPerAttentionFlop : 0;
        activationsPerPass = model.ActivationBytesPerPass * rates.SecondsPerByte;
        activationsPerToken = model.ActivationBytesPerToken * rates.SecondsPerByte;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double At(in PassSize size)
    {
        var tokens = size.Tokens;
        var weights = weightsPerPass + (weightsPerToken * tokens);
        if (weightsPerExpert != 0)
        {
            weights += weightsPerExpert * DistinctExperts(tokens);
        }

        return overhead
            + double.MaxNative(matrixPerPass + (matrixPerToken * tokens), weights)
            + double.MaxNative(attentionPerPair * size.Pairs, keyValuePerToken * (size.ReadTokens + tokens))
            + double.MaxNative(
                elementwisePerPass + (elementwisePerToken * tokens) + (elementwisePerPair * size.Pairs), activationsPerPass + (activationsPerToken * tokens));
    }

    /// <summary>The part of a decode step that does not depend on the context.</summary>
    internal double FixedPerDecodeStep =>
        overhead + Math.Max(matrixPerPass + matrixPerToken, weightsPerPass + weightsPerToken + (weightsPerExpert * activeExperts));

    /// <summary>Attention of a decode step that sees p tokens: products against reading the cache and writing to it.</summary>
    internal LargerLine AttentionPerDecodeStep => new(0, attentionPerPair, keyValuePerToken, keyValuePerToken);

    /// <summary>Elementwise work of a decode step that sees p tokens: computing against moving activations.</summary>
    internal LargerLine ElementwisePerDecodeStep => new(elementwisePerPass + elementwisePerToken, elementwisePerPair, activationsPerPass + activationsPerToken, 0);

    private double DistinctExperts(double tokens) => tokens == 1 ? activeExperts : experts * (1 - Math.Exp(tokens * logUnusedShare));
}
