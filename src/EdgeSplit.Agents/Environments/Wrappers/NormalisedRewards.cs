namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Divides rewards by the standard deviation of the discounted return, and clips the result; the sign stays, nothing is shifted.</summary>
/// <remarks>
/// <para>Each environment carries the discounted sum of its rewards, G = discount x G + reward, set to 0 after the end of an episode; the deviation is that of all G so far. While it has not varied, rewards
/// are not divided. Freeze the deviation for evaluation, or better evaluate without this wrapper: put <see cref="EpisodeRecords"/> inside it to record the true returns.</para>
/// <para>The deviation goes on through resets, so a course depends on what was before it unless it is frozen. Deviation and sums are part of the saved state. Nothing is allocated in a step.</para>
/// <para>Source: <c>NormalizeReward</c> of Farama Gymnasium 1.4.0 and <c>VecNormalize</c> of Stable-Baselines3 2.x; here with exact moments from the first reward on.</para>
/// </remarks>
public sealed class NormalisedRewards : EnvironmentWrapper
{
    private const double LeastDeviation = 1e-8;

    private readonly double discount;
    private readonly double clip;
    private readonly RunningMoments moments = new(1);
    private readonly double[] sums;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <param name="discount">Discount factor of the learner, in [0, 1].</param>
    /// <param name="clip">Largest absolute value of a scaled reward, positive.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public NormalisedRewards(IBatchedEnvironment inner, double discount = 0.99, double clip = 10)
        : base(inner)
    {
        this.discount = Guard.InRange(discount, 0, 1);
        this.clip = Guard.Positive(clip);
        sums = new double[inner.Count];
    }

    /// <summary>Whether the deviation stays as it is. Not part of the saved state.</summary>
    /// <value>The default value is false.</value>
    public bool IsFrozen { get; set; }

    /// <summary>What rewards are divided by: the standard deviation of the discounted return so far; 1 while it has not varied.</summary>
    public double Deviation { get; private set; } = 1;

    /// <inheritdoc/>
    public override void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        base.Reset(seed, observations, mask);
        Array.Clear(sums);
    }

    /// <inheritdoc/>
    public override void Step(
        ReadOnlySpan<int> actions,
        Span<double> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated,
        Span<bool> mask,
        Span<double> finalObservations = default,
        Span<bool> finalMask = default)
    {
        base.Step(actions, observations, rewards, terminated, truncated, mask, finalObservations, finalMask);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = (discount * sums[i]) + rewards[i];
        }

        if (!IsFrozen)
        {
            moments.Update(sums);
            SetDeviation();
        }

        for (var i = 0; i < sums.Length; i++)
        {
            rewards[i] = Math.Clamp(rewards[i] / Deviation, -clip, clip);
            if (terminated[i] || truncated[i])
            {
                sums[i] = 0;
            }
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwn(BinaryWriter writer)
    {
        moments.Save(writer);
        SavedState.Write(writer, sums);
    }

    /// <inheritdoc/>
    protected override Action ReadOwn(BinaryReader reader)
    {
        var (readMoments, readSums) = (RunningMoments.Read(reader, 1), SavedState.ReadDoubles(reader, sums.Length));
        return () =>
        {
            moments.CopyFrom(readMoments);
            readSums.CopyTo(sums, 0);
            SetDeviation();
        };
    }

    private void SetDeviation()
    {
        var deviation = Math.Sqrt(moments.Variance(0));
        Deviation = deviation < LeastDeviation ? 1 : deviation;
    }
}
