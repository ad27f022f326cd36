namespace EdgeSplit.Core.Devices.Energy;

/// <summary>Where a published power was taken.</summary>
public enum PowerScope
{
    /// <summary>At the wall: the whole computer with its power supply.</summary>
    Wall,

    /// <summary>Of the module or the graphics processor alone.</summary>
    Module,
}

/// <summary>A published decode speed with the power beside it.</summary>
/// <param name="Device">The device as its source names it.</param>
/// <param name="Model">The model.</param>
/// <param name="Format">The weight format.</param>
/// <param name="Engine">The engine.</param>
/// <param name="TokensPerSecond">Decode speed, tokens per second.</param>
/// <param name="Watts">Power, watts: at the wall the peak of the run.</param>
/// <param name="Scope">Where the power was taken.</param>
/// <param name="Source">Repository and issue, or paper.</param>
public sealed record MeasuredTokenEnergyRow(
    string Device, string Model, string Format, string Engine, double TokensPerSecond, double Watts, PowerScope Scope, string Source)
{
    /// <summary>Energy of one token, joules: power / speed. With the peak of a run an upper bound.</summary>
    public double JoulesPerToken => PowerDraw.JoulesPerToken(Watts, TokensPerSecond);
}

/// <summary>Published decode speeds with power: what a computed energy per token can be held against.</summary>
/// <remarks>
/// <para>Powers at the wall are peaks of the whole computer (geerlingguy/ai-benchmarks), so that a single-board computer with a large graphics card and a desktop with the same card
/// differ by the computer around it; powers of modules are what their tools report. The two do not compare.</para>
/// <para>Energy per token spans three orders of magnitude: under 0.3 J on a small neural processor and a laptop GPU with a model of 1.5 billion parameters, 3 J on a Raspberry Pi with one of 3 billion,
/// over 100 J on a desktop of 2009.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class MeasuredTokenEnergy
{
    /// <summary>Every row.</summary>
    public static IReadOnlyList<MeasuredTokenEnergyRow> All { get; } = Array.AsReadOnly<MeasuredTokenEnergyRow>(
    [
        new("Jetson AGX Orin 64GB", "Llama-2-7B", "W2", "llama.cpp CPU", 7.08, 15, PowerScope.Module, "microsoft/T-MAC README.md"),
        new("Jetson AGX Orin 64GB", "Llama-2-7B", "W2", "llama.cpp GPU", 20.03, 30.8, PowerScope.Module, "microsoft/T-MAC README.md"),
        new("Jetson AGX Orin 64GB", "Llama-2-7B", "W2", "T-MAC CPU", 15.62, 10.4, PowerScope.Module, "microsoft/T-MAC README.md"),
        new("Pi CM5 - 16GB (Nvidia RTX 4090)", "DeepSeek-R1-Distill-Qwen-14B", "Q4_K_M", "llama.cpp Vulkan GPU", 83.31, 397.5, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/43"),
        new("Mac Studio (M3 Ultra 512GB)", "DeepSeek-R1-Distill-Qwen-14B", "Q4_K_M", "Ollama/llama.cpp GPU", 51.85, 227, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/42"),
        new("Pi 5 - 16GB", "DeepSeek-R1-Distill-Qwen-14B", "Q4_K_M", "Ollama/llama.cpp CPU", 1.2, 13, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/7"),
        new("Intel 265K Custom PC (Nvidia RTX 3080 Ti)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 263.24, 495, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/39"),
        new("Pi CM5 - 16GB (Nvidia RTX 4090)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 235.61, 290.2, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/43"),
        new("Intel 265K Custom PC (Nvidia RTX 2080 Ti)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 180.38, 257.8, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/46"),
        new("Pi CM5 - 16GB (Nvidia RTX 4070 Ti)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 166.06, 228, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/45"),
        new("Pi CM5 - 16GB (Nvidia RTX 2080 Ti)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 155.06, 258.2, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/46"),
        new("Mac Studio (M3 Ultra 512GB)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 154.6, 223, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/42"),
        new("Intel 265K Custom PC (Nvidia RTX A4000)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 149.44, 269.2, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/36"),
        new("Intel 265K Custom PC (Nvidia RTX 3060)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 122.85, 214, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/40"),
        new("Pi CM5 - 16GB (Nvidia RTX 3060)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 112.77, 192.3, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/40"),
        new("System76 Thelio Astra (AMD Pro W7700)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 89.31, 261, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/5"),
        new("Framework Mainboard (128GB)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 88.14, 133, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/21"),
        new("Minisforum MS-R1 (Nvidia RTX A2000)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 71.36, 94.3, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/32"),
        new("Pi 5 - 8GB (AMD Pro W7700)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 56.14, 145, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/9"),
        new("HiFive Premier P550 (AMD RX 580)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp GPU", 36.23, 150, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/20"),
        new("Framework 13 (Ryzen AI 5 340)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 23.81, 51.1, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/33"),
        new("Pi 500+ - 16GB (Intel Arc A310 ECO)", "Llama-3.2-3B", "Q4_K_M", "llama.cpp Vulkan GPU", 13.36, 50, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/29"),
        new("Minisforum MS-R1", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 12.12, 35, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/32"),
        new("GMKtec G3 Plus (Intel N150) - 16GB", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 9.06, 26.4, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/12"),
        new("Pi 5 - 8GB", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 4.61, 13.9, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/1"),
        new("Pi 400 - 4GB", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 1.6, 6, PowerScope.Wall, "geerlingguy/ai-benchmarks/commit/96bab78f2a8e6c996c6810c5e2119274e3eb401a"),
        new("Dell Optiplex 780 (C2Q Q8400)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 1.09, 146, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/31"),
        new("HiFive Premier P550 (4-core RISC-V)", "Llama-3.2-3B", "Q4_K_M", "Ollama/llama.cpp CPU", 0.24, 13.5, PowerScope.Wall, "geerlingguy/ai-benchmarks/issues/17"),
        new("RTX 4050 Laptop", "Qwen2.5-1.5B", "int4", "see paper", 131.7, 34.1, PowerScope.Module, "arXiv:2603.23640"),
        new("Raspberry Pi 5 + Hailo-10H", "Qwen2.5-1.5B", "int4", "see paper", 6.9, 2, PowerScope.Module, "arXiv:2603.23640"),
    ]);
}
