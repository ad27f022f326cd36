using EdgeSplit.Core.Devices.Batching;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Energy;

/// <summary>Energy per token of a whole model on one device, in prefill and in decode.</summary>
/// <remarks>Idle power is included while the device works: it is drawn too. Immutable; safe to share between threads. Nothing but the constructor allocates.</remarks>
public sealed class TokenEnergy
{
    private readonly BatchStep step;

    /// <summary>Prepares a model on a device.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="profile">The device.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <param name="power">What the device draws; null is the profile's own busy and idle power.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/>, <paramref name="profile"/> or <paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public TokenEnergy(TransformerShape shape, IComputeProfile profile, NumberFormat weights, PowerDraw? power = null)
    {
        step = new BatchStep(shape, profile, weights);
        Power = power ?? PowerDraw.Of(profile);
    }

    /// <summary>What the device draws.</summary>
    public PowerDraw Power { get; }

    /// <summary>Energy of one token of a prompt, joules.</summary>
    /// <param name="promptTokens">Tokens of the prompt, at least 1.</param>
    /// <param name="contextTokens">Tokens in the cache before, at least 0. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double PrefillJoulesPerToken(int promptTokens, int contextTokens = 0)
    {
        var whole = BatchSequence.CutAt(new ForwardPass(Guard.AtLeast(promptTokens, 1), contextTokens), 0, step.Layers);
        return Power.PrefillSourceWatts * step.Seconds([whole]) / promptTokens;
    }

    /// <summary>Energy of one generated token, joules.</summary>
    /// <param name="contextTokens">Tokens in the cache of each sequence, at least 0.</param>
    /// <param name="sequences">Sequences in the batch, at least 1: each step makes a token for each. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double DecodeJoulesPerToken(int contextTokens, int sequences = 1) =>
        Power.DecodeSourceWatts * step.DecodeSeconds(sequences, contextTokens) / sequences;

    /// <summary>Energy of an answer: the prompt, and its tokens at growing context, joules.</summary>
    /// <param name="promptTokens">Tokens of the prompt, at least 1.</param>
    /// <param name="outputTokens">Tokens of the answer, at least 1; the first comes out of the prefill.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double AnswerJoules(int promptTokens, int outputTokens)
    {
        var joules = PrefillJoulesPerToken(promptTokens) * promptTokens;
        for (var token = 1; token < Guard.AtLeast(outputTokens, 1); token++)
        {
            joules += DecodeJoulesPerToken(promptTokens + token - 1);
        }

        return joules;
    }
}
