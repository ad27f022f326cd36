namespace EdgeSplit.Core.Placements;

/// <content>What becomes of the hidden state on its way: encoding, bits, decoding, and what is lost.</content>
public sealed partial class SplitProfile
{
    /// <summary>Quality loss where a share of the hidden state's values did not arrive, nats per token; allocates nothing where the loss source does not.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="erasedShare">The share, in [0, 1]; without effect on a reliable uplink.</param>
    public double NegativeLogLikelihoodIncreaseAt(int splitPoint, double erasedShare) => weightLossNats[splitPoint] + System.HiddenStateLossNats(splitPoint, erasedShare);

    /// <summary>Device time to encode what crosses after a pass of several new tokens, seconds; 0 at the ends.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    public double EncodeSeconds(int splitPoint, int tokens) => splitPoint == 0 || splitPoint == Layers ? 0 : tokens == 1 ? codec.EncodeStep : codec.Encode(tokens);

    /// <summary>Time on an idle server to decode what crossed after a pass of several new tokens, seconds; 0 at the ends.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    public double DecodeSeconds(int splitPoint, int tokens) => splitPoint == 0 || splitPoint == Layers ? 0 : tokens == 1 ? codec.DecodeStep : codec.Decode(tokens);

    /// <summary>Bits of an uplink message that hands on a pass, of several new tokens; 0 where nothing crosses.</summary>
    internal double UplinkMessageBits(int splitPoint, int tokens) =>
        splitPoint == 0 ? tokens * linkCosts.TokenIdUplinkBits : splitPoint == Layers ? 0 : linkCosts.HiddenStateMessageBits(tokens);
}
