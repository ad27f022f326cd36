using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>The share of the server that a request gets, over time: 1 / (1 + weight x jobs) on blocks, where the number of other jobs is a stationary
/// birth-death chain whose law is Poisson in every block.</summary>
/// <remarks>
/// <para>Number of jobs: n(b + 1) = survivors of n(b), each staying with probability exp(-block / mean job time), plus Poisson arrivals. This
/// INAR(1) chain (Al-Osh and Alzaid 1987) has the Poisson marginal and the autocorrelation exp(-t / mean job time).</para>
/// <para>Every draw is addressed by (key, entity, block), so the value at a block is a pure function of the address. A conditional future
/// shares the state at one block and takes its draws from another key from there on.</para>
/// <para>Used as an <see cref="IEfficiencyProcess"/>, so that the work done by any time, and its inverse, come from the same timeline as bits on a link. Not thread-safe: it remembers the last block.</para>
/// </remarks>
public sealed class ServerLoadProcess : IEfficiencyProcess
{
    private readonly ServerLoadLaw law;
    private readonly long futureFrom;
    private double jobWeight;
    private StreamKey key;
    private ulong entity;
    private StreamKey futureKey;
    private long currentBlock = -1;
    private int currentJobs;
    private ServerLoadDraws? draws;

    /// <summary>Creates the process of one turn. Block 0 is the first block after the decision; reports lie at negative blocks.</summary>
    /// <param name="model">The load.</param>
    /// <param name="jobWeight">How much one other job weighs against the request, positive: 1 shares equally.</param>
    /// <param name="key">Stream of the draws.</param>
    /// <param name="entity">Entity of the draws: the request.</param>
    /// <param name="futureKey">Stream from block <paramref name="futureFrom"/> on; the same as <paramref name="key"/> where omitted.</param>
    /// <param name="futureFrom">First block whose transition comes from the other stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is NaN or not positive.</exception>
    public ServerLoadProcess(ServerLoadModel model, double jobWeight, StreamKey key, ulong entity, StreamKey? futureKey = null, long futureFrom = long.MaxValue)
        : this(new ServerLoadLaw(model), jobWeight, key, entity, futureKey, futureFrom)
    {
    }

    internal ServerLoadProcess(ServerLoadLaw law, double jobWeight, StreamKey key, ulong entity, StreamKey? futureKey, long futureFrom)
    {
        this.law = law;
        this.jobWeight = Guard.Positive(jobWeight);
        this.key = key;
        this.entity = entity;
        this.futureKey = futureKey ?? key;
        this.futureFrom = futureFrom;
    }

    /// <summary>Takes up another turn, and keeps everything that the model decides: as good as a new process, without its cost.</summary>
    /// <param name="otherJobWeight">How much one other job weighs against the request, positive.</param>
    /// <param name="otherKey">Stream of the draws, of the future too.</param>
    /// <param name="otherEntity">Entity of the draws: the request.</param>
    public void Reset(double otherJobWeight, StreamKey otherKey, ulong otherEntity)
    {
        jobWeight = Guard.Positive(otherJobWeight);
        key = futureKey = otherKey;
        entity = otherEntity;
        currentBlock = -1;
        draws?.Reset();
    }

    /// <inheritdoc/>
    public double BlockSeconds => law.BlockSeconds;

    /// <summary>Blocks between the report and block 0.</summary>
    public int ReportBlocks => law.ReportBlocks;

    /// <summary>Other jobs when the server last reported.</summary>
    public int ReportedJobs => JobsAt(-ReportBlocks);

    /// <summary>Other jobs in a block.</summary>
    /// <param name="block">Block, at least -<see cref="ReportBlocks"/>.</param>
    public int JobsAt(long block)
    {
        var index = block + ReportBlocks;
        if (index < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(block), block, $"Must be at least {-ReportBlocks}.");
        }

        if (law.Stationary is not { } stationary)
        {
            return 0;
        }

        if (currentBlock < 0 || index < currentBlock)
        {
            var random = new RandomSource(key, entity, 0);
            currentJobs = stationary.SampleCount(ref random);
            currentBlock = 0;
        }

        while (currentBlock < index)
        {
            currentBlock++;
            if (futureFrom == long.MaxValue && TryStepWithoutArrival())
            {
                continue;
            }

            var stream = currentBlock - ReportBlocks >= futureFrom ? futureKey : key;
            var random = new RandomSource(stream, entity, (ulong)currentBlock);
            var stay = 0;
            for (var job = 0; job < currentJobs; job++)
            {
                if (random.NextUniform() < law.StayProbability)
                {
                    stay++;
                }
            }

            currentJobs = stay + law.Arrivals.SampleCount(ref random);
        }

        return currentJobs;
    }

    /// <inheritdoc/>
    public void Fill(long firstBlock, Span<double> spectralEfficiency)
    {
        for (var i = 0; i < spectralEfficiency.Length; i++)
        {
            spectralEfficiency[i] = 1 / (1 + (jobWeight * JobsAt(firstBlock + i)));
        }
    }

    /// <summary>Goes on by one block where no job arrives, as in nearly all blocks; false, with nothing changed, where one may arrive or there are many jobs.</summary>
    private bool TryStepWithoutArrival()
    {
        if (!ServerLoadDraws.IsSupported || currentJobs >= ServerLoadDraws.Draws)
        {
            return false;
        }

        draws ??= new ServerLoadDraws();
        var uniforms = draws.At(key, entity, currentBlock);
        var stay = 0;
        for (var job = 0; job < currentJobs; job++)
        {
            stay += uniforms[job * WideLanes.Count] < law.StayProbability ? 1 : 0;
        }

        if (!(uniforms[currentJobs * WideLanes.Count] <= law.SurelyNoArrival))
        {
            return false;
        }

        currentJobs = stay;
        return true;
    }
}
