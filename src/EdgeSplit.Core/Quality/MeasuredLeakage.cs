namespace EdgeSplit.Core.Quality;

/// <summary>Token recovery by depth of the split, as one attack of a quality table measured it on the undamaged hidden state.</summary>
/// <remarks>
/// <para>A lower bound, "at least": stronger attacks recover more. At k = 0 token ids cross: 1, by definition; at k = L nothing crosses: 0. Between them exact at measured splits, linear in depth
/// k/L from 1 to the first of them and between them; behind the last one its rate is held, for a hidden state that crosses does not become safe because few layers follow.
/// What codecs, loss or noise would take from the attack is not counted.</para>
/// <para>Immutable, safe to share between threads.</para>
/// </remarks>
public sealed class MeasuredLeakage : ILeakageSource
{
    private readonly MonotoneCurve recovery;
    private readonly int layers;

    /// <summary>Prepares one attack of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="attack">Name of the attack.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnknownNameException">The table has no cell of that attack on the undamaged state; the message names those that it has.</exception>
    public MeasuredLeakage(QualityTable table, string attack)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(attack);
        var cells = table.Leakage.Where(cell => cell.Attack == attack && cell.Damage.IsNone).OrderBy(cell => cell.Split).ToArray();
        if (cells.Length == 0)
        {
            throw new UnknownNameException("attack", attack, AttacksOf(table));
        }

        Attack = attack;
        layers = table.Model.Layers;
        recovery = new MonotoneCurve([0, .. cells.Select(cell => (double)cell.Split)], [1, .. cells.Select(cell => cell.RecoveryRate)]);
        Provenance = new QualityProvenance(QualityKind.Measured, $"attack \"{attack}\" in the quality table of {table.Model.Name}: at least this share of the prompt's tokens is recovered", table.Model.Name);
    }

    /// <summary>Name of the attack.</summary>
    public string Attack { get; }

    /// <inheritdoc/>
    public QualityProvenance Provenance { get; }

    /// <summary>The attacks that a table has on the undamaged hidden state, in order of name.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public static IReadOnlyList<string> AttacksOf(QualityTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Leakage.Where(cell => cell.Damage.IsNone).Select(cell => cell.Attack).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public double TokenRecoveryRate(int layersOnDevice, int totalLayers)
    {
        Guard.AtLeast(totalLayers, 1);
        Guard.InRange(layersOnDevice, 0, totalLayers);
        return layersOnDevice == 0 ? 1
            : layersOnDevice == totalLayers ? 0
            : recovery.LinearAt(Math.Min(recovery.Last, (double)layersOnDevice * layers / totalLayers));
    }
}
