namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads llama-bench's CSV and the columns of published speed measurements.</summary>
internal static class CsvBenchmarkReader
{
    internal static void ReadLlamaBench(ReadOnlyMemory<byte> bytes, BenchmarkStart start, RowCollector<BenchmarkRow> rows)
    {
        using var records = CsvRecords.Open(bytes[start.Start..], start.Line, start.Delimiter, rows.Skip);
        var columns = CsvHeader.Columns(records.Header, name => LlamaBenchColumns.TryFind(name, out var column) ? column : (LlamaBenchColumn?)null, rows.File, start.Line);
        var record = new LlamaBenchRecord();
        while (records.Read(rows.Skip))
        {
            record.Clear();
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is { } column && !string.IsNullOrWhiteSpace(records[i]))
                {
                    record.Set(column, records[i].AsSpan().Trim());
                }
            }

            if (LlamaBenchRow.From(record, records.Location, out var reason) is { } row)
            {
                rows.Add(row, records.Location);
            }
            else
            {
                rows.Skip(records.Location, reason);
            }
        }
    }

    internal static void ReadMeasured(ReadOnlyMemory<byte> bytes, BenchmarkStart start, RowCollector<BenchmarkRow> rows)
    {
        using var records = CsvRecords.Open(bytes[start.Start..], start.Line, start.Delimiter, rows.Skip);
        var columns = CsvHeader.Columns(records.Header, name => MeasuredSpeedColumns.TryFind(name, out var column) ? column : (MeasuredSpeedColumn?)null, rows.File, start.Line);
        var cells = new string[MeasuredSpeedColumns.Number];
        while (records.Read(rows.Skip))
        {
            Array.Fill(cells, "");
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is { } column)
                {
                    cells[(int)column] = records[i].Trim();
                }
            }

            if (MeasuredSpeedRow.From(cells, records.Location, out var reason) is { } row)
            {
                rows.Add(row, records.Location);
            }
            else
            {
                rows.Skip(records.Location, reason);
            }
        }
    }
}
