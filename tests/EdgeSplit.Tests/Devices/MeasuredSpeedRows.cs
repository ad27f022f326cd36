using System.Globalization;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

/// <summary>One usable row of the published speed measurements, matched to the catalogues.</summary>
internal sealed record MeasuredSpeed(DeviceEntry Device, TransformerShape Shape, NumberFormat Weights, OperationKind Operation, ForwardPass Pass, double TokensPerSecond)
{
    public double LogError(IComputeProfile profile) =>
        Math.Log(Pass.NewTokens / WholeModel.Seconds(profile, Shape, Weights, Pass) / TokensPerSecond);
}

/// <summary>Reads measured_llm_speed.csv of the shared data folder and keeps the rows that the catalogues can predict; the rules are those that <see cref="PredictionResiduals"/> states.</summary>
internal static class MeasuredSpeedRows
{
    private const int UnstatedPromptTokens = 256;
    private const int UnstatedDecodeContext = 128;

    private static readonly Dictionary<string, string> Devices = new()
    {
        ["Snapdragon 8 Gen 3 phone"] = "snapdragon-8-gen-3",
        ["Samsung Galaxy S24"] = "snapdragon-8-gen-3",
        ["OnePlus 12 (Snapdragon 8 Gen 3)"] = "snapdragon-8-gen-3-cpu",
        ["Galaxy S24 (Snapdragon 8 Gen 3)"] = "snapdragon-8-gen-3-cpu",
        ["Galaxy S24 Ultra (Snapdragon 8 Gen 3)"] = "snapdragon-8-gen-3-cpu",
        ["Snapdragon 8 Elite phone"] = "snapdragon-8-elite",
        ["Snapdragon 8 Elite phone (HTP v79)"] = "snapdragon-8-elite",
        ["Snapdragon 8 Elite Gen 5 QRD"] = "snapdragon-8-elite-gen-5",
        ["OnePlus 15 (SM8850)"] = "snapdragon-8-elite-gen-5",
        ["iPhone 15 Pro"] = "iphone-15-pro",
        ["iPhone 14 Pro"] = "iphone-14-pro",
        ["Raspberry Pi 5"] = "raspberry-pi-5",
        ["Raspberry Pi 5 16GB"] = "raspberry-pi-5",
        ["Raspberry Pi 5 8GB x1"] = "raspberry-pi-5",
        ["Pi 5 - 8GB"] = "raspberry-pi-5",
        ["Pi 5 - 16GB"] = "raspberry-pi-5",
        ["Core i9-13900K DDR5-6400"] = "core-i9-13900k",
        ["Core i5-6500"] = "core-i5-6500",
        ["Jetson Orin Nano 8GB"] = "jetson-orin-nano",
        ["Jetson AGX Orin 64GB"] = "jetson-agx-orin-64gb",
        ["Jetson Orin (AGX assumed)"] = "jetson-agx-orin-64gb",
        ["IGX/AGX Orin iGPU"] = "jetson-agx-orin-64gb",
        ["Jetson AGX Orin"] = "jetson-agx-orin-64gb",
        ["Snapdragon X Elite CRD"] = "snapdragon-x-elite",
        ["M1 Max 32\u2011Core GPU 64GB"] = "apple-m1-max",
        ["Apple M1 Max 64GB"] = "apple-m1-max",
        ["M1 Max Mac Studio (10 core - 64GB)"] = "apple-m1-max",
        ["M3 Max 40\u2011Core GPU 64GB"] = "apple-m3-max",
        ["M2 Ultra 76-Core GPU 192GB"] = "apple-m2-ultra",
        ["3070 8GB"] = "rtx-3070",
        ["3080 10GB"] = "rtx-3080-10gb",
        ["4070 Ti 12GB"] = "rtx-4070-ti",
        ["Pi CM5 - 16GB (Nvidia RTX 4070 Ti)"] = "rtx-4070-ti",
        ["Intel 265K Custom PC (Nvidia RTX 4070 Ti)"] = "rtx-4070-ti",
        ["4080 16GB"] = "rtx-4080",
        ["Ryzen 9 7950X (Nvidia 4080)"] = "rtx-4080",
        ["3090 24GB"] = "rtx-3090",
        ["RTX 3090"] = "rtx-3090",
        ["4090 24GB"] = "rtx-4090",
        ["Intel 13900K (Nvidia 4090)"] = "rtx-4090",
        ["Pi CM5 - 16GB (Nvidia RTX 4090)"] = "rtx-4090",
        ["RTX A6000 48GB"] = "a6000",
        ["A40 48GB"] = "a40",
        ["A100 PCIe 80GB"] = "a100-pcie-80gb",
        ["A100 SXM 80GB"] = "a100-sxm-80gb",
        ["A100 (80GB assumed)"] = "a100-sxm-80gb",
        ["L40S 48GB * 4"] = "l40s",
        ["H100 PCIe 80GB * 4"] = "h100-pcie",
    };

