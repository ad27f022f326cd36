namespace EdgeSplit.Core.Compression;

/// <summary>Which values of a message share one scale of a symmetric quantiser.</summary>
public enum QuantizationScale
{
    /// <summary>The values of one token: a row of the hidden state.</summary>
    Token,

    /// <summary>The values of one channel over all tokens of the message: a column. With a single token, as in decoding, that is one scale per value.</summary>
    Channel,
}
