namespace EdgeSplit.Agents.Evaluation;

/// <summary>How the cost of a policy falls with the requests that it has served: block by block, against the state oracle on the same requests. Immutable.</summary>
public sealed class LearningCurve
{
    internal LearningCurve(string name, IReadOnlyList<CurvePoint> points)
    {
        (Name, Points) = (name, points);
    }

    /// <summary>Name of the policy.</summary>
    public string Name { get; }

    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>Requests until the cost is at most a given distance above the state oracle's and stays there on average: the end of the first block that meets the level itself, and
    /// from which on the mean over it and all later blocks does.</summary>
    /// <param name="level">Relative distance, such as 0.05 for 5 %.</param>
    /// <returns>Null where the level is never reached.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not finite.</exception>
    public int? RequestsToReach(double level)
    {
        Guard.Finite(level);
        int? reached = null;
        var (sum, requests) = (0.0, 0);
        for (var i = Points.Count - 1; i >= 0; i--)
        {
            sum += Points[i].AgainstStateOracle.Mean * Points[i].Requests;
            requests += Points[i].Requests;
            if (Points[i].AgainstStateOracle.Mean <= level && sum <= level * requests)
            {
                reached = Points[i].EndRequest;
            }
        }

        return reached;
    }
}

/// <summary>One block of a learning curve.</summary>
/// <param name="EndRequest">Requests served at its end.</param>
/// <param name="Requests">Requests in it, per seed.</param>
/// <param name="MeanCost">Mean cost per request, seconds-equivalent, over seeds.</param>
/// <param name="AgainstStateOracle">Relative difference of cost to the state oracle on the same requests, paired over seeds.</param>
public sealed record CurvePoint(int EndRequest, int Requests, double MeanCost, Interval AgainstStateOracle);
