using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>One layer on one new token, everything prepared that does not depend on the context: the same sums in the same order as the general
/// evaluation, so the same numbers to the last bit.</summary>
internal readonly struct DecodeStep
{
    private readonly double attentionFixed;
    private readonly double attentionFlopPerPair;
    private readonly double keyValueBytesPerToken;
    private readonly double elementwiseFlop;
    private readonly double elementwiseFlopPerPair;
    private readonly double activationSeconds;
    private readonly double feedForward;
    private readonly double window;

    internal DecodeStep(in UnitCostModel attention, in UnitCostModel feedForward, in RooflineRates rates)
    {
        var cost = attention.Evaluate(new ForwardPass(1, 0));
        attentionFixed = (cost.Operations * rates.SecondsPerOperation)
            + Math.Max(cost.MatrixFlop * rates.SecondsPerMatrixFlop, cost.WeightBytes * rates.SecondsPerByte);
        attentionFlopPerPair = attention.AttentionFlopPerPair;
        keyValueBytesPerToken = attention.KeyValueBytesPerToken;
        elementwiseFlop = attention.ElementwiseFlopPerPass + attention.ElementwiseFlopPerToken;
        elementwiseFlopPerPair = attention.ElementwiseFlopPerPair;
        activationSeconds = cost.ActivationBytes * rates.SecondsPerByte;
        window = attention.KeyValueBytesPerToken == 0 ? 0 : attention.AttentionWindow > 0 ? attention.AttentionWindow : double.PositiveInfinity;
        this.feedForward = rates.Seconds(feedForward.Evaluate(new ForwardPass(1, 0)));
    }

    internal double Seconds(in RooflineRates rates, int context)
    {
        var pairs = Math.Min(context + 1.0, window);
        return attentionFixed
            + Math.Max(attentionFlopPerPair * pairs * rates.SecondsPerAttentionFlop, ((keyValueBytesPerToken * pairs) + keyValueBytesPerToken) * rates.SecondsPerKeyValueByte)
            + Math.Max((elementwiseFlop + (elementwiseFlopPerPair * pairs)) * rates.SecondsPerAttentionFlop, activationSeconds)
            + feedForward;
    }
}
