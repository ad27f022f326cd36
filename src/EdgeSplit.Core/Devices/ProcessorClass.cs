namespace EdgeSplit.Core.Devices;

/// <summary>The kind of processor that runs the layers: with the engine, it decides how much of a data sheet is reached.</summary>
public enum ProcessorClass
{
    /// <summary>A graphics card with matrix units: NVIDIA since Volta, AMD CDNA, RDNA 3 and later.</summary>
    TensorGpu,

    /// <summary>A graphics card without matrix units, or one that engines drive without them: NVIDIA Pascal, AMD before RDNA 3, Intel Arc.</summary>
    ShaderGpu,

    /// <summary>The GPU of Apple silicon, on shared memory.</summary>
    AppleGpu,

    /// <summary>The GPU of a module with matrix units on shared memory: NVIDIA Jetson, Thor, Grace-Blackwell desktop.</summary>
    EmbeddedGpu,

    /// <summary>A GPU without matrix units on shared memory: of a phone, a laptop processor, a single-board computer.</summary>
    IntegratedGpu,

    /// <summary>A neural processor: Hexagon, Neural Engine, RKNN, Hailo, Ryzen AI.</summary>
    NeuralProcessor,

    /// <summary>Processor cores of a phone or a single-board computer.</summary>
    MobileCpu,

    /// <summary>Processor cores of a laptop, a desktop or a server.</summary>
    DesktopCpu,
}
