using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>The one sheet that device and backend leave, or why there is none.</summary>
internal readonly record struct DeviceChoice(int? Sheet, int Devices, string? Reason)
{
    // The name that stands for a card, or for a computer or phone, while the names are gone through.
    private ref struct Pick
    {
        internal DeviceName Name;
        internal bool IsThere;
        internal int Copies;
        internal int End;
    }

    internal static DeviceChoice Of(BackendReading asked, DeviceReading said)
    {
        var devices = Math.Max(1, said.Count ?? asked.Parallel ?? 1);
        if (asked.Refusal is not null)
        {
            return new(null, devices, asked.Refusal);
        }

        if (said.HasTooManyNames || said.IsCluster || said.CountsDiffer)
        {
            return new(null, devices, said.IsCluster ? "the text names a cluster of computers"
                : said.HasTooManyNames ? "the text names too many devices" : "the text gives no single number of devices");
        }

        var cardReason = FindOne(said, cards: true, out var card);
        var systemReason = FindOne(said, cards: false, out var system);
        if ((cardReason ?? systemReason) is { } reason)
        {
            return new(null, devices, reason);
        }

        var wanted = asked.Named ?? said.Processor ?? asked.Implied;
        if (card.IsThere && (wanted is null || wanted == Group(card.Name.Sheet)))
        {
            return OfCard(said, card, card.Copies > 1 && devices == 1 ? card.Copies : devices);
        }

        return system.IsThere ? OfSystem(asked, said, system.Name, wanted, devices)
            : card.IsThere ? new(null, devices, $"the backend names another processor than that of {card.Name.Name}, and the text names none")
            : new(null, devices, null);
    }

    private static ProcessorGroup Group(int sheet) => DeviceSheets.Rows[sheet].Processor.GroupOf();

    // The one card, or the one computer or phone, of the text; a reason where there are several or it is in doubt.
    private static string? FindOne(DeviceReading said, bool cards, out Pick pick)
    {
        pick = default;
        string? doubt = null;
        foreach (var name in said.Names)
        {
            if (name.IsCard != cards)
            {
                continue;
            }

            if (name.IsUnlisted || name.IsDoubtful)
            {
                doubt ??= name.IsUnlisted ? $"there is no sheet for {name.Name}" : $"the words beside \"{name.Name}\" make it another device";
                continue;
            }

            if (!pick.IsThere || (!cards && pick.Name.IsProduct && !name.IsProduct && !IsSamePlatform(pick.Name, name)))
            {
                pick = new() { Name = name, IsThere = true, Copies = 1, End = name.End };
                continue;
            }

            if (!cards && name.IsProduct && !pick.Name.IsProduct && !IsSamePlatform(pick.Name, name))
            {
                continue;
            }

            if (cards ? pick.Name.Sheet != name.Sheet : !IsSamePlatform(pick.Name, name))
            {
                return $"the text names several devices: {pick.Name.Name} and {name.Name}";
            }

            // "RTX 3090, RTX 3090" are two; "RTX 3090 (GeForce RTX 3090)" is one.
            pick.Copies += cards && said.HasBreak(pick.End, name.Start) ? 1 : 0;
            pick.End = name.End;
            pick.Name = (pick.Name with { MemoryGibi = Math.Max(pick.Name.MemoryGibi, name.MemoryGibi) }) with
            {
                Value = !cards && DeviceNames.MainOf[pick.Name.Sheet] == pick.Name.Sheet ? name.Value : pick.Name.Value,
            };
        }

        // A doubtful card always counts: the speed may be its own. A doubtful computer only where nothing else is named.
        return doubt is not null && (cards || (!pick.IsThere && !AnyCard(said))) ? doubt : null;
    }

    private static bool AnyCard(DeviceReading said)
    {
        foreach (var name in said.Names)
        {
            if (name.IsCard)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSamePlatform(DeviceName a, DeviceName b) => DeviceNames.PlatformOf[a.Sheet] == DeviceNames.PlatformOf[b.Sheet];

    private static DeviceChoice OfCard(DeviceReading said, Pick card, int devices)
    {
        var row = DeviceSheets.Rows[card.Name.Sheet];
        if (said.SaysLaptop && row.Kind != DeviceKind.Laptop)
        {
            return new(null, devices, $"the text speaks of a laptop, but {row.Name} is a desktop's card");
        }

        return WithMemory(card.Name.Sheet, card.Name.MemoryGibi, devices);
    }

    private static DeviceChoice OfSystem(BackendReading asked, DeviceReading said, DeviceName name, ProcessorGroup? wanted, int devices)
    {
        var main = DeviceNames.MainOf[name.Sheet];
        var isMain = main == name.Sheet || DeviceNames.FamilyOf[name.Sheet] == main;
        var group = wanted ?? (isMain ? Usual(Group(main), asked.Engine) : Group(name.Sheet));
        if (!isMain && group != Group(name.Sheet))
        {
            return new(null, devices, $"the text names {DeviceSheets.Rows[name.Sheet].Name}, the backend another processor");
        }

        var sheet = Group(name.Sheet) == group ? name.Sheet : FindProcessor(main, group);
        if (sheet < 0)
        {
            return new(null, devices, $"there is no {group.ToString().ToUpperInvariant()} sheet for {DeviceSheets.Rows[main].Platform}");
        }

        if (group == ProcessorGroup.Gpu && DeviceSheets.Rows[sheet].GpuCores > 0)
        {
            return WithGpuCores(sheet, said, devices);
        }

        return DeviceSheets.Rows[sheet].Kind == DeviceKind.Jetson ? WithMemory(sheet, name.MemoryGibi, devices) : new(sheet, devices, null);
    }

    // An engine that is not the vendor's runs on the cores of a chip known for its neural processor, or on its GPU where it is made for GPUs.
    private static ProcessorGroup Usual(ProcessorGroup main, InferenceEngine? engine) => (main, engine) switch
    {
        (ProcessorGroup.Npu, InferenceEngine.LlamaCpp or InferenceEngine.MobileRuntime or InferenceEngine.LookupTable) => ProcessorGroup.Cpu,
        (ProcessorGroup.Npu, InferenceEngine.Serving or InferenceEngine.Compiled or InferenceEngine.Eager) => ProcessorGroup.Gpu,
        _ => main,
    };

    private static int FindProcessor(int main, ProcessorGroup group)
    {
        for (var i = DeviceNames.PlatformOf[main]; i < DeviceSheets.Rows.Count; i++)
        {
            if (DeviceNames.PlatformOf[i] == DeviceNames.PlatformOf[main] && Group(i) == group)
            {
                return i;
            }
        }

        return -1;
    }

    private static DeviceChoice WithGpuCores(int sheet, DeviceReading said, int devices)
    {
        // Plain core counts may be those of the processor: they decide only where they fit.
        var cores = said.GpuCores ?? said.Cores;
        var first = DeviceNames.FamilyOf[sheet];
        for (var i = first; cores is not null && i < DeviceSheets.Rows.Count; i++)
        {
            if (DeviceNames.FamilyOf[i] == first && DeviceSheets.Rows[i].GpuCores == cores)
            {
                return new(i, devices, null);
            }
        }

        return said.GpuCores is null ? new(sheet, devices, null) : new(null, devices, $"{DeviceSheets.Rows[sheet].Name} has no version with {said.GpuCores} GPU cores");
    }

    private static DeviceChoice WithMemory(int sheet, double gibi, int devices)
    {
        var first = DeviceNames.FamilyOf[sheet];
        if (gibi <= 0 || Agrees(sheet, gibi, devices))
        {
            return new(sheet, devices, null);
        }

        for (var i = first; i < DeviceSheets.Rows.Count; i++)
        {
            if (DeviceNames.FamilyOf[i] == first && Agrees(i, gibi, devices))
            {
                return new(i, devices, null);
            }
        }

        return new(null, devices, FormattableString.Invariant($"{DeviceSheets.Rows[sheet].Name} has {DeviceSheets.Rows[sheet].MemoryGibi:0.#} GB, the text says {gibi:0.#}"));
    }

    // Sizes are written as the nominal one or as what a driver reports, a little less; several devices may be written with their sum.
    private static bool Agrees(int sheet, double gibi, int devices)
    {
        var own = DeviceSheets.Rows[sheet].MemoryGibi;
        return Math.Abs(gibi - own) <= 0.07 * own || Math.Abs(gibi - (own * devices)) <= 0.07 * own * devices;
    }
}
