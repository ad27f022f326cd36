namespace EdgeSplit.Core.Simulation;

/// <summary>Pending events in order of time; events of equal time leave in the order in which they entered.</summary>
/// <remarks>Built on <see cref="PriorityQueue{TElement,TPriority}"/> with a sequence number. Not thread-safe; allocates only while it grows.</remarks>
/// <typeparam name="T">The event.</typeparam>
public sealed class EventQueue<T>
{
    private readonly PriorityQueue<T, (double TimeSeconds, long Sequence)> queue = new();
    private long sequence;

    /// <summary>Number of pending events.</summary>
    public int Count => queue.Count;

    /// <summary>The time of the event that left last, seconds; events cannot be scheduled before it.</summary>
    public double NowSeconds { get; private set; }

    /// <summary>Schedules an event.</summary>
    /// <param name="timeSeconds">When, seconds, not before <see cref="NowSeconds"/> and finite.</param>
    /// <param name="item">What.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN, infinite or in the past.</exception>
    public void Schedule(double timeSeconds, T item)
    {
        Guard.InRange(timeSeconds, NowSeconds, double.MaxValue);
        queue.Enqueue(item, (timeSeconds, sequence++));
    }

    /// <summary>Takes the earliest event and moves the clock to it.</summary>
    /// <param name="item">The event.</param>
    /// <returns>False where nothing is pending.</returns>
    public bool TryNext(out T item)
    {
        if (!queue.TryDequeue(out item!, out var at))
        {
            return false;
        }

        NowSeconds = at.TimeSeconds;
        return true;
    }
}
