using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Transformers;

/// <summary>Brings a written model name into a form in which equal models are equal: <c>Llama-3.2-1B-Instruct-Q4_K_M.gguf</c> is <c>llama-3.2-1b</c>.</summary>
internal static partial class ModelNameKey
{
    private const int MaximumLength = 160;
    private const int MaximumJoints = 6;

    /// <summary>Words that say nothing about the size: training stage, publisher, container, release month.</summary>
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "instruct", "instruction", "chat", "it", "hf", "base", "gguf", "ggml", "meta", "ibm", "thudm", "model", "mlx", "mlc", "onnx", "text", "sft", "dpo",
        "preview", "latest", "thinking", "reasoning", "quantized", "qnn", "genie", "awq", "gptq",
        "0324", "0425", "0528", "0924", "1124", "1226", "2407", "2410", "2501", "2503", "2506", "2507",
    };

    /// <summary>Every reading of the name: a joint between two digits may be a point (<c>qwen2_5_7b</c>) or not.</summary>
    internal static IEnumerable<string> Readings(string? written)
    {
        if (Trim(written) is not { } text)
        {
            yield break;
        }

        var joints = Joint().Matches(text);
        if (joints.Count > MaximumJoints)
        {
            yield break;
        }

        for (var choice = 0; choice < 1 << joints.Count; choice++)
        {
            var characters = text.ToCharArray();
            for (var joint = 0; joint < joints.Count; joint++)
            {
                characters[joints[joint].Index] = (choice & (1 << joint)) != 0 ? '.' : '-';
            }

            var key = Key(new string(characters));
            if (key.Length > 0)
            {
                yield return key;
            }
        }
    }

    /// <summary>The reading in which no joint is a point.</summary>
    internal static string? Plain(string? written) => Readings(written).FirstOrDefault();

    /// <summary>The part of a key before its size, such as <c>qwen-2</c> of <c>qwen-2-7b</c>; null without a size.</summary>
    internal static string? Architecture(string key)
    {
        var match = SizeInKey().Match(key);
        return match.Success && match.Index > 1 ? key[..match.Index] : null;
    }

    private static string? Trim(string? written)
    {
        var text = written?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength)
        {
            return null;
        }

        text = text[(text.LastIndexOfAny(['/', '\\']) + 1)..].ToLowerInvariant();
        text = Parentheses().Replace(text, " ");
        text = Ending().Replace(text, "");
        return Format().Replace(text, " ").Trim();
    }

    private static string Key(string text)
    {
        var tokens = new List<string>();
        foreach (var part in Separator().Split(text))
        {
            var token = part.Trim('.');
            var match = LettersThenDigits().Match(token);
            if (!match.Success)
            {
                tokens.Add(token);
                continue;
            }

            // "v3" is "3", "qwen2.5" is "qwen", "2.5".
            if (match.Groups[1].Value != "v")
            {
                tokens.Add(match.Groups[1].Value);
            }

            tokens.Add(match.Groups[2].Value);
        }

        return string.Join('-', tokens.Where(token => token.Length > 0 && !Noise.Contains(token)));
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"(-\d{5}-of-\d{5})?\.(gguf|bin|safetensors|pte|task|tflite|litertlm|rkllm|mnn|onnx)$")]
    private static partial Regex Ending();

    [GeneratedRegex(
        @"(?<![a-z0-9])(mostly[ _-]+)?(all[ _-]+)?(ud[-_])?(i?q\d(_k(_?[smlx]+|\s*-\s*(small|medium|large))?|_nl|_xs|_xxs|_[sm]|_kt|_\d)?|tq[12]_0|q\df\d\d(_\d)?|bf16|f16|fp16|f32|fp32|mxfp4([ _-]moe)?|nvfp4|nf4|fp8|int[248]|[248]-?bit|w\d+a\d+|g\d+)(?![a-z0-9])")]
    private static partial Regex Format();

    [GeneratedRegex(@"(?<=\d)[_-](?=\d)")]
    private static partial Regex Joint();

    [GeneratedRegex(@"[\s_\-:,+@]+|(?<=b)\.(?=a\d)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^([a-z]+)(\d.*)$")]
    private static partial Regex LettersThenDigits();

    [GeneratedRegex(@"-(\?b?|\d+(\.\d+)?[bm]|\d+x\d+(\.\d+)?b)(-|$)")]
    private static partial Regex SizeInKey();
}
