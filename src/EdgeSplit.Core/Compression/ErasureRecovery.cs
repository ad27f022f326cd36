namespace EdgeSplit.Core.Compression;

/// <summary>What the receiver puts in the place of values that it knows to be lost.</summary>
public enum ErasureRecovery
{
    /// <summary>Zero; the values that arrived keep their bits. The published rule.</summary>
    Zero,

    /// <summary>The mean of the channel over those tokens of the message whose value arrived; 0 where none did.</summary>
    Mean,

    /// <summary>The value of the previous token in the same channel, which may itself be a recovered one; 0 for the first token.</summary>
    PreviousToken,

    /// <summary>Zero, and the values of the token that arrived are multiplied by dimension / number that arrived. A token of which nothing arrived is all zero.</summary>
    Rescale,
}
