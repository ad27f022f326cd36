using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.LinkAdaptation;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>A link simulated slot by slot: delayed reports, a scheme per slot, decoding, HARQ and RLC, under a full buffer.</summary>
/// <remarks>
/// <para>In each slot of its direction the sender knows a delayed and quantised report of the SNR and the offset of the outer loop. It takes the scheme of the
/// highest efficiency whose error rate meets the target there (the lowest where none does) and sends one transport block. A block that was not decoded is
/// sent again after the round trip and takes the place of a new one; the receiver combines the rounds. After the last round RLC puts its bits
/// back, to be sent in new blocks before any new data, so that every bit arrives in the end; without RLC they are lost. Before the first report is
/// old enough the sender knows the SNR of slot 0.</para>
/// <para>A block is decoded if its draw u is at least the error rate at the combined SNR. With combining one draw serves all rounds: each adds to what the
/// receiver has. Without combining each round has its own. The draw is the first of RandomSource(key.Derive("decoding"), entity, slot of the first round, 0).</para>
/// <para>As efficiency process: bits that arrived in the slot over bandwidth and slot length. The direction's share of the slots is in it already, so
/// put a whole share beside it, not the pattern again. The values are a pure function of options, SNR process, key and entity: any order of calls gives the same bits.</para>
/// <para>The state is kept every 256 slots, some 100 bytes per block on the air; reading a slot far ahead runs through all slots before it once. Apart from these
/// growing tables nothing is allocated. Not thread-safe: one link per thread.</para>
/// </remarks>
public sealed class AdaptedLink : IEfficiencyProcess, ISnrProcess
{
    /// <summary>Slots that a link can have: 2^32, some 25 days at 0.5 ms.</summary>
    public const long MaximumSlots = 1L << 32;

    private const int SegmentSlots = 256;

    private static readonly UniformDistribution UnitInterval = new(0.0, 1.0);

    private readonly TransportFormats _formats;
    private readonly SlotSimulation _simulation;
    private readonly CheckpointStore _checkpoints = new();
    private readonly SlotSnr _snr;
    private readonly double[] _draws = new double[SegmentSlots];
    private readonly AdaptedSlot[] _segment = new AdaptedSlot[SegmentSlots];
    private readonly double _efficiencyPerBit;
    private readonly int _reportDelay;
    private readonly int _reportPeriod;
    private StreamKey _key;
    private ulong _entity;
    private long _segmentNumber = -1; // whose slots lie in _segment
    private long _loadedNumber = -1;  // whose SNRs and draws are loaded
    private long _reportSlot = -1;
    private int _reportedCqi;
    private double _reportedDb;

