using System.Runtime.ExceptionServices;

namespace EdgeSplit.Core.Quality.Measurement;

/// <summary>Spreads units of work over threads. Units are fixed and stand alone, so that results do not depend on the number of threads.</summary>
internal static class ParallelUnits
{
    /// <summary>Runs work on every unit, each thread with memory of its own.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="threads">Threads, at least 1. More than there are units work inside the units.</param>
    /// <param name="prepare">Makes the memory of a thread; is given the threads that it may use itself.</param>
    /// <param name="work">What to do with a unit.</param>
    /// <param name="cancellation">Ends the run between units.</param>
    internal static void Run<TMemory>(int units, int threads, Func<int, TMemory> prepare, Action<TMemory, int> work, CancellationToken cancellation)
    {
        var workers = Math.Max(1, Math.Min(threads, units));
        var next = -1;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, (_, loop) =>
            {
                var memory = prepare(threads / workers);
                while (!cancellation.IsCancellationRequested && !loop.IsExceptional && Interlocked.Increment(ref next) is var unit && unit < units)
                {
                    work(memory, unit);
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
