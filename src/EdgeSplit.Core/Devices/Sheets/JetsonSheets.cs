namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>NVIDIA modules on shared memory. Peaks are of the GPU alone, dense, its deep-learning accelerators left out.</summary>
internal static class JetsonSheets
{
    private const string Public = "public tables of Jetson modules: seen; the 8-bit figure of the vendor counts sparsity, halved here";
    private const string List = "hf:huggingface.js packages/tasks/src/hardware.ts; 8 bits: half the vendor's sparse figure";

    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // name, title, FP32, tensor FP16, 8 bits, GB/s, GiB, idle and busy W
        Module("jetson-nano", "Jetson Nano 4GB", 0.236, 0.472, 0.472, 25.6, 4, 1.25, 10, "Jetson Nano") with { Processor = ProcessorClass.IntegratedGpu, Seen = Public },
        Cores("jetson-nano", "Jetson Nano", 4, 0.0458, 1, 2, 25.6, 4, 1.25, 10),
        Module("jetson-tx2", "Jetson TX2", 0.665, 1.33, 1.33, 59.7, 8, 2, 15, "Jetson TX2") with { Processor = ProcessorClass.IntegratedGpu },
        Cores("jetson-tx2", "Jetson TX2", 6, 0.096, 1, 2, 59.7, 8, 2, 15),
        Module("jetson-xavier-nx", "Jetson Xavier NX", 0.845, 6, 12, 59.7, 8, 4, 20, "Jetson Xavier NX", "Xavier NX") with { Seen = Public + "; tensor rate with 16 bits is about 6" },
        Module("jetson-xavier-nx-16gb", "Jetson Xavier NX 16GB", 0.845, 6, 12, 59.7, 16, 4, 20) with { Family = "jetson-xavier-nx", Platform = "jetson-xavier-nx", Seen = Public },
        Cores("jetson-xavier-nx", "Jetson Xavier NX", 6, 0.14, 2, 4, 59.7, 8, 4, 20),
        Module("jetson-agx-xavier", "Jetson AGX Xavier", 1.41, 11, 22, 136.5, 32, 8, 30, "Jetson AGX Xavier", "AGX Xavier", "Jetson Xavier AGX"),
        Module("jetson-agx-xavier-64gb", "Jetson AGX Xavier 64GB", 1.41, 11, 22, 136.5, 64, 8, 30) with { Family = "jetson-agx-xavier", Platform = "jetson-agx-xavier" },
        Cores("jetson-agx-xavier", "Jetson AGX Xavier", 8, 0.29, 2, 4, 136.5, 32, 8, 30),
        Module("jetson-orin-nano", "Jetson Orin Nano 8GB", 1.28, 10, 20, 68, 8, 4, 15, "Jetson Orin Nano", "Orin Nano")
            with { Seen = "ericxliu notes; zzc0721 issue 110 (products measured at 7 to 10.2 TFLOP/s); 40 sparse 8-bit TOPS halved: seen" },
        Module("jetson-orin-nano-4gb", "Jetson Orin Nano 4GB", 0.64, 5, 10, 34, 4, 3, 10) with { Family = "jetson-orin-nano", Platform = "jetson-orin-nano" },
        Cores("jetson-orin-nano", "Jetson Orin Nano", 6, 0.144, 2, 4, 68, 8, 4, 15),
        Module("jetson-orin-nano-super", "Jetson Orin Nano Super 8GB", 2.09, 17, 33, 102, 8, 4, 25, "Jetson Orin Nano Super", "Orin Nano Super", "Jetson Orin Super", "Jetson Nano Super")
            with { Seen = "67 sparse 8-bit TOPS halved: seen with the bandwidth; 16 bits to be verified" },
        Cores("jetson-orin-nano-super", "Jetson Orin Nano Super", 6, 0.163, 2, 4, 102, 8, 4, 25),
        Module("jetson-orin-nx-16gb", "Jetson Orin NX 16GB", 1.88, 25, 50, 102.4, 16, 5, 25, "Jetson Orin NX", "Orin NX") with { Family = "jetson-orin-nx", Platform = "jetson-orin-nx", Seen = List + "; 16 bits derived from it" },
        Module("jetson-orin-nx-8gb", "Jetson Orin NX 8GB", 1.57, 17.5, 35, 102.4, 8, 5, 20) with { Family = "jetson-orin-nx", Platform = "jetson-orin-nx" },
        Cores("jetson-orin-nx", "Jetson Orin NX", 8, 0.256, 2, 4, 102.4, 16, 5, 25),
        Module("jetson-agx-orin-64gb", "Jetson AGX Orin 64GB", 5.32, 43, 85, 204.8, 64, 10, 60, "Jetson AGX Orin", "AGX Orin", "Jetson Orin AGX", "Jetson Orin (AGX", "IGX Orin")
            with { Family = "jetson-agx-orin", Platform = "jetson-agx-orin", Seen = List + ", without the accelerators; tensor rate from vendor tables, unverified" },
        Module("jetson-agx-orin-32gb", "Jetson AGX Orin 32GB", 3.33, 27, 54, 204.8, 32, 8, 40)
            with { Family = "jetson-agx-orin", Platform = "jetson-agx-orin", Seen = List + ", without the accelerators; partly unverified" },
        Cores("jetson-agx-orin", "Jetson AGX Orin", 12, 0.422, 2, 4, 204.8, 64, 10, 40),
        Module("jetson-agx-thor", "Jetson AGX Thor", 8.06, 258, 517, 273, 128, 25, 130, "Jetson AGX Thor", "Jetson Thor", "AGX Thor", "Jetson T5000"),
        Cores("jetson-agx-thor", "Jetson AGX Thor", 14, 1.16, 2, 8, 273, 128, 25, 80),
        Module("jetson-t4000", "Jetson T4000", 4.8, 150, 300, 273, 64, 15, 70, "Jetson T4000"),
        Module("dgx-spark", "DGX Spark GB10", 31, 125, 250, 273, 128, 35, 140, "DGX Spark", "GB10", "Nvidia Spark", "Project Digits")
            with { PeakText = "an eighth of the vendor's sparse 4-bit figure, general knowledge, to be verified" },
        Cores("dgx-spark", "DGX Spark GB10", 20, 1.6, 2, 8, 273, 128, 35, 140),
    ];

    private static SheetRow Module(
        string name, string title, double tera32, double tera16, double tera8, double bandwidth, double gibi, double idle, double busy, params string[] aliases) =>
        new(name, title, DeviceKind.Jetson, ProcessorClass.EmbeddedGpu, new(tera32, tera16, tera8, tera16), bandwidth, gibi, idle, busy)
        {
            Aliases = aliases,
            PowerText = "power limit of the module as busy power, an upper bound; idle a class value",
        };

    private static SheetRow Cores(
        string platform, string title, int cores, double tera32, double factor16, double factor8, double bandwidth, double gibi, double idle, double busy) =>
        SheetRow.OfCores(platform + "-cpu", title + ", processor cores", DeviceKind.Cpu, ProcessorClass.MobileCpu, cores, tera32, factor16, factor8, bandwidth, gibi, idle, busy)
        with
        { Platform = platform };
}
