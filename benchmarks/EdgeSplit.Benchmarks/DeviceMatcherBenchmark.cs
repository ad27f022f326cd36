using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Devices.Matching;

namespace EdgeSplit.Benchmarks;

/// <summary>Time to read the device and backend of one benchmark row.</summary>
[MemoryDiagnoser]
public class DeviceMatcherBenchmark
{
    [Benchmark(Baseline = true)]
    public DeviceMatch Card() => DeviceMatcher.Match("Pi CM5 - 16GB (Nvidia RTX 4090)", "llama.cpp Vulkan GPU");

    [Benchmark]
    public DeviceMatch Phone() => DeviceMatcher.Match("OnePlus 12 (Snapdragon 8 Gen 3)", "T-MAC CPU 3t");

    [Benchmark]
    public DeviceMatch Unknown() => DeviceMatcher.Match("an unheard-of accelerator 7", "llama.cpp");
}
