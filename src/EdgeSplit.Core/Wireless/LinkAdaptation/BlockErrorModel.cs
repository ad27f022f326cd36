using System.Runtime.CompilerServices;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Block error rate (BLER) of every modulation and coding scheme over the SNR, for code blocks of any length.</summary>
/// <remarks>
/// <para>BLER = Q((snr_dB - median) / spread). A code block of <see cref="ReferenceCodeBlockBits"/> bits fails in one of ten tries at
/// the SNR where the capacity of the constellation equals the efficiency of the scheme, plus the gap. The median belongs to the scheme
/// alone; a shorter block has a wider spread, hence needs more SNR for 10 %, a longer one needs less.</para>
/// <para>Spread in dB: 0.20 + 0.036 times the bits per symbol of the scheme at 1000 bits (0.21 to 0.47); 2.1 times that at 270 bits, 4
/// times at 112 bits and less; 0.15 at 8192 bits and more; between these straight in the logarithms of both. The points follow fits to
/// published link-level tables: 0.20 to 0.34 (0.43 at 5.3 bit) near 1000 bits, 0.74 to 0.85 near 270, 1.4 to 1.8 at 112 to 256, about
/// 0.15 at 8000. They are a model, not a specification.</para>
/// <para>Gap: 1.3 dB stands for an ideal receiver (simulated LDPC, known channel), 3.5 dB for a practical one.</para>
/// <para>Immutable, so safe to share between threads; equal where table and gap are equal. Only construction allocates.</para>
/// <para>Sources: thresholds and spreads read from the tables of NVIDIA Sionna and 5G-LENA; capacity from
/// <see cref="ConstellationCapacity"/>; segmentation from 3GPP TS 38.212.</para>
/// </remarks>
/// <param name="Table">Table of the schemes.</param>
/// <param name="GapDb">Gap to the capacity of the constellation at 10 % BLER and 1000 bits, dB, in [-100, 100]; 3.5 by default.</param>
public sealed record BlockErrorModel(McsTable Table, double GapDb = BlockErrorModel.PracticalGapDb) : IBlockErrorModel
{
    /// <summary>Gap of a practical receiver, dB.</summary>
    public const double PracticalGapDb = 3.5;

    /// <summary>Gap of an ideal receiver, dB.</summary>
    public const double IdealGapDb = 1.3;

    /// <summary>Length of the code block to which the gap belongs, bits.</summary>
    public const int ReferenceCodeBlockBits = 1000;

    private const double DeviateOfTenPercent = 1.2815515655446004;
    private const double SpreadOfLongBlocksDb = 0.15;
    private const double LongBlockBits = 8192.0;

    private readonly double[] _medianDb = MediansDb(Table, GapDb);

    /// <summary>Table of the schemes.</summary>
    public McsTable Table { get; } = Table;

    /// <summary>Gap to the capacity of the constellation at 10 % BLER and 1000 bits, dB.</summary>
    public double GapDb { get; } = GapDb;

    IReadOnlyList<ModulationAndCoding> IBlockErrorModel.Schemes => Table.Rows;

    double IBlockErrorModel.ReportSnrLinear(CqiTable table, int cqi, double targetBlockErrorRate) => table.SnrLinear(cqi, this, targetBlockErrorRate);

    /// <summary>The error curve of a scheme for a code block.</summary>
    /// <param name="mcs">Index of the scheme.</param>
    /// <param name="codeBlockBits">Length of the code block, bits, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is reserved or out of range, or the block is empty.</exception>
    public ProbitErrorCurve Curve(int mcs, int codeBlockBits)
    {
        var scheme = Table[mcs];
        return new(_medianDb[mcs], SpreadDb(scheme.SpectralEfficiency, Guard.AtLeast(codeBlockBits, 1)));
    }

