using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Core.Quality;

namespace EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;

/// <summary>The experiment of "Adaptive Layer Splitting for Wireless LLM Inference in Edge Computing" (arXiv 2406.02616), with references, more learners and more seeds.</summary>
/// <remarks>
/// <para>On the reward surrogate of the paper's released code, with its drift of the +3 move as released (<see cref="SplittingRules.AsReleased"/>); on measured perplexity of the library's reference
/// model; and with a surrogate of quality that is trained on that model's table.</para>
/// <para>Trainings run in parallel; results are bit-identical on any number of threads.</para>
/// </remarks>
public static class SplittingExperiment
{
    /// <summary>Name of PPO with the paper's settings.</summary>
    public const string PpoAsPublished = "ppo-as-published";

    /// <summary>Name of PPO with settings of this library's choice.</summary>
    public const string PpoTuned = "ppo-tuned";

    /// <summary>Name of A2C.</summary>
    public const string A2c = "a2c";

    /// <summary>Name of DQN.</summary>
    public const string Dqn = "dqn";

    /// <summary>Name of the model-based planning agent.</summary>
    public const string Planning = "planning";

    /// <summary>Runs the experiment.</summary>
    /// <param name="options">Options; defaults where omitted.</param>
    /// <param name="progress">Told after each training, from several threads; may be null.</param>
    /// <param name="cancellation">Ends the experiment early.</param>
    /// <exception cref="OperationCanceledException">The experiment was ended early.</exception>
    /// <exception cref="InvalidOperationException">The observer has not run a training.</exception>
    public static SplittingResult Run(SplittingExperimentOptions? options = null, IProgress<SplittingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new SplittingExperimentOptions();
        var jobs = new List<(string Name, Action Run)>();
        var surrogate = options.Parts.HasFlag(SplittingParts.Returns) || options.Parts.HasFlag(SplittingParts.ChosenSplits) ? new SurrogateTrainings(options, jobs, cancellation) : null;
        var measured = options.Parts.HasFlag(SplittingParts.Measured) ? new MeasuredTrainings(options, jobs, cancellation) : null;
        IReadOnlyList<QualityHoldOut>? quality = null;
        if (options.Parts.HasFlag(SplittingParts.Quality))
        {
            jobs.Add(("quality surrogate", () => quality = QualityHoldOut.Compare(ReferenceQuality.Table, cancellation: cancellation)));
        }

        Run(jobs, options.MaximumThreads, progress, cancellation);
        return new SplittingResult(options, surrogate?.Returns(), surrogate?.ChosenSplits(), measured?.Returns(), quality);
    }

    private static void Run(List<(string Name, Action Run)> jobs, int threads, IProgress<SplittingProgress>? progress, CancellationToken cancellation)
    {
        var finished = 0;
        try
        {
            Parallel.ForEach(jobs, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, job =>
            {
                job.Run();
                progress?.Report(new SplittingProgress(Interlocked.Increment(ref finished), jobs.Count, job.Name));
            });
        }
        catch (AggregateException failure)
        {
            var inner = failure.Flatten().InnerExceptions[0];
            throw inner is OperationCanceledException ? inner : new InvalidOperationException(inner.Message, inner);
        }
    }
}
