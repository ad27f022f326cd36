namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Finds the block of equal length that an instant falls into.</summary>
internal static class TimeBlock
{
    /// <summary>The block b with b * blockSeconds at most the instant and (b + 1) * blockSeconds above it, whatever the division rounds to.</summary>
    internal static long At(double seconds, double blockSeconds)
    {
        var block = (long)(seconds / blockSeconds);
        return block * blockSeconds > seconds ? block - 1 : (block + 1) * blockSeconds <= seconds ? block + 1 : block;
    }
}