    private static readonly Dictionary<string, string> Models = new()
    {
        ["Llama-3-8B-Instruct"] = "llama-3-8b",
        ["Llama-3-8B"] = "llama-3-8b",
        ["Llama-3.1-8B"] = "llama-3.1-8b",
        ["llama_v3_8b_instruct"] = "llama-3-8b",
        ["llama_v3_1_8b_instruct"] = "llama-3.1-8b",
        ["llama_v3_1_sea_lion_3_5_8b_r"] = "llama-3.1-8b",
        ["llama_v3_taide_8b_chat"] = "llama-3-8b",
        ["llama_v3_elyza_jp_8b"] = "llama-3-8b",
        ["DeepSeek-R1-Distill-Llama-8B"] = "llama-3.1-8b",
        ["Llama-3-70B-Instruct"] = "llama-3.1-70b",
        ["Llama-3.1-70B"] = "llama-3.1-70b",
        ["Llama 3.3 70B"] = "llama-3.1-70b",
        ["Llama-2-7B"] = "llama-2-7b",
        ["Llama-7B"] = "llama-2-7b",
        ["llama_v2_7b_chat"] = "llama-2-7b",
        ["Llama-2-13B"] = "llama-2-13b",
        ["Llama-2-70B"] = "llama-2-70b",
        ["Llama-3.2-1B"] = "llama-3.2-1b",
        ["llama_v3_2_1b_instruct"] = "llama-3.2-1b",
        ["Llama-3.2-3B"] = "llama-3.2-3b",
        ["llama_v3_2_3b_instruct"] = "llama-3.2-3b",
        ["TinyLlama-1.1B"] = "tinyllama-1.1b",
        ["Mistral-7B"] = "mistral-7b-v0.1",
        ["Qwen-1.8B"] = "qwen1.5-1.8b",
        ["Qwen2-0.5B"] = "qwen2.5-0.5b",
        ["Qwen1.5-0.5B"] = "qwen2.5-0.5b",
        ["Qwen2.5-0.5B"] = "qwen2.5-0.5b",
        ["Qwen2-1.5B"] = "qwen2.5-1.5b",
        ["Qwen2.5-1.5B"] = "qwen2.5-1.5b",
        ["qwen2_5_1_5b_instruct"] = "qwen2.5-1.5b",
        ["DeepSeek-R1-Distill-Qwen-1.5B"] = "qwen2.5-1.5b",
        ["Qwen2.5-3B"] = "qwen2.5-3b",
        ["Qwen2.5-7B"] = "qwen2.5-7b",
        ["qwen2_5_7b_instruct"] = "qwen2.5-7b",
        ["Qwen3-0.6B"] = "qwen3-0.6b",
        ["Qwen3-4B"] = "qwen3-4b",
        ["Qwen3-8B"] = "qwen3-8b",
        ["SmolLM2-1.7B (listed SmolLM2)"] = "smollm2-1.7b",
        ["Gemma-2-2B"] = "gemma-2-2b",
        ["Gemma-2-9B"] = "gemma-2-9b",
        ["Phi-3-mini"] = "phi-3-mini-4k",
        ["Phi-3.5-mini"] = "phi-3-mini-4k",
        ["phi_3_5_mini_instruct"] = "phi-3-mini-4k",
    };

