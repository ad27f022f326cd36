using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>Guesses from the start of a window to some position, with what the model makes of them.</summary>
/// <param name="Tokens">The guesses.</param>
/// <param name="Cache">Their keys and values in all layers.</param>
/// <param name="LogPrior">Log probability of each next token behind them; all 0 at the start.</param>
internal sealed record GuessedPrefix(int[] Tokens, KeyValueCache Cache, double[] LogPrior);
