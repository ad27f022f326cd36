using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Transport;

/// <summary>The SNR of consecutive slots, and of those before them that reports still speak of.</summary>
/// <remarks>The SNR of a slot is that of the block in which its middle lies, whether blocks are longer or shorter than slots.</remarks>
internal sealed class SlotSnr
{
    private const int LongestPortion = 1024;

    private readonly double[] _snr;    // of the slots from _first on
    private readonly double[] _blocks = new double[LongestPortion];
    private readonly int _lookBack;
    private readonly double _slotSeconds;
    private ISnrProcess _process = null!;
    private double _blocksPerSlot;
    private long _first;
    private long _end;

    internal SlotSnr(double slotSeconds, int lookBack, int slots)
    {
        _slotSeconds = slotSeconds;
        _lookBack = lookBack;
        _snr = new double[lookBack + slots];
    }

    internal void Reset(ISnrProcess process)
    {
        _blocksPerSlot = _slotSeconds / Guard.Positive(process.BlockSeconds);
        (_process, _first, _end) = (process, 0, 0);
    }

    internal double this[long slot] => _snr[(int)(slot - _first)];

    /// <summary>Makes the slots [from, to) available and as many before them as reports look back.</summary>
    internal void Load(long from, long to)
    {
        var first = Math.Max(0, from - _lookBack);
        if (first >= _first && to <= _end)
        {
            return;
        }

        var known = 0;
        if (first >= _first && first < _end && to > _end)
        {
            known = (int)(_end - first);
            _snr.AsSpan((int)(first - _first), known).CopyTo(_snr);
        }

        (_first, _end) = (first, first); // nothing is known should the process throw
        Read(first + known, to, _snr.AsSpan(known));
        _end = to;
    }

    private void Read(long from, long to, Span<double> snr)
    {
        for (var slot = from; slot < to;)
        {
            var firstBlock = BlockOf(slot);
            var portion = (int)Math.Min(to - slot, Math.Max(1.0, (LongestPortion - 2) / _blocksPerSlot));
            var blocks = _blocks.AsSpan(0, (int)(BlockOf(slot + portion - 1) - firstBlock) + 1);
            _process.FillSnr(firstBlock, blocks);
            for (var i = 0; i < portion; i++)
            {
                var value = blocks[(int)(BlockOf(slot + i) - firstBlock)];
                snr[(int)(slot - from) + i] = value >= 0 && value <= double.MaxValue ? value : throw new InvalidOperationException(
                    FormattableString.Invariant($"{_process.GetType().Name} gave the SNR {value} for slot {slot + i}: it must be at least 0 and finite."));
            }

            slot += portion;
        }
    }

    private long BlockOf(long slot) => (long)((slot + 0.5) * _blocksPerSlot);
}
