namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A link in bits and seconds: bandwidth x share x spectral efficiency, where the share may change while a transfer runs.</summary>
/// <remarks>
/// <para>The contract is that of <see cref="LinkTimeline"/>: a transfer ends when the integrated rate reaches its size; constant rate gives
/// size / rate; back-to-back transfers add; unreachable within the horizon is positive infinity; results never depend on earlier calls.</para>
/// <para>With a <see cref="ConstantShare"/> a call costs what the timeline costs and one division more. Otherwise a transfer walks over the
/// blocks of the share that it spans, each at the cost of one timeline query.</para>
/// <para>Not thread-safe: one link per thread. After warm-up nothing is allocated.</para>
/// </remarks>
public sealed class SharedLink
{
    private const int ShareBatch = 32;

    private readonly LinkTimeline _timeline;
    private readonly double[] _shares = new double[ShareBatch];
    private IShareProcess _share;
    private long _shareBatch = -1;
    private double _constantHertz; // bandwidth x share, or NaN where the share varies

    /// <summary>Creates a link.</summary>
    /// <param name="efficiency">Spectral efficiency over time.</param>
    /// <param name="bandwidthHz">Bandwidth of the whole link, hertz, positive.</param>
    /// <param name="share">Share granted to this device over time.</param>
    /// <param name="horizonSeconds">A transfer that lasts longer is unreachable, seconds, positive.</param>
    /// <exception cref="ArgumentNullException">A process is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN, infinite or not positive.</exception>
    public SharedLink(
        IEfficiencyProcess efficiency, double bandwidthHz, IShareProcess share, double horizonSeconds = LinkTimeline.DefaultHorizonSeconds)
    {
        ArgumentNullException.ThrowIfNull(share);
        BandwidthHz = Guard.Positive(bandwidthHz);
        _timeline = new LinkTimeline(efficiency, horizonSeconds);
        _share = share;
        SetShare(share);
    }

    /// <summary>Bandwidth of the whole link, hertz.</summary>
    public double BandwidthHz { get; }

    /// <summary>A transfer that lasts longer than this is unreachable, seconds.</summary>
    public double HorizonSeconds => _timeline.HorizonSeconds;

    /// <summary>Puts other processes under this link and keeps the buffers.</summary>
    /// <param name="efficiency">Spectral efficiency over time.</param>
    /// <param name="share">Share granted to this device over time.</param>
    /// <exception cref="ArgumentNullException">A process is null.</exception>
    public void Reset(IEfficiencyProcess efficiency, IShareProcess share)
    {
        ArgumentNullException.ThrowIfNull(share);
        _timeline.Reset(efficiency);
        SetShare(share);
    }

    /// <summary>Rate at an instant, bit/s.</summary>
    /// <param name="seconds">Absolute time, seconds, at least 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or negative.</exception>
    public double RateAt(double seconds)
    {
        var efficiency = _timeline.EfficiencyAt(seconds);
        return efficiency * (double.IsNaN(_constantHertz) ? BandwidthHz * ShareOf(BlockOf(seconds)) : _constantHertz);
    }

    /// <summary>What the link can carry between two instants, bits.</summary>
    /// <param name="startSeconds">Absolute start, seconds, at least 0 and finite.</param>
    /// <param name="endSeconds">Absolute end, seconds, at least the start and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is NaN, infinite, negative, or the end lies before the start.</exception>
    public double Bits(double startSeconds, double endSeconds)
    {
        if (!double.IsNaN(_constantHertz))
        {
            return _timeline.BitsPerHertz(startSeconds, endSeconds) * _constantHertz;
        }

        Guard.NonNegative(startSeconds);
        Guard.InRange(endSeconds, startSeconds, double.MaxValue);
        var bits = 0.0;
        var from = startSeconds;
        for (var block = BlockOf(startSeconds); from < endSeconds; block++)
        {
            var to = Math.Min(endSeconds, (block + 1) * _share.BlockSeconds);
            bits += _timeline.BitsPerHertz(from, to) * (BandwidthHz * ShareOf(block));
            from = to;
        }

        return bits;
    }

