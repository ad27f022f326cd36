using System.Runtime.CompilerServices;

namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>When transfers end on a link whose rate changes: the cumulative bits of an efficiency process and their inverse.</summary>
/// <remarks>
/// <para>A message of B bits on a bandwidth of W hertz needs q = B / W bits per hertz, and ends at the time at which the integral of the
/// spectral efficiency from its start reaches q: not at start + q / efficiency(start). Laws: on a constant process the end is start +
/// q / efficiency; two messages back to back end when one of the joint size would (to rounding); the end does not fall when size or start
/// grow; <see cref="BitsPerHertz"/> from the start to the end gives q back.</para>
/// <para>Stretches of rate zero delay a transfer. One that has not ended <see cref="HorizonSeconds"/> after its start is unreachable: the
/// answer is positive infinity (so with a dead stretch longer than the horizon a later start may reach what an earlier one does not).
/// A size of zero ends at its start, whatever the rate.</para>
/// <para>A transfer over n blocks costs O(log n) once the blocks have been read; one that ends within the block last touched costs about
/// ten nanoseconds. Results depend on the process alone, never on earlier calls: buffers and cursor only save work.</para>
/// <para>Not thread-safe: one timeline per thread. After warm-up nothing is allocated; <see cref="Reset"/> reuses the buffers.</para>
/// </remarks>
public sealed class LinkTimeline
{
    /// <summary>The usual horizon, one hour, in seconds.</summary>
    public const double DefaultHorizonSeconds = 3600.0;

    private const double MaximumBlocks = 1L << 52; // block numbers stay exact as doubles

    private readonly BlockSums _sums;
    private double _blockSeconds;
    private double _blocksPerSecond;
    private long _cursorBlock;
    private double _cursorStartSeconds;
    private double _cursorEndSeconds; // at or below the start: no cursor
    private double _cursorEfficiency;

    /// <summary>Creates a timeline.</summary>
    /// <param name="process">The efficiency over time; its values are read when first needed.</param>
    /// <param name="horizonSeconds">A transfer that lasts longer is unreachable, seconds, positive; default <see cref="DefaultHorizonSeconds"/>.</param>
    /// <exception cref="ArgumentNullException">The process is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is NaN, infinite or not positive.</exception>
    public LinkTimeline(IEfficiencyProcess process, double horizonSeconds = DefaultHorizonSeconds)
    {
        ArgumentNullException.ThrowIfNull(process);
        HorizonSeconds = Guard.Positive(horizonSeconds);
        _sums = new BlockSums(process);
        Process = process;
        _blockSeconds = process.BlockSeconds;
        _blocksPerSecond = 1.0 / _blockSeconds;
    }

    /// <summary>The process under this timeline.</summary>
    public IEfficiencyProcess Process { get; private set; }

    /// <summary>A transfer that lasts longer than this is unreachable, seconds.</summary>
    public double HorizonSeconds { get; }

    /// <summary>Puts another process under this timeline and keeps the buffers.</summary>
    /// <param name="process">The efficiency over time.</param>
    /// <exception cref="ArgumentNullException">The process is null.</exception>
    public void Reset(IEfficiencyProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        _sums.Reset(process);
        Process = process;
        _blockSeconds = process.BlockSeconds;
        _blocksPerSecond = 1.0 / _blockSeconds;
        _cursorStartSeconds = _cursorEndSeconds = 0.0;
    }

    /// <summary>Spectral efficiency at an instant, bit/s/Hz.</summary>
    /// <param name="seconds">Absolute time, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite, negative or beyond 2^52 blocks.</exception>
    public double EfficiencyAt(double seconds)
    {
        MoveTo(Guard.NonNegative(seconds));
        return _cursorEfficiency;
    }

    /// <summary>What the link can carry between two instants, bits per hertz.</summary>
    /// <param name="startSeconds">Absolute start, seconds, at least 0 and finite.</param>
    /// <param name="endSeconds">Absolute end, seconds, at least the start and finite; the horizon does not apply.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is NaN, infinite, negative, or the end lies before the start.</exception>
    public double BitsPerHertz(double startSeconds, double endSeconds)
    {
        Guard.NonNegative(startSeconds);
        Guard.InRange(endSeconds, startSeconds, double.MaxValue);
        MoveTo(startSeconds);
        if (endSeconds <= _cursorEndSeconds)
        {
            return _cursorEfficiency * (endSeconds - startSeconds);
        }

        var first = _cursorEfficiency * (_cursorEndSeconds - startSeconds);
        var firstBlock = _cursorBlock;
        MoveTo(endSeconds);
        return first + _sums.Sum(firstBlock + 1, _cursorBlock) + (_cursorEfficiency * (endSeconds - _cursorStartSeconds));
    }

