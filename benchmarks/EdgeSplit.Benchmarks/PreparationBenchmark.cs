using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Benchmarks;

/// <summary>Preparing a profile for a device, a model and a number of tokens; what is then asked of it stands in <see cref="PlacementBenchmark"/>.</summary>
[MemoryDiagnoser]
public class PreparationBenchmark
{
    private static readonly DeviceSheet Sheet = DeviceSheets.Find("rtx-4090");

    private SplitSystem system = null!;
    private TransformerShape shape = null!;
    private ModelWork work = null!;
    private RooflineProfile profile = null!;

    [Params("llama-2-7b", "gemma-2-9b", "llama-3.1-405b")]
    public string Model { get; set; } = "llama-2-7b";

    [GlobalSetup]
    public void Setup()
    {
        shape = ModelCatalog.Find(Model).Shape;
        profile = DataSheetProfile.Create(Sheet);
        work = ModelWork.Prefill(shape, NumberFormat.Q4_K_M, 2000, 0, profile.MicroBatchTokens);
        system = PhoneAndServer.Of(shape);
    }

    /// <summary>A profile out of a data sheet.</summary>
    [Benchmark]
    public RooflineProfile OfDataSheet() => DataSheetProfile.Create(Sheet);

    /// <summary>All splits of a model on a device and a server.</summary>
    [Benchmark]
    public SplitProfile OfSplits() => new(system);

    /// <summary>The work of a prompt of 2,000 tokens in micro-batches of 512, unit by unit.</summary>
    [Benchmark]
    public ModelWork OfWork() => ModelWork.Prefill(shape, NumberFormat.Q4_K_M, 2000, 0, profile.MicroBatchTokens);

    /// <summary>Asking prepared work for its time, as fits do.</summary>
    [Benchmark]
    public double PreparedWork() => work.Seconds(profile);
}
