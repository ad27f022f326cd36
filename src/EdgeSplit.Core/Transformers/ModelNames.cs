using System.Diagnostics.CodeAnalysis;

namespace EdgeSplit.Core.Transformers;

/// <summary>Understands the many ways in which benchmark files, hubs and engines write a model's name.</summary>
/// <remarks>
/// <para>Hub ids, file names, llama-bench's kinds (<c>qwen2 7B Q4_K - Medium</c>) and Ollama's tags are brought into one form and looked up; nothing is guessed from a
/// similar name. A fine-tuned model is found where its shape is known to be that of its base model. A name that means several models of different size
/// is refused unless the number of parameters tells them apart.</para>
/// <para>Stateless, safe to call from any thread.</para>
/// </remarks>
public static class ModelNames
{
    // llama-bench prints parameters with three digits: 8.03 B.
    private const double PrintedTolerance = 0.006;

    // Of a multimodal model the hub counts the vision part too: 4.30 of 3.88 billion.
    private const double NamedTolerance = 0.12;

    private static readonly Dictionary<string, ModelEntry> ByKey = Keys();

    /// <summary>Finds the model that a text means; false when it means none or several of the catalogue.</summary>
    /// <param name="written">The name as written; null allowed.</param>
    /// <param name="entry">The model, or null.</param>
    public static bool TryFind(string? written, [NotNullWhen(true)] out ModelEntry? entry) => TryFind(written, null, out entry, out _);

    /// <summary>Finds the model that a text means, with the help of its number of parameters.</summary>
    /// <param name="written">The name as written; null allowed.</param>
    /// <param name="parameters">Parameters of the model as the file states them; null where it does not. What is not positive and finite counts as null.</param>
    /// <param name="entry">The model, or null.</param>
    /// <param name="reason">Why there is none, or null when there is one.</param>
    public static bool TryFind(string? written, double? parameters, [NotNullWhen(true)] out ModelEntry? entry, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        var known = parameters is > 0 && double.IsFinite(parameters.Value) ? parameters : null;
        var readings = ModelNameKey.Readings(written).ToArray();
        entry = ByName(readings);
        if (known is { } count && !(entry is { } named && Math.Abs((named.Shape.TotalParameters / count) - 1) <= PrintedTolerance))
        {
            entry = ByParameters(readings, count) ?? (entry is { } far && Math.Abs((far.Shape.TotalParameters / count) - 1) <= NamedTolerance ? far : null);
            reason = entry is null && ByName(readings) is { } other
                ? FormattableString.Invariant($"the file states {count:0} parameters, {other.Name} has {other.Shape.TotalParameters}") : null;
        }

        if (entry is not null)
        {
            return true;
        }

        reason ??= readings.Select(Unsupported).FirstOrDefault(text => text is not null)
            ?? (readings.Length > 0 && ModelNameKey.Architecture(readings[0]) is { } architecture && FamiliesOf(architecture) is not null
                ? known is null ? "several models of this kind and size differ; the number of parameters would tell" : "no model of this kind has that number of parameters"
                : "no model of this name is in the catalogue");
        return false;
    }

    private static ModelEntry? ByName(string[] readings)
    {
        ModelEntry? found = null;
        foreach (var reading in readings)
        {
            if (ByKey.TryGetValue(reading, out var entry))
            {
                if (found is not null && found != entry)
                {
                    return null;
                }

                found = entry;
            }
        }

        return found;
    }

    /// <summary>For llama.cpp's kinds, which name an architecture and a rough size: the model of that architecture with that many parameters.</summary>
    private static ModelEntry? ByParameters(string[] readings, double parameters)
    {
        if (readings.Length == 0 || ModelNameKey.Architecture(readings[0]) is not { } architecture || FamiliesOf(architecture) is not { } families)
        {
            return null;
        }

        double Off(ModelEntry entry) => Math.Abs((entry.Shape.TotalParameters / parameters) - 1);
        var near = ModelCatalog.All.Where(entry => families.Contains(entry.Shape.Family) && Off(entry) <= PrintedTolerance).ToArray();
        if (near.Length == 0)
        {
            return null;
        }

        // Models of one shape under several names: the first, one without a window before one with it, which llama.cpp does not use.
        var best = near.Min(Off);
        return near.Where(entry => Off(entry) <= best + 5e-4).OrderBy(entry => entry.Shape.SlidingWindow > 0 && entry.Shape.Family == "mistral" ? 1 : 0).First();
    }

    private static string[]? FamiliesOf(string architecture) => architecture switch
    {
        "llama" => ["llama", "mistral", "mixtral"],
        "qwen-2" => ["qwen2"],
        "qwen-3" => ["qwen3"],
        "qwen-3moe" => ["qwen3_moe"],
        "gemma" => ["gemma"],
        "gemma-2" => ["gemma2"],
        "gemma-3" => ["gemma3"],
        "phi-2" => ["phi"],
        "phi-3" => ["phi3"],
        "phimoe" => ["phimoe"],
        "gpt-2" => ["gpt2"],
        "gptneox" => ["gpt_neox"],
        "gpt-oss" => ["gpt_oss"],
        "deepseek-2" => ["deepseek_v2", "deepseek_v3"],
        "granite" => ["granite"],
        "smollm-3" => ["smollm3"],
        "minicpm" => ["minicpm"],
        "internlm-2" => ["internlm2"],
        "baichuan" => ["baichuan"],
        "chatglm" => ["chatglm"],
        "olmo-2" => ["olmo2"],
        "olmoe" => ["olmoe"],
        "bitnet" => ["bitnet"],
        "stablelm" => ["stablelm"],
        "falcon" => ["falcon"],
        _ => null,
    };

    private static string? Unsupported(string key)
    {
        foreach (var (prefix, reason) in ModelAliases.Unsupported)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return null;
    }

    private static Dictionary<string, ModelEntry> Keys()
    {
        var keys = new Dictionary<string, ModelEntry>(StringComparer.Ordinal);
        foreach (var entry in ModelCatalog.All)
        {
            keys.Add(ModelNameKey.Plain(entry.Name)!, entry);
        }

        foreach (var (name, written) in ModelAliases.ByModel)
        {
            var entry = ModelCatalog.Find(name);
            foreach (var alias in written)
            {
                // Two spellings may come to one key, but never for two models.
                var key = ModelNameKey.Plain(alias)!;
                if (!keys.TryGetValue(key, out var other))
                {
                    keys.Add(key, entry);
                }
                else if (other != entry)
                {
                    throw new InvalidOperationException($"{alias} names {entry.Name} and {other.Name}.");
                }
            }
        }

        return keys;
    }
}