    /// <summary>Creates a link at slot 0.</summary>
    /// <param name="options">How the link is adapted.</param>
    /// <param name="snr">SNR over time; its blocks need not agree with the slots.</param>
    /// <param name="key">Stream of the draws that decide decodings.</param>
    /// <param name="entity">The link, for example the number of the device.</param>
    /// <exception cref="ArgumentNullException">Options or process are null.</exception>
    public AdaptedLink(AdaptedLinkOptions options, ISnrProcess snr, StreamKey key, ulong entity)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        BlockSeconds = Guard.Positive(options.SlotSeconds);
        _formats = TransportFormats.Of(options);
        _simulation = new SlotSimulation(options, _formats);
        (_reportDelay, _reportPeriod) = (options.ReportDelaySlots, options.ReportPeriodSlots);
        _snr = new SlotSnr(BlockSeconds, _reportDelay + _reportPeriod, SegmentSlots);
        _efficiencyPerBit = 1.0 / (options.BandwidthHz * BlockSeconds);
        SnrProcess = snr;
        Reset(snr, key, entity);
    }

    /// <summary>How the link is adapted.</summary>
    public AdaptedLinkOptions Options { get; }

    /// <summary>SNR over time.</summary>
    public ISnrProcess SnrProcess { get; private set; }

    /// <summary>Length of a slot, seconds.</summary>
    public double BlockSeconds { get; }

    /// <summary>Starts another link of the same options and keeps prepared tables and buffers.</summary>
    /// <param name="snr">SNR over time.</param>
    /// <param name="key">Stream of the draws that decide decodings.</param>
    /// <param name="entity">The link.</param>
    /// <exception cref="ArgumentNullException">The process is null.</exception>
    public void Reset(ISnrProcess snr, StreamKey key, ulong entity)
    {
        ArgumentNullException.ThrowIfNull(snr);
        SnrProcess = snr;
        (_key, _entity) = (key.Derive("decoding"), entity);
        _snr.Reset(snr);
        _checkpoints.Clear();
        _simulation.Restart();
        _simulation.Save(_checkpoints);
        _segmentNumber = _loadedNumber = _reportSlot = -1;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves [0, <see cref="MaximumSlots"/>].</exception>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        CheckRange(firstBlock, spectralEfficiency.Length, nameof(firstBlock));
        for (var done = 0; done < spectralEfficiency.Length;)
        {
            var slots = Slots(firstBlock + done, spectralEfficiency.Length - done);
            for (var i = 0; i < slots.Length; i++)
            {
                spectralEfficiency[done + i] = slots[i].DeliveredBits * _efficiencyPerBit;
            }

            done += slots.Length;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The SNR at the start of each slot.</remarks>
    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        CheckRange(firstBlock, snrLinear.Length, nameof(firstBlock));
        for (var i = 0; i < snrLinear.Length; i++)
        {
            SnrProcess.FillSnr(TimeBlock.At((firstBlock + i) * BlockSeconds, SnrProcess.BlockSeconds), snrLinear.Slice(i, 1));
        }
    }

    /// <summary>What happened in consecutive slots.</summary>
    /// <param name="firstSlot">Number of the first slot, at least 0.</param>
    /// <param name="slots">Receives one record per slot; shape [slots].</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves [0, <see cref="MaximumSlots"/>].</exception>
    public void FillSlots(long firstSlot, Span<AdaptedSlot> slots)
    {
        CheckRange(firstSlot, slots.Length, nameof(firstSlot));
        for (var done = 0; done < slots.Length;)
        {
            var part = Slots(firstSlot + done, slots.Length - done);
            part.CopyTo(slots[done..]);
            done += part.Length;
        }
    }

    /// <summary>Counts over a range of slots.</summary>
    /// <param name="firstSlot">Number of the first slot, at least 0.</param>
    /// <param name="slots">Number of slots, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves [0, <see cref="MaximumSlots"/>].</exception>
    public AdaptedLinkStatistics Statistics(long firstSlot, long slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        CheckRange(firstSlot, slots, nameof(firstSlot));
        var before = UndeliveredBitsAt(firstSlot);
        var counts = default(SlotCounts);
        for (var slot = firstSlot; slot < firstSlot + slots;)
        {
            var part = Slots(slot, firstSlot + slots - slot);
            foreach (ref readonly var record in part)
            {
                counts.Add(record, Options.MaximumRounds);
            }

            slot += part.Length;
        }

        return counts.ToStatistics(slots, slots * BlockSeconds, before, UndeliveredBitsAt(firstSlot + slots));
    }

    /// <summary>The records from a slot on: at least one, at most a segment, at most as many as wanted.</summary>
    internal ReadOnlySpan<AdaptedSlot> Slots(long firstSlot, long wanted)
    {
        var number = firstSlot / SegmentSlots;
        if (number != _segmentNumber)
        {
            Simulate(number);
        }

        var offset = (int)(firstSlot % SegmentSlots);
        return _segment.AsSpan(offset, (int)Math.Min(wanted, SegmentSlots - offset));
    }

    /// <summary>Bits that before a slot were sent and had neither arrived nor been lost, counted from the queues.</summary>
    private long UndeliveredBitsAt(long slot)
    {
        var number = slot / SegmentSlots;
        MoveTo(number);
        Run(number, (int)(slot % SegmentSlots));
        return _simulation.UndeliveredBits;
    }

    private void Simulate(long number)
    {
        MoveTo(number);
        Run(number, SegmentSlots);
        _segmentNumber = number;
        SaveIfNew(number + 1);
    }

    /// <summary>Puts the simulation at the start of a segment, through all segments before it that were never run.</summary>
    private void MoveTo(long number)
    {
        var known = Math.Min(number, _checkpoints.Count - 1);
        if (_simulation.NextSlot != known * SegmentSlots)
        {
            _simulation.Load(_checkpoints, (int)known);
        }

        for (; known < number; known++)
        {
            Run(known, SegmentSlots);
            SaveIfNew(known + 1);
        }
    }

    private void SaveIfNew(long number)
    {
        if (number == _checkpoints.Count)
        {
            _simulation.Save(_checkpoints);
        }
    }

    /// <summary>Runs the first slots of a segment, at whose start the simulation stands.</summary>
    private void Run(long number, int slots)
    {
        var first = number * SegmentSlots;
        _segmentNumber = -1;
        if (_loadedNumber != number)
        {
            _loadedNumber = -1;
            _snr.Load(first, first + SegmentSlots);
            BlockVariates.FillUniform(_key, _entity, (ulong)first, UnitInterval, _draws);
            _loadedNumber = number;
        }

        for (var i = 0; i < slots; i++)
        {
            TakeReport(first + i);
            _simulation.Step(_snr[first + i], _reportedDb, _reportedCqi, _draws[i], _key, _entity, out _segment[i]);
        }
    }

    private void TakeReport(long slot)
    {
        var measured = slot < _reportDelay ? 0 : (slot - _reportDelay) / _reportPeriod * _reportPeriod;
        if (measured != _reportSlot)
        {
            var snr = _snr[measured];
            _reportedCqi = _formats.Quantise(snr);
            _reportedDb = _formats.ReportedDb(_reportedCqi, snr);
            _reportSlot = measured;
        }
    }

    private static void CheckRange(long first, long count, string name)
    {
        if (!(first >= 0 && count <= MaximumSlots - first))
        {
            throw new ArgumentOutOfRangeException(name, first, FormattableString.Invariant($"Must be at least 0, and the range of {count} must end by slot {MaximumSlots}."));
        }
    }
}
