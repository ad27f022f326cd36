namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Processor cores of desktops. 8-bit dot products give four times the 32-bit rate, plain AVX2 twice; native 16-bit products twice.</summary>
internal static class DesktopCpuSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // name, title, cores, TFLOP/s with 32 bits, 16- and 8-bit factors, GB/s, GiB, busy W
        Cpu("core-2-quad-q8400", "Core 2 Quad Q8400", 4, 0.085, 1, 2, 17.1, 8, 95, "Q8400"),
        Cpu("core-i5-6500", "Core i5-6500", 4, 0.41, 1, 2, 34.1, 16, 65, "i5-6500") with { BandwidthText = "two channels of DDR4-2133; its owner measured 20.0 GB/s (llama.cpp issue 34)" },
        Cpu("core-i7-6700k", "Core i7-6700K", 4, 0.525, 1, 2, 34.1, 32, 91, "i7-6700K", "6700K"), Cpu("core-i7-7700k", "Core i7-7700K", 4, 0.563, 1, 2, 38.4, 32, 91, "i7-7700K", "7700K"),
        Cpu("core-i7-8700k", "Core i7-8700K", 6, 0.826, 1, 2, 42.7, 32, 95, "i7-8700K", "8700K", "i7-8700"), Cpu("core-i5-8400", "Core i5-8400", 6, 0.73, 1, 2, 42.7, 16, 65, "i5-8400"),
        Cpu("core-i7-9700k", "Core i7-9700K", 8, 1.18, 1, 2, 42.7, 32, 95, "i7-9700K", "9700K", "i7-9700KF"), Cpu("core-i9-9900k", "Core i9-9900K", 8, 1.2, 1, 2, 42.7, 32, 150, "i9-9900K", "9900K", "i9-9900KF"),
        Cpu("core-i5-10400", "Core i5-10400", 6, 0.77, 1, 2, 42.7, 16, 65, "i5-10400", "i5-10400F"), Cpu("core-i9-10900k", "Core i9-10900K", 10, 1.57, 1, 2, 46.9, 32, 200, "i9-10900K", "10900K"),
        Cpu("core-i7-11700k", "Core i7-11700K", 8, 1.18, 1, 4, 51.2, 32, 200, "i7-11700K", "11700K"), Cpu("core-i9-11900k", "Core i9-11900K", 8, 1.23, 1, 4, 51.2, 32, 220, "i9-11900K", "11900K"),
        Cpu("core-i5-12400", "Core i5-12400", 6, 0.77, 1, 4, 76.8, 32, 117, "i5-12400", "i5-12400F"), Cpu("core-i5-12600k", "Core i5-12600K", 10, 1.09, 1, 4, 76.8, 32, 150, "i5-12600K", "12600K", "i5-12600KF"),
        Cpu("core-i7-12700k", "Core i7-12700K", 12, 1.43, 1, 4, 76.8, 32, 190, "i7-12700K", "12700K", "i7-12700KF"), Cpu("core-i9-12900k", "Core i9-12900K", 16, 1.73, 1, 4, 76.8, 64, 241, "i9-12900K", "12900K", "i9-12900KF", "i9-12900KS"),
        Cpu("core-i5-13600k", "Core i5-13600K", 14, 1.48, 1, 4, 89.6, 32, 181, "i5-13600K", "13600K", "i5-13600KF", "i5-14600K", "14600K"),
        Cpu("core-i7-13700k", "Core i7-13700K", 16, 1.89, 1, 4, 89.6, 64, 253, "i7-13700K", "13700K", "i7-13700KF"),
        Cpu("core-i9-13900k", "Core i9-13900K with DDR5-6400", 24, 2.2, 1, 4, 102.4, 64, 200, "i9-13900K", "13900K", "i9-13900KF", "i9-13900KS") with
        { BandwidthText = "two channels of DDR5-6400, the memory of the measured machine" },
        Cpu("core-i9-13900k-ddr5-5600", "Core i9-13900K with DDR5-5600", 24, 2.2, 1, 4, 89.6, 64, 253, "13900K DDR5-5600", "13900K with DDR5-5600") with { Seen = "LLM-Viewer hardware_params.py: bandwidth seen, rate estimated" },
        Cpu("core-i9-13900hx", "Core i9-13900HX", 24, 2.1, 1, 4, 89.6, 32, 157, "i9-13900HX", "13900HX", "i9-13980HX", "i9-14900HX", "14900HX"),
        Cpu("core-i7-14700k", "Core i7-14700K", 20, 2.2, 1, 4, 89.6, 64, 253, "i7-14700K", "14700K", "i7-14700KF"), Cpu("core-i9-14900k", "Core i9-14900K", 24, 2.56, 1, 4, 89.6, 64, 253, "i9-14900K", "14900K", "i9-14900KF", "i9-14900KS"),
        Cpu("core-ultra-5-245k", "Core Ultra 5 245K", 14, 2.1, 1, 4, 102.4, 64, 159, "Ultra 5 245K", "245K"),
        Cpu("core-ultra-7-265k", "Core Ultra 7 265K", 20, 3.1, 1, 4, 102.4, 64, 250, "Ultra 7 265K", "265K", "Ultra 7 265KF", "Core Ultra 265K"), Cpu("core-ultra-9-285k", "Core Ultra 9 285K", 24, 3.7, 1, 4, 102.4, 64, 250, "Ultra 9 285K", "285K"),

        Cpu("ryzen-5-3600", "Ryzen 5 3600", 6, 0.768, 1, 2, 51.2, 32, 88), Cpu("ryzen-7-3700x", "Ryzen 7 3700X", 8, 1.02, 1, 2, 51.2, 32, 88, "3700X"), Cpu("ryzen-9-3900x", "Ryzen 9 3900X", 12, 1.54, 1, 2, 51.2, 32, 142, "3900X"),
        Cpu("ryzen-9-3950x", "Ryzen 9 3950X", 16, 1.95, 1, 2, 51.2, 64, 142, "3950X"), Cpu("ryzen-5-5600x", "Ryzen 5 5600X", 6, 0.864, 1, 2, 51.2, 32, 76, "5600X", "Ryzen 5 5600"),
        Cpu("ryzen-7-5700x", "Ryzen 7 5700X", 8, 1.1, 1, 2, 51.2, 32, 76, "5700X"), Cpu("ryzen-7-5800x", "Ryzen 7 5800X", 8, 1.18, 1, 2, 51.2, 32, 142, "5800X"),
        Cpu("ryzen-7-5800x3d", "Ryzen 7 5800X3D", 8, 1.1, 1, 2, 51.2, 32, 105, "5800X3D", "5700X3D"), Cpu("ryzen-9-5900x", "Ryzen 9 5900X", 12, 1.69, 1, 2, 51.2, 64, 142, "5900X"),
        Cpu("ryzen-9-5950x", "Ryzen 9 5950X", 16, 2.15, 1, 2, 51.2, 64, 142, "5950X"),
        // Zen 4: 512-bit instructions over 256-bit units, with 8-bit and BF16 dot products. Zen 5: full units on desktops.
        Cpu("ryzen-5-7600", "Ryzen 5 7600", 6, 0.94, 2, 4, 83.2, 32, 88, "Ryzen 5 7600X", "7600X"), Cpu("ryzen-7-7700x", "Ryzen 7 7700X", 8, 1.33, 2, 4, 83.2, 32, 142, "7700X", "Ryzen 7 7700"),
        Cpu("ryzen-7-7800x3d", "Ryzen 7 7800X3D", 8, 1.25, 2, 4, 83.2, 64, 120, "7800X3D"), Cpu("ryzen-9-7900x", "Ryzen 9 7900X", 12, 1.96, 2, 4, 83.2, 64, 230, "7900X", "Ryzen 9 7900"),
        Cpu("ryzen-9-7950x", "Ryzen 9 7950X", 16, 2.56, 2, 4, 83.2, 64, 230, "7950X"), Cpu("ryzen-9-7950x3d", "Ryzen 9 7950X3D", 16, 2.5, 2, 4, 83.2, 64, 162, "7950X3D"),
        Cpu("ryzen-5-9600x", "Ryzen 5 9600X", 6, 2, 2, 4, 89.6, 32, 88, "9600X"), Cpu("ryzen-7-9700x", "Ryzen 7 9700X", 8, 2.56, 2, 4, 89.6, 64, 88, "9700X"), Cpu("ryzen-7-9800x3d", "Ryzen 7 9800X3D", 8, 2.66, 2, 4, 89.6, 64, 162, "9800X3D"),
        Cpu("ryzen-9-9900x", "Ryzen 9 9900X", 12, 4, 2, 4, 89.6, 64, 162, "9900X"), Cpu("ryzen-9-9950x", "Ryzen 9 9950X", 16, 5.1, 2, 4, 89.6, 64, 200, "9950X"), Cpu("ryzen-9-9950x3d", "Ryzen 9 9950X3D", 16, 5, 2, 4, 89.6, 64, 200, "9950X3D"),
        Cpu("threadripper-3970x", "Threadripper 3970X", 32, 4, 1, 2, 102.4, 128, 280, "3970X"), Cpu("threadripper-3990x", "Threadripper 3990X", 64, 6.1, 1, 2, 102.4, 256, 280, "3990X"),
        Cpu("threadripper-pro-5975wx", "Threadripper PRO 5975WX", 32, 4, 1, 2, 204.8, 256, 280, "5975WX", "Threadripper 5975WX"), Cpu("threadripper-pro-5995wx", "Threadripper PRO 5995WX", 64, 6.8, 1, 2, 204.8, 256, 280, "5995WX", "Threadripper 5995WX"),
        Cpu("threadripper-7970x", "Threadripper 7970X", 32, 4.7, 2, 4, 166.4, 128, 350, "7970X"), Cpu("threadripper-7980x", "Threadripper 7980X", 64, 7.8, 2, 4, 166.4, 256, 350, "7980X"),
        Cpu("threadripper-pro-7965wx", "Threadripper PRO 7965WX", 24, 3.6, 2, 4, 332.8, 256, 350, "7965WX"), Cpu("threadripper-pro-7995wx", "Threadripper PRO 7995WX", 96, 11, 2, 4, 332.8, 384, 350, "7995WX", "Threadripper 7995WX"),
    ];

    private static SheetRow Cpu(
        string name, string title, int cores, double tera, double factor16, double factor8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        SheetRow.OfCores(name, title, DeviceKind.Cpu, ProcessorClass.DesktopCpu, cores, tera, factor16, factor8, bandwidth, gibi, Math.Round(10 + (0.08 * watts)), watts, aliases);
}