    /// <summary>When a transfer ends.</summary>
    /// <param name="startSeconds">Absolute time at which the first bit may go, seconds, at least 0; positive infinity gives infinity.</param>
    /// <param name="bitsPerHertz">Size over granted bandwidth, bits per hertz, at least 0; positive infinity (no grant) gives infinity.</param>
    /// <returns>Absolute time at which the last bit has arrived, seconds, never before the start; positive infinity if unreachable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or negative, or the start lies beyond 2^52 blocks.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double CompletionSeconds(double startSeconds, double bitsPerHertz)
    {
        if (startSeconds >= _cursorStartSeconds && startSeconds < _cursorEndSeconds
            && bitsPerHertz > 0 && bitsPerHertz <= _cursorEfficiency * (_cursorEndSeconds - startSeconds))
        {
            return Until(startSeconds + HorizonSeconds, double.MinNative(startSeconds + (bitsPerHertz / _cursorEfficiency), _cursorEndSeconds));
        }

        return CompletionSeconds(startSeconds, bitsPerHertz, startSeconds + HorizonSeconds);
    }

    /// <summary>When a transfer ends, or positive infinity if it has not ended by a limit; blocks far beyond the limit are not read.</summary>
    internal double CompletionSeconds(double startSeconds, double bitsPerHertz, double limitSeconds)
    {
        if (!(startSeconds >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(startSeconds), startSeconds, "Must be at least 0.");
        }

        if (!(bitsPerHertz >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(bitsPerHertz), bitsPerHertz, "Must be at least 0.");
        }

        if (bitsPerHertz == 0 || double.IsPositiveInfinity(startSeconds))
        {
            return startSeconds;
        }

        if (double.IsPositiveInfinity(bitsPerHertz))
        {
            return double.PositiveInfinity;
        }

        MoveTo(startSeconds);
        var room = _cursorEfficiency * (_cursorEndSeconds - startSeconds);
        if (bitsPerHertz <= room)
        {
            return Until(limitSeconds, double.MinNative(startSeconds + (bitsPerHertz / _cursorEfficiency), _cursorEndSeconds));
        }

        var lastBlock = (long)Math.Min(MaximumBlocks, limitSeconds / _blockSeconds) + 1;
        var block = _sums.Find(_cursorBlock + 1, bitsPerHertz - room, lastBlock, out var withinBlock);
        if (block < 0)
        {
            return double.PositiveInfinity;
        }

        PlaceCursor(block);
        var endSeconds = withinBlock > 0
            ? Math.Min(_cursorStartSeconds + (withinBlock / _cursorEfficiency), _cursorEndSeconds)
            : _cursorStartSeconds; // a rest below rounding
        return Until(limitSeconds, endSeconds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Until(double limitSeconds, double endSeconds) => endSeconds <= limitSeconds ? endSeconds : double.PositiveInfinity;

    /// <summary>Puts the cursor on the block that holds an instant: block b with b * T at most the instant and (b + 1) * T above it.</summary>
    private void MoveTo(double seconds)
    {
        if (seconds >= _cursorStartSeconds && seconds < _cursorEndSeconds)
        {
            return;
        }

        var ratio = seconds * _blocksPerSecond;
        if (!(ratio < MaximumBlocks))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, FormattableString.Invariant($"Must lie within 2^52 blocks of {_blockSeconds} s."));
        }

        var block = (long)ratio;
        if (block * _blockSeconds > seconds)
        {
            block--; // the product was rounded up
        }
        else if ((block + 1) * _blockSeconds <= seconds)
        {
            block++; // the product was rounded down
        }

        PlaceCursor(block);
    }

    private void PlaceCursor(long block)
    {
        _cursorEfficiency = _sums.Efficiency(block);
        _cursorBlock = block;
        _cursorStartSeconds = block * _blockSeconds;
        _cursorEndSeconds = (block + 1) * _blockSeconds;
    }
}
