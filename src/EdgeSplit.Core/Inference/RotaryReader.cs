using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>Reads base and scaling of rotary positions, from <c>rope_theta</c> and <c>rope_scaling</c> or from the newer <c>rope_parameters</c>.</summary>
internal static class RotaryReader
{
    private const double DefaultBase = 10_000;
    private const double MaximumBase = 1e15;
    private const double MaximumFactor = 1e6;
    private const string Kinds = "default, linear or llama3";

    internal static (double Base, RotaryScaling Scaling) Read(ConfigSection root)
    {
        var parameters = root.Section("rope_parameters");
        var scaling = root.Section("rope_scaling");
        if (parameters is not null && scaling is not null)
        {
            throw root.Error("rope_scaling", "an object beside rope_parameters", "one of the two");
        }

        var rotaryBase = parameters?.OptionalNumber("rope_theta", 1, MaximumBase) ?? root.OptionalNumber("rope_theta", 1, MaximumBase) ?? DefaultBase;
        return (rotaryBase, Scaling(parameters ?? scaling));
    }

    private static RotaryScaling Scaling(ConfigSection? section)
    {
        if (section is null)
        {
            return RotaryScaling.None;
        }

        foreach (var layers in (ReadOnlySpan<string>)["full_attention", "sliding_attention"])
        {
            if (section.Has(layers))
            {
                throw section.Error(layers, "rotary positions of their own for a kind of layer", "the same for all layers");
            }
        }

        if (section.OptionalNumber("partial_rotary_factor", 0, 1) is < 1)
        {
            throw section.Error("partial_rotary_factor", "a number below 1", "1 (positions turn the whole head)");
        }

        var key = section.Has("rope_type") || !section.Has("type") ? "rope_type" : "type";
        var kind = section.Has(key) ? section.Text(key, Kinds)
            : section.Has("factor") ? throw section.Error(key, "no such key", Kinds)
            : "default";
        return kind switch
        {
            "default" => RotaryScaling.None,
            "linear" => RotaryScaling.Linear(section.Number("factor", 1, MaximumFactor)),
            "llama3" => Llama3(section),
            _ => throw section.Error(key, $"the scaling \"{kind}\"", Kinds),
        };
    }

    private static RotaryScaling Llama3(ConfigSection section)
    {
        var low = section.Number("low_freq_factor", 1e-6, MaximumFactor);
        var high = section.Number("high_freq_factor", 1e-6, MaximumFactor);
        return high > low
            ? RotaryScaling.Llama3(section.Number("factor", 1, MaximumFactor), low, high, section.Integer("original_max_position_embeddings", 1, int.MaxValue))
            : throw section.Error("high_freq_factor", FormattableString.Invariant($"the number {high}"), FormattableString.Invariant($"above low_freq_factor, which is {low}"));
    }
}
