namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>A stretch of a trajectory between two instants.</summary>
internal interface ITrajectoryStep
{
    /// <summary>When the stretch begins, seconds.</summary>
    double StartSeconds { get; }

    /// <summary>When it ends and the next begins, seconds.</summary>
    double EndSeconds { get; }

    /// <summary>Where the user is at an instant of the stretch.</summary>
    TrajectoryPoint At(double seconds);
}

/// <summary>A trajectory that is computed stretch by stretch, each from the one before it, and remembers every 64th.</summary>
/// <remarks>Every stretch is the same function of the first, whatever was asked before: an earlier instant goes back to the stretch remembered before it and
/// computes the same again. Asking in the order of time costs one stretch each. Not thread-safe.</remarks>
internal sealed class StepwiseTrajectory<TStep> : ITrajectory
    where TStep : struct, ITrajectoryStep
{
    internal const double LongestSeconds = 1e9;

    private const int Spacing = 64;

    private readonly Func<TStep, TStep> _following;
    private readonly List<TStep> _remembered;
    private TStep _current;
    private long _index;

    /// <summary>Creates a trajectory from its first stretch, which begins at time 0 or earlier, and the rule from one to the next.</summary>
    internal StepwiseTrajectory(TStep first, Func<TStep, TStep> following)
    {
        _following = following;
        _remembered = [first];
        _current = first;
    }

    /// <inheritdoc/>
    public TrajectoryPoint At(double seconds)
    {
        Guard.InRange(seconds, 0, LongestSeconds);
        if (seconds < _current.StartSeconds || IsBehindANextRemembered(seconds))
        {
            Return(seconds);
        }

        while (seconds >= _current.EndSeconds)
        {
            _current = _following(_current);
            _index++;
            if (_index == (long)_remembered.Count * Spacing)
            {
                _remembered.Add(_current);
            }
        }

        return _current.At(seconds);
    }

    private bool IsBehindANextRemembered(double seconds)
    {
        var next = (int)(_index / Spacing) + 1;
        return next < _remembered.Count && seconds >= _remembered[next].StartSeconds;
    }

    /// <summary>Goes to the last remembered stretch that begins by an instant.</summary>
    private void Return(double seconds)
    {
        var (low, high) = (0, _remembered.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _remembered[middle].StartSeconds <= seconds ? (middle, high) : (low, middle - 1);
        }

        _current = _remembered[low];
        _index = (long)low * Spacing;
    }
}
