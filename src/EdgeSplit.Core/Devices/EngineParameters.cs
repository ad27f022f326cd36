using System.Collections;

namespace EdgeSplit.Core.Devices;

/// <summary>One value for each <see cref="EngineParameter"/>.</summary>
/// <remarks>Immutable, compared by value, safe to share between threads. 0 means that the effect is absent; efficiencies and factors are positive.</remarks>
public sealed class EngineParameters : IEquatable<EngineParameters>, IReadOnlyList<double>
{
    /// <summary>Number of parameters.</summary>
    public const int Length = (int)EngineParameter.OverheadSecondsPerPass + 1;

    private readonly double[] values;

    /// <summary>Creates a set.</summary>
    /// <param name="values">One value for each parameter, in the order of the enumeration.</param>
    /// <exception cref="ArgumentException">There are too few or too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN, infinite or negative, or an efficiency is not in (0, 1.25].</exception>
    public EngineParameters(params ReadOnlySpan<double> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException($"Must hold {Length} values; found {values.Length}.", nameof(values));
        }

        this.values = values.ToArray();
        for (var i = 0; i < Length; i++)
        {
            var (least, most) = Range((EngineParameter)i);
            if (!(values[i] >= least && values[i] <= most))
            {
                throw new ArgumentOutOfRangeException(nameof(values), values[i], FormattableString.Invariant($"{(EngineParameter)i} must be in [{least}, {most}]."));
            }
        }
    }

    /// <inheritdoc/>
    public int Count => Length;

    /// <summary>The value of a parameter.</summary>
    /// <param name="parameter">Which one.</param>
    public double this[EngineParameter parameter] => values[(int)parameter];

    /// <inheritdoc/>
    public double this[int index] => values[index];

    /// <summary>The range of a parameter: what is physically possible, with room for boost clocks and cached weights above a data sheet's figure.</summary>
    /// <param name="parameter">Which one.</param>
    /// <returns>Least and most, both allowed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is not defined.</exception>
    public static (double Least, double Most) Range(EngineParameter parameter) => parameter switch
    {
        EngineParameter.MatrixEfficiency or EngineParameter.PackedMatrixEfficiency => (1e-4, RooflineProfile.MaximumEfficiency),
        EngineParameter.BandwidthEfficiency => (0.01, RooflineProfile.MaximumEfficiency),
        EngineParameter.PackedBandwidthFactor => (0.05, 2),
        EngineParameter.StackedMemoryFactor => (0.1, 1.5),
        EngineParameter.UnpackFlopPerWeight => (0, 10_000),
        EngineParameter.UnpackBytesPerWeight => (0, 100),
        EngineParameter.KeyValueBandwidthEfficiency => (0.005, RooflineProfile.MaximumEfficiency),
        EngineParameter.AttentionEfficiency => (1e-4, RooflineProfile.MaximumEfficiency),
        EngineParameter.ScoreBytes => (0, 1000),
        EngineParameter.OverheadSecondsPerOperation => (0, 0.1),
        EngineParameter.OverheadSecondsPerPass => (0, 10),
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "Must be a defined parameter."),
    };

    /// <summary>The same set with one value replaced.</summary>
    /// <param name="parameter">Which one.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public EngineParameters With(EngineParameter parameter, double value)
    {
        var copy = (double[])values.Clone();
        copy[(int)parameter] = value;
        return new EngineParameters(copy);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EngineParameters? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EngineParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(17, HashCode.Combine);
}
