using System.Runtime.CompilerServices;
using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>Everything about blocks that does not change from slot to slot: sizes, the SNR at which each scheme meets the target, and bounds that decide most decodings without the error curve.</summary>
/// <remarks>A format is a scheme in a slot of a given capacity; formats of one capacity lie side by side. Immutable after construction.</remarks>
internal sealed class TransportFormats
{
    private const int Levels = 16; // a draw in [j, j + 1) / 16 is decided by the SNRs where the error rate crosses these two values
    private const double SmallLevel = 1.0 / 1024;
    private const double LowestDb = -60.0;
    private const double HighestDb = 100.0;

    private readonly IBlockErrorModel _errorModel;
    private readonly int _schemes;
    private readonly int[] _elements;       // [capacity]: resource elements
    private readonly int[] _bits;           // [capacity, scheme]
    private readonly int[] _schemeOfRank;   // by rising spectral efficiency
    private readonly double[] _requiredDb;  // [capacity, rank]: the least SNR at which this or a better scheme meets the target
    private readonly double[] _failLinear;  // [format, level]: below it the error rate exceeds level / 16
    private readonly double[] _passLinear;  // [format, level]: from it on the error rate is at most level / 16; place 0 serves the small level
    private readonly double[] _reportLinear; // [cqi - 1]: least SNR of each channel quality index
    private readonly double[] _reportDb;     // [cqi]: what the scheduler takes it for

    // Tables take milliseconds to make, and every link of a simulation has the same options.
    private static readonly ConditionalWeakTable<AdaptedLinkOptions, TransportFormats> Prepared = [];

    private TransportFormats(AdaptedLinkOptions options)
    {
        _errorModel = options.ErrorModel;
        _schemes = _errorModel.Schemes.Count;
        var period = options.Duplexing.PeriodSlots;
        CapacityOfSlot = new int[Guard.InRange(period, 1, 65536)];
        var shares = new List<double>();
        for (var slot = 0; slot < period; slot++)
        {
            var share = Guard.InRange(options.Duplexing.SlotShare(options.Direction, slot), 0.0, 1.0);
            var known = shares.IndexOf(share);
            CapacityOfSlot[slot] = options.ElementsOf(share) == 0 ? -1 : known >= 0 ? known : shares.Count;
            if (CapacityOfSlot[slot] == shares.Count)
            {
                shares.Add(share);
            }
        }

        _elements = [.. shares.Select(options.ElementsOf)];
        _schemeOfRank = [.. Enumerable.Range(0, _schemes).OrderBy(i => _errorModel.Schemes[i].SpectralEfficiency)];
        _bits = new int[_elements.Length * _schemes];
        _requiredDb = new double[_bits.Length];
        _failLinear = new double[_bits.Length * (Levels + 1)];
        _passLinear = new double[_bits.Length * (Levels + 1)];
        for (var capacity = 0; capacity < _elements.Length; capacity++)
        {
            PrepareCapacity(capacity, options.TargetBlockErrorRate);
        }

        (_reportLinear, _reportDb) = PrepareReports(options);
    }

    /// <summary>The tables of some options; made once for each object.</summary>
    internal static TransportFormats Of(AdaptedLinkOptions options) => Prepared.GetValue(options, static given => new TransportFormats(given));

    /// <summary>Per slot of the pattern: which capacity it has, or -1 for a slot of the other direction.</summary>
    internal int[] CapacityOfSlot { get; }

    internal int BitsOf(int format) => _bits[format];

    internal int SchemeOf(int format) => format % _schemes;

    internal int FormatOf(int capacity, int scheme) => (capacity * _schemes) + scheme;

    /// <summary>The part of a block that a slot of a capacity can repeat, in (0, 1].</summary>
    internal double RepeatedShare(int format, int capacity)
    {
        var (room, size) = (_elements[capacity], _elements[format / _schemes]);
        return room >= size ? 1.0 : (double)room / size;
    }

    /// <summary>The scheme of the highest spectral efficiency that meets the target at an SNR; the lowest where none does.</summary>
    internal int Choose(int capacity, double snrDb)
    {
        var required = _requiredDb.AsSpan(capacity * _schemes, _schemes);
        var (low, high) = (0, _schemes);
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            if (required[middle] <= snrDb)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (capacity * _schemes) + _schemeOfRank[low];
    }