    /// <summary>The SNR at which one of ten code blocks fails, dB.</summary>
    /// <param name="mcs">Index of the scheme.</param>
    /// <param name="codeBlockBits">Length of the code block, bits, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is reserved or out of range, or the block is empty.</exception>
    public double ThresholdDb(int mcs, int codeBlockBits) => Curve(mcs, codeBlockBits).SnrAtDeviateDb(DeviateOfTenPercent);

    /// <summary>Share of code blocks that fail, in [0, 1]; falls as the SNR rises.</summary>
    /// <param name="mcs">Index of the scheme.</param>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <param name="codeBlockBits">Length of the code block, bits, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public double CodeBlockErrorRate(int mcs, double snrLinear, int codeBlockBits) => Curve(mcs, codeBlockBits).ErrorRate(CheckedDb(snrLinear));

    /// <summary>Share of transport blocks that fail, in [0, 1]: one failed code block spoils the whole, 1 - (1 - BLER)^blocks.</summary>
    /// <param name="mcs">Index of the scheme.</param>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <param name="transportBlockBits">Length of the transport block, bits, at least 1; cut by <see cref="CodeBlockSegmentation"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public double TransportBlockErrorRate(int mcs, double snrLinear, int transportBlockBits)
    {
        var cut = new CodeBlockSegmentation(transportBlockBits, Table[mcs].CodeRate);
        return AnyFails(CodeBlockErrorRate(mcs, snrLinear, cut.CodeBlockBits), cut.CodeBlocks);
    }

    /// <summary>The chance that at least one of several independent blocks fails: 1 - (1 - rate)^blocks, exact also where it is tiny.</summary>
    /// <param name="blockErrorRate">Error rate of one block, in [0, 1].</param>
    /// <param name="blocks">Number of blocks, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public static double AnyFails(double blockErrorRate, int blocks)
    {
        Guard.InRange(blockErrorRate, 0.0, 1.0);
        return Guard.AtLeast(blocks, 0) == 1 ? blockErrorRate
            : blockErrorRate < 1.0 ? -SmallNumbers.ExpMinusOne(blocks * SmallNumbers.LogOfOnePlus(-blockErrorRate))
            : Math.Min(blocks, 1);
    }

    /// <summary>The scheme of the highest efficiency whose error rate meets a target, for a transport block of given length.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <param name="transportBlockBits">Length of the transport block whatever the scheme, bits, at least 1.</param>
    /// <param name="targetBler">Error rate of transport blocks that is accepted, in (0, 1); 0.1 is usual.</param>
    /// <returns>An index, or -1 where no scheme meets the target: a sender that must send then takes the lowest row and repeats.</returns>
    /// <remarks>All rows are looked at, best efficiency first, because table 1 is not monotone.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public int SelectMcs(double snrLinear, int transportBlockBits, double targetBler)
    {
        var snrDb = CheckedDb(snrLinear);
        CheckedDeviate(targetBler);
        Guard.AtLeast(transportBlockBits, 1);
        foreach (var mcs in Table.BestFirst)
        {
            if (Meets(mcs, snrDb, transportBlockBits, targetBler))
            {
                return mcs;
            }
        }

        return -1;
    }

    /// <summary>The scheme of the highest efficiency whose error rate meets a target, for an allocation of given size.</summary>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <param name="resourceElements">Resource elements that carry data, at least 1: the transport block of each scheme follows from them (<see cref="TransportBlockSize"/>, one layer).</param>
    /// <param name="targetBler">Error rate of transport blocks that is accepted, in (0, 1); 0.1 is usual.</param>
    /// <returns>An index, or -1 where no scheme meets the target: a sender that must send then takes the lowest row and repeats.</returns>
    /// <remarks>All rows are looked at, best efficiency first, because table 1 is not monotone.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public int SelectMcsForResources(double snrLinear, int resourceElements, double targetBler)
    {
        var snrDb = CheckedDb(snrLinear);
        CheckedDeviate(targetBler);
        Guard.AtLeast(resourceElements, 1);
        foreach (var mcs in Table.BestFirst)
        {
            if (IsInReach(mcs, snrDb, targetBler) && Meets(mcs, snrDb, TransportBlockSize.Bits(resourceElements, Table[mcs]), targetBler))
            {
                return mcs;
            }
        }

        return -1;
    }

