namespace EdgeSplit.Core.Compression;

/// <summary>A codec of the list, with what it does in one sentence.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
/// <param name="Codec">The codec.</param>
/// <param name="Meaning">What crosses, and what is lost.</param>
public sealed record ActivationCodecEntry(IActivationCodec Codec, string Meaning)
{
    /// <summary>The name by which scenario files refer to the codec.</summary>
    public string Name => Codec.Name;

    /// <summary>Nominal bits per value, without side information.</summary>
    public double ValueBits => Codec.ValueBits;
}
