namespace EdgeSplit.Core.Quality.Leakage;

/// <summary>A part of a leakage measurement that is done at once and stands alone: one attack at one split on some windows, behind all damages of the plan.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Index">Its place among the units of the plan, from 0.</param>
/// <param name="Attack">Name of the attack.</param>
/// <param name="Split">The split point k.</param>
/// <param name="FirstWindow">The first window, from 0.</param>
/// <param name="Windows">Windows, at least 1.</param>
/// <param name="Work">About how much work it is, in tokens through a layer: for shares of progress.</param>
public readonly record struct LeakageUnit(int Index, string Attack, int Split, int FirstWindow, int Windows, double Work);
