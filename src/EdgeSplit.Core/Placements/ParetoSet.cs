namespace EdgeSplit.Core.Placements;

/// <summary>Which of several alternatives are not beaten: no other one is at least as good in every criterion and better in one.</summary>
public static class ParetoSet
{
    /// <summary>Marks the alternatives that are not beaten. Smaller is better.</summary>
    /// <remarks>Equal alternatives stay together. Alternatives are visited in lexicographic order, so that each has to be compared with found members only.</remarks>
    /// <param name="values">One row per alternative; shape [alternatives x criteria], row by row. Infinity is allowed.</param>
    /// <param name="criteria">Number of criteria, at least 1.</param>
    /// <returns>Whether each alternative belongs to the set; shape [alternatives].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN, or the number of values is no multiple of <paramref name="criteria"/>.</exception>
    public static bool[] Mark(ReadOnlySpan<double> values, int criteria)
    {
        Guard.AtLeast(criteria, 1);
        var count = values.Length / criteria;
        Guard.SameLength(values.Length, count * criteria);
        foreach (var value in values)
        {
            Guard.InRange(value, double.NegativeInfinity, double.PositiveInfinity);
        }

        var rows = values.ToArray();
        var order = Enumerable.Range(0, count).ToArray();
        Array.Sort(order, (a, b) => Row(a).SequenceCompareTo(Row(b)));
        var members = new List<int>();
        var isMember = new bool[count];
        foreach (var alternative in order)
        {
            isMember[alternative] = members.TrueForAll(member => !Beats(Row(member), Row(alternative)));
            if (isMember[alternative])
            {
                members.Add(alternative);
            }
        }

        return isMember;

        ReadOnlySpan<double> Row(int alternative) => rows.AsSpan(alternative * criteria, criteria);
    }

    private static bool Beats(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var isBetter = false;
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] > other[i])
            {
                return false;
            }

            isBetter |= one[i] < other[i];
        }

        return isBetter;
    }
}
