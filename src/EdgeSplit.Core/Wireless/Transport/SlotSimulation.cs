using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The state of an adapted link between two slots, and the step over one slot.</summary>
/// <remarks>
/// Order within a slot: the feedback of what was sent one round trip ago arrives and moves the outer loop; a block that waits for its next
/// round is sent; otherwise, if a process is free, a new block with bits that RLC put back, else with new bits. Nothing is allocated after construction.
/// </remarks>
internal sealed class SlotSimulation
{
    private readonly AdaptedLinkOptions _options;
    private readonly TransportFormats _formats;
    private readonly int[] _capacityOfSlot;
    private readonly int _processes;
    private readonly int _maximumRounds;
    private readonly HarqBlock[] _onAir;     // [slot modulo round trip]: sent, feedback still under way
    private readonly HarqBlock[] _waiting;   // first in, first out: wait for the slot of their next round
    private readonly (long OriginSlot, int Bits)[] _returned; // by RLC, first in, first out; one entry per origin
    private int _waitingFirst;
    private int _waitingCount;
    private int _returnedFirst;
    private int _returnedCount;
    private int _busy;
    private int _place;        // next slot modulo round trip
    private int _patternPlace; // next slot modulo period

    internal SlotSimulation(AdaptedLinkOptions options, TransportFormats formats)
    {
        (_options, _formats) = (options, formats);
        _capacityOfSlot = formats.CapacityOfSlot;
        (_processes, _maximumRounds) = (options.Processes, options.MaximumRounds);
        _onAir = new HarqBlock[options.RoundTripSlots];
        _waiting = new HarqBlock[_processes];
        _returned = new (long, int)[_processes + 1];
        Restart();
    }

    internal long NextSlot { get; private set; }

    internal double OffsetDb { get; private set; }

    /// <summary>Bits that were sent and have neither arrived nor been lost: counted from the queues themselves.</summary>
    internal long UndeliveredBits
    {
        get
        {
            var bits = 0L;
            foreach (ref readonly var block in _onAir.AsSpan())
            {
                bits += block.State == HarqState.Failed && (block.Round < _maximumRounds || _options.HasRadioLinkControl) ? block.Bits : 0;
            }

            for (var i = 0; i < _waitingCount; i++)
            {
                bits += _waiting[(_waitingFirst + i) % _waiting.Length].Bits;
            }

            for (var i = 0; i < _returnedCount; i++)
            {
                bits += _returned[(_returnedFirst + i) % _returned.Length].Bits;
            }

            return bits;
        }
    }

    /// <summary>Back to slot 0: empty queues, the loop at its initial offset.</summary>
    internal void Restart()
    {
        NextSlot = 0;
        OffsetDb = _options.OuterLoop?.InitialOffsetDb ?? 0.0;
        _onAir.AsSpan().Clear();
        (_waitingFirst, _waitingCount, _returnedFirst, _returnedCount) = (0, 0, 0, 0);
        (_busy, _place, _patternPlace) = (0, 0, 0);
    }

    /// <summary>Runs one slot.</summary>
    /// <param name="snrLinear">SNR in the slot.</param>
    /// <param name="reportedDb">What the scheduler takes the channel for, without the offset.</param>
    /// <param name="reportedCqi">The index behind it, for the record.</param>
    /// <param name="draw">Uniform number that belongs to the slot.</param>
    /// <param name="key">Stream of the further draws that rounds need where nothing is combined.</param>
    /// <param name="entity">The link.</param>
    /// <param name="record">Receives what happened.</param>
    internal void Step(double snrLinear, double reportedDb, int reportedCqi, double draw, StreamKey key, ulong entity, out AdaptedSlot record)
    {
        var slot = NextSlot++;
        ref var place = ref _onAir[_place];
        _place = _place + 1 == _onAir.Length ? 0 : _place + 1;
        if (place.State != HarqState.Empty)
        {
            TakeFeedback(ref place);
        }

        var capacity = _capacityOfSlot[_patternPlace];
        _patternPlace = _patternPlace + 1 == _capacityOfSlot.Length ? 0 : _patternPlace + 1;
        SlotUse use;
        if (capacity >= 0 && _waitingCount > 0)
        {
            use = SlotUse.HarqRetransmission;
            place = _waiting[_waitingFirst];
            _waitingFirst = _waitingFirst + 1 == _waiting.Length ? 0 : _waitingFirst + 1;
            _waitingCount--;
            Combine(ref place, snrLinear, _formats.RepeatedShare(place.Format, capacity));
            if (_options.Combining == HarqCombining.None)
            {
                var random = new RandomSource(key, entity, (ulong)place.FirstSlot, (ulong)place.Round);
                place.Draw = random.NextUniform(); // independent decodings need draws of their own
            }

            place.Round++;
        }
        else if (capacity >= 0 && _busy < _processes)
        {
            use = Begin(ref place, slot, _options.FixedMcs is { } mcs ? _formats.FormatOf(capacity, mcs) : _formats.Choose(capacity, reportedDb + OffsetDb));
            place.CombinedSnrLinear = snrLinear;
            place.Draw = draw;
        }
        else
        {
            record = new(slot, snrLinear, capacity < 0 ? SlotUse.Closed : SlotUse.Stalled, reportedCqi, OffsetDb, -1, 0, 0.0, 0, false, false, -1);
            return;
        }

        place.LastSlot = slot;
        var isDecoded = _formats.IsDecoded(place.Format, place.CombinedSnrLinear, place.Draw);
        place.State = isDecoded ? HarqState.Decoded : HarqState.Failed;
        var isErased = !isDecoded && place.Round == _maximumRounds && !_options.HasRadioLinkControl;
        record = new(
            slot, snrLinear, use, reportedCqi, OffsetDb, _formats.SchemeOf(place.Format), place.Round, place.CombinedSnrLinear, place.Bits, isDecoded, isErased, place.OriginSlot);
    }

