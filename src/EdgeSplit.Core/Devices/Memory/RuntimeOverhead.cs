namespace EdgeSplit.Core.Devices.Memory;

/// <summary>Memory that a runtime holds before it has loaded any model: driver context, code, libraries.</summary>
/// <remarks>Class values, for want of a measured one of the very device. Immutable table; safe to call from any thread.</remarks>
public static class RuntimeOverhead
{
    /// <summary>Usual overhead of a kind of processor, bytes.</summary>
    /// <remarks>
    /// <para>GPUs with a CUDA or HIP context: 330 MiB, the context of llama-server as measured in unslothai/unsloth pull 6718. Integrated GPUs, Apple GPUs and
    /// neural processors: 128 MiB, an assumption. Processor cores: 32 MiB, an assumption (code and libraries only).</para>
    /// </remarks>
    /// <param name="processor">The kind of processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined.</exception>
    public static double Bytes(ProcessorClass processor) => processor switch
    {
        ProcessorClass.TensorGpu or ProcessorClass.ShaderGpu or ProcessorClass.EmbeddedGpu => 330 * 1048576.0,
        ProcessorClass.AppleGpu or ProcessorClass.IntegratedGpu or ProcessorClass.NeuralProcessor => 128 * 1048576.0,
        ProcessorClass.MobileCpu or ProcessorClass.DesktopCpu => 32 * 1048576.0,
        _ => throw new ArgumentOutOfRangeException(nameof(processor), processor, "Must be a defined kind."),
    };
}
