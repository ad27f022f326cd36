using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Simulation;

/// <summary>What all load processes of one model share: its laws, prepared. Immutable.</summary>
internal sealed class ServerLoadLaw
{
    internal ServerLoadLaw(ServerLoadModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        BlockSeconds = model.BlockSeconds;
        ReportBlocks = model.ReportAgeBlocks;
        StayProbability = Math.Exp(-model.BlockSeconds / model.MeanJobSeconds);
        Stationary = model.MeanJobs > 0 ? new PoissonDistribution(model.MeanJobs) : null;
        Arrivals = new PoissonDistribution(model.MeanJobs * (1 - StayProbability));
        SurelyNoArrival = Arrivals.Rate < 1 ? Math.Exp(-Arrivals.Rate) * (1 - 1e-9) : -1;
    }

    internal double BlockSeconds { get; }

    /// <summary>Blocks between the report and block 0.</summary>
    internal int ReportBlocks { get; }

    /// <summary>The probability that a job is still there a block later.</summary>
    internal double StayProbability { get; }

    /// <summary>Jobs in any block; null where there are never any.</summary>
    internal PoissonDistribution? Stationary { get; }

    /// <summary>Jobs that arrive within a block and are there at its end.</summary>
    internal PoissonDistribution Arrivals { get; }

    /// <summary>A uniform draw up to this stands for no arrival, whatever the last bits of the distribution: it draws by inversion. -1 where arrivals are too frequent to be worth it.</summary>
    internal double SurelyNoArrival { get; }
}
