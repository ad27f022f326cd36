using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.LinkAdaptation;

/// <summary>Goodput per hertz of a link that always knows its SNR and adapts modulation and coding to it.</summary>
/// <remarks>
/// <para>At each SNR the scheme is <see cref="BlockErrorModel.SelectMcsForResources"/>: the highest efficiency whose first transmission
/// meets the target, and the lowest row where none does. A failed block is repeated at the same SNR and chase-combined, so that round k
/// sees k times the SNR. With P(k) the error rate after k rounds, goodput = efficiency (1 - overhead) (1 - P(n)) / (1 + P(1) + ... +
/// P(n-1)): bits delivered per round that is spent.</para>
/// <para>Just above the SNR where a scheme first meets its target, its repetitions can cost more than its efficiency gains. There the
/// goodput of the scheme before is kept: the law is the running maximum, so it never falls.</para>
/// <para>The values come from a table made on construction (a few milliseconds, about 15 kB): 128 cells per octave of SNR, straight lines
/// within. A value lies between the exact ones at the ends of its cell, that is at an SNR at most 0.034 dB away. Below the table,
/// where not even all rounds together deliver 1 bit in 1e12, the law is 0.</para>
/// <para>Immutable, so safe to share between threads; equal where all parameters are equal. Evaluation allocates nothing.</para>
/// <para>Sources: 3GPP TS 38.214 for tables and transport blocks; D. Chase, "Code combining", IEEE Trans. Commun. 33(5), 1985.</para>
/// </remarks>
public sealed record AdaptiveModulationRate : IRateLaw
{
    private const int CellBits = 7;
    private const double Negligible = 1e-12;

    private readonly OctaveGrid _grid;
    private readonly double[] _values;

    /// <summary>Tabulates the law.</summary>
    /// <param name="errorModel">Schemes and their error curves.</param>
    /// <param name="resourceElements">Resource elements of one transport block, at least 1: a resource block of one slot has about 150. They set the length of the blocks, hence how steep the errors are, not the efficiency.</param>
    /// <param name="targetBler">Error rate of the first transmission that is accepted, in (0, 1); 0.1 by default.</param>
    /// <param name="overheadShare">Share of the band and time that carries no data: cyclic prefix, guards, pilots, control; in [0, 1); 0.14 by default.</param>
    /// <param name="maximumRounds">Transmissions of a block at most, the first included, 1 to 16; 4 by default.</param>
    /// <exception cref="ArgumentNullException">There is no error model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or out of range.</exception>
    public AdaptiveModulationRate(
        BlockErrorModel errorModel, int resourceElements, double targetBler = 0.1, double overheadShare = PeakRate.DownlinkOverheadFr1, int maximumRounds = 4)
    {
        ArgumentNullException.ThrowIfNull(errorModel);
        ErrorModel = errorModel;
        ResourceElements = Guard.InRange(resourceElements, 1, 100_000_000);
        TargetBler = Guard.InRange(targetBler, double.Epsilon, Math.BitDecrement(1.0));
        OverheadShare = Guard.InRange(overheadShare, 0.0, Math.BitDecrement(1.0));
        MaximumRounds = Guard.InRange(maximumRounds, 1, 16);
        MaximumSpectralEfficiency = errorModel.Table.MaximumSpectralEfficiency * (1.0 - overheadShare);
        _grid = GridInReach();
        _values = new double[_grid.Cells + 1];
        var mcs = Scheme(_grid.Point(0));
        for (var i = 1; i < _grid.Cells; i++)
        {
            var before = BestBeforeSwitches(ref mcs, _grid.Point(i - 1), _grid.Point(i));
            var here = SpectralEfficiencyOfScheme(mcs, _grid.Point(i));
            _values[i] = Math.Max(_values[i - 1], Math.Min(MaximumSpectralEfficiency, Math.Max(before, here)));
        }

        _values[_grid.Cells] = MaximumSpectralEfficiency;
    }

    /// <summary>Schemes and their error curves.</summary>
    public BlockErrorModel ErrorModel { get; }

    /// <summary>Resource elements of one transport block.</summary>
    public int ResourceElements { get; }

    /// <summary>Error rate of the first transmission that is accepted.</summary>
    public double TargetBler { get; }

    /// <summary>Share of the band and time that carries no data.</summary>
    public double OverheadShare { get; }