    internal void Save(CheckpointStore store)
    {
        store.Begin(NextSlot, OffsetDb);
        foreach (ref readonly var block in _onAir.AsSpan())
        {
            if (block.State != HarqState.Empty)
            {
                store.AddOnAir(block);
            }
        }

        for (var i = 0; i < _waitingCount; i++)
        {
            store.AddWaiting(_waiting[(_waitingFirst + i) % _waiting.Length]);
        }

        for (var i = 0; i < _returnedCount; i++)
        {
            store.AddReturned(_returned[(_returnedFirst + i) % _returned.Length]);
        }

        store.End();
    }

    internal void Load(CheckpointStore store, int checkpoint)
    {
        Restart();
        var (nextSlot, offsetDb) = store.Read(checkpoint, out var onAir, out var waiting, out var returned);
        (NextSlot, OffsetDb) = (nextSlot, offsetDb);
        _place = (int)(nextSlot % _onAir.Length);
        _patternPlace = (int)(nextSlot % _capacityOfSlot.Length);
        foreach (ref readonly var block in onAir)
        {
            _onAir[(int)(block.LastSlot % _onAir.Length)] = block;
        }

        waiting.CopyTo(_waiting);
        returned.CopyTo(_returned);
        (_waitingCount, _returnedCount) = (waiting.Length, returned.Length);
        _busy = onAir.Length + waiting.Length;
    }

    private void TakeFeedback(ref HarqBlock block)
    {
        var isDecoded = block.State == HarqState.Decoded;
        block.State = HarqState.Empty;
        if (block.Round == 1 && _options.OuterLoop is { } loop)
        {
            OffsetDb = loop.Next(OffsetDb, isDecoded);
        }

        if (!isDecoded && block.Round < _maximumRounds)
        {
            var last = _waitingFirst + _waitingCount++;
            _waiting[last >= _waiting.Length ? last - _waiting.Length : last] = block;
            return;
        }

        _busy--;
        if (!isDecoded && _options.HasRadioLinkControl)
        {
            Return(block.OriginSlot, block.Bits);
        }
    }

    /// <summary>Takes a process for a new block: of bits that RLC put back, or of new ones.</summary>
    private SlotUse Begin(ref HarqBlock block, long slot, int format)
    {
        _busy++;
        block.FirstSlot = slot;
        block.Format = format;
        block.Round = 1;
        var size = _formats.BitsOf(format);
        if (_returnedCount == 0)
        {
            (block.OriginSlot, block.Bits) = (slot, size);
            return SlotUse.NewData;
        }

        ref var first = ref _returned[_returnedFirst];
        (block.OriginSlot, block.Bits) = (first.OriginSlot, Math.Min(size, first.Bits)); // the rest of the block is padding
        first.Bits -= block.Bits;
        if (first.Bits == 0)
        {
            _returnedFirst = (_returnedFirst + 1) % _returned.Length;
            _returnedCount--;
        }

        return SlotUse.RlcRetransmission;
    }

    /// <summary>Bits come back to RLC. While any wait no new data is sent, so there are never more origins than processes.</summary>
    private void Return(long originSlot, int bits)
    {
        for (var i = 0; i < _returnedCount; i++)
        {
            ref var entry = ref _returned[(_returnedFirst + i) % _returned.Length];
            if (entry.OriginSlot == originSlot)
            {
                entry.Bits += bits;
                return;
            }
        }

        _returned[(_returnedFirst + _returnedCount++) % _returned.Length] = (originSlot, bits);
    }

    private void Combine(ref HarqBlock block, double snrLinear, double repeatedShare)
    {
        var before = block.CombinedSnrLinear;
        block.CombinedSnrLinear = _options.Combining switch
        {
            HarqCombining.Chase => before + (repeatedShare * snrLinear),
            HarqCombining.IncrementalRedundancy when repeatedShare < 1 => ((1.0 + before) * Math.Pow(1.0 + snrLinear, repeatedShare)) - 1.0,
            HarqCombining.IncrementalRedundancy => before + snrLinear + (before * snrLinear),
            _ => repeatedShare * snrLinear,
        };
    }
}
