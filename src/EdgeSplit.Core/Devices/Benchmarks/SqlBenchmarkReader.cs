namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Reads llama-bench's SQL: <c>CREATE TABLE</c> and <c>INSERT INTO ... VALUES</c>, one or several rows each.</summary>
internal ref struct SqlBenchmarkReader
{
    private readonly RowCollector<BenchmarkRow> _rows;
    private readonly LlamaBenchRecord _record = new();
    private SqlTokens _tokens;
    private List<LlamaBenchColumn?> _tableColumns = [];
    private bool _isReported;

    private SqlBenchmarkReader(ReadOnlySpan<byte> bytes, BenchmarkStart start, RowCollector<BenchmarkRow> rows)
    {
        _rows = rows;
        _tokens = new SqlTokens(bytes, start.Start, start.Line);
    }

    internal static void Read(ReadOnlySpan<byte> bytes, BenchmarkStart start, RowCollector<BenchmarkRow> rows)
    {
        var reader = new SqlBenchmarkReader(bytes, start, rows);
        reader.ReadStatements();
    }

    private readonly string Location => FormattableString.Invariant($"line {_tokens.Line}");

    private void ReadStatements()
    {
        _tokens.Next();
        while (_tokens.Kind != SqlToken.End)
        {
            _isReported = false;
            var location = Location;
            var isRead = _tokens.IsWord("INSERT") ? TryInsert() : _tokens.IsWord("CREATE") ? TryCreate() : TryPass();
            if (isRead)
            {
                continue;
            }

            if (!_isReported)
            {
                _rows.Skip(location, "a statement that is damaged or ends too early");
            }

            if (!_tokens.MoveToLine("INSERT"))
            {
                return;
            }

            _tokens.Next();
        }
    }

    /// <summary>Passes a statement that holds no rows.</summary>
    private bool TryPass()
    {
        while (_tokens.Kind is not (SqlToken.End or SqlToken.Unclosed))
        {
            if (_tokens.IsSymbol(';'))
            {
                _tokens.Next();
                return true;
            }

            _tokens.Next();
        }

        return _tokens.Kind == SqlToken.End;
    }

    /// <summary><c>CREATE TABLE name (column type, ...);</c> names the columns of statements that do not.</summary>
    private bool TryCreate()
    {
        while (_tokens.Kind is SqlToken.Word or SqlToken.Text)
        {
            _tokens.Next();
        }

        if (!_tokens.IsSymbol('('))
        {
            return TryPass();
        }

        var columns = new List<LlamaBenchColumn?>();
        var depth = 1;
        var isName = true;
        while (depth > 0)
        {
            _tokens.Next();
            if (_tokens.Kind is SqlToken.End or SqlToken.Unclosed)
            {
                return false;
            }

            depth += _tokens.IsSymbol('(') ? 1 : _tokens.IsSymbol(')') ? -1 : 0;
            if (isName && _tokens.Kind is SqlToken.Word or SqlToken.Text)
            {
                columns.Add(Column());
            }

            isName = depth == 1 && _tokens.IsSymbol(',');
        }

        _tableColumns = columns;
        return TryPass();
    }

    /// <summary><c>INSERT INTO name (columns) VALUES (...), (...);</c></summary>
    private bool TryInsert()
    {
        while (_tokens.Kind is SqlToken.Word or SqlToken.Text && !_tokens.IsWord("VALUES"))
        {
            _tokens.Next();
        }

        var columns = _tableColumns;
        if (_tokens.IsSymbol('('))
        {
            columns = [];
            do
            {
                _tokens.Next();
                if (_tokens.Kind is not (SqlToken.Word or SqlToken.Text))
                {
                    return false;
                }

                columns.Add(Column());
                _tokens.Next();
            }
            while (_tokens.IsSymbol(','));
            if (!_tokens.IsSymbol(')'))
            {
                return false;
            }

            _tokens.Next();
        }

        if (!_tokens.IsWord("VALUES"))
        {
            return false;
        }

        do
        {
            _tokens.Next();
            if (!_tokens.IsSymbol('(') || !TryRow(columns))
            {
                return false;
            }
        }
        while (_tokens.IsSymbol(','));

        if (_tokens.IsSymbol(';'))
        {
            _tokens.Next();
            return true;
        }

        return _tokens.Kind == SqlToken.End;
    }

    /// <summary>One <c>(...)</c>; false where it does not end.</summary>
    private bool TryRow(List<LlamaBenchColumn?> columns)
    {
        var location = Location;
        var start = _tokens.Position;
        _record.Clear();
        var count = 0;
        do
        {
            _tokens.Next();
            if (_tokens.Kind is not (SqlToken.Word or SqlToken.Text))
            {
                _isReported = true;
                _rows.Skip(location, "a row that is damaged or ends too early");
                return false;
            }

            if (count < columns.Count && columns[count] is { } column && !_tokens.IsWord("NULL") && _tokens.Span.Length <= BenchmarkBytes.MaxRowBytes)
            {
                _record.Set(column, _tokens.Text());
            }

            count++;
            _tokens.Next();
        }
        while (_tokens.IsSymbol(','));

        if (!_tokens.IsSymbol(')'))
        {
            _isReported = true;
            _rows.Skip(location, "a row that is damaged or ends too early");
            return false;
        }

        AddRow(location, count, columns.Count, _tokens.Position - start);
        _tokens.Next();
        return true;
    }

    private readonly void AddRow(string location, int count, int columns, int bytes)
    {
        if (bytes > BenchmarkBytes.MaxRowBytes)
        {
            _rows.Skip(location, $"a row of more than {BenchmarkBytes.MaxRowBytes} bytes");
        }
        else if (count != columns)
        {
            _rows.Skip(location, FormattableString.Invariant($"{count} values for {columns} columns"));
        }
        else if (LlamaBenchRow.From(_record, location, out var reason) is { } row)
        {
            _rows.Add(row, location);
        }
        else
        {
            _rows.Skip(location, reason);
        }
    }

    private readonly LlamaBenchColumn? Column() => LlamaBenchColumns.TryFind(_tokens.Span, out var column) ? column : null;
}
