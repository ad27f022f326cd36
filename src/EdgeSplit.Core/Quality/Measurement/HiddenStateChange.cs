namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>What is done to the hidden state of one window between the two halves of a model: a codec, a channel, or any damage.</summary>
/// <remarks>Called by several threads at once, for different windows; it must depend on its arguments alone for results to be reproducible.</remarks>
/// <param name="window">Number of the window in the text, from 0.</param>
/// <param name="hiddenState">The state after the first layers, changed in place; shape [tokens, dimension].</param>
/// <param name="tokens">Tokens of the window.</param>
/// <param name="dimension">Values per token.</param>
public delegate void HiddenStateChange(int window, Span<float> hiddenState, int tokens, int dimension);