    /// <summary>Transmissions of a block at most, the first included.</summary>
    public int MaximumRounds { get; }

    /// <summary>The ceiling, bit/s/Hz: the best scheme without an error, overhead taken off.</summary>
    public double MaximumSpectralEfficiency { get; }

    /// <inheritdoc/>
    public double SpectralEfficiency(double snrLinear)
    {
        var cell = _grid.Cell(snrLinear);
        return (ulong)cell < (ulong)_grid.Cells ? Within((int)cell, _grid.Fraction(snrLinear)) : Outside(snrLinear);
    }

    /// <inheritdoc/>
    public void SpectralEfficiencies(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = SpectralEfficiency(value);
        }
    }

    /// <summary>Goodput of one scheme at an SNR, bit/s/Hz, repetitions and overhead counted: exact, not from the table.</summary>
    /// <param name="mcs">Index of the scheme.</param>
    /// <param name="snrLinear">Linear (not dB) signal-to-noise ratio per symbol, at least 0; infinity is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is reserved or out of range, or the SNR is NaN or negative.</exception>
    public double SpectralEfficiencyOfScheme(int mcs, double snrLinear)
    {
        var scheme = ErrorModel.Table[mcs];
        var bits = TransportBlockSize.Bits(ResourceElements, scheme);
        var (residual, rounds) = (1.0, 0.0);
        for (var k = 1; k <= MaximumRounds; k++)
        {
            rounds += residual;
            residual = ErrorModel.TransportBlockErrorRate(mcs, k * snrLinear, bits);
        }

        return scheme.SpectralEfficiency * (1.0 - OverheadShare) * (1.0 - residual) / rounds;
    }

    /// <summary>Equal where all parameters are equal.</summary>
    /// <param name="other">The other law.</param>
    public bool Equals(AdaptiveModulationRate? other) => other is not null
        && ErrorModel.Equals(other.ErrorModel)
        && (ResourceElements, TargetBler, OverheadShare, MaximumRounds)
            == (other.ResourceElements, other.TargetBler, other.OverheadShare, other.MaximumRounds);

    /// <summary>A hash code of all parameters.</summary>
    public override int GetHashCode() => HashCode.Combine(ErrorModel, ResourceElements, TargetBler, OverheadShare, MaximumRounds);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Within(int cell, double fraction)
    {
        var (low, high) = (_values[cell], _values[cell + 1]);
        return Math.Min(high, low + (fraction * (high - low)));
    }

    private double Outside(double snrLinear) => snrLinear >= 0
        ? snrLinear < _grid.Point(0) ? 0.0 : MaximumSpectralEfficiency
        : throw new ArgumentOutOfRangeException(nameof(snrLinear), snrLinear, "Must be at least 0.");

    private int Scheme(double snrLinear) => Math.Max(0, ErrorModel.SelectMcsForResources(snrLinear, ResourceElements, TargetBler));

    private double Selected(double snrLinear) => SpectralEfficiencyOfScheme(Scheme(snrLinear), snrLinear);

    /// <summary>The goodput that each scheme of a cell has reached where the next takes over, the best of them; a scheme once left does not come back.</summary>
    private double BestBeforeSwitches(ref int mcs, double from, double to)
    {
        var best = 0.0;
        for (var last = Scheme(to); mcs != last;)
        {
            var (low, high) = (from, to);
            for (var middle = 0.5 * (low + high); middle > low && middle < high; middle = 0.5 * (low + high))
            {
                (low, high) = Scheme(middle) == mcs ? (middle, high) : (low, middle);
            }

            best = Math.Max(best, SpectralEfficiencyOfScheme(mcs, low));
            (from, mcs) = (high, Scheme(high));
        }

        return best;
    }

    /// <summary>The octaves from where next to nothing gets through to where the best scheme runs without an error.</summary>
    private OctaveGrid GridInReach()
    {
        var middle = Math.ILogB(Decibels.ToLinear(ErrorModel.ThresholdDb(0, BlockErrorModel.ReferenceCodeBlockBits)));
        var (low, high) = (middle, middle + 1);
        while (Selected(Math.ScaleB(1.0, low)) > Negligible)
        {
            low--;
        }

        while (Selected(Math.ScaleB(1.0, high)) < MaximumSpectralEfficiency * (1.0 - Negligible))
        {
            high++;
        }

        return new(low, high, CellBits);
    }
}
