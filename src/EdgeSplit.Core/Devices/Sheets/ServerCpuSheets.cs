namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>Processor cores of servers, one socket with every memory channel filled.</summary>
internal static class ServerCpuSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        // name, title, cores, TFLOP/s with 32 bits, 16- and 8-bit factors, GB/s, GiB, busy W
        Cpu("xeon-e5-2670", "Xeon E5-2670", 8, 0.38, 1, 2, 51.2, 64, 115, "E5-2670"), Cpu("xeon-e5-2670-v3", "Xeon E5-2670 v3", 12, 1, 1, 2, 68.3, 64, 120, "E5-2670 v3", "E5-2670v3"),
        Cpu("xeon-e5-2680-v4", "Xeon E5-2680 v4", 14, 1.3, 1, 2, 76.8, 128, 120, "E5-2680 v4", "E5-2680v4"), Cpu("xeon-e5-2690-v4", "Xeon E5-2690 v4", 14, 1.43, 1, 2, 76.8, 128, 135, "E5-2690 v4", "E5-2690v4"),
        Cpu("xeon-e5-2697-v4", "Xeon E5-2697 v4", 18, 1.61, 1, 2, 76.8, 128, 145, "E5-2697 v4", "E5-2697v4"), Cpu("xeon-e5-2699-v4", "Xeon E5-2699 v4", 22, 1.97, 1, 2, 76.8, 128, 145, "E5-2699 v4", "E5-2699v4"),
        Cpu("xeon-gold-6154", "Xeon Gold 6154", 18, 3.1, 1, 2, 128, 192, 200, "Gold 6154"), Cpu("xeon-gold-6226r", "Xeon Gold 6226R", 16, 3, 1, 4, 140.8, 192, 150, "Gold 6226R"),
        Cpu("xeon-gold-6248", "Xeon Gold 6248", 20, 3.2, 1, 4, 140.8, 192, 150, "Gold 6248"), Cpu("xeon-gold-6330", "Xeon Gold 6330", 28, 4.3, 1, 4, 187.7, 256, 205, "Gold 6330"),
        Cpu("xeon-platinum-8168", "Xeon Platinum 8168", 24, 3.84, 1, 2, 128, 192, 205, "Platinum 8168"), Cpu("xeon-platinum-8380", "Xeon Platinum 8380", 40, 6.7, 1, 4, 204.8, 256, 270, "Platinum 8380"),
        Cpu("xeon-platinum-8358", "Xeon Platinum 8358", 32, 5.9, 1, 4, 204.8, 256, 250, "Platinum 8358"),
        // With matrix tiles: 1024 FLOP per cycle in BF16, twice that with 8 bits.
        Cpu("xeon-platinum-8480", "Xeon Platinum 8480+", 56, 7.2, 114.7 / 7.2, 229 / 7.2, 307.2, 512, 350, "Platinum 8480+", "Platinum 8480", "Xeon 8480+", "8480C"),
        Cpu("xeon-w9-3495x", "Xeon W9-3495X", 56, 9, 143 / 9.0, 286 / 9.0, 307.2, 512, 350, "W9-3495X", "w9 3495X"),
        Cpu("epyc-7302", "EPYC 7302", 16, 1.64, 1, 2, 204.8, 256, 155, "EPYC 7302P"), Cpu("epyc-7502", "EPYC 7502", 32, 3.17, 1, 2, 204.8, 256, 180, "EPYC 7502P"), Cpu("epyc-7742", "EPYC 7742", 64, 5.9, 1, 2, 204.8, 256, 225),
        Cpu("epyc-7763", "EPYC 7763", 64, 6.1, 1, 2, 204.8, 512, 280), Cpu("epyc-7b13", "EPYC 7B13", 64, 5.7, 1, 2, 204.8, 512, 240), Cpu("epyc-9124", "EPYC 9124", 16, 1.8, 2, 4, 460.8, 384, 200),
        Cpu("epyc-9354", "EPYC 9354", 32, 3.8, 2, 4, 460.8, 384, 280, "EPYC 9354P"), Cpu("epyc-9374f", "EPYC 9374F", 32, 4.2, 2, 4, 460.8, 384, 320), Cpu("epyc-9554", "EPYC 9554", 64, 7.2, 2, 4, 460.8, 768, 360, "EPYC 9554P"),
        Cpu("epyc-9654", "EPYC 9654", 96, 10.4, 2, 4, 460.8, 768, 360, "EPYC 9654P"), Cpu("epyc-9575f", "EPYC 9575F", 64, 17.6, 2, 4, 576, 768, 400), Cpu("epyc-9755", "EPYC 9755", 128, 27.8, 2, 4, 576, 768, 500),
        Cpu("ampereone-a192-32x", "AmpereOne A192-32X", 192, 9.8, 2, 4, 332.8, 512, 400, "A192-32X"), Cpu("ampere-altra-max", "Ampere Altra Max M128-30", 128, 6.1, 2, 4, 204.8, 256, 250, "Altra Max", "M128-30"),
        Cpu("ampere-altra", "Ampere Altra Q80-30", 80, 3.84, 2, 4, 204.8, 256, 210, "Altra", "Q80-30"),
        Cpu("graviton-2", "AWS Graviton 2", 64, 2.56, 2, 4, 204.8, 256, 110, "Graviton2"), Cpu("graviton-3", "AWS Graviton 3", 64, 5.3, 2, 8, 307.2, 256, 130, "Graviton3"), Cpu("graviton-4", "AWS Graviton 4", 96, 8.6, 2, 8, 537.6, 768, 150, "Graviton4"),
        Cpu("nvidia-grace", "NVIDIA Grace", 72, 7.1, 2, 8, 500, 480, 250, "Grace CPU"),
    ];

    private static SheetRow Cpu(
        string name, string title, int cores, double tera, double factor16, double factor8, double bandwidth, double gibi, double watts, params string[] aliases) =>
        SheetRow.OfCores(name, title, DeviceKind.Cpu, ProcessorClass.DesktopCpu, cores, tera, factor16, factor8, bandwidth, gibi, Math.Round(20 + (0.15 * watts)), watts, aliases);
}
