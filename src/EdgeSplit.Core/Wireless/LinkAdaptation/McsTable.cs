namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>A table of modulation and coding schemes (MCS) of the NR shared channels.</summary>
/// <remarks>
/// <para>Rows are numbered from 0 without gaps; the indices behind the last row are reserved (they name a modulation for a
/// retransmission and no code rate) and are refused.</para>
/// <para>The efficiency of <see cref="Qam64"/> is not monotone in the index: row 16 (2.5703) lies above row 17 (2.5664).</para>
/// <para>There are two tables and no more, so reference equality is equality. Immutable, so safe to share between threads.</para>
/// <para>Source: 3GPP TS 38.214 section 5.1.3.1.</para>
/// </remarks>
public sealed class McsTable
{
    private readonly ModulationAndCoding[] _rows;
    private readonly double[] _capacitySnrDb;

    private McsTable(string name, int indices, params ReadOnlySpan<(int BitsPerSymbol, double CodeRateTimes1024)> rows)
    {
        Name = name;
        IndexCount = indices;
        _rows = new ModulationAndCoding[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            _rows[i] = new(i, rows[i].BitsPerSymbol, rows[i].CodeRateTimes1024 / 1024.0);
        }

        Rows = Array.AsReadOnly(_rows);
        _capacitySnrDb = Array.ConvertAll(_rows, ConstellationCapacity.SnrDbOf);
        BestFirst = [.. _rows.OrderByDescending(row => row.SpectralEfficiency).Select(row => row.Index)];
    }

    /// <summary>Table 5.1.3.1-1, up to 64QAM: rows 0 to 28, indices 29 to 31 reserved.</summary>
    public static McsTable Qam64 { get; } = new(
        "MCS table 1 (64QAM)",
        32,
        (2, 120), (2, 157), (2, 193), (2, 251), (2, 308), (2, 379), (2, 449), (2, 526), (2, 602), (2, 679),
        (4, 340), (4, 378), (4, 434), (4, 490), (4, 553), (4, 616), (4, 658),
        (6, 438), (6, 466), (6, 517), (6, 567), (6, 616), (6, 666), (6, 719), (6, 772), (6, 822), (6, 873), (6, 910), (6, 948));

    /// <summary>Table 5.1.3.1-2, up to 256QAM: rows 0 to 27, indices 28 to 31 reserved.</summary>
    public static McsTable Qam256 { get; } = new(
        "MCS table 2 (256QAM)",
        32,
        (2, 120), (2, 193), (2, 308), (2, 449), (2, 602),
        (4, 378), (4, 434), (4, 490), (4, 553), (4, 616), (4, 658),
        (6, 466), (6, 517), (6, 567), (6, 616), (6, 666), (6, 719), (6, 772), (6, 822), (6, 873),
        (8, 682.5), (8, 711), (8, 754), (8, 797), (8, 841), (8, 885), (8, 916.5), (8, 948));

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>The rows, by index.</summary>
    public IReadOnlyList<ModulationAndCoding> Rows { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The largest efficiency of a row, bit per symbol.</summary>
    public double MaximumSpectralEfficiency => _rows[BestFirst[0]].SpectralEfficiency;

    /// <summary>Indices that the field of the control message can hold, reserved ones included.</summary>
    internal int IndexCount { get; }

    /// <summary>The indices in order of falling efficiency.</summary>
    internal int[] BestFirst { get; }

    /// <summary>A row.</summary>
    /// <param name="mcs">Index, from 0 to one below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is reserved or out of range.</exception>
    public ModulationAndCoding this[int mcs] => (uint)mcs < (uint)_rows.Length ? _rows[mcs] : throw Refused(mcs);

    /// <summary>The name of the table.</summary>
    public override string ToString() => Name;

    /// <summary>SNR at which the capacity of a row's constellation equals the row's efficiency, dB.</summary>
    internal double CapacitySnrDb(int mcs) => (uint)mcs < (uint)_rows.Length ? _capacitySnrDb[mcs] : throw Refused(mcs);

    private ArgumentOutOfRangeException Refused(int mcs) => new(
        nameof(mcs),
        mcs,
        mcs >= 0 && mcs < IndexCount
            ? FormattableString.Invariant($"Reserved in {Name}. Must be in [0, {_rows.Length - 1}].")
            : FormattableString.Invariant($"Must be in [0, {_rows.Length - 1}] in {Name}."));
}
