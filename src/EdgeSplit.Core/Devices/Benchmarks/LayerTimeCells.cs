namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>The cells of one time per operation; one instance serves row after row.</summary>
internal sealed class LayerTimeCells
{
    private const double SecondsPerMicrosecond = 1e-6;

    private readonly string[] _texts = new string[LayerTimeColumns.Number];
    private string _reason = "";

    internal string this[LayerTimeColumn column]
    {
        private get => _texts[(int)column];
        set => _texts[(int)column] = value;
    }

    internal void Clear() => Array.Fill(_texts, "");

    /// <summary>The row; null with a reason where it states no usable time.</summary>
    internal LayerTimeRow? ToRow(string location, out string reason)
    {
        _reason = "";
        var phase = Phase();
        var time = Real(LayerTimeColumn.Time);
        if (this[LayerTimeColumn.Device].Length == 0 || this[LayerTimeColumn.Operation].Length == 0)
        {
            Fail("no device or no operation");
        }

        if (time is null)
        {
            Fail("no time");
        }

        var tokens = Whole(LayerTimeColumn.Tokens, 1);
        var chunk = Whole(LayerTimeColumn.PrefillChunk, 0);
        var prefillCached = Whole(LayerTimeColumn.PrefillCached, 0);
        var sequences = Whole(LayerTimeColumn.DecodeSequences, 0);
        var decodeCached = Whole(LayerTimeColumn.DecodeCached, 0);
        var productRows = Whole(LayerTimeColumn.ProductRows, 1);
        var productInner = Whole(LayerTimeColumn.ProductInner, 1);
        var productColumns = Whole(LayerTimeColumn.ProductColumns, 1);
        var experts = Whole(LayerTimeColumn.ActivatedExperts, 1);
        var degree = Whole(LayerTimeColumn.TensorParallel, 1) ?? 1;
        var flop = Real(LayerTimeColumn.Flop);
        var bytes = Real(LayerTimeColumn.WeightBytes);
        reason = _reason;
        return reason.Length > 0 ? null : new LayerTimeRow
        {
            Location = location,
            Device = this[LayerTimeColumn.Device],
            Model = this[LayerTimeColumn.Model],
            Format = this[LayerTimeColumn.Format],
            TensorParallelDegree = degree,
            Operation = this[LayerTimeColumn.Operation],
            Phase = phase,
            Tokens = tokens,
            PrefillChunkTokens = chunk,
            PrefillCachedTokens = prefillCached,
            DecodeSequences = sequences,
            DecodeCachedTokens = decodeCached,
            ProductRows = productRows,
            ProductInner = productInner,
            ProductColumns = productColumns,
            ActivatedExperts = experts,
            Seconds = time!.Value * SecondsPerMicrosecond,
            Flop = flop,
            WeightBytes = bytes,
            Notes = this[LayerTimeColumn.Notes],
            Source = this[LayerTimeColumn.Source],
        };
    }

    private LayerTimePhase Phase()
    {
        switch (this[LayerTimeColumn.Phase])
        {
            case "any":
                return LayerTimePhase.Any;
            case "prefill":
                return LayerTimePhase.Prefill;
            case "decode":
                return LayerTimePhase.Decode;
            case "per-sequence":
                return LayerTimePhase.PerSequence;
            default:
                Fail($"the phase {QuotedText.Of(this[LayerTimeColumn.Phase])} is none of any, prefill, decode, per-sequence");
                return LayerTimePhase.Any;
        }
    }

    private int? Whole(LayerTimeColumn column, int min)
    {
        var text = this[column];
        if (NumberText.IsUnstated(text))
        {
            return null;
        }

        if (NumberText.TryWhole(text, out var value) && value >= min)
        {
            return value;
        }

        Fail(FormattableString.Invariant($"{LayerTimeColumns.NameOf(column)} {QuotedText.Of(text)} is no whole number of at least {min}"));
        return null;
    }

    private double? Real(LayerTimeColumn column)
    {
        var text = this[column];
        if (NumberText.IsUnstated(text))
        {
            return null;
        }

        if (NumberText.TryReal(text, out var value) && value > 0 && value * SecondsPerMicrosecond > 0)
        {
            return value;
        }

        Fail($"{LayerTimeColumns.NameOf(column)} {QuotedText.Of(text)} is not positive and finite");
        return null;
    }

    private void Fail(string reason) => _reason = _reason.Length > 0 ? _reason : reason;
}
