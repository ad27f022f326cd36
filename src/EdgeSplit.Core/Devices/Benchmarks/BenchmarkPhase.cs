namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What a benchmark row measured.</summary>
public enum BenchmarkPhase
{
    /// <summary>Prompt processing.</summary>
    Prefill,

    /// <summary>Generation, one token after another.</summary>
    Decode,
}
