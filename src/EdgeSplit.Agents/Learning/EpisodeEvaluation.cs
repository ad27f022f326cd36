using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Learning;

/// <summary>The undiscounted returns of an agent that does not explore, over whole episodes.</summary>
/// <remarks>Episodes are split over the lanes beforehand, so that lanes of short episodes do not contribute more of them.</remarks>
public sealed class EpisodeEvaluation
{
    private EpisodeEvaluation(double[] returns, long[] lengths) => (Returns, Lengths) = (returns, lengths);

    /// <summary>The return of each episode, lane by lane; shape [episodes].</summary>
    public IReadOnlyList<double> Returns { get; }

    /// <summary>The steps of each episode, lane by lane; shape [episodes].</summary>
    public IReadOnlyList<long> Lengths { get; }

    /// <summary>The mean return.</summary>
    public double Mean => Returns.Average();

    /// <summary>The population standard deviation of the returns.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(Returns.Sum(value => (value - mean) * (value - mean)) / Returns.Count);
        }
    }

    /// <summary>Lets an agent act, without exploration and without learning.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="environment">The environments; reset here. Every episode must end.</param>
    /// <param name="episodes">Number of episodes, at least 1; lane i of N does those of the numbers i, i + N, ... .</param>
    /// <param name="seed">The seed with which the environments are reset.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no episodes.</exception>
    /// <exception cref="ArgumentException">The agent's shape is not that of the environments' spaces, or a reward is not finite.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static EpisodeEvaluation Run(IAgent agent, IBatchedEnvironment environment, int episodes, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(environment);
        Guard.AtLeast(episodes, 1);
        Training.Check(agent, environment);
        var lanes = environment.Count;
        var observations = new double[lanes * environment.ObservationSpace.Length];
        var masks = new bool[lanes * environment.ActionSpace.Count];
        var (actions, propensities, rewards) = (new int[lanes], new double[lanes], new double[lanes]);
        var (terminated, truncated) = (new bool[lanes], new bool[lanes]);
        var (sums, steps) = (new double[lanes], new long[lanes]);
        var done = Enumerable.Range(0, lanes).Select(lane => new List<(double Return, long Length)>(QuotaOf(lane))).ToArray();
        var left = episodes;
        environment.Reset(seed, observations, masks);
        while (left > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            agent.Act(observations, masks, actions, propensities, explore: false);
            environment.Step(actions, observations, rewards, terminated, truncated, masks);
            for (var lane = 0; lane < lanes; lane++)
            {
                if (!double.IsFinite(rewards[lane]))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Lane {lane} gave reward {rewards[lane]}; it must be finite."), nameof(environment));
                }

                sums[lane] += rewards[lane];
                steps[lane]++;
                if (terminated[lane] || truncated[lane])
                {
                    if (done[lane].Count < QuotaOf(lane))
                    {
                        done[lane].Add((sums[lane], steps[lane]));
                        left--;
                    }

                    (sums[lane], steps[lane]) = (0, 0);
                }
            }
        }

        var all = done.SelectMany(lane => lane).ToArray();
        return new EpisodeEvaluation(Array.ConvertAll(all, episode => episode.Return), Array.ConvertAll(all, episode => episode.Length));

        int QuotaOf(int lane) => (episodes / lanes) + (lane < episodes % lanes ? 1 : 0);
    }
}
