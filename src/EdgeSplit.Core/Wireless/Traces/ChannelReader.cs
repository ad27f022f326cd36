namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Reads a delimited channel log by a column mapping.</summary>
internal sealed class ChannelReader
{
    private const string AllowedRate = "a rate of at least 0 with a decimal point, at most 1E+18 bit/s";

    private readonly TraceColumns _columns;
    private readonly TraceLines _lines;
    private readonly CsvRows _csv;
    private readonly RateRows _rates;
    private readonly TimeLayout? _layout;
    private readonly byte[]? _missingMark;
    private readonly int _rateSlot;
    private readonly int _timeSlot;
    private readonly int _snrSlot;
    private readonly int _lossSlot;
    private double _previous;

    internal ChannelReader(Stream stream, string name, TraceColumns columns)
    {
        _columns = columns;
        var expectedRows = Math.Min(TraceLines.CountRows(stream), 1 << 27);
        _lines = new TraceLines(stream, name);
        var names = new List<string>();
        (_rateSlot, _timeSlot) = (Slot(columns.RateColumn), Slot(columns.TimeColumn));
        (_snrSlot, _lossSlot) = (Slot(columns.SnrDbColumn), Slot(columns.LossColumn));
        _csv = new CsvRows(_lines, columns.Delimiter, [.. names]);
        _rates = new RateRows(expectedRows);
        _layout = columns.TimeFormat is { } format ? new TimeLayout(format) : null;
        _missingMark = columns.MissingMark is { } mark ? System.Text.Encoding.UTF8.GetBytes(mark) : null;

        int Slot(string? column)
        {
            if (column is not null)
            {
                names.Add(column);
            }

            return column is null ? -1 : names.Count - 1;
        }
    }

    internal ChannelTrace Read(double? durationSeconds, TraceEnd end)
    {
        var snrDb = _snrSlot >= 0 ? new StepSeries() : null;
        var loss = _lossSlot >= 0 ? new StepSeries() : null;
        var (rows, missingRates, missingSnrs) = (0, 0, 0);
        for (; _csv.TryNext(); rows++)
        {
            var time = _timeSlot >= 0 ? Time() : rows * _columns.RowSeconds;
            if (IsMissing(_rateSlot))
            {
                missingRates++;
            }
            else
            {
                var rate = Number(_rateSlot, AllowedRate) * _columns.RateUnitBitsPerSecond;
                _rates.Add(time, rate >= 0 && rate <= RateRows.MaximumBitsPerSecond ? rate : throw _csv.Error(_rateSlot, AllowedRate));
            }

            if (snrDb is not null)
            {
                var value = IsMissing(_snrSlot) ? double.NaN : Number(_snrSlot, "an SNR in dB with a decimal point");
                missingSnrs += double.IsNaN(value) ? 1 : 0;
                snrDb.Add(time, value);
            }

            loss?.Add(time, Loss());
        }

        return rows == 0 ? throw _lines.FileError("a header without rows", "at least one row")
            : _rates.Count == 0 ? throw _lines.FileError($"no row with a value in column '{_columns.RateColumn}'", "at least one rate")
            : new ChannelTrace(new RateTrace(_rates, durationSeconds, end), snrDb, loss, missingRates, missingSnrs);
    }

    private double Time()
    {
        var text = _csv.Field(_timeSlot);
        double time;
        if (_layout is not null)
        {
            time = _layout.TryRead(text, out time) ? time : throw _csv.Error(_timeSlot, $"a time written as {_columns.TimeFormat}");
        }
        else
        {
            time = TraceNumber.TryFinite(text, out time) ? time * _columns.TimeUnitSeconds : double.NaN;
            time = time >= 0 && time <= RateRows.MaximumSeconds
                ? time
                : throw _csv.Error(_timeSlot, "a time of at least 0 with a decimal point, at most 1E+12 s");
        }

        _previous = time >= _previous ? time : throw _csv.Error(_timeSlot, "times that never go back");
        return time;
    }

    private double Loss()
    {
        const string allowed = "a fraction from 0 to 1";
        if (IsMissing(_lossSlot))
        {
            return double.NaN;
        }

        var loss = Number(_lossSlot, allowed);
        return loss is >= 0 and <= 1 ? loss : throw _csv.Error(_lossSlot, allowed);
    }

    private bool IsMissing(int slot) => _missingMark is not null && _csv.Field(slot).SequenceEqual(_missingMark);

    private double Number(int slot, string allowed) =>
        TraceNumber.TryFinite(_csv.Field(slot), out var value) ? value : throw _csv.Error(slot, allowed);
}
