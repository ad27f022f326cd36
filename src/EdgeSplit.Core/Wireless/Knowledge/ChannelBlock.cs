using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Knowledge;

/// <summary>Finds the block of a channel that a time falls into.</summary>
internal static class ChannelBlock
{
    private const double LargestExactBlock = 1L << 52;

    /// <summary>The block b with b * BlockSeconds &lt;= time &lt; (b + 1) * BlockSeconds.</summary>
    internal static long At(ISnrProcess channel, double timeSeconds)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var blockSeconds = channel.BlockSeconds;
        Guard.InRange(timeSeconds, 0.0, blockSeconds * LargestExactBlock);
        return TimeBlock.At(timeSeconds, blockSeconds);
    }
}
