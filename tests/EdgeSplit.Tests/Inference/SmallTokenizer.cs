using System.Text.Json;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>A small byte-level tokenizer: 256 bytes, 96 merges trained on English prose, three added tokens; in the forms that its file may have.</summary>
internal static class SmallTokenizer
{
    /// <summary>The pattern of Llama 3.</summary>
    internal const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    internal static readonly string[] Merges =
    [
        "\u0120 \u0120", "- -", "\u0120 |", "\u0120\u0120 \u0120\u0120", "\u0120 s", "t h", "\u0120 a", "l i", "r e", "o n", "i n", "s t", "\u0120 th", "e r", "a t", "a r",
        "-- --", "e n", "\u0120 o", "\u0120th e", "\u0120 w", "\u0120 c", "\u0120 p", "a n", "\u0120 m", "l e", "d e", "e d", "` `", "r o", "\u010A \u010A", "li t", "\u0120 i",
        "c e", "p lit", "\u0120o f", "\u0120a n", "\u0120 --", "\u0120 %", "o r", "\u0120 3", "\u0120an d", "\u0120 f", "e st", "a m", "e t",
        "\u0120\u0120\u0120\u0120 \u0120\u0120\u0120\u0120", "\u0120 0", "d o", "0 0", "\u0120 \"", "a s", "\u0120 t", "in g", "g e", "\u0120i s", "\u0120 re", "v er", "q u",
        "on e", "ar i", "\u0120 l", "\u01203 2", "\u0120 [", "v i", "`` `", "\" :", "\u0120 b", "\u0120 -", "o st", "en ari", "enari o", "c h", "c enario", "a l", "---- ----",
        "\u0120w h", "\u0120 in", "\u0120 1", "\u0120 (", "vi ce", "u t", "li n", "e s", "\u0120\u0120 \u0120", "\u0120 de", "\u0120 =", "\u0120 +", "u n", "t s",
        "\u00C3 \u00A9", "\u00F0 \u0141", "\u00F0\u0141 \u013A", "1 2", "12 3", "' s",
    ];

    /// <summary>The forms: GPT-2's, with a space before, Llama 3's (merges ignored for whole tokens, merges as pairs), Qwen2's (NFC), SmolLM2's (digits alone), one piece.</summary>
    internal static readonly string[] Forms = ["gpt2", "prefix", "llama3", "qwen2", "smollm", "plain"];

    /// <summary>The 256 bytes in the order of their values, then the merged tokens.</summary>
    internal static Dictionary<string, int> Vocabulary()
    {
        var vocabulary = new Dictionary<string, int>();
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
            vocabulary.Add(((char)(printable ? value : next++)).ToString(), value);
        }

        foreach (var merge in Merges)
        {
            vocabulary.TryAdd(merge.Replace(" ", ""), vocabulary.Count);
        }

        return vocabulary;
    }

    /// <summary>The file of a form.</summary>
    internal static string Json(string form)
    {
        var vocabulary = Vocabulary();
        object bytes(bool space, bool regex) => new { type = "ByteLevel", add_prefix_space = space, trim_offsets = true, use_regex = regex };
        object sequence(params object[] steps) => new { type = "Sequence", pretokenizers = steps };
        object split = new { type = "Split", pattern = new { Regex = Llama3Pattern }, behavior = "Isolated", invert = false };
        return JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = new object[]
            {
                new { id = vocabulary.Count, content = "<|begin|>", single_word = false, lstrip = false, rstrip = false, normalized = false, special = true },
                new { id = vocabulary.Count + 1, content = "<|begin|>x", single_word = false, lstrip = false, rstrip = false, normalized = false, special = true },
                new { id = vocabulary.Count + 2, content = "caf\u00E9!", single_word = false, lstrip = false, rstrip = false, normalized = true, special = false },
            },
            normalizer = form == "qwen2" ? new { type = "NFC" } : null,
            pre_tokenizer = form switch
            {
                "gpt2" => bytes(false, true),
                "prefix" => bytes(true, true),
                "smollm" => sequence(new { type = "Digits", individual_digits = true }, bytes(false, true)),
                "plain" => bytes(false, false),
                _ => sequence(split, bytes(false, false)),
            },
            post_processor = (object?)null,
            decoder = bytes(true, true),
            model = new
            {
                type = "BPE",
                dropout = (object?)null,
                ignore_merges = form == "llama3",
                vocab = vocabulary,
                merges = form is "llama3" or "prefix" ? Merges.Select(merge => (object)merge.Split(' ')) : Merges,
            },
        });
    }

    /// <summary>The tokenizer of a form.</summary>
    internal static BytePairTokenizer Read(string form) => ReadJson(Json(form));

    /// <summary>The tokenizer of a file with this text.</summary>
    internal static BytePairTokenizer ReadJson(string json)
    {
        using var folder = new TemporaryFolder();
        return BytePairTokenizer.Read(folder.Write("tokenizer.json", json));
    }
}
