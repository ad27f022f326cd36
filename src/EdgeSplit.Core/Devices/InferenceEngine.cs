namespace EdgeSplit.Core.Devices;

/// <summary>The kind of software that runs the layers: engines on one device differ more than devices of one class.</summary>
public enum InferenceEngine
{
    /// <summary>llama.cpp and what is built on it (Ollama, llamafile, ik_llama): block formats, micro-batches of 512 tokens.</summary>
    LlamaCpp,

    /// <summary>llama.cpp through Vulkan or OpenCL: the same formats with kernels that know less of the card.</summary>
    LlamaCppVulkan,

    /// <summary>Engines of 2023, before kernels for packed weights and for experts were usual.</summary>
    Early,

    /// <summary>Serving engines with fused attention and vendor matrix libraries: vLLM, SGLang, TensorRT-LLM.</summary>
    Serving,

    /// <summary>Engines with kernels compiled or written for 4-bit weights: MLC-LLM, TinyChat, ExLlama, MLX.</summary>
    Compiled,

    /// <summary>Frameworks that launch one operation after another: Hugging Face transformers.</summary>
    Eager,

    /// <summary>A vendor's runtime on its neural processor: Genie and QNN, RKLLM, Core ML, HailoRT.</summary>
    VendorRuntime,

    /// <summary>Runtimes made for processor cores of phones: ExecuTorch, LiteRT, MNN.</summary>
    MobileRuntime,

    /// <summary>Products by table look-up on processor cores: T-MAC, BitNet.</summary>
    LookupTable,
}
