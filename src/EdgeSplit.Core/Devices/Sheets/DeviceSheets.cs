namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>The built-in data sheets: graphics cards, modules, phones, laptops, boards, desktop and server processors.</summary>
/// <remarks>
/// <para>Facts of vendors in SI units, each group with its source; what is from general knowledge or assumed says so. A chip with several processors has a
/// sheet for each: <see cref="DeviceSheet.Platform"/>. The names of <see cref="DeviceCatalog"/> (without an engine's suffix) are names here too.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class DeviceSheets
{
    internal static IReadOnlyList<SheetRow> Rows { get; } =
    [
        .. GeForceSheets.Rows, .. WorkstationSheets.Rows, .. ServerGpuSheets.Rows, .. RadeonSheets.Rows, .. InstinctSheets.Rows, .. IntelGpuSheets.Rows,
        .. JetsonSheets.Rows, .. MacSheets.Rows, .. ApplePhoneSheets.Rows, .. SnapdragonSheets.Rows, .. QualcommBoardSheets.Rows, .. PhoneSheets.Rows,
        .. BoardSheets.Rows, .. LaptopChipSheets.Rows, .. DesktopCpuSheets.Rows, .. ServerCpuSheets.Rows,
    ];

    /// <summary>Every built-in data sheet: cards first, then chips by family, processor cores last. Names are unique.</summary>
    public static IReadOnlyList<DeviceSheet> All { get; } = Array.AsReadOnly<DeviceSheet>([.. Rows.Select(row => row.ToSheet())]);

    /// <summary>Finds a data sheet by its name, without regard to case.</summary>
    /// <param name="name">The name, for example <c>rtx-4090</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such sheet; the error names the nearest.</exception>
    public static DeviceSheet Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(sheet => string.Equals(sheet.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("data sheet", name, All.Select(sheet => sheet.Name));
    }
}
