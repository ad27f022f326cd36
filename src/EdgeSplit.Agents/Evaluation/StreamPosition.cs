namespace EdgeSplit.Agents.Evaluation;

/// <summary>Where a training in the request stream stands.</summary>
internal readonly record struct StreamPosition(int Requests, int Conversations, double CostSum, int WindowRequests, double WindowSum, double LeastWindow, bool HasWindow, bool HasStopped)
{
    private const double LeastGain = 0.01;

    /// <summary>After one more request: at the end of a window that is not cheaper than every one before it by the least gain, the training stops.</summary>
    internal StreamPosition After(double cost, int window)
    {
        var next = this with { Requests = Requests + 1, CostSum = CostSum + cost };
        if (window == 0)
        {
            return next;
        }

        next = next with { WindowRequests = WindowRequests + 1, WindowSum = WindowSum + cost };
        if (next.WindowRequests < window)
        {
            return next;
        }

        var mean = next.WindowSum / window;
        var stops = HasStopped || (HasWindow && !(mean <= (1 - LeastGain) * LeastWindow));
        return next with { WindowRequests = 0, WindowSum = 0, HasWindow = true, LeastWindow = HasWindow ? Math.Min(LeastWindow, mean) : mean, HasStopped = stops };
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Requests);
        writer.Write(Conversations);
        writer.Write(CostSum);
        writer.Write(WindowRequests);
        writer.Write(WindowSum);
        writer.Write(LeastWindow);
        writer.Write(HasWindow);
        writer.Write(HasStopped);
    }

    internal static StreamPosition Load(BinaryReader reader)
    {
        var position = new StreamPosition(
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(), reader.ReadBoolean());
        var isSound = position is { Requests: >= 0, Conversations: >= 0, CostSum: >= 0, WindowRequests: >= 0, WindowSum: >= 0 } && position.Conversations <= position.Requests;
        return isSound ? position : throw new InvalidDataException("the place in the stream cannot be");
    }
}
