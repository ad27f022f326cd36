using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>The built-in devices and servers, each with an engine.</summary>
/// <remarks>
/// <para>A data sheet says peak, bandwidth and memory. How much of it an engine reaches was fitted to published speeds of the device where there are such rows, and is what is usual for the engine on
/// such a processor where there are none: <see cref="DeviceEntry.Rows"/> tells, and <see cref="DeviceEntry.PrefillLogError"/> and <see cref="DeviceEntry.DecodeLogError"/> how sure either is.</para>
/// <para>A device's own name stands for the engine that its rows were measured with, or that is usual. Entries that end in <c>-vllm</c> are graphics cards with the kernels of a serving engine; other endings name
/// other engines that were measured on the device.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class DeviceCatalog
{
    private static readonly Dictionary<string, DeviceEntry> ByName;

    static DeviceCatalog()
    {
        All = Array.AsReadOnly(DeviceSheets.All.SelectMany(Entries).ToArray());
        ByName = All.ToDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every built-in device, in the order of <see cref="DeviceSheets"/>.</summary>
    public static IReadOnlyList<DeviceEntry> All { get; }

    /// <summary>Finds a device by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such device; the error names the nearest.</exception>
    public static DeviceEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.TryGetValue(name.Trim(), out var entry) ? entry : throw new UnknownNameException("device", name, All.Select(known => known.Name));
    }

    private static IEnumerable<DeviceEntry> Entries(DeviceSheet sheet)
    {
        var measured = CalibratedRows.All.Where(row => row.Sheet == sheet.Name).OrderBy(row => row.Engine == InferenceEngine.Eager).ThenByDescending(row => row.Rows).ToArray();
        var usual = measured.Length > 0 ? measured[0].Engine : EngineDefaults.Usual(sheet.Processor);
        yield return Entry(sheet, usual, measured.FirstOrDefault(), sheet.Name);
        foreach (var row in measured.Skip(1))
        {
            yield return Entry(sheet, row.Engine, row, sheet.Name + Ending(row.Engine));
        }

        if (sheet.Processor == ProcessorClass.TensorGpu && measured.All(row => row.Engine != InferenceEngine.Serving))
        {
            yield return Entry(sheet, InferenceEngine.Serving, null, sheet.Name + Ending(InferenceEngine.Serving));
        }
    }

    private static DeviceEntry Entry(DeviceSheet sheet, InferenceEngine engine, CalibratedRow? row, string name)
    {
        var model = EngineDefaults.Find(sheet.Processor, engine);
        return new DeviceEntry
        {
            Name = name,
            Sheet = sheet,
            Engine = engine,
            Parameters = row?.Parameters ?? model.Parameters,
            UsualWeights = row is null ? UsualWeights(sheet, engine) : NumberFormat.Parse(row.UsualWeights),
            Rows = row?.Rows ?? 0,
            PrefillLogError = row?.PrefillLogError ?? model.PrefillLogError,
            DecodeLogError = row?.DecodeLogError ?? model.DecodeLogError,
            Sources =
            [
                .. sheet.Sources,
                row is not null
                    ? new ParameterSource(DeviceEntry.Reached, ParameterOrigin.Fitted, $"fitted to {row.Rows} published speeds of the device, drawn towards what is usual for the engine (docs/cost-model.md)")
                    : new ParameterSource(DeviceEntry.Reached, ParameterOrigin.ClassValue, $"usual for the engine on such a processor: {model.Basis}"),
            ],
        };
    }

    private static NumberFormat UsualWeights(DeviceSheet sheet, InferenceEngine engine) => engine switch
    {
        InferenceEngine.Serving or InferenceEngine.Eager => NumberFormat.F16,
        InferenceEngine.VendorRuntime => NumberFormat.Int4,
        InferenceEngine.Compiled or InferenceEngine.MobileRuntime or InferenceEngine.LookupTable => NumberFormat.Int4Group128,
        _ => sheet.Kind == DeviceKind.ServerGpu ? NumberFormat.F16 : NumberFormat.Q4_K_M,
    };

    private static string Ending(InferenceEngine engine) => engine switch
    {
        InferenceEngine.LlamaCpp => "-llamacpp",
        InferenceEngine.LlamaCppVulkan => "-vulkan",
        InferenceEngine.Early => "-2023",
        InferenceEngine.Serving => "-vllm",
        InferenceEngine.Compiled => "-compiled",
        InferenceEngine.Eager => "-eager",
        InferenceEngine.VendorRuntime => "-vendor",
        InferenceEngine.MobileRuntime => "-mobile",
        _ => "-lookup",
    };
}
