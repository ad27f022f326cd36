using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>One name of a device in a text.</summary>
/// <param name="Value">Its value in <see cref="DeviceNames.Index"/>.</param>
/// <param name="Start">Its first token.</param>
/// <param name="End">The token after its last.</param>
/// <param name="IsDoubtful">Whether the words beside it may make it another name.</param>
/// <param name="MemoryGibi">The memory size that stands with it, 0 for none.</param>
internal record struct DeviceName(int Value, int Start, int End, bool IsDoubtful, double MemoryGibi)
{
    internal readonly bool IsUnlisted => Value >= DeviceNames.FirstUnlistedCard;

    internal readonly bool IsProduct => !IsUnlisted && Value % 2 == 1;

    internal readonly int Sheet => Value / 2;

    internal readonly bool IsCard => IsUnlisted ? Value < DeviceNames.FirstUnlistedSystem : DeviceSheets.Rows[Sheet].IsAddIn;

    internal readonly string Name => Value >= DeviceNames.FirstUnlistedSystem ? UnlistedNames.Systems[Value - DeviceNames.FirstUnlistedSystem]
        : Value >= DeviceNames.FirstUnlistedCard ? UnlistedNames.Cards[Value - DeviceNames.FirstUnlistedCard]
        : DeviceSheets.Rows[Sheet].Name;
}

/// <summary>What a device text says: names, sizes, counts.</summary>
internal ref struct DeviceReading
{
    internal const int MaximumNames = 16;

    internal Span<DeviceName> Names;
    internal ReadOnlySpan<TextToken> Tokens;
    internal bool HasTooManyNames;
    internal bool IsCluster;
    internal bool SaysLaptop;
    internal int? Count;
    internal bool CountsDiffer;
    internal int? Threads;
    internal int? GpuCores;
    internal int? Cores;
    internal ProcessorGroup? Processor;

    private bool processorsDiffer;

    /// <summary>Reads a device text of at most <see cref="DeviceMatcher.MaximumTextLength"/> characters, already cut.</summary>
    internal static DeviceReading Of(ReadOnlySpan<char> folded, ReadOnlySpan<TextToken> tokens, ReadOnlySpan<int> ids, Span<DeviceName> names)
    {
        var reading = new DeviceReading { Tokens = tokens };
        reading.Names = names[..reading.FindNames(folded, ids, names)];
        reading.ReadBetween(folded);
        return reading;
    }

    /// <summary>Whether something else begins between two tokens.</summary>
    internal readonly bool HasBreak(int end, int start)
    {
        for (var i = end; i <= start; i++)
        {
            if (Tokens[i].Gap == TokenGap.Break)
            {
                return true;
            }
        }

        return false;
    }

    private int FindNames(ReadOnlySpan<char> folded, ReadOnlySpan<int> ids, Span<DeviceName> names)
    {
        var count = 0;
        for (var i = 0; i < Tokens.Length;)
        {
            var (length, value) = DeviceNames.Index.Longest(ids, i);
            if (length == 0)
            {
                i++;
                continue;
            }

            // "Tesla V100 PCIe": "V100 PCIe" begins inside "Tesla V100" and says more.
            var end = i + length;
            for (var k = i + 1; value < DeviceNames.FirstUnlistedCard && k < end; k++)
            {
                var (inner, other) = DeviceNames.Index.Longest(ids, k);
                if (k + inner > end)
                {
                    (end, value) = (k + inner, other);
                }
            }

            if (count == names.Length)
            {
                HasTooManyNames = true;
                return count;
            }

            var name = new DeviceName(value, i, end, false, 0);
            names[count++] = name with { IsDoubtful = IsDoubtful(folded, ids, name) };
            i = end;
        }

        return count;
    }

    private readonly bool IsDoubtful(ReadOnlySpan<char> folded, ReadOnlySpan<int> ids, DeviceName name)
    {
        if (Tokens[name.Start].Gap == TokenGap.None || (name.Start > 0 && Tokens[name.Start].Gap == TokenGap.Space && DeviceNames.IsForeign(ids[name.Start - 1])))
        {
            return true;
        }

        if (name.End == Tokens.Length || TextNumbers.At(folded, Tokens, name.End).Meaning != NumberMeaning.None)
        {
            return false;
        }

        var gap = Tokens[name.End].Gap;
        return gap == TokenGap.None || (gap == TokenGap.Space && DeviceNames.IsQualifier(ids[name.End], name.IsCard));
    }

    private void ReadBetween(ReadOnlySpan<char> folded)
    {
        var next = 0;
        for (var i = 0; i < Tokens.Length;)
        {
            if (next < Names.Length && i == Names[next].Start)
            {
                i = Names[next++].End;
                continue;
            }

            var number = TextNumbers.At(folded, Tokens, i);
            if (number.Meaning != NumberMeaning.None)
            {
                Take(number, next);
                // A number never reaches into a name.
                i = Math.Min(i + number.Tokens, next < Names.Length ? Math.Max(i + 1, Names[next].Start) : Tokens.Length);
                continue;
            }

            ReadWord(Word(folded, i), Word(folded, i - 1), Word(folded, i + 1));
            i++;
        }
    }

    private void Take(TextNumber number, int next)
    {
        var value = (int)number.Value;
        switch (number.Meaning)
        {
            case NumberMeaning.Memory when Names.Length > 0:
                // The name before owns it; at the start of the text, the name after.
                ref var owner = ref Names[Math.Max(0, next - 1)];
                owner.MemoryGibi = owner.MemoryGibi > 0 ? owner.MemoryGibi : number.Value;
                break;
            case NumberMeaning.Count or NumberMeaning.Parallel:
                CountsDiffer |= Count is { } other && other != value;
                Count = value;
                break;
            case NumberMeaning.Threads:
                Threads ??= value;
                break;
            case NumberMeaning.GpuCores:
                GpuCores ??= value;
                break;
            case NumberMeaning.Cores:
                Cores ??= value;
                break;
            default:
                break;
        }
    }

    private readonly ReadOnlySpan<char> Word(ReadOnlySpan<char> folded, int i) =>
        i >= 0 && i < Tokens.Length ? folded.Slice(Tokens[i].Start, Tokens[i].Length) : default;

    private void ReadWord(ReadOnlySpan<char> word, ReadOnlySpan<char> previous, ReadOnlySpan<char> following)
    {
        switch (word)
        {
            case "cluster" or "clusters" or "nodes":
                IsCluster = true;
                break;
            case "laptop" or "notebook" or "mobile":
                SaysLaptop = true;
                break;
            case "q" when previous is "max":
                SaysLaptop = true;
                break;
            case "dual" or "twin" when following is not ("channel" or "core" or "fan" or "rank" or "boot" or "slot"):
                CountsDiffer |= Count is not (null or 2);
                Count = 2;
                break;
            case "cpu" or "xnnpack":
                Say(ProcessorGroup.Cpu);
                break;
            case "gpu" or "igpu" or "egpu" or "dgpu":
                Say(ProcessorGroup.Gpu);
                break;
            case "cores" when previous is "processor":
                Say(ProcessorGroup.Cpu);
                break;
            case "npu" or "htp" or "hexagon" or "ane" or "neural":
                Say(ProcessorGroup.Npu);
                break;
            default:
                break;
        }
    }

    // Two processors named in a device's text name none: it lists what the device has.
    private void Say(ProcessorGroup processor)
    {
        processorsDiffer |= Processor is { } other && other != processor;
        Processor = processorsDiffer ? null : processor;
    }
}
