namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>A process whose first block is that of the world and whose later blocks are another draw of the future: what is still possible, given the present.</summary>
/// <remarks>For block fading, where blocks are independent, this is the exact conditional law. Not thread-safe where its parts are not.</remarks>
public sealed class ConditionalFutureProcess : IEfficiencyProcess
{
    private readonly IEfficiencyProcess present;
    private readonly IEfficiencyProcess future;

    /// <summary>Joins the present of one process to the future of another with the same blocks.</summary>
    /// <param name="present">Gives block 0.</param>
    /// <param name="future">Gives the blocks after it.</param>
    /// <exception cref="ArgumentException">The two have blocks of different length.</exception>
    public ConditionalFutureProcess(IEfficiencyProcess present, IEfficiencyProcess future)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(future);
        if (present.BlockSeconds != future.BlockSeconds)
        {
            throw new ArgumentException($"Both processes must have the same blocks; found {present.BlockSeconds} s and {future.BlockSeconds} s.", nameof(future));
        }

        this.present = present;
        this.future = future;
    }

    /// <inheritdoc/>
    public double BlockSeconds => present.BlockSeconds;

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        future.Fill(firstBlock, spectralEfficiency);
        if (firstBlock <= 0 && firstBlock + spectralEfficiency.Length > 0)
        {
            present.Fill(0, spectralEfficiency.Slice((int)-firstBlock, 1));
        }
    }
}
