namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Turns the cells of a published measurement into a measured speed.</summary>
internal static class MeasuredSpeedRow
{
    /// <summary>The row; null with a reason where it states no usable speed.</summary>
    /// <param name="cells">Trimmed text of each <see cref="MeasuredSpeedColumn"/>; empty where not stated.</param>
    /// <param name="location">Where it stands.</param>
    /// <param name="reason">Why there is none; empty where there is one.</param>
    internal static BenchmarkRow? From(string[] cells, string location, out string reason)
    {
        if (Phase(Cell(cells, MeasuredSpeedColumn.Phase)) is not { } phase)
        {
            reason = $"the phase {QuotedText.Of(Cell(cells, MeasuredSpeedColumn.Phase))} is neither prefill nor decode";
            return null;
        }

        var speed = Cell(cells, MeasuredSpeedColumn.Speed);
        if (!NumberText.TryReal(speed, out var rate) || !(rate > 0))
        {
            reason = speed.Length == 0 ? "no speed" : $"the speed {QuotedText.Of(speed)} is not positive and finite";
            return null;
        }

        if (Cell(cells, MeasuredSpeedColumn.Model).Length == 0)
        {
            reason = "no model";
            return null;
        }

        reason = "";
        var prompt = Whole(cells, MeasuredSpeedColumn.PromptTokens, ref reason);
        var generated = Whole(cells, MeasuredSpeedColumn.GeneratedTokens, ref reason);
        var context = Whole(cells, MeasuredSpeedColumn.Context, ref reason);
        var batch = Whole(cells, MeasuredSpeedColumn.Batch, ref reason);
        var bytes = Real(cells, MeasuredSpeedColumn.WeightBytes, ref reason);
        var watts = Real(cells, MeasuredSpeedColumn.Power, ref reason);
        if (reason.Length > 0)
        {
            return null;
        }

        var notes = Cell(cells, MeasuredSpeedColumn.Notes);
        var device = Cell(cells, MeasuredSpeedColumn.Device);
        var backend = Cell(cells, MeasuredSpeedColumn.Backend);
        var compiled = MeasuredSpeedNotes.CompiledContext(notes);
        var depth = phase == BenchmarkPhase.Prefill
            ? PrefillDepth(Positive(prompt), context, compiled)
            : DecodeDepth(Positive(prompt), Positive(generated), context, compiled);
        return new BenchmarkRow
        {
            Location = location,
            Model = Cell(cells, MeasuredSpeedColumn.Model),
            Format = Cell(cells, MeasuredSpeedColumn.Format),
            Device = device,
            Backend = backend,
            Phase = phase,
            TokensPerSecond = rate,
            PromptTokens = phase == BenchmarkPhase.Prefill ? Positive(prompt) : null,
            GeneratedTokens = phase == BenchmarkPhase.Decode ? Positive(generated) : null,
            DepthTokens = depth ?? MeasuredSpeedNotes.Depth(notes),
            CompiledContextTokens = phase == BenchmarkPhase.Decode ? compiled : null,
            Batch = Math.Max(Positive(batch) ?? 1, MeasuredSpeedNotes.Concurrency(notes) ?? 1),
            MicroBatchTokens = MeasuredSpeedNotes.MicroBatch(notes),
            Threads = MeasuredSpeedNotes.Threads(backend) ?? MeasuredSpeedNotes.Threads(device) ?? MeasuredSpeedNotes.Threads(notes),
            Devices = MeasuredSpeedNotes.Devices(device),
            WeightBytes = bytes is > 0 ? bytes : MeasuredSpeedNotes.FileBytes(notes),
            Watts = watts is > 0 ? watts : null,
            Confidence = Cell(cells, MeasuredSpeedColumn.Confidence),
            Notes = notes,
            Source = Cell(cells, MeasuredSpeedColumn.Source),
        };
    }

    /// <summary>The context of a prefill row is counted at the end of its prompt, unless it is the length of a compiled cache.</summary>
    private static int? PrefillDepth(int? prompt, int? context, int? compiled) =>
        prompt is null || context is null || context == compiled ? null : Math.Max(0, context.Value - prompt.Value);

    /// <summary>The context of a decode row is counted at the end of the generation, or is where the speed was taken.</summary>
    private static int? DecodeDepth(int? prompt, int? generated, int? context, int? compiled)
    {
        if (context is null || context == compiled)
        {
            return prompt;
        }

        return Math.Max(0, context.Value - (generated ?? 0));
    }

    private static string Cell(string[] cells, MeasuredSpeedColumn column) => cells[(int)column];

    private static BenchmarkPhase? Phase(string text)
    {
        if (text.Equals("prefill", StringComparison.OrdinalIgnoreCase) || text.Equals("pp", StringComparison.OrdinalIgnoreCase))
        {
            return BenchmarkPhase.Prefill;
        }

        return text.Equals("decode", StringComparison.OrdinalIgnoreCase) || text.Equals("tg", StringComparison.OrdinalIgnoreCase) ? BenchmarkPhase.Decode : null;
    }

    private static int? Positive(int? value) => value is > 0 ? value : null;

    private static int? Whole(string[] cells, MeasuredSpeedColumn column, ref string reason)
    {
        var text = Cell(cells, column);
        if (NumberText.IsUnstated(text))
        {
            return null;
        }

        if (NumberText.TryWhole(text, out var value) && value >= 0)
        {
            return value;
        }

        reason = reason.Length > 0 ? reason : $"{MeasuredSpeedColumns.NameOf(column)} {QuotedText.Of(text)} is no whole number of at least 0";
        return null;
    }

    private static double? Real(string[] cells, MeasuredSpeedColumn column, ref string reason)
    {
        var text = Cell(cells, column);
        if (NumberText.IsUnstated(text))
        {
            return null;
        }

        if (NumberText.TryReal(text, out var value) && value >= 0)
        {
            return value;
        }

        reason = reason.Length > 0 ? reason : $"{MeasuredSpeedColumns.NameOf(column)} {QuotedText.Of(text)} is no finite number of at least 0";
        return null;
    }
}
