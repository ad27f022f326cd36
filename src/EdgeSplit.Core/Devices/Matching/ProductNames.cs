namespace EdgeSplit.Core.Devices.Matching;

/// <summary>Names under which phones and computers are sold, by the sheet of the chip inside. A chip named beside one of them wins.</summary>
internal static class ProductNames
{
    internal static IReadOnlyList<(string Sheet, string[] Names)> All { get; } =
    [
        ("snapdragon-865", ["Galaxy S20", "Galaxy S20+", "Galaxy S20 Ultra", "OnePlus 8", "OnePlus 8 Pro", "OnePlus 8T", "Xiaomi Mi 10", "Xiaomi 10"]),
        ("snapdragon-888", ["Galaxy S21", "Galaxy S21+", "Galaxy S21 Ultra", "OnePlus 9", "OnePlus 9 Pro", "Xiaomi Mi 11", "Xiaomi 11"]),
        ("snapdragon-8-gen-1", ["Galaxy S22", "Galaxy S22+", "Galaxy S22 Ultra", "OnePlus 10 Pro", "Xiaomi 12", "Xiaomi 12 Pro"]),
        ("snapdragon-8-plus-gen-1", ["Galaxy Z Fold 4", "Galaxy Z Fold4", "Galaxy Z Flip 4", "Galaxy Z Flip4", "OnePlus 10T", "Xiaomi 12S", "Xiaomi 12S Pro", "Xiaomi 12S Ultra", "Nothing Phone 2"]),
        ("snapdragon-8-gen-2", ["Galaxy S23", "Galaxy S23+", "Galaxy S23 Ultra", "Galaxy Z Fold 5", "Galaxy Z Fold5", "Galaxy Z Flip 5", "Galaxy Z Flip5", "Galaxy Tab S9", "OnePlus 11", "OnePlus 12R", "Xiaomi 13", "Xiaomi 13 Pro", "Xiaomi 13 Ultra"]),
        ("snapdragon-8-gen-3",
        [
            "Galaxy S24", "Galaxy S24+", "Galaxy S24 Plus", "Galaxy S24 Ultra", "Galaxy Z Fold 6", "Galaxy Z Fold6", "Galaxy Z Flip 6", "Galaxy Z Flip6", "OnePlus 12", "OnePlus 13R",
            "Xiaomi 14", "Xiaomi 14 Pro", "Xiaomi 14 Ultra", "ROG Phone 8", "ROG Phone 8 Pro", "Redmi K70 Pro", "iQOO 12", "Magic 6 Pro", "Magic6 Pro", "Galaxy S24U",
        ]),
        ("snapdragon-8-elite",
        [
            "Galaxy S25", "Galaxy S25+", "Galaxy S25 Plus", "Galaxy S25 Ultra", "Galaxy S25 Edge", "Galaxy Z Fold 7", "Galaxy Z Fold7", "OnePlus 13", "Xiaomi 15", "Xiaomi 15 Pro", "Xiaomi 15 Ultra",
            "ROG Phone 9", "ROG Phone 9 Pro", "Redmi K80 Pro", "iQOO 13", "Magic 7 Pro",
        ]),
        ("snapdragon-8-elite-gen-5", ["OnePlus 15", "Xiaomi 17", "Xiaomi 17 Pro", "Xiaomi 17 Pro Max"]),
        ("dimensity-9000", ["vivo X80"]),
        ("dimensity-9200", ["vivo X90", "vivo X90 Pro"]),
        ("dimensity-9300", ["vivo X100", "vivo X100 Pro", "Oppo Find X7"]),
        ("dimensity-9400", ["vivo X200", "vivo X200 Pro", "Oppo Find X8", "Oppo Find X8 Pro"]),
        ("tensor-g1", ["Pixel 6", "Pixel 6 Pro", "Pixel 6a"]),
        ("tensor-g2", ["Pixel 7", "Pixel 7 Pro", "Pixel 7a", "Pixel Fold", "Pixel Tablet"]),
        ("tensor-g3", ["Pixel 8", "Pixel 8 Pro", "Pixel 8a"]),
        ("tensor-g4", ["Pixel 9", "Pixel 9 Pro", "Pixel 9 Pro XL", "Pixel 9 Pro Fold", "Pixel 9a"]),
        ("tensor-g5", ["Pixel 10", "Pixel 10 Pro", "Pixel 10 Pro XL", "Pixel 10 Pro Fold"]),
        ("kirin-9000", ["Mate 40 Pro"]),
        ("snapdragon-x-elite", ["Surface Laptop 7", "Surface Pro 11"]),
        ("snapdragon-8cx-gen-3", ["ThinkPad X13s", "Windows Dev Kit 2023"]),
        ("core-i7-1065g7", ["Surface Book 3"]),
        ("intel-n150", ["GMKtec G3 Plus", "GMKtek G3 Plus"]),
    ];
}
