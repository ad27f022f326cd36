namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Qualcomm chips of cars, industry and boards, as Qualcomm AI Hub names them: Hexagon (the chip's name), processor cores, GPU.</summary>
internal static class QualcommBoardSheets
{
    private const string Width = "memory width and speed from general knowledge";

    private static readonly Chip[] Chips =
    [
        // name, title, Hexagon TOPS, Adreno TFLOP/s with 32 bits, GB/s, cores, their TFLOP/s, 8-bit factor, GiB
        Board("sa7255p", "SA7255P automotive board", 24, 1, 51.2, 8, 0.27, 4, 16),
        Board("sa8255p", "SA8255P automotive board", 48, 2, 76.8, 8, 0.29, 4, 24, "SA8255"),
        Board("sa8295p", "SA8295P automotive board", 30, 2.1, 68.3, 8, 0.5, 4, 16, "SA8295"),
        Board("sa8650p", "SA8650P automotive board", 50, 1, 76.8, 8, 0.29, 4, 24, "SA8650"),
        Board("sa8775p", "SA8775P automotive board", 72, 2, 76.8, 8, 0.29, 4, 36, "SA8775"),
        Board("qcs6490", "QCS6490 board", 12, 0.85, 25.6, 8, 0.22, 4, 8, "QCM6490", "RB3 Gen 2", "Dragon Q6A", "Radxa Dragon Q6A", "Rubik Pi 3"),
        Board("qcs8275", "QCS8275 board", 40, 1, 51.2, 8, 0.27, 4, 16, "IQ-8275"),
        Board("qcs8550", "QCS8550 board", 26, 3.7, 67.2, 8, 0.33, 8, 12, "QCM8550"),
        Board("qcs9075", "QCS9075 board", 50, 2, 76.8, 8, 0.29, 4, 36, "IQ-9075", "QCS9100"),
        // Taken for the chip of the 8cx Gen 3: four fast cores, four medium.
        Board("dragon-q8b", "Radxa Dragon Q8B", 15, 2.1, 68.3, 8, 0.54, 4, 8, "Radxa Dragon Q8B") with
        {
            Kind = DeviceKind.Cpu,
            Main = ProcessorGroup.Cpu,
            BandwidthAssumed = "as the Snapdragon 8cx Gen 3, whose chip the board is taken to carry",
            NpuAssumed = "as the Snapdragon 8cx Gen 3, whose chip the board is taken to carry",
            IdleWatts = 6,
            CpuWatts = 23.7,
            GpuWatts = 20,
            NpuWatts = 15,
            PowerMeasured = "23.7 W on average under load at the wall (geerlingguy/ai-benchmarks issue 54); idle a class value",
        },
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } = [.. Chips.SelectMany(chip => chip.Rows())];

    private static Chip Board(
        string name, string title, double npu, double gpu32, double bandwidth, int cores, double cpu, double cpu8, double gibi, params string[] aliases) =>
        new(name, title, DeviceKind.Phone, bandwidth, gibi, aliases)
        {
            NpuTera = npu,
            NpuAssumed = "general knowledge of the vendor's TOPS, taken as dense 8-bit operations",
            Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32),
            GpuAssumed = "the chip's class: no figure found",
            BandwidthAssumed = Width,
            CpuTera = cpu,
            Cpu8 = cpu8,
            Cores = cores,
            IdleWatts = 2,
            NpuWatts = 10,
            GpuWatts = 12,
            CpuWatts = 12,
        };
}
