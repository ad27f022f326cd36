namespace EdgeSplit.Tests.Devices.Benchmarks;

/// <summary>Small files with made-up numbers in the true layout of each format. The llama-bench ones hold the same two tests.</summary>
internal static class BenchmarkSamples
{
    public const string JsonObject = """
        {
            "build_commit": "abc12345",
            "build_number": 5000,
            "cpu_info": "Made-up 8-Core Processor",
            "gpu_info": "NVIDIA GeForce RTX 4080",
            "backends": "CUDA",
            "model_filename": "models/Sample-7B-Q4_K_M.gguf",
            "model_type": "qwen2 7B Q4_K - Medium",
            "model_size": 4677120000,
            "model_n_params": 7615616512,
            "n_batch": 2048,
            "n_ubatch": 512,
            "n_threads": 8,
            "type_k": "f16",
            "type_v": "q8_0",
            "n_gpu_layers": 99,
            "split_mode": "layer",
            "main_gpu": 0,
            "no_kv_offload": false,
            "flash_attn": true,
            "tensor_split": "0.00",
            "use_mmap": true,
            "embeddings": false,
            "n_prompt": 512,
            "n_gen": 0,
            "n_depth": 1024,
            "test_time": "2025-04-24T11:58:50Z",
            "avg_ns": 70000000,
            "stddev_ns": 1000,
            "avg_ts": 7300.5,
            "stddev_ts": 100.25,
            "samples_ns": [ 70000000, 70000000 ],
            "samples_ts": [ 7400.0, 7200.0 ]
          }
        """;

    public const string Sql = """
        CREATE TABLE IF NOT EXISTS test (
          build_commit TEXT,
          build_number INTEGER,
          cpu_info TEXT,
          gpu_info TEXT,
          backends TEXT,
          model_filename TEXT,
          model_type TEXT,
          model_size INTEGER,
          model_n_params INTEGER,
          n_batch INTEGER,
          n_ubatch INTEGER,
          n_threads INTEGER,
          type_k TEXT,
          type_v TEXT,
          n_gpu_layers INTEGER,
          flash_attn INTEGER,
          n_prompt INTEGER,
          n_gen INTEGER,
          n_depth INTEGER,
          avg_ts REAL,
          stddev_ts REAL
        );

        INSERT INTO test (build_commit, build_number, cpu_info, gpu_info, backends, model_filename, model_type, model_size, model_n_params, n_batch, n_ubatch, n_threads, type_k, type_v, n_gpu_layers, flash_attn, n_prompt, n_gen, n_depth, avg_ts, stddev_ts) VALUES ('abc12345', '5000', 'Made-up 8-Core Processor', 'NVIDIA GeForce RTX 4080', 'CUDA', 'models/Sample-7B-Q4_K_M.gguf', 'qwen2 7B Q4_K - Medium', '4677120000', '7615616512', '2048', '512', '8', 'f16', 'q8_0', '99', '1', '512', '0', '1024', '7300.5', '100.25');
        INSERT INTO test (build_commit, build_number, cpu_info, gpu_info, backends, model_filename, model_type, model_size, model_n_params, n_batch, n_ubatch, n_threads, type_k, type_v, n_gpu_layers, flash_attn, n_prompt, n_gen, n_depth, avg_ts, stddev_ts) VALUES ('abc12345', '5000', 'Made-up 8-Core Processor', 'NVIDIA GeForce RTX 4080', 'CUDA', 'models/Sample-7B-Q4_K_M.gguf', 'qwen2 7B Q4_K - Medium', '4677120000', '7615616512', '2048', '512', '8', 'f16', 'q8_0', '99', '1', '0', '128', '1024', '119.5', '0.5');
        """;

    public const string Csv = """
        build_commit,build_number,cpu_info,gpu_info,backends,model_filename,model_type,model_size,model_n_params,n_batch,n_ubatch,n_threads,type_k,type_v,n_gpu_layers,flash_attn,n_prompt,n_gen,n_depth,avg_ts,stddev_ts
        "abc12345","5000","Made-up 8-Core Processor","NVIDIA GeForce RTX 4080","CUDA","models/Sample-7B-Q4_K_M.gguf","qwen2 7B Q4_K - Medium","4677120000","7615616512","2048","512","8","f16","q8_0","99","1","512","0","1024","7300.5","100.25"
        "abc12345","5000","Made-up 8-Core Processor","NVIDIA GeForce RTX 4080","CUDA","models/Sample-7B-Q4_K_M.gguf","qwen2 7B Q4_K - Medium","4677120000","7615616512","2048","512","8","f16","q8_0","99","1","0","128","1024","119.5","0.5"
        """;

