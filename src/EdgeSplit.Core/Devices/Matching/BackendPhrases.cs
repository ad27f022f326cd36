using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>One phrase of a backend text.</summary>
/// <param name="Phrase">The words.</param>
/// <param name="Engine">The engine that it names; null for none.</param>
/// <param name="Rank">Which engine counts where several are named: the higher, then the first.</param>
/// <param name="Processor">The processor that it names or implies; null for none.</param>
/// <param name="Implied">Whether the processor is only the usual one of that engine, so that a word for another overrides it.</param>
/// <param name="Refusal">Why such a row fits no single processor; null where it may.</param>
internal sealed record BackendPhrase(string Phrase, InferenceEngine? Engine, int Rank, ProcessorGroup? Processor, bool Implied, string? Refusal = null);

/// <summary>The words of backends.</summary>
internal static class BackendPhrases
{
    internal static BackendPhrase[] All { get; } =
    [
        .. Engines(InferenceEngine.LlamaCpp, 3, null, "llama.cpp", "llamacpp", "Ollama", "llamafile", "ik_llama", "LM Studio", "LMStudio", "KoboldCpp", "GPT4All", "distributed-llama", "dllama", "llama-cpp-python", "ggml", "LocalAI", "Jan.ai"),
        .. Engines(InferenceEngine.Serving, 3, null, "vLLM", "SGLang", "TensorRT", "TensorRT-LLM", "TRT-LLM", "LMDeploy", "TurboMind", "TGI", "text-generation-inference", "NIM", "DeepSpeed"),
        .. Engines(InferenceEngine.Compiled, 3, ProcessorGroup.Gpu, "MLC-LLM", "MLC", "TinyChat", "ExLlama", "ExLlamaV2", "ExLlamaV3", "EXL2", "TabbyAPI", "MLX", "MLX-LM", "WebLLM"),
        .. Engines(InferenceEngine.Eager, 3, null, "HF transformers", "transformers", "Hugging Face", "HuggingFace", "HF", "PyTorch", "AutoGPTQ", "bitsandbytes"),
        .. Engines(InferenceEngine.VendorRuntime, 3, ProcessorGroup.Npu, "genie", "PowerServe", "RKLLM", "RKNN", "HailoRT", "Hailo", "NeuroPilot", "Ryzen AI Software", "Lemonade", "FastFlowLM", "llm.npu", "mllm NPU"),
        .. Engines(InferenceEngine.VendorRuntime, 2, ProcessorGroup.Npu, "QNN", "QAIRT", "CoreML", "Core ML", "SNPE", "Vitis AI", "ANEMLL"),
        .. Engines(InferenceEngine.VendorRuntime, 2, null, "OpenVINO"),
        .. Engines(InferenceEngine.MobileRuntime, 1, ProcessorGroup.Cpu, "ExecuTorch", "LiteRT", "LiteRT-LM", "TFLite", "MediaPipe", "MNN", "MNN-LLM", "NCNN", "mllm", "ONNX Runtime", "onnxruntime", "ORT"),
        .. Engines(InferenceEngine.LookupTable, 4, ProcessorGroup.Cpu, "T-MAC", "TMAC", "BitNet", "bitnet.cpp"),
        .. Processors(ProcessorGroup.Cpu, "CPU", "CPUs", "XNNPACK", "KleidiAI", "NEON", "AVX", "AVX2", "AVX512", "AMX", "SVE", "OpenBLAS"),
        .. Processors(ProcessorGroup.Gpu, "GPU", "GPUs", "iGPU", "dGPU", "eGPU", "CUDA", "cuBLAS", "ROCm", "HIP", "hipBLAS", "Vulkan", "Metal", "MTL", "OpenCL", "CLBlast", "SYCL", "MUSA", "DirectML", "MPS",
            "Adreno", "Mali", "RADV", "AMDVLK", "Kompute", "WebGPU"),
        .. Processors(ProcessorGroup.Npu, "NPU", "ANE", "Neural Engine", "HTP", "Hexagon", "DSP", "NNAPI"),
        new("BLAS", null, 0, ProcessorGroup.Cpu, true),
        .. Refused("the engine computes only the active part of the weights", "PowerInfer", "PowerInfer-2"),
        .. Refused("the engine spreads one model over processor cores and GPU", "KTransformers", "FlexGen", "AirLLM", "CPU offload", "partial offload", "hybrid", "heterogeneous"),
        .. Refused("the speed is that of speculative decoding", "speculative", "EAGLE", "Medusa", "lookahead"),
    ];

    internal static PhraseIndex Index { get; } = CreateIndex();

    private static PhraseIndex CreateIndex()
    {
        var index = new PhraseIndex();
        for (var i = 0; i < All.Length; i++)
        {
            index.Add(All[i].Phrase, i);
        }

        return index;
    }

    private static IEnumerable<BackendPhrase> Engines(InferenceEngine engine, int rank, ProcessorGroup? usual, params string[] phrases) =>
        phrases.Select(phrase => new BackendPhrase(phrase, engine, rank, usual, true));

    private static IEnumerable<BackendPhrase> Processors(ProcessorGroup processor, params string[] phrases) =>
        phrases.Select(phrase => new BackendPhrase(phrase, null, 0, processor, false));

    private static IEnumerable<BackendPhrase> Refused(string reason, params string[] phrases) =>
        phrases.Select(phrase => new BackendPhrase(phrase, null, 0, null, true, reason));
}
