using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>The damage by which a quality table prices a codec.</summary>
public static class CodecDamage
{
    /// <summary>Finds the damage of a codec of this library.</summary>
    /// <param name="codec">The codec; null where the hidden state crosses as it is.</param>
    /// <exception cref="ArgumentException">No damage of the tables stands for the codec.</exception>
    public static HiddenStateDamage Of(IActivationCodec? codec) => TryFind(codec)
        ?? throw new ArgumentException($"No damage of the quality tables stands for the codec {codec!.Name}; integers and floating point have one.", nameof(codec));

    /// <summary>Finds the damage of a codec of this library, if a quality table can price it.</summary>
    /// <remarks>Floating point of 16 bits and more loses nothing that the tables resolve; integers are a uniform quantiser of as many bits; coding their codes without loss changes no value.</remarks>
    /// <param name="codec">The codec; null where the hidden state crosses as it is.</param>
    /// <returns>The damage; null where no damage of the tables stands for the codec.</returns>
    public static HiddenStateDamage? TryFind(IActivationCodec? codec) => codec switch
    {
        null or Float16Codec or Float32Codec => HiddenStateDamage.None,
        SymmetricIntegerCodec integer => new HiddenStateDamage { Bits = integer.Bits, Scale = integer.Scale },
        EntropyCodec entropy => new HiddenStateDamage { Bits = entropy.Bits, Scale = entropy.Scale },
        _ => null,
    };
}