    public const string Console = """
        ggml_cuda_init: found 2 CUDA devices:
          Device 0: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes
          Device 1: NVIDIA GeForce RTX 3090, compute capability 8.6, VMM: yes
        | model                          |       size |     params | backend    | ngl | n_ubatch | type_v | fa |            test |                  t/s |
        | ------------------------------ | ---------: | ---------: | ---------- | --: | -------: | -----: | -: | --------------: | -------------------: |
        | llama 8B Q4_0                  |   4.33 GiB |     8.03 B | CUDA       |  99 |      256 |   q8_0 |  1 |           pp512 |      3000.50 ± 12.25 |
        | llama 8B Q4_0                  |   4.33 GiB |     8.03 B | CUDA       |  99 |      256 |   q8_0 |  1 |   tg128 @ d2048 |        100.50 ± 0.25 |
        | llama 8B Q4_0                  |   4.33 GiB |     8.03 B | CUDA       |  99 |      256 |   q8_0 |  1 |     pg512,128   |        500.50 ± 0.25 |

        build: abc12345 (5000)
        """;

    public const string Measured = """
        source_url_or_repo_path,model,quant,weights_bytes_if_given,device,backend,phase,prompt_tokens,gen_tokens,context,batch,tokens_per_s,power_w,confidence,notes
        made-up,Llama-3-8B,Q4_0,4661000000,3090 24GB * 4,llama.cpp CUDA,prefill,512,0,33280,1,1500.5,,table,pp512 at depth 32768; multi-GPU layer split
        made-up,Llama-3-8B,w4a16,,Phone Z,genie,decode,,,4096,1,12.5,,table,KV context compiled to 4096
        made-up,Llama-3-8B,F16,,A100 x2,vLLM,decode,2048,128,2176,8,251.5,300,table,aggregate tok/s at concurrency 8; not pure decode
        made-up,Llama-3-8B,Q4_0,,Ryzen 16t,llama.cpp CPU,decode,0,128,128,1,9.5,,table,OUTLIER
        made-up,Llama-3-8B,Q4_0,,RTX 3090,llama.cpp CUDA,prefill,512,0,512,1,480.5,,table,ubatch 4
        """;

    public const string LayerTimes = """
        source_repo_path,device,model,dtype,tp,op,phase,tokens,prefill_chunk,kv_prefill,n_decode,kv_decode,m,k,n,activated_experts,time_us,flops_hand,weight_bytes_hand,notes
        made-up,A100 80GB,Llama-2-7b,fp16,2,mlp_up_proj,any,4096,,,,,,,,,1911.5,412316860416,100663296,median
        made-up,Card,Qwen,bf16,1,attention,decode,,0,0,8,16384,,,,,57.25,,,
        made-up,MI210,,fp16,,matmul,any,,,,,,8192,12288,12288,8,30000,,,
        """;

    public static string JsonRow { get; } = string.Join(' ', JsonObject.Split('\n', StringSplitOptions.TrimEntries));

    public static string DecodeRow { get; } = JsonRow
        .Replace("\"n_prompt\": 512", "\"n_prompt\": 0", StringComparison.Ordinal)
        .Replace("\"n_gen\": 0", "\"n_gen\": 128", StringComparison.Ordinal)
        .Replace("7300.5", "119.5", StringComparison.Ordinal)
        .Replace("100.25", "0.5", StringComparison.Ordinal);

    public static string Json { get; } = $"[\n  {JsonObject},\n  {DecodeRow}\n]\n";

    public static string JsonLines { get; } = $"{JsonRow}\n{DecodeRow}\n";

    /// <summary>Every kind of benchmark text.</summary>
    public static IReadOnlyList<string> All { get; } = [Json, JsonLines, Csv, Console, Sql, Measured];
}
