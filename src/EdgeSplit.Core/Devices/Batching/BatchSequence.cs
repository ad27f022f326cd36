using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Batching;

/// <summary>What one sequence of a batch asks of a server step: its pass, and the layers that run there.</summary>
/// <remarks>Layers are counted from 0. A sequence that was cut at k runs layers k..L-1 and the head; one that was not cut runs the embedding too.</remarks>
/// <param name="Pass">New tokens and context; an empty pass asks nothing. One new token is a decode step, more are a prefill or a chunk of one.</param>
/// <param name="FirstLayer">First layer that runs here, in [0, L]: the split point. With 0 the embedding runs here too.</param>
/// <param name="EndLayer">The layer behind the last that runs here, in [<paramref name="FirstLayer"/>, L].</param>
/// <param name="RunsHead">Whether final norm and head run here for the last token of the pass; allowed only with <paramref name="EndLayer"/> = L.</param>
public readonly record struct BatchSequence(ForwardPass Pass, int FirstLayer, int EndLayer, bool RunsHead)
{
    /// <summary>A sequence cut once: the device runs the first layers, the server the rest and the head. A cut at L leaves the server nothing.</summary>
    /// <param name="pass">New tokens and context.</param>
    /// <param name="splitPoint">Split point k in [0, <paramref name="layers"/>].</param>
    /// <param name="layers">Layers L of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="splitPoint"/> is out of range.</exception>
    public static BatchSequence CutAt(ForwardPass pass, int splitPoint, int layers) =>
        new(pass, Guard.InRange(splitPoint, 0, layers), layers, splitPoint < layers);

    /// <summary>A chunk of a prompt that does not end it: no token comes out, so the head does not run.</summary>
    /// <param name="pass">Tokens of the chunk, and the tokens before it as context.</param>
    /// <param name="splitPoint">Split point k in [0, <paramref name="layers"/>].</param>
    /// <param name="layers">Layers L of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="splitPoint"/> is out of range.</exception>
    public static BatchSequence PromptChunk(ForwardPass pass, int splitPoint, int layers) =>
        new(pass, Guard.InRange(splitPoint, 0, layers), layers, false);

    /// <summary>A sequence cut twice (U-shape): the device also runs the last layers and the head.</summary>
    /// <param name="pass">New tokens and context.</param>
    /// <param name="firstLayer">First layer that runs on the server.</param>
    /// <param name="endLayer">First layer that runs on the device again, at least <paramref name="firstLayer"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The layers are out of order or negative.</exception>
    public static BatchSequence Middle(ForwardPass pass, int firstLayer, int endLayer) =>
        new(pass, Guard.AtLeast(firstLayer, 0), Guard.AtLeast(endLayer, firstLayer), false);
}
