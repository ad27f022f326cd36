using System.Globalization;
using System.Text.Json;

namespace EdgeSplit.Core.Transformers;

/// <summary>Reads the shape of a model from its Hugging Face <c>config.json</c>.</summary>
/// <remarks>
/// <para>Families (<c>model_type</c>): llama, mistral, mixtral, qwen2, qwen3, qwen3_moe, gemma, gemma2, gemma3, phi, phi3, phimoe, deepseek_v2, deepseek_v3,
/// gpt_oss, granite, smollm3, minicpm, internlm2, internlm3, baichuan, chatglm, glm, glm4, olmo2, olmoe, bitnet, stablelm, falcon, gpt_neox, gpt2, opt.
/// Of a multimodal model the language part is taken (a nested <c>text_config</c>, or the top level of qwen2_vl and qwen2_5_vl).
/// Any other family is refused: a shape read by the wrong rules would be quietly wrong.</para>
/// <para>What a file does not say follows the family's class in Hugging Face transformers: tied embeddings, biases, norms, head dimension, windows.
/// Quantisation keys are ignored; the number format of the weights is the caller's choice.</para>
/// <para>Safe to call from any thread.</para>
/// </remarks>
public static class HuggingFaceConfig
{
    /// <summary>Reads a file; a folder means the <c>config.json</c> inside it.</summary>
    /// <param name="path">Path of the file or folder. The shape is named after the file, or after the folder of a <c>config.json</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="TransformerConfigException">The file is missing or unreadable, is not JSON, or does not describe a supported model.</exception>
    public static TransformerShape Read(string path)
    {
        return Read(path, Read);
    }

    /// <summary>Reads the text of a configuration.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="name">Name of the shape, also named in errors; not blank.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="TransformerConfigException">The text is not JSON, or does not describe a supported model.</exception>
    public static TransformerShape Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(json, Guard.NotBlank(name), name, Read);
    }

    /// <summary>Reads a file or the <c>config.json</c> of a folder by another rule, with the same errors.</summary>
    /// <param name="path">Path of the file or folder.</param>
    /// <param name="read">Makes the result of the whole object and the name of the model.</param>
    internal static T Read<T>(string path, Func<ConfigSection, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        string json, file = path;
        try
        {
            file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
            json = File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TransformerConfigException(file, "", "no readable file (" + error.Message + ")", "a Hugging Face config.json", error);
        }

        var name = Path.GetFileNameWithoutExtension(file);
        if (name == "config" && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) is { Length: > 0 } folder)
        {
            name = folder;
        }

        return Parse(json, string.IsNullOrWhiteSpace(name) ? "model" : name, file, read);
    }

    /// <summary>The shape that the object describes.</summary>
    internal static TransformerShape Read(ConfigSection root, string name)
    {
        var shape = ReadShape(root, name);
        _ = shape.TotalParameters;
        return shape;
    }

    private static T Parse<T>(string json, string name, string source, Func<ConfigSection, string, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new TransformerConfigException(source, "", "JSON that is not an object", "one JSON object");
            }

            return read(new ConfigSection(source, "", document.RootElement), name);
        }
        catch (JsonException error)
        {
            throw new TransformerConfigException(source, "", "broken JSON " + Place(json, error), "valid JSON (NaN and Infinity are not)", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Escapes that are not Unicode text, and whatever the shape itself refuses.
            throw new TransformerConfigException(source, "", "a configuration that cannot be used (" + error.Message + ")", "a consistent config.json", error);
        }
        catch (OverflowException error)
        {
            throw new TransformerConfigException(source, "", "sizes whose product exceeds 64 bits", "a model of fewer than 2^63 parameters", error);
        }
    }

    private static TransformerShape ReadShape(ConfigSection root, string name)
    {
        if (root.Section("text_config") is not { } text)
        {
            var modelType = root.Text("model_type", "a model family: " + Families());
            return ShapeReader.Read(root, root, FamilyOf(root, modelType), name);
        }

        var family = text.Has("model_type") || !root.Has("model_type")
            ? FamilyOf(text, text.Text("model_type", "a model family: " + Families()))
            : FamilyOf(root, root.Text("model_type", "a model family: " + Families()));
        return ShapeReader.Read(text, root, family, name);
    }

    private static TransformerFamily FamilyOf(ConfigSection section, string modelType)
    {
        if (TransformerFamily.Find(modelType) is { } family)
        {
            return family;
        }

        var nearest = NearestName.Suggest(modelType, TransformerFamily.ByModelType.Select(pair => pair.Key));
        throw section.Error("model_type", $"the unsupported family \"{modelType}\"", "one of " + Families() + (nearest is null ? "" : $" (nearest: {nearest})"));
    }

    private static string Families() => string.Join(", ", TransformerFamily.ByModelType.Select(pair => pair.Key));

    private static string Place(string json, JsonException error)
    {
        var line = error.LineNumber ?? 0;
        var text = json.Split('\n').ElementAtOrDefault((int)line)?.Trim() ?? "";
        return string.Create(CultureInfo.InvariantCulture, $"in line {line + 1}: {(text.Length <= 80 ? text : text[..80] + "...")}");
    }
}
