namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Single-board computers and their chips, and plug-in neural processors.</summary>
internal static class BoardSheets
{
    private const string PiPower = "wall power under a language model's load (geerlingguy/ai-benchmarks); idle approximate";

    private static readonly Chip[] Chips =
    [
        Pi("raspberry-pi-zero-2-w", "Raspberry Pi Zero 2 W", 0.032, 1, 2, 3.6, 0.5, 0.6, 2.5, "Pi Zero 2 W", "Pi Zero 2"),
        Pi("raspberry-pi-3", "Raspberry Pi 3 Model B", 0.038, 1, 2, 3.6, 1, 1.5, 5, "Pi 3", "Pi 3B", "Pi 3 Model B"),
        Pi("raspberry-pi-3b-plus", "Raspberry Pi 3 Model B+", 0.045, 1, 2, 3.6, 1, 1.9, 6, "Pi 3B+", "Pi 3 Model B+", "Raspberry Pi 3B+"),
        Pi("raspberry-pi-4", "Raspberry Pi 4 Model B", 0.048, 1, 2, 12.8, 8, 2.7, 7, "Pi 4", "Pi 4B", "Pi 4 Model B", "CM4", "Compute Module 4"),
        Pi("raspberry-pi-400", "Raspberry Pi 400", 0.058, 1, 2, 12.8, 4, 2.7, 6, "Pi 400"),
        Pi("raspberry-pi-5", "Raspberry Pi 5", 0.154, 2, 4, 17.1, 8, 3, 12.9, "Pi 5", "Pi 5B", "Pi 5 Model B", "CM5", "Compute Module 5", "Pi 500", "Pi 500+", "BCM2712")
            with { BandwidthText = "LPDDR4X-4267 x 32 bit: seen", PowerMeasured = PiPower },
        Rock("rk3588", "RK3588", 6, 0.45, 34.1, 8, 0.21, 4, 16, "RK3588S", "Orange Pi 5", "Orange Pi 5 Plus", "Orange Pi 5 Pro", "Orange Pi 5 Max", "Rock 5B", "Rock 5C", "Rock 5A", "NanoPi R6S", "NanoPC-T6", "Radxa Rock 5B"),
        Rock("rk3576", "RK3576", 6, 0.15, 17.1, 8, 0.134, 2, 8, "Rock 4D", "NanoPi M5"),
        Rock("rk3562", "RK3562", 1, 0.04, 8.5, 4, 0.064, 2, 4),
        Rock("rk3566", "RK3566", 0.8, 0.04, 8.5, 4, 0.058, 4, 4, "Rock 3C", "Quartz64", "Radxa Zero 3"),
        Rock("rk3568", "RK3568", 1, 0.04, 12.8, 4, 0.064, 4, 4, "Rock 3A"),
        Rock("rv1126b", "RV1126B", 3, 0, 8.5, 4, 0.051, 2, 2),
        new("cix-cp8180", "Cix CP8180", DeviceKind.Cpu, 96, 16, "CP8180", "CD8180", "Cix P1", "Orion O6", "Radxa Orion O6", "Minisforum MS-R1", "MS-R1", "Radxa Oryon O6")
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = 0.378,
            Cpu8 = 8,
            Cores = 12,
            NpuTera = 28.8,
            Gpu = new(1.9, 3.8, 3.8, 3.8),
            GpuAssumed = "Immortalis-G720 with ten cores, by the share of the Dimensity 9300's",
            BandwidthAssumed = "128-bit LPDDR5 at 6000",
            IdleWatts = 14,
            CpuWatts = 35,
            GpuWatts = 30,
            NpuWatts = 25,
            PowerMeasured = "28 to 38 W under load at the wall (geerlingguy/ai-benchmarks); idle a class value",
        },
        new("eic7700x", "EIC7700X, four cores", DeviceKind.Cpu, 51.2, 16, "HiFive Premier P550", "HiFive P550", "P550", "Milk-V Megrez")
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = 0.0224,
            Cpu16 = 1,
            Cpu8 = 1,
            Cores = 4,
            IdleWatts = 8,
            CpuWatts = 13.5,
            PowerMeasured = "13.5 W under load at the wall (geerlingguy/ai-benchmarks); idle a class value",
        },
        new("eic7702x", "EIC7702X, eight cores", DeviceKind.Cpu, 51.2, 32, "DC-ROMA Mainboard II", "DC-ROMA")
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = 0.045,
            Cpu16 = 1,
            Cpu8 = 1,
            Cores = 8,
            IdleWatts = 15,
            CpuWatts = 30.6,
            BandwidthAssumed = "as the EIC7700X: memory of one of its two dies",
            PowerMeasured = "30.6 W under load at the wall (geerlingguy/ai-benchmarks); idle a class value",
        },
        new("spacemit-k1", "SpacemiT K1, eight X60 cores", DeviceKind.Cpu, 10.7, 8, "Milk-V Jupiter", "Banana Pi BPI-F3", "BPI-F3", "Orange Pi RV2")
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = 0.2,
            Cpu8 = 4,
            Cores = 8,
            IdleWatts = 3,
            CpuWatts = 10,
            BandwidthAssumed = "32-bit LPDDR4X at 2666",
        },
    ];

    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        .. Chips.SelectMany(chip => chip.Rows()),
        Hailo("hailo-8", "Hailo-8", 26, 1, 3.9, 16) with { BandwidthText = "no memory of its own: PCIe 3.0 with four lanes" },
        Hailo("hailo-8l", "Hailo-8L", 13, 1, 2, 8) with { BandwidthText = "no memory of its own: PCIe 3.0 with two lanes" },
        Hailo("hailo-10h", "Hailo-10H", 20, 2, 17.1, 8) with { BandwidthText = "32-bit LPDDR4X at 4267, general knowledge, to be verified" },
    ];

    private static Chip Pi(
        string name, string title, double tera, double factor16, double factor8, double bandwidth, double gibi, double idle, double busy, params string[] aliases) =>
        new(name, title, DeviceKind.Cpu, bandwidth, gibi, aliases)
        {
            Main = ProcessorGroup.Cpu,
            CpuTera = tera,
            Cpu16 = factor16,
            Cpu8 = factor8,
            Cores = 4,
            IdleWatts = idle,
            CpuWatts = busy,
        };

    private static Chip Rock(
        string name, string title, double npu, double gpu32, double bandwidth, int cores, double cpu, double cpu8, double gibi, params string[] aliases) =>
        new(name, title, DeviceKind.Cpu, bandwidth, gibi, aliases)
        {
            NpuTera = npu,
            Gpu = new(gpu32, 2 * gpu32, 2 * gpu32, 2 * gpu32),
            GpuAssumed = "the class of its Mali: no figure found",
            CpuTera = cpu,
            Cpu16 = cpu8 > 2 ? 2 : 1,
            Cpu8 = cpu8,
            Cores = cores,
            BandwidthAssumed = "the memory usual on its boards",
            IdleWatts = 2,
            NpuWatts = 7,
            GpuWatts = 8,
            CpuWatts = 9,
        };

    private static SheetRow Hailo(string name, string title, double tops, double low, double bandwidth, double gibi) =>
        new(name, title + ", plug-in neural processor", DeviceKind.Cpu, ProcessorClass.NeuralProcessor, new(tops / 8, tops / 2, tops, low * tops), bandwidth, gibi, 0.5, 2.5)
        {
            AddInAccelerator = true,
            PeakText = "8-bit operations as published, half of the 4-bit figure where that is the headline; half of it with 16 bits",
        };
}
