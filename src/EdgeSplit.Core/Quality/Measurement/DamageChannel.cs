using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Does to hidden states what a <see cref="HiddenStateDamage"/> says: quantises at the sender, adds noise and erases values on the air, fills the gaps at the receiver, in this order.</summary>
/// <remarks>
/// <para>A message is the state of a whole window, as in prefill. Noise power is the mean square of the message over the SNR. What is random is a pure function of (seed, message, value or packet):
/// the same uniform number decides at every erasure probability, split and recovery, so that a higher probability erases the same values and more, and the same noise is scaled for every SNR.</para>
/// <para>The mean of a channel, a scale per channel and the noise power are taken over the whole message: what a position receives then depends a little on later tokens, as it does for a server
/// that has the whole prompt.</para>
/// <para>Holds working memory; not thread-safe. Results do not depend on earlier calls.</para>
/// </remarks>
public sealed class DamageChannel
{
    private readonly StreamKey erasures;
    private readonly StreamKey noise;
    private readonly Dictionary<(ErasurePattern, int PacketValues), HiddenStateErasure> patterns = [];
    private readonly bool[] isErased;
    private readonly int tokens;
    private readonly int dimension;

    /// <summary>Creates a channel for messages of one shape.</summary>
    /// <param name="seed">Seed of erasures and noise.</param>
    /// <param name="tokens">Tokens of a message, at least 1.</param>
    /// <param name="dimension">Values per token, at least 1; tokens x dimension is below 2^31.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public DamageChannel(ulong seed, int tokens, int dimension)
    {
        this.tokens = Guard.AtLeast(tokens, 1);
        this.dimension = Guard.InRange(dimension, 1, int.MaxValue / tokens);
        erasures = StreamKey.Create(seed, "quality/erasures");
        noise = StreamKey.Create(seed, "quality/noise");
        isErased = new bool[tokens * dimension];
    }

    /// <summary>Damages a message, in place.</summary>
    /// <param name="damage">What happens; as <see cref="QualityPlan"/> allows.</param>
    /// <param name="message">Number of the message.</param>
    /// <param name="hiddenState">The values, finite; shape [tokens, dimension].</param>
    /// <exception cref="ArgumentException">A value is not finite, the span has another length, or the damage is out of range.</exception>
    public void Apply(in HiddenStateDamage damage, int message, Span<float> hiddenState)
    {
        Guard.SameLength(hiddenState.Length, isErased.Length);
        if (damage.Bits is { } bits)
        {
            new SymmetricIntegerCodec(bits, damage.Scale).RoundTrip(hiddenState, tokens, dimension);
        }

        if (damage.SnrDb is { } snr)
        {
            ReceiverNoise.Add(hiddenState, Math.Pow(10, snr / 10), noise, (ulong)message, 0);
        }

        if (damage.ErasureProbability > 0)
        {
            Pattern(damage).Fill(erasures, (ulong)message, 0, damage.ErasureProbability, isErased);
            LostValueRecovery.Apply(damage.Recovery, isErased, tokens, dimension, hiddenState);
        }
    }

    private HiddenStateErasure Pattern(in HiddenStateDamage damage)
    {
        var key = (damage.Pattern, damage.Pattern == ErasurePattern.Elements ? 0 : damage.PacketValues);
        if (!patterns.TryGetValue(key, out var pattern))
        {
            pattern = new HiddenStateErasure(tokens, dimension, key.Pattern, key.Item2);
            patterns.Add(key, pattern);
        }

        return pattern;
    }
}
