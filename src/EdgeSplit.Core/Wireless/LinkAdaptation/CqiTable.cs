namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>A table of channel quality indices (CQI): what a receiver reports about its channel.</summary>
/// <remarks>
/// <para>Indices run from 1 to 15; index 0 says "out of range" and has no row. Both tables stand for a block error rate of 10 %.</para>
/// <para>There are two tables and no more, so reference equality is equality. Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TS 38.214 section 5.2.2.1.</para>
/// </remarks>
public sealed class CqiTable
{
    private readonly ModulationAndCoding[] _rows;
    private readonly double[] _capacitySnrDb;

    private CqiTable(string name, params ReadOnlySpan<(int BitsPerSymbol, int CodeRateTimes1024)> rows)
    {
        Name = name;
        _rows = new ModulationAndCoding[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            _rows[i] = new(i + 1, rows[i].BitsPerSymbol, rows[i].CodeRateTimes1024 / 1024.0);
        }

        Rows = Array.AsReadOnly(_rows);
        _capacitySnrDb = Array.ConvertAll(_rows, ConstellationCapacity.SnrDbOf);
    }

    /// <summary>Table 5.2.2.1-2, up to 64QAM.</summary>
    public static CqiTable Qam64 { get; } = new(
        "CQI table 1 (64QAM)",
        (2, 78), (2, 120), (2, 193), (2, 308), (2, 449), (2, 602), (4, 378), (4, 490), (4, 616),
        (6, 466), (6, 567), (6, 666), (6, 772), (6, 873), (6, 948));

    /// <summary>Table 5.2.2.1-3, up to 256QAM.</summary>
    public static CqiTable Qam256 { get; } = new(
        "CQI table 2 (256QAM)",
        (2, 78), (2, 193), (2, 449), (4, 378), (4, 490), (4, 616), (6, 466), (6, 567), (6, 666), (6, 772), (6, 873),
        (8, 711), (8, 797), (8, 885), (8, 948));

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>The rows of index 1 to 15, in order: row i has index i + 1.</summary>
    public IReadOnlyList<ModulationAndCoding> Rows { get; }

    /// <summary>The largest index, 15.</summary>
    public int Maximum => _rows.Length;

    /// <summary>The row of an index.</summary>
    /// <param name="cqi">Index, from 1 to <see cref="Maximum"/>; 0 ("out of range") has no row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index has no row.</exception>
    public ModulationAndCoding this[int cqi] => _rows[Checked(cqi) - 1];

    /// <summary>The index that a receiver reports at an SNR: the largest one whose row meets the target.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <param name="errorModel">Error curves; of it the gap counts, not its table of modulation and coding schemes.</param>
    /// <param name="targetBler">Block error rate that the report promises, in (0, 1); 0.1 in the specification.</param>
    /// <returns>An index from 0 (out of range: not even the lowest row meets the target) to <see cref="Maximum"/>; does not fall with the SNR.</returns>
    /// <remarks>A block is one code block of <see cref="BlockErrorModel.ReferenceCodeBlockBits"/> bits. Nothing is allocated.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The SNR is NaN or negative, or the target is out of range.</exception>
    public int Quantise(double snrLinear, BlockErrorModel errorModel, double targetBler = 0.1)
    {
        ArgumentNullException.ThrowIfNull(errorModel);
        var snrDb = BlockErrorModel.CheckedDb(snrLinear);
        var deviate = BlockErrorModel.CheckedDeviate(targetBler);
        for (var cqi = _rows.Length; cqi > 0; cqi--)
        {
            // The comparison of decibels only sorts out; the linear one is that of SnrLinear, to the last bit.
            var startDb = StartDb(cqi, errorModel, deviate);
            if (snrDb >= startDb - 1e-9 && snrLinear >= Decibels.ToLinear(startDb))
            {
                return cqi;
            }
        }

        return 0;
    }

    /// <summary>The SNR at which an index starts to be reported, linear (not dB): where its row just meets the target.</summary>
    /// <param name="cqi">Index, from 1 to <see cref="Maximum"/>.</param>
    /// <param name="errorModel">Error curves; of it the gap counts, not its table of modulation and coding schemes.</param>
    /// <param name="targetBler">Block error rate that the report promises, in (0, 1); 0.1 in the specification.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index has no row, or the target is out of range.</exception>
    public double SnrLinear(int cqi, BlockErrorModel errorModel, double targetBler = 0.1)
    {
        ArgumentNullException.ThrowIfNull(errorModel);
        return Decibels.ToLinear(StartDb(Checked(cqi), errorModel, BlockErrorModel.CheckedDeviate(targetBler)));
    }

    /// <summary>The name of the table.</summary>
    public override string ToString() => Name;

    private double StartDb(int cqi, BlockErrorModel errorModel, double deviate) => errorModel
        .Curve(_capacitySnrDb[cqi - 1], _rows[cqi - 1].SpectralEfficiency, BlockErrorModel.ReferenceCodeBlockBits)
        .SnrAtDeviateDb(deviate);

    private int Checked(int cqi) => cqi >= 1 && cqi <= _rows.Length
        ? cqi
        : throw new ArgumentOutOfRangeException(
            nameof(cqi),
            cqi,
            cqi == 0 ? "0 says that the channel is out of range: it has no row." : FormattableString.Invariant($"Must be in [1, {_rows.Length}] in {Name}."));
}
