using System.Runtime.ExceptionServices;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Spreads groups of windows over threads. Groups are fixed, so that results do not depend on the number of threads.</summary>
internal static class WindowGroups
{
    /// <summary>Runs work on every group, each thread with a pass of its own. More threads than groups work inside the forward passes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="splits">Splits whose states are kept.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="work">What to do with a group; called by several threads.</param>
    /// <param name="cancellation">Ends the run between groups.</param>
    internal static void Run(LlamaModel model, MeasurementText text, IReadOnlyCollection<int> splits, int threads, Action<WindowPass, int> work, CancellationToken cancellation)
    {
        var groups = WindowPass.Groups(text);
        var workers = Math.Min(threads, groups);
        var next = -1;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, (_, loop) =>
            {
                var pass = new WindowPass(model, text, splits, Math.Max(1, threads / workers));
                while (!cancellation.IsCancellationRequested && !loop.IsExceptional && Interlocked.Increment(ref next) is var group && group < groups)
                {
                    work(pass, group);
                }
            });
        }
        catch (AggregateException error)
        {
            // One failure is enough to tell; the others are mostly the same.
            ExceptionDispatchInfo.Throw(error.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? error.InnerExceptions[0]);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
