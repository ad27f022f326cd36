namespace EdgeSplit.Core.Inference;

/// <summary>Turns text into token ids and back.</summary>
/// <remarks>
/// Implementations are safe to use from any number of threads. No token is added to a text: one that begins it, where the model wants one,
/// is <see cref="LlamaConfiguration.BeginToken"/>.
/// </remarks>
public interface ITokenizer
{
    /// <summary>Name for tables and messages, not blank.</summary>
    string Name { get; }

    /// <summary>Ids are in [0, Vocabulary).</summary>
    int Vocabulary { get; }

    /// <summary>The ids of a text.</summary>
    /// <param name="text">The text; a lone surrogate counts as U+FFFD, as everywhere in UTF-8.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    int[] Encode(string text);

    /// <summary>The ids of a text in UTF-8. Bytes that are not UTF-8 are kept, where the tokenizer can.</summary>
    /// <param name="utf8">The bytes.</param>
    int[] Encode(ReadOnlySpan<byte> utf8);

    /// <summary>The bytes that the ids stand for, one token's after another's.</summary>
    /// <param name="tokens">The ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id names no token.</exception>
    byte[] DecodeBytes(ReadOnlySpan<int> tokens);

    /// <summary>The text that the ids stand for; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <param name="tokens">The ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id names no token.</exception>
    string Decode(ReadOnlySpan<int> tokens);
}
