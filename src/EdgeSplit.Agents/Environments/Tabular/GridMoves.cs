namespace EdgeSplit.Agents.Environments.Tabular;

/// <summary>Moves on a grid whose border holds, with slipping to either side.</summary>
internal static class GridMoves
{
    /// <summary>The directions that an action may lead to: the chosen one, and where it slips the two at right angles to it.</summary>
    /// <param name="action">The action, 0..3, where opposite directions differ by 2.</param>
    /// <param name="successRate">Probability of the chosen direction; the others share the rest.</param>
    internal static IEnumerable<(int Direction, double Probability)> Directions(int action, double successRate)
    {
        yield return (action, successRate);
        if (successRate < 1)
        {
            yield return ((action + 3) % 4, (1 - successRate) / 2);
            yield return ((action + 1) % 4, (1 - successRate) / 2);
        }
    }

    internal static int Move(int cell, int rowStep, int columnStep, int rows, int columns) =>
        (Math.Clamp((cell / columns) + rowStep, 0, rows - 1) * columns) + Math.Clamp((cell % columns) + columnStep, 0, columns - 1);
}
