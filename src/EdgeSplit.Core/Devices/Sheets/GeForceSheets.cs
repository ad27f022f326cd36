namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>NVIDIA GeForce cards of desktops and laptops.</summary>
internal static class GeForceSheets
{
    private const string Database = "hmc-tech GPU database page; public bandwidth tables in code: seen";
    private const string BandwidthSeen = "public bandwidth tables in code: bandwidth and power seen, tensor rate to be verified";

    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // model, shader FP32, tensor FP16 with 32-bit accumulation, GB/s, GiB, W
        Rtx("2060", 6.45, 25.8, 336, 6, 160), Rtx("2060 12GB", 7.18, 28.7, 336, 12, 184, "2060"), Rtx("2060 Super", 7.18, 28.7, 448, 8, 175),
        Rtx("2070", 7.46, 29.9, 448, 8, 175), Rtx("2070 Super", 9.06, 36.3, 448, 8, 215),
        Rtx("2080", 10.07, 40.3, 448, 8, 215), Rtx("2080 Super", 11.15, 44.6, 496, 8, 250), Rtx("2080 Ti", 13.45, 53.8, 616, 11, 250),
        Rtx("3050", 9.1, 18.2, 224, 8, 130), Rtx("3050 6GB", 6.77, 13.5, 168, 6, 70, "3050"),
        Rtx("3060", 12.74, 25.6, 360, 12, 170) with { Seen = Database }, Rtx("3060 8GB", 12.74, 25.6, 240, 8, 170, "3060"), Rtx("3060 Ti", 16.2, 32.4, 448, 8, 200),
        Rtx("3070", 20.3, 40.6, 448, 8, 220), Rtx("3070 Ti", 21.7, 43.5, 608, 8, 290),
        Rtx("3080", 29.8, 59.5, 760, 10, 320) with { Name = "rtx-3080-10gb", Family = "rtx-3080" }, Rtx("3080 12GB", 30.6, 61.3, 912, 12, 350, "3080"),
        Rtx("3080 Ti", 34.1, 68.2, 912, 12, 350), Rtx("3090", 35.6, 71, 936, 24, 350) with { Seen = Database }, Rtx("3090 Ti", 40, 80, 1008, 24, 450),
        Rtx("4060", 15.1, 30.2, 272, 8, 115) with { Seen = BandwidthSeen }, Rtx("4060 Ti", 22.1, 44.1, 288, 8, 160), Rtx("4060 Ti 16GB", 22.1, 44.1, 288, 16, 165, "4060 Ti"),
        Rtx("4070", 29.1, 58.3, 504, 12, 200), Rtx("4070 Super", 35.5, 70.9, 504, 12, 220), Rtx("4070 Ti", 40.1, 80.2, 504, 12, 285),
        Rtx("4070 Ti Super", 44.1, 88.2, 672, 16, 285), Rtx("4080", 48.7, 97.5, 717, 16, 320), Rtx("4080 Super", 52.2, 104.4, 736, 16, 320),
        Rtx("4090", 82.6, 165.2, 1008, 24, 450) with { Seen = Database }, Rtx("4090 D", 73.5, 147, 1008, 24, 425) with { Aliases = ["RTX 4090 D", "RTX 4090D", "4090D"] },
        Rtx("5050", 13.2, 26.3, 320, 8, 130), Rtx("5060", 19.2, 38.4, 448, 8, 145),
        Rtx("5060 Ti", 23.7, 47.4, 448, 16, 180), Rtx("5060 Ti 8GB", 23.7, 47.4, 448, 8, 180, "5060 Ti"), Rtx("5070", 30.9, 61.7, 672, 12, 250),
        Rtx("5070 Ti", 43.9, 87.9, 896, 16, 300), Rtx("5080", 56.3, 112.6, 960, 16, 360),
        Rtx("5090", 104.8, 209.5, 1792, 32, 575) with { Seen = Database + "; dense rate derived from the sparse one" },
        Rtx("5090 D", 104.8, 209.5, 1792, 32, 575) with { Aliases = ["RTX 5090 D", "RTX 5090D", "5090D"] },
        Tensor("titan-rtx", "Titan RTX", 16.3, 130.5, 2, 672, 24, 280), Tensor("titan-v", "Titan V", 14.9, 110, 0.5, 653, 12, 250),

        // The clock of a laptop's card follows its power limit: rates at the highest usual clock.
        Laptop("2060", 6.0, 24, 336, 6, 90), Laptop("2070", 6.6, 26.5, 448, 8, 115), Laptop("2080", 9.4, 37.5, 448, 8, 150), Laptop("2080 Super", 9.6, 38.3, 448, 8, 150),
        Laptop("3050", 6.1, 12.2, 192, 4, 75), Laptop("3050 Ti", 7.6, 15.2, 192, 4, 75), Laptop("3060", 13, 26, 336, 6, 115), Laptop("3070", 16, 32, 448, 8, 125),
        Laptop("3070 Ti", 17.5, 35, 448, 8, 125), Laptop("3080", 21, 42, 448, 16, 150), Laptop("3080 8GB", 21, 42, 448, 8, 150, "3080"), Laptop("3080 Ti", 23.6, 47.2, 512, 16, 150),
        Laptop("4050", 12.1, 24.3, 192, 6, 115), Laptop("4060", 14.6, 29.1, 256, 8, 115),
        Laptop("4070", 20, 46.3, 256, 8, 115) with { PeakMeasured = "16-bit matrix products measured at 46.3 TFLOP/s (zzc0721 issue 110), other formats in proportion; the vendor's clock gives 40" },
        Laptop("4080", 33.8, 67.6, 432, 12, 150), Laptop("4090", 39.7, 79.4, 576, 16, 150),
        Laptop("5050", 13.3, 26.6, 384, 8, 100), Laptop("5060", 16.6, 33.2, 384, 8, 100), Laptop("5070", 21.7, 43.3, 384, 8, 100), Laptop("5070 Ti", 26.1, 52.3, 672, 12, 115),
        Laptop("5080", 34.1, 68.2, 896, 16, 150), Laptop("5090", 45.3, 90.7, 896, 24, 150),

