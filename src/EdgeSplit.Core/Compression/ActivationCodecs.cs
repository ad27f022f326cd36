using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeSplit.Core.Compression;

/// <summary>The codecs by name: a list of common ones, and the grammar of all.</summary>
/// <remarks>
/// <para><c>F32</c>; <c>F16</c>; <c>INTb</c> or <c>bits:b</c>, b = 2 to 16, then nothing or <c>-token</c> for a scale per token, <c>-channel</c> for one per channel;
/// behind that, for b up to 8, <c>+entropy</c> for an entropy code, or <c>+entropy:m</c> where m bits per value have been measured; <c>top-k:s</c>, s the share
/// kept, above 0 and at most 1. Without regard to case. The name of every codec that comes out gives the same codec again.</para>
/// <para>A low-rank projection needs a basis fitted to the model, so that a name cannot give it: make a <see cref="LowRankCodec"/>.</para>
/// <para>Stateless, so safe to use from any thread.</para>
/// </remarks>
public static class ActivationCodecs
{
    private const string Entropy = "+entropy";

    private static readonly string[] Patterns = ["INT2 to INT16", "bits:b", "INTb-channel", "INTb+entropy:m", "top-k:s"];

    /// <summary>Common codecs, in the order of a list for people.</summary>
    public static IReadOnlyList<ActivationCodecEntry> All { get; } =
    [
        new(Float32Codec.Instance, "Single precision as it is: nothing lost."),
        new(Float16Codec.Instance, "Half precision: at most 2^-11 of a value lost."),
        new(new SymmetricIntegerCodec(8), "8-bit integers, one scale per token: at most half a step lost."),
        new(new SymmetricIntegerCodec(6), "6-bit integers, one scale per token."),
        new(new SymmetricIntegerCodec(4), "4-bit integers, one scale per token."),
        new(new SymmetricIntegerCodec(3), "3-bit integers, one scale per token."),
        new(new SymmetricIntegerCodec(2), "2-bit integers (-1, 0, 1), one scale per token."),
        new(new SymmetricIntegerCodec(8, QuantizationScale.Channel), "8-bit integers, one scale per channel: for prompts, not for single tokens."),
        new(new SymmetricIntegerCodec(4, QuantizationScale.Channel), "4-bit integers, one scale per channel: for prompts, not for single tokens."),
        new(new EntropyCodec(8), "INT8 and a lossless entropy code: the bits depend on the values; planning charges the most unless a measurement is given."),
        new(new EntropyCodec(4), "INT4 and a lossless entropy code, likewise."),
        new(new TopKCodec(0.5), "The half of the values of each token of largest magnitude, in half precision."),
        new(new TopKCodec(0.25), "The quarter of the values of each token of largest magnitude, in half precision."),
        new(new TopKCodec(0.1), "The tenth of the values of each token of largest magnitude, in half precision."),
    ];

    /// <summary>Makes a codec from its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number in the name is out of range.</exception>
    /// <exception cref="UnknownNameException">There is no such codec; the error names the nearest.</exception>
    public static IActivationCodec Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name.Trim()) ?? throw new UnknownNameException("codec", name, All.Select(known => known.Name).Concat(Patterns));
    }

    /// <summary>Makes a codec from its name as <see cref="Parse"/> does; false when there is none, or a number in it is out of range.</summary>
    /// <param name="name">The name, null allowed.</param>
    /// <param name="codec">The codec, or null.</param>
    public static bool TryParse(string? name, [NotNullWhen(true)] out IActivationCodec? codec)
    {
        try
        {
            codec = name is null ? null : Find(name.Trim());
        }
        catch (ArgumentOutOfRangeException)
        {
            codec = null;
        }

        return codec is not null;
    }

    private static IActivationCodec? Find(string name)
    {
        if (name.Equals("F32", StringComparison.OrdinalIgnoreCase))
        {
            return Float32Codec.Instance;
        }

        if (name.Equals("F16", StringComparison.OrdinalIgnoreCase))
        {
            return Float16Codec.Instance;
        }

        if (After(name, "top-k:") is { } share)
        {
            return Number(share) is { } kept ? new TopKCodec(kept) : null;
        }

        return (After(name, "INT") ?? After(name, "bits:")) is { } integer ? Integer(integer) : null;
    }

    private static IActivationCodec? Integer(string text)
    {
        var entropy = text.IndexOf(Entropy, StringComparison.OrdinalIgnoreCase);
        var (plain, coding) = entropy < 0 ? (text, null) : (text[..entropy], text[(entropy + Entropy.Length)..]);
        var dash = plain.IndexOf('-', StringComparison.Ordinal);
        QuantizationScale? scale = dash < 0 ? QuantizationScale.Token : plain[(dash + 1)..].ToUpperInvariant() switch
        {
            "TOKEN" => QuantizationScale.Token,
            "CHANNEL" => QuantizationScale.Channel,
            _ => null,
        };
        if (scale is not { } shared || !int.TryParse(dash < 0 ? plain : plain[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return null;
        }

        return coding switch
        {
            null => new SymmetricIntegerCodec(bits, shared),
            "" => new EntropyCodec(bits, shared),
            _ => After(coding, ":") is { } rate && Number(rate) is { } measured ? new EntropyCodec(bits, shared, measured) : null,
        };
    }

    private static string? After(string name, string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? name[start.Length..] : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
