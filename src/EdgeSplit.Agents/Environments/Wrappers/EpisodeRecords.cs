namespace EdgeSplit.Agents.Environments.Wrappers;

/// <summary>Records return and length of every episode that ends, in memory and on demand as CSV.</summary>
/// <remarks>
/// <para>Rewards are counted as they pass here: put it inside <see cref="NormalisedRewards"/> for true returns. Episodes are in the order of their ends, environments of one step by index. An
/// episode that a reset breaks off is not recorded.</para>
/// <para>Records and running sums are part of the saved state. A step allocates only where the list of records grows.</para>
/// </remarks>
public sealed class EpisodeRecords : EnvironmentWrapper
{
    private readonly List<EpisodeRecord> episodes = [];
    private readonly double[] returns;
    private readonly int[] lengths;
    private long steps;

    /// <summary>Puts the wrapper around an environment.</summary>
    /// <param name="inner">The environment, from here on used through the wrapper only.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    public EpisodeRecords(IBatchedEnvironment inner)
        : base(inner)
    {
        returns = new double[inner.Count];
        lengths = new int[inner.Count];
    }

    /// <summary>The episodes that have ended.</summary>
    public IReadOnlyList<EpisodeRecord> Episodes => episodes;

    /// <summary>Mean return of the last episodes; NaN while none has ended.</summary>
    /// <param name="count">How many of them at most, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public double MeanReturn(int count = 100)
    {
        var first = Math.Max(0, episodes.Count - Guard.AtLeast(count, 1));
        var sum = 0.0;
        for (var i = first; i < episodes.Count; i++)
        {
            sum += episodes[i].Return;
        }

        return sum / (episodes.Count - first);
    }

    /// <summary>Writes all records as CSV with a header line: episode, environment, endStep, length, return, end ("terminated" or "truncated"). Numbers are invariant and exact.</summary>
    /// <remarks>The file appears whole or not at all: it is written beside its place and then renamed. An existing file is replaced.</remarks>
    /// <param name="path">Where to; its folder must exist.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteCsv(string path)
    {
        var temporary = Guard.NotBlank(path) + ".tmp";
        using (var writer = new StreamWriter(temporary) { NewLine = "\n" })
        {
            writer.WriteLine("episode,environment,endStep,length,return,end");
            for (var i = 0; i < episodes.Count; i++)
            {
                var (environment, endStep, length, sum, isTruncated) = episodes[i];
                writer.WriteLine(FormattableString.Invariant($"{i},{environment},{endStep},{length},{sum:R},{(isTruncated ? "truncated" : "terminated")}"));
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    public override void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
    {
        base.Reset(seed, observations, mask);
        Array.Clear(returns);
        Array.Clear(lengths);
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
        steps++;
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] += rewards[i];
            lengths[i]++;
            if (terminated[i] || truncated[i])
            {
                episodes.Add(new EpisodeRecord(i, steps, lengths[i], returns[i], truncated[i]));
                returns[i] = 0;
                lengths[i] = 0;
            }
        }
    }

    /// <inheritdoc/>
    protected override void SaveOwn(BinaryWriter writer)
    {
        writer.Write(steps);
        SavedState.Write(writer, returns);
        SavedState.Write(writer, lengths);
        writer.Write(episodes.Count);
        foreach (var (environment, endStep, length, sum, isTruncated) in episodes)
        {
            writer.Write(environment);
            writer.Write(endStep);
            writer.Write(length);
            writer.Write(sum);
            writer.Write(isTruncated);
        }
    }

    /// <inheritdoc/>
    protected override Action ReadOwn(BinaryReader reader)
    {
        var readSteps = reader.ReadInt64();
        var readReturns = SavedState.ReadDoubles(reader, returns.Length);
        var readLengths = SavedState.ReadInt32s(reader, lengths.Length);
        var readEpisodes = new List<EpisodeRecord>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            readEpisodes.Add(new EpisodeRecord(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadBoolean()));
        }

        return () =>
        {
            steps = readSteps;
            readReturns.CopyTo(returns, 0);
            readLengths.CopyTo(lengths, 0);
            episodes.Clear();
            episodes.AddRange(readEpisodes);
        };
    }
}
