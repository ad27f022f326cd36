using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>What the server holds of one window's hidden state: the values that arrived, which of them are missing, and what it has put in their place.</summary>
/// <remarks>
/// <para>Values are quantised first, then noise is added, then some are lost, then the gaps are filled. The power of the noise is the mean square of the
/// window's quantised values over the SNR. Draws depend on (key, window, message) alone; a lower SNR scales the same noise, and a higher probability
/// of loss loses the same values and more.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed class ReceivedState
{
    private readonly float[] arrived;
    private readonly float[] filled;
    private readonly bool[] isErased;

    private ReceivedState(float[] arrived, float[] filled, bool[] isErased, int tokens, HiddenStateDamage damage)
    {
        (this.arrived, this.filled, this.isErased) = (arrived, filled, isErased);
        Tokens = tokens;
        Dimension = arrived.Length / tokens;
        Damage = damage;
    }

    /// <summary>Tokens of the window.</summary>
    public int Tokens { get; }

    /// <summary>Values per token.</summary>
    public int Dimension { get; }

    /// <summary>What happened on the way. The attacker knows it: it is the receiver.</summary>
    public HiddenStateDamage Damage { get; }

    /// <summary>The values as they arrived, 0 where they did not; shape [tokens, dimension].</summary>
    public ReadOnlySpan<float> Arrived => arrived;

    /// <summary>The values after the gaps are filled; shape [tokens, dimension].</summary>
    public ReadOnlySpan<float> Filled => filled;

    /// <summary>True for each value that is lost; shape [tokens, dimension], or empty where nothing can be lost.</summary>
    public ReadOnlySpan<bool> IsErased => isErased;

    /// <summary>Sends a window's hidden state.</summary>
    /// <param name="sent">The state, finite; shape [tokens, dimension].</param>
    /// <param name="tokens">Tokens of the window, at least 1.</param>
    /// <param name="damage">What happens on the way.</param>
    /// <param name="key">Stream of noise and losses.</param>
    /// <param name="window">Number of the window.</param>
    /// <param name="message">Number of the message, for example the split.</param>
    /// <exception cref="ArgumentException">The span is not a number of whole tokens, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ReceivedState Receive(ReadOnlySpan<float> sent, int tokens, HiddenStateDamage damage, StreamKey key, ulong window, ulong message)
    {
        CheckDamage(damage);
        var dimension = Guard.AtLeast(sent.Length / Guard.AtLeast(tokens, 1), 1, nameof(sent));
        Guard.SameLength(sent.Length, tokens * dimension);
        var arrived = sent.ToArray();
        if (damage.Bits is { } bits)
        {
            new SymmetricIntegerCodec(bits, damage.Scale).RoundTrip(arrived, tokens, dimension);
        }

        if (damage.SnrDb is { } snrDb)
        {
            ReceiverNoise.Add(arrived, Decibels.ToLinear(snrDb), key.Derive("noise"), window, message);
        }

        if (damage.ErasureProbability == 0)
        {
            return new ReceivedState(arrived, arrived, [], tokens, damage);
        }

        var isErased = new bool[arrived.Length];
        new HiddenStateErasure(tokens, dimension, damage.Pattern, damage.PacketValues).Fill(key.Derive("erasure"), window, message, damage.ErasureProbability, isErased);
        var filled = arrived.AsSpan().ToArray();
        LostValueRecovery.Apply(ErasureRecovery.Zero, isErased, tokens, dimension, arrived);
        LostValueRecovery.Apply(damage.Recovery, isErased, tokens, dimension, filled);
        return new ReceivedState(arrived, filled, isErased, tokens, damage);
    }

    /// <summary>Refuses a damage that cannot be done.</summary>
    internal static void CheckDamage(HiddenStateDamage damage)
    {
        Guard.InRange(damage.ErasureProbability, 0.0, 1.0);
        Guard.InRange((int)damage.Pattern, (int)ErasurePattern.Elements, (int)ErasurePattern.InterleavedPackets);
        Guard.InRange((int)damage.Recovery, (int)ErasureRecovery.Zero, (int)ErasureRecovery.Rescale);
        Guard.InRange(damage.PacketValues, damage.ErasureProbability > 0 && damage.Pattern != ErasurePattern.Elements ? 1 : 0, int.MaxValue);
        Guard.InRange(damage.SnrDb ?? 0, -200.0, 200.0);
        Guard.InRange(damage.Bits ?? 2, 2, 16);
        Guard.InRange((int)damage.Scale, (int)QuantizationScale.Token, (int)QuantizationScale.Channel);
    }
}
