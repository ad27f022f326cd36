namespace EdgeSplit.Core.Devices;

/// <summary>The kind of hardware a profile describes: it decides which prediction errors are to be expected of it.</summary>
public enum DeviceKind
{
    /// <summary>A telephone: shared LPDDR memory, thermally limited, with or without a neural processor.</summary>
    Phone,

    /// <summary>An NVIDIA Jetson module: integrated GPU on shared LPDDR memory.</summary>
    Jetson,

    /// <summary>A laptop, Apple silicon included: the GPU or neural processor on shared memory.</summary>
    Laptop,

    /// <summary>General-purpose processor cores only: single-board computers and desktop processors.</summary>
    Cpu,

    /// <summary>A desktop or workstation graphics card with its own memory.</summary>
    DesktopGpu,

    /// <summary>A data-centre graphics card.</summary>
    ServerGpu,
}
