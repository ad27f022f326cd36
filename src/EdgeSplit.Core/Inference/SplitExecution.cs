using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Inference;

/// <summary>A transformer that runs on two sides of a link: the device's layers, what crosses, the server's layers, and in a U-shape the device's last layers.</summary>
/// <remarks>
/// <para>Split point k: the device runs layers 1..k with the embedding where k > 0, the server the rest. With u > 0 tail layers the device also runs the last u layers and the
/// head, so that a second hidden state crosses back. At k = 0 token ids cross, at k = L nothing. Each side keeps the KV cache of its own layers.</para>
/// <para>Over clean links the logits equal those of the unsplit model in the same passes, bit for bit. Losses and noise are functions of (key, message, value).</para>
/// <para>Holds working memory; not thread-safe. The models are the caller's to dispose.</para>
/// </remarks>
public sealed class SplitExecution
{
    private const int TokenIdBits = 32;

    private readonly LlamaModel device;
    private readonly LlamaModel server;
    private readonly HiddenStateLink uplink;
    private readonly HiddenStateLink downlink;
    private readonly StreamKey key;
    private readonly LlamaWorkspace workspace;
    private readonly KeyValueCache headCache;
    private readonly KeyValueCache serverCache;
    private readonly KeyValueCache tailCache;
    private float[] state = [];
    private ulong message;

    /// <summary>Sets up both sides.</summary>
    /// <param name="device">The model as the device holds it.</param>
    /// <param name="server">The model as the server holds it: of the same shape, perhaps in another weight format.</param>
    /// <param name="splitPoint">Layers k that the device runs first, in [0, L].</param>
    /// <param name="key">Stream of losses and noise.</param>
    /// <param name="capacity">Most tokens of the conversation, at least 1, at most the model's positions.</param>
    /// <param name="tailLayers">Layers u that the device runs last, at least 0; k + u is below L unless u is 0.</param>
    /// <param name="uplink">What happens on the way to the server; nothing if omitted.</param>
    /// <param name="downlink">What happens to the hidden state on the way back; nothing if omitted. Token ids always arrive.</param>
    /// <param name="threads">Threads of a pass, at least 1; 1 if omitted.</param>
    /// <exception cref="ArgumentNullException">A model is null.</exception>
    /// <exception cref="ArgumentException">The two models have different shapes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SplitExecution(
        LlamaModel device,
        LlamaModel server,
        int splitPoint,
        StreamKey key,
        int capacity,
        int tailLayers = 0,
        HiddenStateLink? uplink = null,
        HiddenStateLink? downlink = null,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(server);
        if (device.Layers != server.Layers || device.HiddenSize != server.HiddenSize || device.Vocabulary != server.Vocabulary)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Must have the device's {device.Layers} layers of {device.HiddenSize} values and {device.Vocabulary} tokens, not {server.Layers} of {server.HiddenSize} and {server.Vocabulary}."),
                nameof(server));
        }

        this.device = device;
        this.server = server;
        SplitPoint = Guard.InRange(splitPoint, 0, device.Layers);
        TailLayers = tailLayers == 0 ? 0 : Guard.InRange(tailLayers, 0, device.Layers - splitPoint - 1);
        this.uplink = uplink ?? HiddenStateLink.Clean;
        this.downlink = downlink ?? HiddenStateLink.Clean;
        this.key = key;
        workspace = new LlamaWorkspace(threads);
        headCache = new KeyValueCache(device, 0, splitPoint, 1, capacity);
        serverCache = new KeyValueCache(server, splitPoint, ServerEnd, 1, capacity);
        tailCache = new KeyValueCache(device, ServerEnd, device.Layers, 1, capacity);
    }

    /// <summary>Layers that the device runs first.</summary>
    public int SplitPoint { get; }

    /// <summary>Layers that the device runs last.</summary>
    public int TailLayers { get; }

    /// <summary>Tokens so far.</summary>
    public int Length => serverCache.Length;

    /// <summary>Hidden states that went up.</summary>
    public HiddenStateCrossing Uplink { get; private set; }

    /// <summary>Hidden states that came down.</summary>
    public HiddenStateCrossing Downlink { get; private set; }

    /// <summary>Bits of token ids that went up: at k = 0, 32 each.</summary>
    public long UplinkTokenBits { get; private set; }

    /// <summary>Bits of token ids that came down: one of 32 bits per pass where the server has the head.</summary>
    public long DownlinkTokenBits { get; private set; }

    private int ServerEnd => device.Layers - TailLayers;

    private bool IsDeviceOnly => SplitPoint == device.Layers;

    /// <summary>Runs new tokens through both sides: a prompt at once, or an answer one by one.</summary>
    /// <param name="tokens">Token ids, at least one.</param>
    /// <param name="logits">Receives the logits after the last token, shape [vocabulary], or after each, shape [tokens, vocabulary].</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is unknown, there are none or more than the capacity leaves, or the span has neither length.</exception>
    public void Run(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        Guard.InRange(tokens.Length, 1, serverCache.Capacity - serverCache.Length, nameof(tokens));
        var all = logits.Length == checked(tokens.Length * device.Vocabulary);
        if (!all)
        {
            Guard.SameLength(logits.Length, device.Vocabulary);
        }

        var size = checked(tokens.Length * device.HiddenSize);
        if (state.Length < size)
        {
            state = new float[size];
        }

        var hidden = state.AsSpan(0, size);
        (SplitPoint == 0 ? server : device).Embed(tokens, hidden);
        Layers(device, hidden, tokens.Length, 0, SplitPoint, headCache);
        if (!IsDeviceOnly)
        {
            Up(hidden, tokens.Length);
            Layers(server, hidden, tokens.Length, SplitPoint, ServerEnd, serverCache);
            Down(hidden, tokens.Length);
        }

        Layers(device, hidden, tokens.Length, ServerEnd, device.Layers, tailCache);
        headCache.Advance(tokens.Length);
        serverCache.Advance(tokens.Length);
        tailCache.Advance(tokens.Length);
        message++;
        var headed = IsDeviceOnly || TailLayers > 0 ? device : server;
        headed.Head(all ? hidden : hidden[^device.HiddenSize..], all ? tokens.Length : 1, logits, workspace);
    }

    /// <summary>Forgets all tokens and accounts; the next message is number 0 again.</summary>
    public void Reset()
    {
        headCache.Truncate(0);
        serverCache.Truncate(0);
        tailCache.Truncate(0);
        Uplink = Downlink = default;
        UplinkTokenBits = DownlinkTokenBits = 0;
        message = 0;
    }

    private void Up(Span<float> hidden, int tokens)
    {
        if (SplitPoint == 0)
        {
            UplinkTokenBits += (long)TokenIdBits * tokens;
            return;
        }

        Uplink += uplink.Cross(hidden, tokens, device.HiddenSize, key.Derive("uplink"), 0, message, (ulong)Uplink.Packets);
    }

    private void Down(Span<float> hidden, int tokens)
    {
        if (TailLayers == 0)
        {
            DownlinkTokenBits += TokenIdBits;
            return;
        }

        Downlink += downlink.Cross(hidden, tokens, device.HiddenSize, key.Derive("downlink"), 0, message, (ulong)Downlink.Packets);
    }

    private void Layers(LlamaModel model, Span<float> hidden, int tokens, int first, int end, KeyValueCache cache)
    {
        if (end > first)
        {
            model.RunLayers(hidden, 1, tokens, first, end, workspace, cache);
        }
    }
}
