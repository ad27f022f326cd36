using System.Collections.Immutable;

namespace EdgeSplit.Agents.Environments;

/// <summary>A box of real vectors: for each entry a name, a unit, and a closed range.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoxSpace
{
    /// <summary>Creates a space. All arguments have the same length, at least 1.</summary>
    /// <param name="low">Smallest values; negative infinity for none.</param>
    /// <param name="high">Largest values, at least the smallest; infinity for none.</param>
    /// <param name="names">Names of the entries, unique and not blank.</param>
    /// <param name="units">Units of the entries, not blank; "1" for a pure number.</param>
    /// <exception cref="ArgumentException">Lengths differ or are 0, a range is empty or NaN, or a name is blank or occurs twice.</exception>
    public BoxSpace(IReadOnlyList<double> low, IReadOnlyList<double> high, IReadOnlyList<string> names, IReadOnlyList<string> units)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(units);
        Guard.AtLeast(low.Count, 1, nameof(low));
        Guard.SameLength(high.Count, low.Count, nameof(high));
        Guard.SameLength(names.Count, low.Count, nameof(names));
        Guard.SameLength(units.Count, low.Count, nameof(units));
        for (var i = 0; i < low.Count; i++)
        {
            Guard.NotBlank(names[i], FormattableString.Invariant($"names[{i}]"));
            Guard.NotBlank(units[i], FormattableString.Invariant($"units[{i}]"));
            if (!(low[i] <= high[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Entry {i} ('{names[i]}') has the empty range [{low[i]}, {high[i]}]."), nameof(high));
            }
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException("A name occurs twice.", nameof(names));
        }

        Low = [.. low];
        High = [.. high];
        Names = [.. names];
        Units = [.. units];
    }

    /// <summary>Number of entries.</summary>
    public int Length => Low.Length;

    /// <summary>Smallest values; shape [<see cref="Length"/>].</summary>
    public ImmutableArray<double> Low { get; }

    /// <summary>Largest values; shape [<see cref="Length"/>].</summary>
    public ImmutableArray<double> High { get; }

    /// <summary>Names of the entries; shape [<see cref="Length"/>].</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Units of the entries; shape [<see cref="Length"/>].</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>Whether a vector lies in the space; one of another length, or with a NaN, does not.</summary>
    /// <param name="values">The values; another number of them than the space has dimensions is outside.</param>
    public bool Contains(ReadOnlySpan<double> values) => values.Length == Length && FirstOutside(values) < 0;

    /// <summary>The first entry that lies outside its range, or is NaN; -1 where all lie inside.</summary>
    /// <param name="values">A vector; shape [<see cref="Length"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">The vector has another length.</exception>
    public int FirstOutside(ReadOnlySpan<double> values)
    {
        Guard.SameLength(values.Length, Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= Low[i] && values[i] <= High[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
