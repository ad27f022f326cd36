using EdgeSplit.Core.Compression;

namespace EdgeSplit.Core.Quality;

/// <summary>What happens to the hidden state between the two halves of a model: erased values, noise, fewer bits, or several of them. The default value is nothing at all.</summary>
/// <remarks>The coordinates of a quality table. Plain data without checks; a table checks what it reads. Immutable.</remarks>
public readonly record struct HiddenStateDamage
{
    /// <summary>Nothing happens: values cross as 16-bit or 32-bit floating point, all of them, without noise.</summary>
    public static HiddenStateDamage None => default;

    /// <summary>The probability that a value (pattern <see cref="ErasurePattern.Elements"/>) or a packet of values is lost; in [0, 1].</summary>
    /// <value>The default value is 0.</value>
    public double ErasureProbability { get; init; }

    /// <summary>Which values are lost together. It means nothing where nothing is lost.</summary>
    /// <value>The default value is <see cref="ErasurePattern.Elements"/>.</value>
    public ErasurePattern Pattern { get; init; }

    /// <summary>What the server puts in the place of lost values. It means nothing where nothing is lost.</summary>
    /// <value>The default value is <see cref="ErasureRecovery.Zero"/>.</value>
    public ErasureRecovery Recovery { get; init; }

    /// <summary>Values in a full packet, for the patterns of packets; 0 for single values.</summary>
    /// <value>The default value is 0.</value>
    public int PacketValues { get; init; }

    /// <summary>Signal-to-noise ratio of Gaussian noise on the values, dB; null where there is no noise.</summary>
    /// <value>The default value is null.</value>
    public double? SnrDb { get; init; }

    /// <summary>Bits per value of a uniform quantiser; null where values cross as floating point.</summary>
    /// <value>The default value is null.</value>
    public int? Bits { get; init; }

    /// <summary>Which values share a scale of the quantiser. It means nothing without one.</summary>
    /// <value>The default value is <see cref="QuantizationScale.Token"/>.</value>
    public QuantizationScale Scale { get; init; }

    /// <summary>Whether nothing happens.</summary>
    public bool IsNone => !(ErasureProbability > 0) && SnrDb is null && Bits is null;

    /// <summary>The same damage with whatever means nothing at its default, so that equal damages are equal records.</summary>
    public HiddenStateDamage Simplified => this with
    {
        Pattern = ErasureProbability > 0 ? Pattern : ErasurePattern.Elements,
        Recovery = ErasureProbability > 0 ? Recovery : ErasureRecovery.Zero,
        PacketValues = ErasureProbability > 0 && Pattern != ErasurePattern.Elements ? PacketValues : 0,
        Scale = Bits is null ? QuantizationScale.Token : Scale,
    };

    /// <summary>The damage in words: <c>none</c>, or what happens in the order in which it happens.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Bits is { } bits)
        {
            words.Add(FormattableString.Invariant($"{bits} bits ({EnumWords<QuantizationScale>.Of(Scale)})"));
        }

        if (SnrDb is { } snrDb)
        {
            words.Add(FormattableString.Invariant($"SNR {snrDb} dB"));
        }

        if (ErasureProbability > 0)
        {
            var size = Pattern == ErasurePattern.Elements ? "" : FormattableString.Invariant($" of {PacketValues}");
            words.Add(FormattableString.Invariant($"{ErasureProbability} erased ({EnumWords<ErasurePattern>.Of(Pattern)}{size}, {EnumWords<ErasureRecovery>.Of(Recovery)})"));
        }

        return words.Count == 0 ? "none" : string.Join(", ", words);
    }
}
