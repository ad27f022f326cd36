using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Windows of tokens on which quality is measured: non-overlapping runs of equal length from the start of a text, or texts that the model has written itself.</summary>
/// <remarks>A window of <see cref="ContextTokens"/> inputs has as many predictions: position t predicts token t + 1, so that each window also holds the token behind its last
/// input. Immutable, safe to share between threads.</remarks>
public sealed class MeasurementText
{
    private readonly int[] tokens;
    private readonly int stride;

    private MeasurementText(int[] tokens, int stride, QualityTableText provenance)
    {
        this.tokens = tokens;
        this.stride = stride;
        Provenance = provenance;
    }

    /// <summary>Where the text is from: words, hash, windows and context.</summary>
    public QualityTableText Provenance { get; }

    /// <summary>Number of windows, at least 2.</summary>
    public int Windows => Provenance.Windows;

    /// <summary>Inputs, and predictions, of a window.</summary>
    public int ContextTokens => Provenance.ContextTokens;

    /// <summary>All token ids that were given, of which the windows are the beginning; of a model's own text the windows one after the other.</summary>
    public ReadOnlySpan<int> Tokens => tokens;

    /// <summary>The inputs of a window and the token that follows; shape [context + 1].</summary>
    /// <param name="window">The window, 0..<see cref="Windows"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    public ReadOnlySpan<int> Window(int window) => tokens.AsSpan(Guard.InRange(window, 0, Windows - 1) * stride, ContextTokens + 1);

    /// <summary>Cuts token ids into windows.</summary>
    /// <param name="tokens">The ids; copied.</param>
    /// <param name="vocabulary">Tokens of the vocabulary V.</param>
    /// <param name="windows">The most windows to take, at least 2.</param>
    /// <param name="contextTokens">Inputs of a window, at least 2.</param>
    /// <param name="source">Where the text is from, in words that lead a reader there; also the name in errors.</param>
    /// <param name="sha256">SHA-256 of the text, 64 small hexadecimal digits; that of the windows' ids as little-endian 32-bit integers where null.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="CheckpointException">The text is shorter than 2 windows, or an id is not in the vocabulary.</exception>
    public static MeasurementText FromTokens(ReadOnlySpan<int> tokens, int vocabulary, int windows, int contextTokens, string source, string? sha256 = null)
    {
        Guard.AtLeast(windows, 2);
        Guard.AtLeast(contextTokens, 2);
        Guard.NotBlank(source);
        var available = (int)Math.Min((tokens.Length - 1L) / contextTokens, windows);
        if (available < 2)
        {
            throw new CheckpointException(
                source, "", FormattableString.Invariant($"{tokens.Length} tokens"), FormattableString.Invariant($"at least {(2L * contextTokens) + 1}: two windows of {contextTokens} tokens and the token behind them"));
        }

        var used = tokens[..((available * contextTokens) + 1)];
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)vocabulary)
            {
                throw new CheckpointException(source, FormattableString.Invariant($"token {i}"), FormattableString.Invariant($"the id {tokens[i]}"), FormattableString.Invariant($"an id of the model's vocabulary, 0 to {vocabulary - 1}"));
            }
        }

        return new MeasurementText(tokens.ToArray(), contextTokens, new QualityTableText(source, sha256 ?? HashOf(used), available, contextTokens));
    }

    /// <summary>Reads a text file and cuts it into windows.</summary>
    /// <param name="path">The file, in UTF-8; its SHA-256 goes into the provenance, its name into the source.</param>
    /// <param name="tokenizer">What makes tokens of it.</param>
    /// <param name="vocabulary">Tokens of the model's vocabulary V.</param>
    /// <param name="windows">The most windows to take, at least 2.</param>
    /// <param name="contextTokens">Inputs of a window, at least 2.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="CheckpointException">The file cannot be read, is shorter than 2 windows, or gives an id beyond the vocabulary.</exception>
    public static MeasurementText FromTextFile(string path, ITokenizer tokenizer, int vocabulary, int windows, int contextTokens)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var bytes = ReadAll(path, "a text file");
        return FromTokens(tokenizer.Encode(bytes.AsSpan()), vocabulary, windows, contextTokens, Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Reads a file of token ids and cuts it into windows.</summary>
    /// <param name="path">A file of <see cref="TokenIdFile"/>; its SHA-256 goes into the provenance, its name into the source.</param>
    /// <param name="vocabulary">Tokens of the model's vocabulary V.</param>
    /// <param name="windows">The most windows to take, at least 2.</param>
    /// <param name="contextTokens">Inputs of a window, at least 2.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="CheckpointException">The file cannot be read, holds no ids, is shorter than 2 windows, or holds an id beyond the vocabulary.</exception>
    public static MeasurementText FromTokenFile(string path, int vocabulary, int windows, int contextTokens)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(ReadAll(path, "a file of token ids")));
        return FromTokens(TokenIdFile.Read(path, vocabulary), vocabulary, windows, contextTokens, Path.GetFileName(path), hash);
    }

    /// <summary>Lets the model write the text at temperature 1; on it the clean model is exactly calibrated, so that the expected rise of its loss under damage is the expected divergence.</summary>
    /// <param name="model">The model.</param>
    /// <param name="windows">Windows, at least 2; window i is the same however many there are.</param>
    /// <param name="contextTokens">Inputs of a window, at least 2, below the model's positions.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="threads">Threads, 1 to 256; the text does not depend on it.</param>
    /// <param name="progress">Told the share that is written, in (0, 1]; may be null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static MeasurementText Sample(LlamaModel model, int windows, int contextTokens, ulong seed, int threads = 1, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.AtLeast(windows, 2);
        Guard.InRange(contextTokens, 2, model.Configuration.MaximumPositions - 1);
        var first = FirstTokenOf(model.Configuration);
        var text = TextGeneration.Sample(model, windows, contextTokens + 1, first, seed, new LlamaWorkspace(threads), progress);
        var source = FormattableString.Invariant($"written by the model itself at temperature 1 from token {first}, seed {seed}");
        return new MeasurementText(text, contextTokens + 1, new QualityTableText(source, HashOf(text), windows, contextTokens));
    }

    /// <summary>The token that a text of the model's own starts with: the begin token of its configuration; else a line feed for a byte-level model (256 tokens), else token 0.</summary>
    /// <param name="configuration">The model's configuration.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configuration"/> is null.</exception>
    public static int FirstTokenOf(LlamaConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.BeginToken is { } begin && begin >= 0 && begin < configuration.Vocabulary ? begin : configuration.Vocabulary == 256 ? '\n' : 0;
    }

    private static string HashOf(ReadOnlySpan<int> tokens)
    {
        var bytes = new byte[checked(tokens.Length * sizeof(int))];
        for (var i = 0; i < tokens.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), tokens[i]);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static byte[] ReadAll(string path, string expected)
    {
        Guard.NotBlank(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, "", "a file that cannot be read (" + error.Message.TrimEnd('.') + ")", expected, error);
        }
    }
}
