namespace EdgeSplit.Core.Simulation;

/// <summary>The other jobs on the shared server: a stationary Poisson number of jobs that arrive and leave, exogenous to the requests simulated.</summary>
/// <remarks>The server is shared equally (processor sharing): with n other jobs a request gets 1 / (1 + n) of it. Immutable.</remarks>
public sealed record ServerLoadModel
{
    private readonly double meanJobs;
    private readonly double meanJobSeconds = 20;
    private readonly double reportAgeSeconds = 1;
    private readonly double blockSeconds = 0.25;

    /// <summary>Mean number of other jobs, at least 0.</summary>
    /// <value>The default value is 0: the server is idle.</value>
    public double MeanJobs { get => meanJobs; init => meanJobs = Guard.NonNegative(value); }

    /// <summary>Mean time that a job stays, seconds, positive; also the decay time of the load's autocorrelation.</summary>
    /// <value>The default value is 20.</value>
    public double MeanJobSeconds { get => meanJobSeconds; init => meanJobSeconds = Guard.Positive(value); }

    /// <summary>Age of the load report when a device decides, seconds, at least 0.</summary>
    /// <value>The default value is 1.</value>
    public double ReportAgeSeconds { get => reportAgeSeconds; init => reportAgeSeconds = Guard.NonNegative(value); }

    /// <summary>Time step of the load, seconds, positive.</summary>
    /// <value>The default value is 0.25.</value>
    public double BlockSeconds { get => blockSeconds; init => blockSeconds = Guard.Positive(value); }

    /// <summary>Blocks between report and decision.</summary>
    public int ReportAgeBlocks => (int)Math.Ceiling(ReportAgeSeconds / BlockSeconds);
}
