namespace EdgeSplit.Core.Randomness;

/// <summary>Finds the step of a cumulative distribution that a uniform number falls on, in constant expected time.</summary>
/// <remarks>Source: H.-C. Chen, Y. Asau, "On generating random variates from an empirical distribution", AIIE Transactions 6(2), 1974.</remarks>
internal sealed class GuideTable
{
    private readonly double[] cumulative;
    private readonly int[] first;

    /// <param name="cumulative">Upper ends of the steps, not decreasing, the last one exactly 1; kept, not copied.</param>
    internal GuideTable(double[] cumulative)
    {
        this.cumulative = cumulative;
        first = new int[cumulative.Length];
        var step = 0;
        for (var cell = 0; cell < first.Length; cell++)
        {
            while (cumulative[step] <= (double)cell / first.Length)
            {
                step++;
            }

            first[cell] = step;
        }
    }

    /// <summary>The first step whose upper end is above <paramref name="uniform"/>, which lies in [0, 1).</summary>
    internal int Find(double uniform)
    {
        // The cell may round up by one; the loop back is for that case only.
        var step = first[Math.Min((int)(uniform * first.Length), first.Length - 1)];
        while (step > 0 && cumulative[step - 1] > uniform)
        {
            step--;
        }

        while (cumulative[step] <= uniform)
        {
            step++;
        }

        return step;
    }
}
