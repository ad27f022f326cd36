using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>Byte-level byte-pair encoding, read from a Hugging Face <c>tokenizer.json</c>: the kind of GPT-2, Llama 3, Qwen2, Qwen3, SmolLM2.</summary>
/// <remarks>
/// <para>Read are: <c>model</c> BPE (merges as texts or pairs, <c>ignore_merges</c>) with all 256 byte symbols in its vocabulary; <c>added_tokens</c>;
/// <c>normalizer</c> none or NFC; <c>pre_tokenizer</c> ByteLevel, or a Sequence of Split (Regex, Isolated) and Digits that ends with ByteLevel;
/// <c>decoder</c> none or ByteLevel. Anything else (SentencePiece's Metaspace, Unigram, WordPiece, other normalizers) is refused by name: ids read by the wrong
/// rules would be quietly wrong. Not applied are <c>post_processor</c>, <c>truncation</c> and <c>padding</c>: no token is added or dropped.</para>
/// <para>Decoding gives the text back, byte for byte; with NFC its composed form, and with <c>add_prefix_space</c> a space more.</para>
/// <para>Immutable, safe to use from any number of threads. Source: the Hugging Face tokenizers library (models/bpe, pre_tokenizers/byte_level).</para>
/// </remarks>
public sealed class BytePairTokenizer : ITokenizer
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly int[] _tokenOfByte;
    private readonly byte[]?[] _bytesOfToken;
    private readonly BytePairMerges _merges;
    private readonly bool _ignoreMerges;
    private readonly bool _composes;
    private readonly AddedTokens _added;
    private readonly AddedTokens _addedToComposed;
    private readonly PreTokenizer _pieces;

    internal BytePairTokenizer(BytePairTokenizerParts parts)
    {
        Name = parts.Name;
        _vocabulary = parts.Vocabulary;
        _merges = new BytePairMerges(parts.Merges);
        _ignoreMerges = parts.IgnoreMerges;
        _composes = parts.Composes;
        _added = new AddedTokens(parts.Added.Where(token => !token.Normalized).Select(token => (token.Content, token.Id)));
        _addedToComposed = new AddedTokens(parts.Added.Where(token => token.Normalized).Select(token => (token.Content, token.Id)));
        _pieces = parts.Pieces;
        _tokenOfByte = [.. Enumerable.Range(0, 256).Select(value => _vocabulary[ByteLevelAlphabet.Character((byte)value).ToString()])];
        _bytesOfToken = new byte[]?[1 + Math.Max(_vocabulary.Values.Max(), parts.Added.Select(token => token.Id).DefaultIfEmpty(0).Max())];
        foreach (var (token, id) in _vocabulary)
        {
            _bytesOfToken[id] = ByteLevelAlphabet.Bytes(token);
        }

        foreach (var token in parts.Added)
        {
            _bytesOfToken[token.Id] = Encoding.UTF8.GetBytes(token.Content);
        }
    }

    /// <summary>Name of the file's folder.</summary>
    public string Name { get; }

    /// <summary>The largest id plus one. The model's embedding table may have more rows.</summary>
    public int Vocabulary => _bytesOfToken.Length;

    /// <summary>Reads a file; a folder means the <c>tokenizer.json</c> inside it.</summary>
    /// <param name="path">Path of the file or folder.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="CheckpointException">The file is missing, broken, or of a tokenizer that is not read; names the key, what was found and what is read.</exception>
    public static BytePairTokenizer Read(string path) => new(BytePairTokenizerFile.Read(Guard.NotBlank(path)));

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">A pattern of the file takes too long over this text.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoding = new Pass(this);
        encoding.Text(text);
        return encoding.Tokens;
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">A pattern of the file takes too long over this text.</exception>
    public int[] Encode(ReadOnlySpan<byte> utf8)
    {
        var encoding = new Pass(this);
        var done = 0;
        var at = 0;
        while (at < utf8.Length)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out _, out var width) == System.Buffers.OperationStatus.Done)
            {
                at += width;
                continue;
            }

            // Bytes that are no text cannot be cut by patterns: each run of them is a piece of its own.
            encoding.Text(Encoding.UTF8.GetString(utf8[done..at]));
            var end = at + width;
            while (end < utf8.Length && Rune.DecodeFromUtf8(utf8[end..], out _, out width) != System.Buffers.OperationStatus.Done)
            {
                end += width;
            }

            encoding.Bytes(utf8[at..end]);
            done = at = end;
        }

        encoding.Text(Encoding.UTF8.GetString(utf8[done..]));
        return encoding.Tokens;
    }

    /// <inheritdoc/>
    public byte[] DecodeBytes(ReadOnlySpan<int> tokens)
    {
        var bytes = new List<byte>(4 * tokens.Length);
        foreach (var token in tokens)
        {
            bytes.AddRange(_bytesOfToken[Guard.InRange(token, 0, Vocabulary - 1, nameof(tokens))]
                ?? throw new ArgumentOutOfRangeException(nameof(tokens), token, "Must be the id of a token; the vocabulary has a gap here."));
        }

        return [.. bytes];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> tokens) => Encoding.UTF8.GetString(DecodeBytes(tokens));

    /// <summary>One text being encoded.</summary>
    private sealed class Pass(BytePairTokenizer tokenizer)
    {
        private readonly List<int> _tokens = [];
        private readonly BytePairMerges.Buffers _buffers = new();
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _whole = tokenizer._vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        private byte[] _bytes = new byte[64];
        private int[] _piece = new int[64];
        private char[] _symbols = new char[64];

        internal int[] Tokens => [.. _tokens];

        internal void Text(string text) => tokenizer._added.Split(text, Composed, _tokens.Add);

        internal void Bytes(ReadOnlySpan<byte> bytes)
        {
            if (_piece.Length < bytes.Length)
            {
                (_piece, _symbols) = (new int[2 * bytes.Length], new char[2 * bytes.Length]);
            }

            if (tokenizer._ignoreMerges)
            {
                for (var i = 0; i < bytes.Length; i++)
                {
                    _symbols[i] = ByteLevelAlphabet.Character(bytes[i]);
                }

                if (_whole.TryGetValue(_symbols.AsSpan(0, bytes.Length), out var token))
                {
                    _tokens.Add(token);
                    return;
                }
            }

            for (var i = 0; i < bytes.Length; i++)
            {
                _piece[i] = tokenizer._tokenOfByte[bytes[i]];
            }

            var count = tokenizer._merges.Merge(_piece.AsSpan(0, bytes.Length), _buffers);
            _tokens.AddRange(_piece.AsSpan(0, count));
        }

        private void Composed(string text) =>
            tokenizer._addedToComposed.Split(tokenizer._composes ? CanonicalComposition.Compose(text) : text, Pieces, _tokens.Add);

        private void Pieces(string text) => tokenizer._pieces.Split(text, Piece);

        private void Piece(ReadOnlySpan<char> piece)
        {
            var most = 3 * piece.Length;
            if (_bytes.Length < most)
            {
                _bytes = new byte[2 * most];
            }

            Bytes(_bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, _bytes)));
        }
    }
}
