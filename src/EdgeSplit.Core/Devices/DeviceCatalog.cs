namespace EdgeSplit.Core.Devices;

/// <summary>The built-in devices and servers.</summary>
/// <remarks>
/// <para>A data sheet says peak, bandwidth and memory. How much of it a runtime reaches was fitted, per device, to published measured speeds
/// (each entry names its own): matrix efficiency per format, attention efficiency, two bandwidth efficiencies, overhead per operation; least
/// squares on log speed with a Huber loss beyond 0.3 and a penalty that pulls a parameter towards a value of its kind, so that two rows do not fix five parameters. A
/// parameter that no row informs is the kind's median. Each entry says which: <see cref="DeviceEntry.Sources"/>.</para>
/// <para>An entry is a device <i>with an engine</i>, the one its rows were measured with. The <c>-vllm</c> entries are server GPUs with the kernels of a serving engine;
/// the same GPU with llama.cpp of 2024 reaches a good half of their prefill speed. What error to expect: <see cref="PredictionResiduals"/>.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class DeviceCatalog
{
    /// <summary>Every built-in device: phones first, servers last.</summary>
    public static IReadOnlyList<DeviceEntry> All { get; } = Array.AsReadOnly<DeviceEntry>(
        [.. HandheldRows.All.Concat(ComputerRows.All).Concat(GraphicsCardRows.All).Concat(ServerRows.All).Select(row => row.ToEntry())]);

    /// <summary>Finds a device by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="UnknownNameException">There is no such device; the error names the nearest.</exception>
    public static DeviceEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("device", name, All.Select(entry => entry.Name));
    }
}
