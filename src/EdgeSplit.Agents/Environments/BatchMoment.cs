namespace EdgeSplit.Agents.Environments;

/// <summary>All that a reset or step of a batch has written, as copies, for <see cref="EnvironmentContract"/>.</summary>
internal sealed record BatchMoment(double[] Observations, double[] Rewards, bool[] Terminated, bool[] Truncated, bool[] Mask, double[] FinalObservations, bool[] FinalMask)
{
    /// <summary>What is first different for one environment of each, in words; null where nothing is. What only one of them was asked for is not compared.</summary>
    internal string? Difference(int environment, BatchMoment expected, int environmentThere)
    {
        var entries = Observations.Length / Rewards.Length;
        var actions = Mask.Length / Rewards.Length;
        var hasEnded = Terminated[environment] || Truncated[environment];
        return !Row(Observations, environment, entries).SequenceEqual(Row(expected.Observations, environmentThere, entries)) ? "the observation"
            : !Rewards[environment].Equals(expected.Rewards[environmentThere])
                ? FormattableString.Invariant($"the reward ({Rewards[environment]:R} instead of {expected.Rewards[environmentThere]:R})")
            : Terminated[environment] != expected.Terminated[environmentThere] ? "terminated"
            : Truncated[environment] != expected.Truncated[environmentThere] ? "truncated"
            : !Row(Mask, environment, actions).SequenceEqual(Row(expected.Mask, environmentThere, actions)) ? "the mask"
            : hasEnded && FinalObservations.Length > 0 && expected.FinalObservations.Length > 0
                && !Row(FinalObservations, environment, entries).SequenceEqual(Row(expected.FinalObservations, environmentThere, entries)) ? "the final observation"
            : null;
    }

    private static ReadOnlySpan<T> Row<T>(T[] all, int row, int length) => all.AsSpan(row * length, length);
}
