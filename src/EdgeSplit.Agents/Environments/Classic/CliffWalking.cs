using EdgeSplit.Agents.Environments.Tabular;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>CliffWalking-v1: walk along a cliff to the goal by moving up, right, down or left (0..3) on 4 x 12 cells. N of them, stepped together.</summary>
/// <remarks>
/// <para>Every move pays -1. Stepping into the cliff, the ten cells between start and goal in the last row, pays -100 and puts the walker back at the start; the episode goes on. The goal
/// ends it. States are the cells row by row; the start is 36, the goal 47.</para>
/// <para>Sources: R. Sutton, A. Barto, "Reinforcement Learning", 2nd edition (2018), example 6.6; rules of Farama Gymnasium 1.4.0, CliffWalking.</para>
/// </remarks>
public sealed class CliffWalking : TabularEnvironment
{
    private const int Rows = 4;
    private const int Columns = 12;
    private const int StartCell = (Rows - 1) * Columns;
    private const int Goal = (Rows * Columns) - 1;
    private static readonly (int Row, int Column)[] Steps = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="isSlippery">Whether a move goes to either side of where it should with a third each.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1; Gymnasium sets none, in which case a bad policy walks for ever.</param>
    /// <param name="isOneHot">Whether observations are one-hot; otherwise the number of the cell.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public CliffWalking(int count = 1, bool isSlippery = false, int stepLimit = int.MaxValue, bool isOneHot = false)
        : base("CliffWalking", Transitions(isSlippery), StartCell, count, stepLimit, isOneHot)
    {
    }

    private static TabularModel Transitions(bool isSlippery)
    {
        var transitions = new List<TabularTransition>();
        for (var cell = 0; cell < Goal; cell++)
        {
            for (var action = 0; action < Steps.Length; action++)
            {
                foreach (var (direction, probability) in GridMoves.Directions(action, isSlippery ? 1.0 / 3 : 1))
                {
                    var next = GridMoves.Move(cell, Steps[direction].Row, Steps[direction].Column, Rows, Columns);
                    var isCliff = next > StartCell && next < Goal;
                    transitions.Add(new TabularTransition(cell, action, probability, isCliff ? StartCell : next, isCliff ? -100 : -1));
                }
            }
        }

        return new TabularModel(Rows * Columns, Steps.Length, transitions);
    }
}