    /// <summary>Equal where table and gap are equal.</summary>
    /// <param name="other">The other model.</param>
    public bool Equals(BlockErrorModel? other) => other is not null && ReferenceEquals(Table, other.Table) && GapDb.Equals(other.GapDb);

    /// <summary>A hash code of table and gap.</summary>
    public override int GetHashCode() => HashCode.Combine(Table, GapDb);

    /// <summary>The curve of any scheme, of a table or not, from the SNR at which its constellation can carry it.</summary>
    internal ProbitErrorCurve Curve(double capacitySnrDb, double spectralEfficiency, int codeBlockBits) =>
        new(MedianDb(capacitySnrDb, spectralEfficiency, GapDb), SpreadDb(spectralEfficiency, codeBlockBits));

    internal static double CheckedDb(double snrLinear, [CallerArgumentExpression(nameof(snrLinear))] string? name = null) => snrLinear >= 0
        ? Decibels.FromLinear(snrLinear)
        : throw new ArgumentOutOfRangeException(name, snrLinear, "Must be at least 0.");

    internal static double CheckedDeviate(double targetBler) =>
        ProbitErrorCurve.Deviate(Guard.InRange(targetBler, double.Epsilon, Math.BitDecrement(1.0)));

    private bool Meets(int mcs, double snrDb, int transportBlockBits, double targetBler)
    {
        if (!IsInReach(mcs, snrDb, targetBler))
        {
            return false;
        }

        var cut = new CodeBlockSegmentation(transportBlockBits, Table[mcs].CodeRate);
        return AnyFails(Curve(mcs, cut.CodeBlockBits).ErrorRate(snrDb), cut.CodeBlocks) <= targetBler;
    }

    /// <summary>False where every block, however long, fails more often than the target: below the median, for targets of less than one half.</summary>
    private bool IsInReach(int mcs, double snrDb, double targetBler) => targetBler >= 0.5 || snrDb >= _medianDb[mcs];

    private static double[] MediansDb(McsTable table, double gapDb)
    {
        ArgumentNullException.ThrowIfNull(table, nameof(Table));
        Guard.InRange(gapDb, -100.0, 100.0, nameof(GapDb));
        var medians = new double[table.Count];
        for (var mcs = 0; mcs < medians.Length; mcs++)
        {
            medians[mcs] = MedianDb(table.CapacitySnrDb(mcs), table[mcs].SpectralEfficiency, gapDb);
        }

        return medians;
    }

    private static double MedianDb(double capacitySnrDb, double spectralEfficiency, double gapDb) =>
        capacitySnrDb + gapDb - (DeviateOfTenPercent * ReferenceSpreadDb(spectralEfficiency));

    private static double ReferenceSpreadDb(double spectralEfficiency) => 0.20 + (0.036 * spectralEfficiency);

    private static double SpreadDb(double spectralEfficiency, int codeBlockBits)
    {
        // Exponents of the length between the points: ln 2.1 / ln (1000/270) and ln (4/2.1) / ln (270/112).
        const double nearExponent = 0.56665276;
        const double farExponent = 0.73228788;
        var reference = ReferenceSpreadDb(spectralEfficiency);
        return codeBlockBits switch
        {
            ReferenceCodeBlockBits => reference,
            <= 112 => 4.0 * reference,
            < 270 => 2.1 * reference * Math.Pow(270.0 / codeBlockBits, farExponent),
            < ReferenceCodeBlockBits => reference * Math.Pow((double)ReferenceCodeBlockBits / codeBlockBits, nearExponent),
            >= (int)LongBlockBits => SpreadOfLongBlocksDb,
            _ => reference * Math.Pow(SpreadOfLongBlocksDb / reference, Math.Log(codeBlockBits / (double)ReferenceCodeBlockBits) * (1.0 / 2.10315807)),
        };
    }
}