    /// <summary>Whether a draw is at or above the error rate at an SNR.</summary>
    internal bool IsDecoded(int format, double snrLinear, double draw)
    {
        var level = (int)(draw * Levels);
        var place = (format * (Levels + 1)) + level;
        if (snrLinear >= _passLinear[place] && (level > 0 || draw >= SmallLevel))
        {
            return true;
        }

        return snrLinear > _failLinear[place + 1] && draw >= ErrorRate(format, snrLinear);
    }

    internal double ErrorRate(int format, double snrLinear) =>
        _errorModel.TransportBlockErrorRate(format % _schemes, snrLinear, _bits[format]);

    /// <summary>The channel quality index of an SNR, 0 for out of range; -1 where the SNR itself is reported.</summary>
    internal int Quantise(double snrLinear)
    {
        if (_reportLinear.Length == 0)
        {
            return -1;
        }

        var cqi = _reportLinear.Length;
        while (cqi > 0 && snrLinear < _reportLinear[cqi - 1])
        {
            cqi--;
        }

        return cqi;
    }

    /// <summary>What the scheduler takes a report for, dB.</summary>
    internal double ReportedDb(int cqi, double snrLinear) => cqi >= 0 ? _reportDb[cqi] : Math.Max(LowestDb, Decibels.FromLinear(snrLinear));

    private void PrepareCapacity(int capacity, double target)
    {
        for (var scheme = 0; scheme < _schemes; scheme++)
        {
            var format = FormatOf(capacity, scheme);
            _bits[format] = TransportBlockSize.Bits(_elements[capacity], _errorModel.Schemes[scheme]);
            PrepareLevels(format);
        }

        var better = double.PositiveInfinity;
        for (var rank = _schemes - 1; rank >= 0; rank--)
        {
            better = Math.Min(better, RequiredDb(FormatOf(capacity, _schemeOfRank[rank]), target));
            _requiredDb[(capacity * _schemes) + rank] = better;
        }
    }

    /// <summary>Brackets the SNR of each level to 0.02 dB, from the worst error rate to the best.</summary>
    private void PrepareLevels(int format)
    {
        var places = format * (Levels + 1);
        _failLinear[places + Levels] = -1.0; // no error rate exceeds 1
        var db = LowestDb;
        for (var level = Levels; level >= 0; level--)
        {
            var rate = level == Levels ? 1.0 : level == 0 ? SmallLevel : (double)level / Levels;
            var step = 0.02;
            var low = double.NegativeInfinity;
            while (db < HighestDb && ErrorRate(format, Decibels.ToLinear(db)) > rate)
            {
                (low, db, step) = (db, db + step, step * 2);
            }

            while (db < HighestDb && db - low > 0.021 && double.IsFinite(low))
            {
                var middle = 0.5 * (low + db);
                (low, db) = ErrorRate(format, Decibels.ToLinear(middle)) > rate ? (middle, db) : (low, middle);
            }

            _passLinear[places + level] = db < HighestDb ? Decibels.ToLinear(db) : double.PositiveInfinity;
            if (level < Levels)
            {
                _failLinear[places + level] = double.IsFinite(low) ? Decibels.ToLinear(low) : -1.0;
            }

            db = double.IsFinite(low) ? low : db;
        }
    }

    /// <summary>The least SNR at which blocks of a scheme fail at most at the target, dB; positive infinity where there is none.</summary>
    private double RequiredDb(int format, double target)
    {
        var (low, high) = (LowestDb, HighestDb);
        if (ErrorRate(format, Decibels.ToLinear(high)) > target)
        {
            return double.PositiveInfinity;
        }

        while (high - low > 1e-9)
        {
            var middle = 0.5 * (low + high);
            (low, high) = ErrorRate(format, Decibels.ToLinear(middle)) > target ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>An index stands for the least SNR at which it is reported; index 0 for 3 dB below the first.</summary>
    private static (double[] Linear, double[] Db) PrepareReports(AdaptedLinkOptions options)
    {
        if (options.ReportTable is not { } table)
        {
            return ([], []);
        }

        var linear = new double[table.Maximum];
        for (var cqi = 1; cqi <= linear.Length; cqi++)
        {
            linear[cqi - 1] = options.ErrorModel.ReportSnrLinear(table, cqi, options.TargetBlockErrorRate);
        }

        var db = Array.ConvertAll(linear, Decibels.FromLinear);
        return (linear, [db[0] - 3.0, .. db]);
    }
}
