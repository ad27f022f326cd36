using EdgeSplit.Agents.Environments.Tabular;

namespace EdgeSplit.Agents.Environments.Classic;

/// <summary>FrozenLake-v1: cross a frozen lake with holes to the goal by moving left, down, right or up (0..3); the ice may be slippery. N of them, stepped together.</summary>
/// <remarks>
/// <para>Reward 1 on reaching the goal, else 0, so the undiscounted value is the probability of success. Goal and holes end the episode. States are the cells row by row.</para>
/// <para>Source: Farama Gymnasium 1.4.0, FrozenLake-v1, the maps and rules of its <c>toy_text</c> environments.</para>
/// </remarks>
public sealed class FrozenLake : TabularEnvironment
{
    private const char StartCell = 'S';
    private const char Hole = 'H';
    private const char Goal = 'G';
    private static readonly (int Row, int Column)[] Steps = [(0, -1), (1, 0), (0, 1), (-1, 0)];

    /// <summary>Creates a batch; a reset must follow.</summary>
    /// <param name="count">Number N of environments, at least 1.</param>
    /// <param name="map">The lake, row by row: S start, F frozen, H hole, G goal; the 4 x 4 map where omitted.</param>
    /// <param name="successRate">Probability that a move goes where it should; to either side it goes with half the rest. In (0, 1]; 1/3 is Gymnasium's slippery lake, 1 is not slippery.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1; where omitted, as in Gymnasium, 100 on maps of up to 16 cells and 200 on larger ones.</param>
    /// <param name="isOneHot">Whether observations are one-hot; otherwise the number of the cell.</param>
    /// <exception cref="ArgumentException">The map is not a rectangle of these letters with one start and at least one goal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public FrozenLake(int count = 1, IReadOnlyList<string>? map = null, double successRate = 1.0 / 3, int? stepLimit = null, bool isOneHot = false)
        : this(count, new Grid(map ?? Map4x4), successRate, stepLimit, isOneHot)
    {
    }

    private FrozenLake(int count, Grid grid, double successRate, int? stepLimit, bool isOneHot)
        : base("FrozenLake", Transitions(grid, successRate), grid.Cells.IndexOf(StartCell), count, stepLimit ?? (grid.Cells.Length <= 16 ? 100 : 200), isOneHot)
    {
    }

    /// <summary>The map of 4 x 4 cells.</summary>
    public static IReadOnlyList<string> Map4x4 { get; } = ["SFFF", "FHFH", "FFFH", "HFFG"];

    /// <summary>The map of 8 x 8 cells.</summary>
    public static IReadOnlyList<string> Map8x8 { get; } = ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"];

    private static TabularModel Transitions(Grid grid, double successRate)
    {
        if (!(successRate > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(successRate), successRate, "Must be in (0, 1].");
        }

        Guard.InRange(successRate, 0, 1);
        var transitions = new List<TabularTransition>();
        for (var cell = 0; cell < grid.Cells.Length; cell++)
        {
            if (grid.Cells[cell] is Hole or Goal)
            {
                continue;
            }

            for (var action = 0; action < Steps.Length; action++)
            {
                foreach (var (direction, probability) in GridMoves.Directions(action, successRate))
                {
                    var next = GridMoves.Move(cell, Steps[direction].Row, Steps[direction].Column, grid.Rows, grid.Columns);
                    transitions.Add(new TabularTransition(cell, action, probability, next, grid.Cells[next] == Goal ? 1 : 0));
                }
            }
        }

        return new TabularModel(grid.Cells.Length, Steps.Length, transitions);
    }

    private sealed record Grid
    {
        internal Grid(IReadOnlyList<string> map)
        {
            Rows = map.Count;
            Columns = Rows == 0 ? 0 : map[0].Length;
            Cells = string.Concat(map);
            if (Cells.Length == 0 || map.Any(row => row.Length != Columns) || Cells.AsSpan().ContainsAnyExcept("SFHG") || Cells.Count(cell => cell == StartCell) != 1 || !Cells.Contains(Goal))
            {
                throw new ArgumentException("The map must have rows of equal length of the letters S, F, H, G, with one S and at least one G.", nameof(map));
            }
        }

        internal int Rows { get; }

        internal int Columns { get; }

        internal string Cells { get; }
    }
}