    /// <summary>When a transfer ends.</summary>
    /// <param name="startSeconds">Absolute time at which the first bit may go, seconds, at least 0; positive infinity gives infinity.</param>
    /// <param name="bits">Size, bits, at least 0; positive infinity gives infinity.</param>
    /// <returns>Absolute time at which the last bit has arrived, seconds, never before the start; positive infinity if unreachable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or negative.</exception>
    public double CompletionSeconds(double startSeconds, double bits)
    {
        if (!double.IsNaN(_constantHertz) && bits > 0)
        {
            return _timeline.CompletionSeconds(startSeconds, bits / _constantHertz); // a share of 0 asks for infinitely many bits per hertz
        }

        if (!(bits > 0) || double.IsPositiveInfinity(bits) || double.IsPositiveInfinity(startSeconds))
        {
            return _timeline.CompletionSeconds(startSeconds, bits); // the cases where rate and share do not matter, and bad input
        }

        return WalkShares(Guard.NonNegative(startSeconds), bits);
    }

    /// <summary>Sends one message that pays its fixed delay: grant, then air, then one-way and protocol.</summary>
    /// <param name="readySeconds">Absolute time at which the message is ready, seconds, at least 0.</param>
    /// <param name="bits">Size, bits, at least 0; a message without content still pays the fixed delay.</param>
    /// <param name="delay">Fixed delay.</param>
    /// <exception cref="ArgumentNullException">The delay is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or negative.</exception>
    public TransferResult Transfer(double readySeconds, double bits, MessageDelay delay)
    {
        ArgumentNullException.ThrowIfNull(delay);
        var startSeconds = readySeconds + delay.GrantSeconds;
        var endSeconds = CompletionSeconds(startSeconds, bits);
        var airSeconds = double.IsPositiveInfinity(endSeconds) ? endSeconds : endSeconds - startSeconds;
        return new TransferResult(endSeconds + delay.OneWaySeconds + delay.ProtocolSeconds, bits, airSeconds, delay.TotalSeconds);
    }

    private double WalkShares(double startSeconds, double bits)
    {
        var limitSeconds = startSeconds + HorizonSeconds;
        var (from, rest) = (startSeconds, bits);
        for (var block = BlockOf(startSeconds); from < limitSeconds; block++)
        {
            var to = Math.Min(limitSeconds, (block + 1) * _share.BlockSeconds);
            var hertz = BandwidthHz * ShareOf(block);
            if (hertz > 0)
            {
                var endSeconds = _timeline.CompletionSeconds(from, rest / hertz, to);
                if (endSeconds <= to)
                {
                    return endSeconds;
                }

                rest -= _timeline.BitsPerHertz(from, to) * hertz;
                if (rest <= 0)
                {
                    return to; // what was left lies below rounding
                }
            }

            from = to;
        }

        return double.PositiveInfinity;
    }

    private void SetShare(IShareProcess share)
    {
        Guard.Positive(share.BlockSeconds);
        _share = share;
        _shareBatch = -1;
        _constantHertz = share is ConstantShare constant ? BandwidthHz * constant.Share : double.NaN;
    }

    private long BlockOf(double seconds)
    {
        Guard.InRange(seconds / _share.BlockSeconds, 0.0, 1L << 52, nameof(seconds));
        return TimeBlock.At(seconds, _share.BlockSeconds);
    }

    private double ShareOf(long block)
    {
        if (block / ShareBatch != _shareBatch)
        {
            _shareBatch = -1;
            _share.Fill(block / ShareBatch * ShareBatch, _shares);
            foreach (var share in _shares)
            {
                if (!(share >= 0 && share <= 1))
                {
                    throw new InvalidOperationException(FormattableString.Invariant($"{_share.GetType().Name} gave the share {share}: it must be in [0, 1]."));
                }
            }

            _shareBatch = block / ShareBatch;
        }

        return _shares[block % ShareBatch];
    }
}
