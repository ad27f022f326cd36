using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Simulation;

/// <summary>How long and how often to simulate. Immutable.</summary>
public sealed record SimulationSettings
{
    private readonly int requests = 2000;
    private readonly int evaluatedRequests = 1000;
    private readonly int seeds = 10;
    private readonly double channelEstimateErrorDb = 2;
    private readonly double channelEstimateStepDb = 1;
    private readonly double channelEstimateDelaySeconds;
    private readonly double timeoutSeconds = LinkTimeline.DefaultHorizonSeconds;
    private readonly IReadOnlyList<RegimeChange> regimeChanges = [];

    /// <summary>Requests per seed, at least 2.</summary>
    /// <value>The default value is 2000.</value>
    public int Requests { get => requests; init => requests = Guard.AtLeast(value, 2); }

    /// <summary>Requests at the end of a run that the results count, at least 1: the ones before are for learning.</summary>
    /// <value>The default value is 1000.</value>
    public int EvaluatedRequests { get => evaluatedRequests; init => evaluatedRequests = Guard.AtLeast(value, 1); }

    /// <summary>Number of seeds, at least 1.</summary>
    /// <value>The default value is 10.</value>
    public int Seeds { get => seeds; init => seeds = Guard.AtLeast(value, 1); }

    /// <summary>The first seed; the others follow.</summary>
    /// <value>The default value is 1.</value>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>Standard deviation of the error of the device's channel estimate, dB, at least 0.</summary>
    /// <value>The default value is 2.</value>
    public double ChannelEstimateErrorDb { get => channelEstimateErrorDb; init => channelEstimateErrorDb = Guard.NonNegative(value); }

    /// <summary>Step to which the device's channel estimate is quantised, dB, positive.</summary>
    /// <value>The default value is 1; channel quality indices are some 2 dB apart.</value>
    public double ChannelEstimateStepDb { get => channelEstimateStepDb; init => channelEstimateStepDb = Guard.Positive(value); }

    /// <summary>Age of the device's channel estimate, seconds, at least 0; at the start of a conversation, where nothing lies before, it is fresh.</summary>
    /// <value>The default value is 0. Of effect where levels change: users who move, recorded links.</value>
    public double ChannelEstimateDelaySeconds { get => channelEstimateDelaySeconds; init => channelEstimateDelaySeconds = Guard.NonNegative(value); }

    /// <summary>A message that takes longer, or a job that waits longer, is given up, and its request with it, seconds, positive and at most an hour; see
    /// <see cref="Decisions.Objective.TimeOutPenaltySeconds"/>.</summary>
    /// <value>The default value is 3600.</value>
    public double TimeoutSeconds { get => timeoutSeconds; init => timeoutSeconds = Guard.InRange(value, double.Epsilon, LinkTimeline.DefaultHorizonSeconds); }

    /// <summary>Sizes of the hidden errors of the world.</summary>
    /// <value>The default value is <see cref="PriorErrors.Exact"/>.</value>
    public PriorErrors Errors { get; init; } = PriorErrors.Exact;

    /// <summary>Whether agents that can do without the public profile's predictions must: the results then say what they learn from nothing. The world is as with a prior, and so are the masks.</summary>
    /// <value>The default value is false.</value>
    public bool IsPriorAbsent { get; init; }

    /// <summary>Lasting changes of the world during a run, in rising order of their requests.</summary>
    /// <value>The default value is empty.</value>
    /// <exception cref="ArgumentException">Two changes have the same request, or they are out of order.</exception>
    public IReadOnlyList<RegimeChange> RegimeChanges { get => regimeChanges; init => regimeChanges = InOrder(value); }

    private static RegimeChange[] InOrder(IReadOnlyList<RegimeChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        for (var i = 1; i < changes.Count; i++)
        {
            if (changes[i].Request <= changes[i - 1].Request)
            {
                throw new ArgumentException(FormattableString.Invariant($"The changes must be in rising order of their requests; found {changes[i].Request} after {changes[i - 1].Request}."), nameof(changes));
            }
        }

        return [.. changes];
    }
}
