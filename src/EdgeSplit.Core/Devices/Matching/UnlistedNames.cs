namespace EdgeSplit.Core.Devices.Matching;

/// <summary>Names of devices that have no sheet but contain, or could be taken for, the name of one that has: found first, they are no match.</summary>
internal static class UnlistedNames
{
    /// <summary>Graphics cards.</summary>
    internal static string[] Cards { get; } =
    [
        "Quadro 4000", "Quadro 5000", "Quadro 6000", "Quadro RTX 3000", "RTX 4000", "RTX 5000", "RTX 6000", "RTX 3000", "RTX A3000", "RTX 3500 Ada", "RTX 3000 Ada", "RTX 1000 Ada", "RTX 500 Ada",
        "RTX A2000 Laptop", "RTX A3000 Laptop", "RTX A4000 Laptop", "RTX A5000 Laptop", "RTX 2000 Ada Laptop", "RTX 4000 Ada Laptop", "RTX 5000 Ada Laptop",
        "RTX 2050", "GTX 1650 Ti", "GTX 1660 Ti Laptop", "GTX 1070 Laptop", "GTX 1060 Laptop", "GTX 1650 Laptop", "GTX 1050 Laptop",
        "RX 7600M", "RX 7600M XT", "RX 7700S", "RX 6800M", "RX 6700M", "RX 7900M", "RX 6600M", "RX 580X", "RX Vega",
        "A800", "H800", "L2", "M10", "M60", "K80", "K40", "Arc A770M", "Arc A730M", "Arc A550M", "Arc A370M",
        "B100", "GB200", "GB300", "GH100", "Gaudi 2", "Gaudi 3", "MI8", "MI308X",
    ];

    /// <summary>Phones, boards, computers and their chips.</summary>
    internal static string[] Systems { get; } =
    [
        "Galaxy S24 FE", "Galaxy S23 FE", "Galaxy S21 FE", "Galaxy A54", "iPhone 16e", "iPhone 17e", "iPhone Air", "iPhone SE", "OnePlus 11R", "Xiaomi 13T", "Xiaomi 14T", "Xiaomi 12T", "Xiaomi 13 Lite", "Xiaomi 12 Lite",
        "Redmi K70", "Orange Pi 4", "Orange Pi 3", "Orange Pi 5B", "Orange Pi Zero 3", "Orange Pi AI Pro", "Banana Pi", "Surface Pro 9", "Surface Laptop 5", "Surface Book 2",
        "Apple A10", "Apple A15", "A15 Bionic", "A15", "Apple A11", "Apple M6", "M6 Max", "M6 Pro", "Raspberry Pi 2", "Pi 2", "Raspberry Pi 1", "Pi 3A+", "Raspberry Pi 3A+", "Raspberry Pi CM3",
        "Jetson TX1", "Jetson AGX", "Jetson Orin", "Jetson Xavier", "Snapdragon X2", "Snapdragon X", "Snapdragon 8 Gen 4", "Snapdragon 8 Gen 5", "Snapdragon 8s Gen 4", "Ryzen AI Max 390", "Ryzen AI Max+ PRO 390", "Ryzen AI Max 385", "AI Max 385", "AI Max 390",
        "8050S", "Apple M1X", "Core i9-13900", "Core i7-13700", "Core i9-12900", "Core i7-12700", "Core i9-14900", "Core i7-14700", "Tensor", "Vega 8", "Vega 7", "Vega 11", "Arc Graphics",
    ];
}