    private static readonly Dictionary<string, NumberFormat> Formats = new()
    {
        ["F32"] = NumberFormat.F32,
        ["F16"] = NumberFormat.F16,
        ["BF16"] = NumberFormat.BF16,
        ["Q8_0"] = NumberFormat.Q8_0,
        ["int8"] = NumberFormat.Int8,
        ["w8a8"] = NumberFormat.Int8,
        ["dynamic int8"] = NumberFormat.Int8,
        ["dynamic int8 (newer card)"] = NumberFormat.Int8,
        ["Q6_K"] = NumberFormat.Q6_K,
        ["Q5_K_M"] = NumberFormat.Q5_K_M,
        ["Q5_0"] = NumberFormat.Q5_0,
        ["Q4_K_M"] = NumberFormat.Q4_K_M,
        ["Q4_K_S"] = NumberFormat.Q4_K_S,
        ["Q4_1"] = NumberFormat.Q4_1,
        ["Q4_0"] = NumberFormat.Q4_0,
        ["Q40"] = NumberFormat.Q4_0,
        ["q4"] = NumberFormat.Q4_0,
        ["int4 (Q4)"] = NumberFormat.Q4_0,
        ["w4a16"] = NumberFormat.Int4,
        ["W4A16"] = NumberFormat.Int4,
        ["W4"] = NumberFormat.Int4,
        ["w4"] = NumberFormat.Int4,
        ["int4"] = NumberFormat.Int4,
        ["int4 g128 AWQ"] = NumberFormat.Int4Group128,
        ["int4 g128"] = NumberFormat.Int4Group128,
        ["int4 g256"] = NumberFormat.Int4Group128,
        ["int4 QAT+LoRA"] = NumberFormat.Int4Group128,
        ["int4 SpinQuant"] = NumberFormat.Int4Group128,
        ["q4f16"] = NumberFormat.Int4Group32,
        ["q4f16_0"] = NumberFormat.Int4Group32,
    };

    public static List<MeasuredSpeed> Read()
    {
        var lines = File.ReadAllLines(SharedData.PathOf("data/measured_llm_speed.csv"));
        var header = Fields(lines[0]);
        var rows = new List<MeasuredSpeed>();
        foreach (var line in lines.Skip(1))
        {
            var fields = Fields(line);
            var row = Match(column => fields[header.IndexOf(column)]);
            if (row is not null)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static MeasuredSpeed? Match(Func<string, string> field)
    {
        var (notes, backend, prefill) = (field("notes"), field("backend"), field("phase") == "prefill");
        if (field("batch") != "1"
            || !Devices.TryGetValue(field("device"), out var deviceName)
            || !Models.TryGetValue(field("model"), out var model)
            || !Formats.TryGetValue(field("quant"), out var weights)
            || notes.Contains("OUTLIER", StringComparison.Ordinal)
            || notes.Contains("not pure decode", StringComparison.Ordinal)
            || notes.Contains("ubatch", StringComparison.Ordinal)
            || backend.EndsWith(" 1t", StringComparison.Ordinal) || backend.EndsWith(" 2t", StringComparison.Ordinal) || backend.EndsWith(" 3t", StringComparison.Ordinal))
        {
            return null;
        }

        int prompt = Number(field("prompt_tokens")), generated = Number(field("gen_tokens")), context = Number(field("context"));
        var device = DeviceCatalog.Find(deviceName);
        var onProcessorCores = backend.Contains("CPU", StringComparison.Ordinal);
        if ((deviceName == "snapdragon-8-gen-3-cpu" && !onProcessorCores)
            || (device.Kind == DeviceKind.Jetson && onProcessorCores)
            || (deviceName == "l40s" && prefill)                       // four cards overlap the chunks of a prefill
            || (deviceName == "h100-pcie" && prefill && prompt != 512)) // ... unless it is one chunk
        {
            return null;
        }

        ForwardPass pass;
        if (prefill)
        {
            var tokens = prompt > 0 ? prompt : UnstatedPromptTokens;
            pass = new ForwardPass(tokens, Math.Max(0, context - tokens));
        }
        else
        {
            pass = new ForwardPass(1, generated > 0 ? prompt + generated / 2 : context > 0 ? context : prompt > 0 ? prompt : UnstatedDecodeContext);
        }

        return new MeasuredSpeed(
            device, ModelCatalog.Find(model).Shape, weights, prefill ? OperationKind.Compute : OperationKind.Bandwidth, pass,
            double.Parse(field("tokens_per_s"), CultureInfo.InvariantCulture));
    }

    private static int Number(string text) => text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var symbol in line)
        {
            if (symbol == '"')
            {
                quoted = !quoted;
            }
            else if (symbol == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(symbol);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
