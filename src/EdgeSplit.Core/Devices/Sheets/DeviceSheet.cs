namespace EdgeSplit.Core.Devices.Sheets;

/// <summary>What a data sheet says of one processor of a device: all that is known before anything was measured.</summary>
/// <remarks>
/// <para>A device with several processors (cores, GPU, neural processor) has a sheet for each; they share memory and bandwidth.</para>
/// <para>Immutable; safe to share between threads. The types here hold facts of vendors; what a runtime reaches of them is in <see cref="RooflineProfile"/>.</para>
/// </remarks>
public sealed record DeviceSheet
{
    /// <summary>Name, lower case with hyphens: <c>rtx-4090</c>, <c>snapdragon-8-gen-3-cpu</c>.</summary>
    public required string Name { get; init => field = Guard.NotBlank(value, nameof(Name)); }

    /// <summary>The device in full: <c>GeForce RTX 4090</c>.</summary>
    public required string Title { get; init => field = Guard.NotBlank(value, nameof(Title)); }

    /// <summary>The chip, board or card that the processor is part of: sheets with the same platform share memory and bandwidth.</summary>
    public required string Platform { get; init => field = Guard.NotBlank(value, nameof(Platform)); }

    /// <summary>The kind of hardware.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>The kind of processor.</summary>
    public required ProcessorClass Processor { get; init; }

    /// <summary>Peak dense rate of matrix products per class of weight format, FLOP/s, positive: without sparsity, with 32-bit accumulation on GeForce cards; of processor cores, of all of them.</summary>
    public required PerFormat PeakMatrixFlopPerSecond { get; init => field = PerFormat.Positive(value, nameof(PeakMatrixFlopPerSecond)); }

    /// <summary>Nominal memory bandwidth, bytes per second, positive.</summary>
    public required double PeakBytesPerSecond { get; init => field = Guard.Positive(value, nameof(PeakBytesPerSecond)); }

    /// <summary>Whether the memory is stacked (HBM): wide and slow per pin, so that kernels made for graphics memory keep too few reads in flight to fill it. Default false.</summary>
    public bool HighBandwidthMemory { get; init; }

    /// <summary>Physical memory that can hold weights and KV cache, bytes, positive.</summary>
    public required double MemoryBytes { get; init => field = Guard.Positive(value, nameof(MemoryBytes)); }

    /// <summary>The share of the memory that a runtime may fill, dimensionless, in (0, 1].</summary>
    public required double UsableMemoryShare { get; init => field = Guard.Positive(Guard.InRange(value, 0, 1, nameof(UsableMemoryShare)), nameof(UsableMemoryShare)); }

    /// <summary>Power while it waits, watts, at least 0.</summary>
    public required double IdleWatts { get; init => field = Guard.NonNegative(value, nameof(IdleWatts)); }

    /// <summary>Power while it computes, idle power included, watts.</summary>
    public required double BusyWatts { get; init => field = Guard.NonNegative(value, nameof(BusyWatts)); }

    /// <summary>Processor cores behind the peak rate: a run on fewer threads gets its share of it. 0 (default) where threads mean nothing.</summary>
    public int Cores { get; init => field = Guard.InRange(value, 0, 4096, nameof(Cores)); }

    /// <summary>Other spellings of the device in benchmark files, without processor or memory size where those are written beside it.</summary>
    public IReadOnlyList<string> Aliases { get; init => field = value ?? throw new ArgumentNullException(nameof(Aliases)); } = [];

    /// <summary>Where each figure comes from.</summary>
    public required IReadOnlyList<ParameterSource> Sources { get; init => field = value ?? throw new ArgumentNullException(nameof(Sources)); }
}
