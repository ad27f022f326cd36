using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Inference;

/// <summary>Reads <c>tokenizer.json</c> and refuses by name what the tokenizer does not do.</summary>
internal static class BytePairTokenizerFile
{
    private const int MaximumTokens = 1 << 24;
    private const string PreTokenizers = "ByteLevel, or a Sequence of Split (Regex, Isolated) and Digits that ends with ByteLevel";

    internal static BytePairTokenizerParts Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "tokenizer.json") : path;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new CheckpointException(file, "", "JSON that is not an object", "one JSON object");
            }

            var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));
            return Read(new ConfigSection(file, "", document.RootElement), string.IsNullOrWhiteSpace(folder) ? "tokenizer" : folder);
        }
        catch (TransformerConfigException error)
        {
            throw new CheckpointException(file, error.Key, error.Found, error.Allowed, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(file, "", "no readable file (" + error.Message + ")", "a Hugging Face tokenizer.json", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Escapes that are not Unicode text are found when they are read.
            throw new CheckpointException(file, "", "broken JSON (" + error.Message + ")", "valid JSON in UTF-8", error);
        }
    }

    private static BytePairTokenizerParts Read(ConfigSection root, string name)
    {
        var model = root.Section("model") ?? throw root.Error("model", "no such key", "an object of type BPE");
        RequireModel(model);
        RequireType(root.Section("decoder"), root, "decoder", "ByteLevel");
        var normalizer = RequireType(root.Section("normalizer"), root, "normalizer", "NFC");
        var vocabulary = Vocabulary(model);
        return new BytePairTokenizerParts
        {
            Name = name,
            Vocabulary = vocabulary,
            Merges = Merges(model, vocabulary),
            IgnoreMerges = model.Boolean("ignore_merges", false),
            Composes = normalizer,
            Added = Added(root, vocabulary),
            Pieces = Pieces(root),
        };
    }

    private static void RequireModel(ConfigSection model)
    {
        // The oldest files, GPT-2's among them, name no type.
        if (model.Has("type") && model.Text("type", "BPE") is var type && type != "BPE")
        {
            throw model.Error("type", $"\"{type}\"", "BPE (byte-level byte-pair encoding)");
        }

        foreach (var affix in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Has(affix) && model.Text(affix, "null") is { Length: > 0 } text)
            {
                throw model.Error(affix, $"\"{text}\"", "null");
            }
        }

        if (model.OptionalNumber("dropout", 0, 1) is > 0)
        {
            throw model.Error("dropout", "a random encoding", "null");
        }

        if (model.Boolean("byte_fallback", false))
        {
            throw model.Error("byte_fallback", "true (a SentencePiece vocabulary)", "false");
        }
    }

    /// <summary>Whether a part that may be absent is there; it must then be of the one type that is read.</summary>
    private static bool RequireType(ConfigSection? part, ConfigSection root, string key, string type)
    {
        if (part is not null && part.Text("type", type) is var found && found != type)
        {
            throw root.Error(key + ".type", $"\"{found}\"", type + " or null");
        }

        return part is not null;
    }

    private static Dictionary<string, int> Vocabulary(ConfigSection model)
    {
        var section = model.Section("vocab") ?? throw model.Error("vocab", "no such key", "an object from token to id");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        foreach (var entry in section.Properties)
        {
            if (!ConfigSection.IsWhole(entry.Value, out var id) || id is < 0 or >= MaximumTokens)
            {
                throw section.Error(entry.Name, ConfigSection.Describe(entry.Value), FormattableString.Invariant($"an id in [0, {MaximumTokens})"));
            }

            if (!vocabulary.TryAdd(entry.Name, (int)id))
            {
                throw section.Error(entry.Name, "the token twice", "it once");
            }

            if (!tokens.TryAdd((int)id, entry.Name))
            {
                throw section.Error(entry.Name, FormattableString.Invariant($"the id {id}, which \"{tokens[(int)id]}\" has"), "an id of its own");
            }
        }

        for (var value = 0; value < 256; value++)
        {
            var symbol = ByteLevelAlphabet.Character((byte)value).ToString();
            if (!vocabulary.ContainsKey(symbol))
            {
                throw model.Error("vocab", FormattableString.Invariant($"no token for the byte {value} (\"{symbol}\" in the byte-level alphabet)"), "all 256 bytes, so that any text can be encoded");
            }
        }

        return vocabulary;
    }

    private static Dictionary<(int Left, int Right), (int Rank, int Merged)> Merges(ConfigSection model, Dictionary<string, int> vocabulary)
    {
        var merges = new Dictionary<(int, int), (int, int)>();
        var items = model.Elements("merges");
        for (var rank = 0; rank < items.Length; rank++)
        {
            var key = ConfigSection.Indexed("merges", rank);
            var parts = items[rank] switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString()!.Split(' '),
                { ValueKind: JsonValueKind.Array } pair when pair.GetArrayLength() == 2 && pair.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String)
                    => [pair[0].GetString()!, pair[1].GetString()!],
                _ => [],
            };
            if (parts.Length != 2)
            {
                throw model.Error(key, ConfigSection.Describe(items[rank]), "two tokens, as \"a b\" or [\"a\", \"b\"]");
            }

            if (!merges.TryAdd((IdOf(parts[0]), IdOf(parts[1])), (rank, IdOf(parts[0] + parts[1]))))
            {
                throw model.Error(key, $"the merge of \"{parts[0]}\" and \"{parts[1]}\" a second time", "it once");
            }

            int IdOf(string token) => vocabulary.TryGetValue(token, out var id) ? id : throw model.Error(key, $"\"{token}\", which the vocabulary lacks", "tokens of the vocabulary, merged ones too");
        }

        return merges;
    }

    private static List<(string Content, int Id, bool Normalized)> Added(ConfigSection root, Dictionary<string, int> vocabulary)
    {
        var contents = new HashSet<string>(StringComparer.Ordinal);
        var contentOf = vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        var added = new List<(string, int, bool)>();
        foreach (var token in root.Sections("added_tokens"))
        {
            var content = token.Text("content", "the text of the token");
            var id = token.Integer("id", 0, MaximumTokens - 1);
            foreach (var option in (ReadOnlySpan<string>)["lstrip", "rstrip", "single_word"])
            {
                if (token.Boolean(option, false))
                {
                    throw token.Error(option, $"true for \"{content}\"", "false");
                }
            }

            if (content.Length == 0 || !contents.Add(content))
            {
                throw token.Error("content", content.Length == 0 ? "an empty text" : $"\"{content}\" a second time", "each token once");
            }

            if (!contentOf.TryAdd(id, content) && contentOf[id] != content)
            {
                throw token.Error("id", FormattableString.Invariant($"the number {id}, which \"{contentOf[id]}\" has"), "an id of its own");
            }

            if (vocabulary.TryGetValue(content, out var own) && own != id)
            {
                throw token.Error("id", FormattableString.Invariant($"the number {id}"), FormattableString.Invariant($"{own}, as the vocabulary has it"));
            }

            added.Add((content, id, token.Boolean("normalized", !token.Boolean("special", false))));
        }

        return added;
    }

    private static PreTokenizer Pieces(ConfigSection root)
    {
        var part = root.Section("pre_tokenizer") ?? throw root.Error("pre_tokenizer", "no such key or null", PreTokenizers);
        var steps = part.Text("type", PreTokenizers) == "Sequence" ? part.Sections("pretokenizers") : [part];
        var patterns = new List<Regex>();
        for (var i = 0; i < steps.Length - 1; i++)
        {
            patterns.Add(steps[i].Text("type", PreTokenizers) switch
            {
                "Split" => Split(steps[i]),
                "Digits" => PreTokenizer.Pattern(steps[i].Source, steps[i].PathOf("type"), steps[i].Boolean("individual_digits", false) ? @"\p{N}" : @"\p{N}+"),
                var other => throw steps[i].Error("type", $"\"{other}\"", PreTokenizers),
            });
        }

        if (steps.Length == 0 || steps[^1].Text("type", PreTokenizers) is var last && last != "ByteLevel")
        {
            throw (steps.Length == 0 ? part : steps[^1]).Error("type", steps.Length == 0 ? "an empty Sequence" : $"\"{steps[^1].Text("type", PreTokenizers)}\"", PreTokenizers);
        }

        var bytes = steps[^1];
        var addPrefixSpace = bytes.Boolean("add_prefix_space", true);
        if (addPrefixSpace && patterns.Count > 0)
        {
            throw bytes.Error("add_prefix_space", "true after another step, which puts a space before every piece", "false");
        }

        if (bytes.Boolean("use_regex", true))
        {
            patterns.Add(PreTokenizer.Pattern(bytes.Source, bytes.PathOf("use_regex"), PreTokenizer.Gpt2Pattern));
        }

        return new PreTokenizer(root.Source, [.. patterns], addPrefixSpace);
    }

    private static Regex Split(ConfigSection step)
    {
        var pattern = step.Section("pattern") ?? throw step.Error("pattern", "no such key", "an object {\"Regex\": ...}");
        var regex = pattern.Text("Regex", "a regular expression");
        if (step.Text("behavior", "Isolated") is var behavior && behavior != "Isolated")
        {
            throw step.Error("behavior", $"\"{behavior}\"", "Isolated");
        }

        return step.Boolean("invert", false)
            ? throw step.Error("invert", "true", "false")
            : PreTokenizer.Pattern(step.Source, pattern.PathOf("Regex"), regex);
    }
}
