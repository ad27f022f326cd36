using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality.Measurement;

namespace EdgeSplit.Cli.Rendering;

/// <summary>Processor time of trainings, one at a time, and of one evaluation of perplexity. Measured beside the results, which do not depend on any clock.</summary>
internal sealed class TrainingTimes(Func<TimeSpan> processorTime)
{
    private const int Windows = 400; // as many and as long as the table of the reference model was measured on
    private const int Context = 128;
    private const int SurrogateSteps = 1_000_000;
    private readonly Dictionary<string, List<double>> seconds = [];

    /// <summary>Processor seconds of one step of the paper's surrogate without any learning; null where nothing was asked for.</summary>
    internal double? SurrogateStepSeconds { get; private set; }

    /// <summary>Processor seconds of one evaluation of perplexity; null without a checkpoint.</summary>
    internal double? PerplexitySeconds { get; private set; }

    /// <summary>Runs and times one training.</summary>
    internal void Watch(string learner, Action training)
    {
        var taken = Seconds(training);
        if (!seconds.TryGetValue(learner, out var all))
        {
            seconds[learner] = all = [];
        }

        all.Add(taken);
    }

    /// <summary>Mean processor seconds of a training; null where none was timed.</summary>
    internal double? MeanSeconds(string learner) => seconds.TryGetValue(learner, out var all) ? all.Average() : null;

    /// <summary>Least processor seconds of a training, least disturbed by compilation and others; null where none was timed.</summary>
    internal double? LeastSeconds(string learner) => seconds.TryGetValue(learner, out var all) ? all.Min() : null;

    /// <summary>Times a step of the surrogate and, where a checkpoint is given, one evaluation of its perplexity: 400 windows of 128 tokens, whose content plays no part.</summary>
    internal void TimeSteps(string? checkpoint, CancellationToken cancellation)
    {
        var environment = new SurrogateSplittingEnvironment();
        var state = new SplittingState(0.2, 5);
        SurrogateStepSeconds = Seconds(() =>
        {
            for (var step = 0; step < SurrogateSteps; step++)
            {
                state = environment.Move(state, step % environment.ActionSpace.Count).Next;
            }
        }) / SurrogateSteps;
        if (checkpoint is not null)
        {
            using var model = LlamaModel.Load(checkpoint);
            int[] tokens = [.. Enumerable.Range(0, (Windows * Context) + 1).Select(i => i % model.Vocabulary)];
            var text = MeasurementText.FromTokens(tokens, model.Vocabulary, Windows, Context, "token ids in turn");
            PerplexitySeconds = Seconds(() => QualityEvaluation.Run(model, text, [], cancellation: cancellation));
        }
    }

    private double Seconds(Action work)
    {
        var start = processorTime();
        work();
        return (processorTime() - start).TotalSeconds;
    }
}
