using System.Buffers;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Speed of a llama-bench row.</summary>
/// <param name="Rate">Mean, tokens per second, positive.</param>
/// <param name="Deviation">Standard deviation over the repetitions, tokens per second, at least 0; null where not stated.</param>
internal readonly record struct LlamaBenchSpeed(double Rate, double? Deviation)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.eE");

    /// <summary>The mean as stated; else the mean of the repetitions; else from the mean time.</summary>
    internal static LlamaBenchSpeed? From(LlamaBenchRecord record, LlamaBenchCells cells, LlamaBenchTest test, out string reason)
    {
        double? rate = null;
        double? deviation = null;
        if (record[LlamaBenchColumn.AverageRate] is { } average && !NumberText.IsUnstated(average))
        {
            rate = cells.Real(LlamaBenchColumn.AverageRate);
        }
        else if (record[LlamaBenchColumn.ShownRate] is { } shown && !NumberText.IsUnstated(shown))
        {
            (rate, deviation) = MeanAndDeviation(shown);
            if (rate is null)
            {
                reason = $"the speed {QuotedText.Of(shown)} cannot be read";
                return null;
            }
        }
        else if (Samples(record, test) is { Count: > 0 } samples)
        {
            rate = samples.Average();
            deviation = samples.Count > 1 ? Math.Sqrt(samples.Sum(s => (s - rate.Value) * (s - rate.Value)) / (samples.Count - 1)) : 0;
        }
        else if (cells.Real(LlamaBenchColumn.AverageNanoseconds) is { } nanoseconds)
        {
            rate = test.Tokens * 1e9 / nanoseconds;
        }

        deviation ??= cells.Real(LlamaBenchColumn.RateDeviation);
        if (cells.Error is { } error)
        {
            reason = error;
            return null;
        }

        if (rate is null)
        {
            reason = "no speed";
            return null;
        }

        if (!(rate > 0) || !double.IsFinite(rate.Value))
        {
            reason = FormattableString.Invariant($"the speed {rate} is not positive and finite");
            return null;
        }

        reason = "";
        return new LlamaBenchSpeed(rate.Value, deviation is >= 0 && double.IsFinite(deviation.Value) ? deviation : null);
    }

    private static List<double> Samples(LlamaBenchRecord record, LlamaBenchTest test) =>
        record.SampleRates.Count > 0 ? record.SampleRates : record.SampleNanoseconds.ConvertAll(ns => test.Tokens * 1e9 / ns);

    /// <summary><c>1545.36 ± 22.91</c>, whatever a console made of the sign between.</summary>
    private static (double? Mean, double? Deviation) MeanAndDeviation(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var end = text.IndexOfAnyExcept(NumberCharacters);
        var mean = end < 0 ? text : text[..end];
        if (!NumberText.TryReal(mean, out var value))
        {
            return (null, null);
        }

        if (end < 0)
        {
            return (value, null);
        }

        var rest = text[end..];
        var start = rest.IndexOfAnyInRange('0', '9');
        if (start < 0 || rest[..start].IndexOfAny(".,|") >= 0)
        {
            return (null, null);
        }

        return NumberText.TryReal(rest[start..], out var deviation) ? (value, deviation) : (null, null);
    }
}
