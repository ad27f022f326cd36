namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Qualcomm Snapdragon chips of phones and laptops: Hexagon (the chip's name), processor cores and Adreno.</summary>
internal static class SnapdragonSheets
{
    private const string Posts = "public posts: memory speed seen; 45 TOPS as quoted by third parties";
    private const string Unpublished = "no figure is published; a value between its neighbours'";

    private static readonly Chip[] Chips =
    [
        // name, title, Hexagon TOPS, Adreno TFLOP/s with 32 bits (16 at twice), GB/s, cores' TFLOP/s, 8-bit factor, spellings of the Adreno
        Phone("snapdragon-865", "Snapdragon 865", 15, 1.25, 44, 0.22, 4, "Adreno 650", "SM8250", "Snapdragon 870"),
        Phone("snapdragon-888", "Snapdragon 888", 26, 1.7, 51.2, 0.265, 4, "Adreno 660", "SM8350", "Snapdragon 888+"),
        Phone("snapdragon-8-gen-1", "Snapdragon 8 Gen 1", 27, 2.2, 51.2, 0.27, 8, "", "8 Gen 1", "SM8450"),
        Phone("snapdragon-8-plus-gen-1", "Snapdragon 8+ Gen 1", 27, 2.75, 51.2, 0.29, 8, "Adreno 730", "8+ Gen 1", "Snapdragon 8+ Gen 1", "SM8475"),
        Phone("snapdragon-8-gen-2", "Snapdragon 8 Gen 2", 26, 3.7, 67.2, 0.33, 8, "Adreno 740", "8 Gen 2", "SM8550")
            with { Seen = "primua spec table; LPDDR5X-4200 x 64 bit: seen", NpuAssumed = "about half of its successor's 45 TOPS, by the vendor's word that that doubled" },
        Phone("snapdragon-8-gen-3", "Snapdragon 8 Gen 3", 45, 4.6, 76.8, 0.36, 8, "Adreno 750", "8 Gen 3", "SM8650") with { Seen = Posts, GpuAssumed = "a quarter above the Adreno 740, the vendor's word" },
        Phone("snapdragon-8s-gen-3", "Snapdragon 8s Gen 3", 20, 2.5, 67.2, 0.323, 8, "Adreno 735", "8s Gen 3", "SM8635") with { NpuAssumed = Unpublished, GpuAssumed = Unpublished },
        Phone("snapdragon-7-gen-3", "Snapdragon 7 Gen 3", 12, 1.2, 51.2, 0.215, 8, "Adreno 720", "7 Gen 3", "SM7550") with { NpuAssumed = Unpublished, GpuAssumed = Unpublished },
        Phone("snapdragon-7-plus-gen-3", "Snapdragon 7+ Gen 3", 20, 2.4, 67.2, 0.3, 8, "Adreno 732", "7+ Gen 3", "Snapdragon 7+ Gen 3", "SM7675") with { NpuAssumed = Unpublished, GpuAssumed = Unpublished },
        Phone("snapdragon-7-gen-4", "Snapdragon 7 Gen 4", 20, 1.5, 67.2, 0.25, 8, "Adreno 722", "7 Gen 4", "SM7750") with { NpuAssumed = Unpublished, GpuAssumed = Unpublished },
        Phone("snapdragon-8-elite", "Snapdragon 8 Elite", 45, 6.4, 84.8, 0.954, 8, "Adreno 830", "8 Elite", "SM8750") with { Seen = Posts, GpuAssumed = "two fifths above the Adreno 750, the vendor's word" },
        Phone("snapdragon-8-elite-gen-5", "Snapdragon 8 Elite Gen 5", 45, 7.9, 84.8, 0.99, 8, "Adreno 840", "8 Elite Gen 5", "SM8850", "Snapdragon 8 Elite 2")
            with { NpuAssumed = "as the 8 Elite: no figure found", GpuAssumed = "about a quarter above the Adreno 830, the vendor's word" },
        Laptop("snapdragon-8cx-gen-3", "Snapdragon 8cx Gen 3", 15, 2.1, 68.3, 8, 0.54, 4, 16, "Adreno 690", "8cx Gen 3", "SC8280XP"),
        Laptop("snapdragon-x-plus-8-core", "Snapdragon X Plus 8-core", 45, 1.7, 135, 8, 0.82, 8, 16, "Adreno X1-45", "Snapdragon X Plus 8-Core", "X1P-42-100"),
        Laptop("snapdragon-x-plus", "Snapdragon X Plus", 45, 3.8, 135, 10, 1.09, 8, 16, "", "X Plus", "X1P-64-100"),
        Laptop("snapdragon-x-elite", "Snapdragon X Elite", 45, 4.6, 135, 12, 1.31, 8, 16, "Adreno X1-85", "X Elite", "X1E-80-100", "X1E-84-100", "X1E-78-100", "X1E80100", "SC8380XP"),
        Laptop("snapdragon-x2-elite", "Snapdragon X2 Elite", 80, 5.7, 152, 18, 2.19, 8, 32, "Adreno X2-85", "X2 Elite") with { GpuAssumed = Unpublished },
        Laptop("snapdragon-x2-elite-extreme", "Snapdragon X2 Elite Extreme", 80, 7.5, 228, 18, 2.4, 8, 48, "Adreno X2-90", "X2 Elite Extreme") with { GpuAssumed = Unpublished },
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private static Chip Phone(
        string name, string title, double npu, double gpu32, double bandwidth, double cpu, double cpu8, string adreno, params string[] aliases) =>
        new(name, title, DeviceKind.Phone, bandwidth, 12, aliases)
        {
            NpuTera = npu,
            Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32),
            GpuAliases = adreno.Length > 0 ? [adreno] : [],
            CpuTera = cpu,
            Cpu8 = cpu8,
            Cores = 8,
        };

    private static Chip Laptop(
        string name, string title, double npu, double gpu32, double bandwidth, int cores, double cpu, double cpu8, double gibi, string adreno, params string[] aliases) =>
        new(name, title, DeviceKind.Laptop, bandwidth, gibi, aliases)
        {
            NpuTera = npu,
            Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32),
            GpuAliases = adreno.Length > 0 ? [adreno] : [],
            CpuTera = cpu,
            Cpu8 = cpu8,
            Cores = cores,
            CpuClass = ProcessorClass.DesktopCpu,
            IdleWatts = 3,
            NpuWatts = 15,
            GpuWatts = 23,
            CpuWatts = 35,
        };
}