        // Without matrix units. Pascal: 8-bit dot products at four times the 32-bit rate, 16 bits computed in 32. GTX 16: 16 bits at twice the rate.
        Gtx("950", 1.82, 1, 1, 105.8, 2, 90), Gtx("960", 2.41, 1, 1, 112, 4, 120), Gtx("970", 3.92, 1, 1, 224, 4, 145), Gtx("980", 4.98, 1, 1, 224, 4, 165),
        Gtx("980 Ti", 6.06, 1, 1, 336, 6, 250),
        Gtx("1050", 1.86, 1, 4, 112, 2, 75), Gtx("1050 Ti", 2.14, 1, 4, 112, 4, 75), Gtx("1060", 4.38, 1, 4, 192, 6, 120), Gtx("1060 3GB", 3.94, 1, 4, 192, 3, 120, "1060"),
        Gtx("1070", 6.46, 1, 4, 256, 8, 150), Gtx("1070 Ti", 8.19, 1, 4, 256, 8, 180), Gtx("1080", 8.87, 1, 4, 320, 8, 180), Gtx("1080 Ti", 11.3, 1, 4, 484, 11, 250),
        Gtx("1650", 2.98, 2, 4, 128, 4, 75), Gtx("1650 Super", 4.42, 2, 4, 192, 4, 100), Gtx("1660", 5.03, 2, 4, 192, 6, 120), Gtx("1660 Super", 5.03, 2, 4, 336, 6, 125),
        Gtx("1660 Ti", 5.44, 2, 4, 288, 6, 120),
        Shader("titan-x-pascal", "Titan X (Pascal)", 10.97, 480, 12, 250, "Titan X Pascal"), Shader("titan-xp", "Titan Xp", 12.15, 547.6, 12, 250, "Titan Xp"),
    ];

    private static SheetRow Rtx(string model, double tera32, double tera16, double bandwidth, double gibi, double watts, string? family = null) =>
        Tensor("rtx-" + Slug(model), "GeForce RTX " + model, tera32, tera16, 4, bandwidth, gibi, watts) with
        {
            Family = "rtx-" + Slug(family ?? model),
            Aliases = family is null ? ["RTX " + model, model] : ["RTX " + model],
            PeakText = "16-bit products with 32-bit accumulation, half the headline rate; 8-bit rate of the tensor units; low-bit weights run as 16 bits",
        };

    private static SheetRow Laptop(string model, double tera32, double tera16, double bandwidth, double gibi, double watts, string? family = null)
    {
        var (card, size) = model.EndsWith("GB", StringComparison.Ordinal) ? (model[..model.LastIndexOf(' ')], model[model.LastIndexOf(' ')..]) : (model, "");
        return Tensor($"rtx-{Slug(card)}-laptop{Slug(size)}", $"GeForce RTX {card} Laptop{size}", tera32, tera16, 4, bandwidth, gibi, watts) with
        {
            Kind = DeviceKind.Laptop,
            Family = $"rtx-{Slug(family ?? model)}-laptop",
            Aliases = family is null
                ? [$"RTX {card} Laptop", $"{card} Laptop", $"RTX {card} Mobile", $"{card} Mobile", $"RTX {card} Max-Q", $"RTX {card} Notebook", $"RTX {card} Laptop GPU", $"RTX {card}M"]
                : [],
            PeakText = "general knowledge, to be verified: cores x the highest usual clock of the laptop's card; 16-bit products with 32-bit accumulation",
        };
    }

    private static SheetRow Gtx(string model, double tera32, double factor16, double factor8, double bandwidth, double gibi, double watts, string? family = null) =>
        new("gtx-" + Slug(model), "GeForce GTX " + model, DeviceKind.DesktopGpu, ProcessorClass.ShaderGpu,
            new(tera32, tera32 * factor16, tera32 * factor8, tera32 * factor16), bandwidth, gibi, Idle(watts), watts)
        {
            Family = "gtx-" + Slug(family ?? model),
            Aliases = family is null ? ["GTX " + model, model] : ["GTX " + model],
        };

    private static SheetRow Shader(string name, string title, double tera32, double bandwidth, double gibi, double watts, params string[] aliases) =>
        new(name, title, DeviceKind.DesktopGpu, ProcessorClass.ShaderGpu, new(tera32, tera32, 4 * tera32, tera32), bandwidth, gibi, Idle(watts), watts) { Aliases = aliases };

    private static SheetRow Tensor(string name, string title, double tera32, double tera16, double factor8, double bandwidth, double gibi, double watts) =>
        new(name, title, DeviceKind.DesktopGpu, ProcessorClass.TensorGpu, new(tera32, tera16, tera16 * factor8, tera16), bandwidth, gibi, Idle(watts), watts);

    private static double Idle(double watts) => Math.Round(5 + (0.05 * watts));

    private static string Slug(string model) => model.ToLowerInvariant().Replace(' ', '-');
}
