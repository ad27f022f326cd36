using System.Collections.Concurrent;
using EdgeSplit.Core.Decisions;

namespace EdgeSplit.Cli.Rendering;

/// <summary>How long policies take to decide. Measured beside the results, which do not depend on any clock. Safe to use from several threads.</summary>
internal sealed class DecisionTimes(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Sum> sums = new();

    /// <summary>The policy, watched.</summary>
    internal ISplitPolicy Watch(ISplitPolicy policy) => new Watched(policy, clock, sums.GetOrAdd(policy.Name, _ => new Sum()));

    /// <summary>Mean time of a decision, microseconds; null where the policy was never watched.</summary>
    internal double? MeanMicroseconds(string policy) => sums.TryGetValue(policy, out var sum) && sum.Decisions > 0
        ? 1e6 * sum.Ticks / clock.TimestampFrequency / sum.Decisions : null;

    private sealed class Sum
    {
        private long ticks;
        private long decisions;

        internal long Ticks => Interlocked.Read(ref ticks);

        internal long Decisions => Interlocked.Read(ref decisions);

        internal void Add(long taken)
        {
            Interlocked.Add(ref ticks, taken);
            Interlocked.Increment(ref decisions);
        }
    }

    private sealed class Watched(ISplitPolicy policy, TimeProvider clock, Sum sum) : ISplitPolicy
    {
        public string Name => policy.Name;

        public Decision Decide(DecisionContext context)
        {
            var start = clock.GetTimestamp();
            var decision = policy.Decide(context);
            sum.Add(clock.GetTimestamp() - start);
            return decision;
        }

        public void Learn(in Experience experience) => policy.Learn(experience);
    }
}
