using System.Text;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The cells of one llama-bench row as text, whatever the format; one instance serves row after row.</summary>
/// <remarks>Texts that repeat from the row before are shared, as most do.</remarks>
internal sealed class LlamaBenchRecord
{
    private readonly string?[] _texts = new string?[LlamaBenchColumns.Number];
    private readonly string?[] _before = new string?[LlamaBenchColumns.Number];

    /// <summary>Speeds of the repetitions, tokens per second.</summary>
    internal List<double> SampleRates { get; } = [];

    /// <summary>Times of the repetitions, nanoseconds.</summary>
    internal List<double> SampleNanoseconds { get; } = [];

    /// <summary>A column that was stated twice; null where none was.</summary>
    internal LlamaBenchColumn? Twice { get; private set; }

    /// <summary>The text of a column; null where the row does not state it.</summary>
    internal string? this[LlamaBenchColumn column] => _texts[(int)column];

    internal string? this[LlamaBenchColumn column, LlamaBenchColumn other] => _texts[(int)column] ?? _texts[(int)other];

    internal void Clear()
    {
        for (var i = 0; i < _texts.Length; i++)
        {
            _before[i] = _texts[i] ?? _before[i];
            _texts[i] = null;
        }

        SampleRates.Clear();
        SampleNanoseconds.Clear();
        Twice = null;
    }

    internal void Set(LlamaBenchColumn column, ReadOnlySpan<char> text)
    {
        var before = _before[(int)column];
        Put(column, before is not null && text.SequenceEqual(before) ? before : text.ToString());
    }

    /// <summary>As the other, from UTF-8.</summary>
    internal void Set(LlamaBenchColumn column, ReadOnlySpan<byte> text)
    {
        var before = _before[(int)column];
        Put(column, before is not null && Ascii.Equals(text, before) ? before : Encoding.UTF8.GetString(text));
    }

    private void Put(LlamaBenchColumn column, string text)
    {
        if (_texts[(int)column] is not null)
        {
            Twice ??= column;
            return;
        }

        _texts[(int)column] = text;
    }
}
