using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Calibration;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

public sealed class DataSheetProfileTests
{
    private static readonly ModelWork[] Works =
    [
        .. new[] { "llama-3-8b", "qwen2.5-0.5b", "mixtral-8x7b", "gemma-2-2b" }.SelectMany(name => new[] { NumberFormat.F16, NumberFormat.Q8_0, NumberFormat.Q4_K_M, NumberFormat.Int4 }.SelectMany(weights =>
        {
            var shape = ModelCatalog.Find(name).Shape;
            return new[] { ModelWork.Prefill(shape, weights, 1, 0), ModelWork.Prefill(shape, weights, 100, 0), ModelWork.Prefill(shape, weights, 3000, 500), ModelWork.Decode(shape, weights, 0, 1), ModelWork.Decode(shape, weights, 8000, 1) };
        })),
    ];

    [Fact]
    public void A_device_known_by_its_sheet_is_never_faster_than_the_roofline_of_the_sheet()
    {
        foreach (var sheet in DeviceSheets.All)
        {
            foreach (var engine in Enum.GetValues<InferenceEngine>().Select(value => EngineDefaults.Find(sheet.Processor, value)).Distinct())
            {
                // The roofline of what the sheet says the processor can do at most: 16-bit sums where the engine uses them.
                var peak = sheet.PeakMatrixFlopPerSecond;
                var most = Math.Max(peak.Bits16, engine.HalfPrecisionAccumulation ? peak.Bits8 / 2 : 0);
                var roofline = DataSheetProfile.Roofline(sheet with { PeakMatrixFlopPerSecond = new(peak.Bits32, most, peak.Bits8, peak.LowBit) });
                var profile = DataSheetProfile.Create(sheet, engine);
                Assert.All(Works, work => Assert.True(work.Seconds(profile) >= work.Seconds(roofline) * (1 - 1e-12), $"{sheet.Name} {engine.Engine}"));
            }
        }
    }

    [Fact]
    public void Fewer_threads_are_never_faster_and_all_threads_are_the_whole_processor()
    {
        var sheet = DeviceSheets.All.First(entry => entry.Cores >= 8);
        var whole = DataSheetProfile.Create(sheet);
        Assert.Equal(whole, DataSheetProfile.Create(sheet, threads: sheet.Cores));
        Assert.Equal(whole, DataSheetProfile.Create(sheet, threads: 10 * sheet.Cores));
        for (var threads = 2; threads <= sheet.Cores; threads++)
        {
            var (fewer, more) = (DataSheetProfile.Create(sheet, threads: threads - 1), DataSheetProfile.Create(sheet, threads: threads));
            Assert.All(Works, work => Assert.True(work.Seconds(fewer) >= work.Seconds(more)));
        }

        var quarter = DataSheetProfile.Create(sheet with { Cores = 8 }, threads: 2);
        Assert.Equal(0.625, quarter.PeakBytesPerSecond / whole.PeakBytesPerSecond, 12);
        Assert.Equal(0.25, quarter.PeakMatrixFlopPerSecond.Bits16 / whole.PeakMatrixFlopPerSecond.Bits16, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSheetProfile.Create(sheet, threads: 0));
    }

    [Fact]
    public void Sixteen_bit_sums_double_the_rate_of_cards_that_halve_it_otherwise_and_change_no_other()
    {
        var (half, full) = (EngineDefaults.Find(ProcessorClass.TensorGpu, InferenceEngine.LlamaCpp), EngineDefaults.Find(ProcessorClass.TensorGpu, InferenceEngine.Serving));
        Assert.Equal(2, Peak("rtx-4090", half) / Peak("rtx-4090", full), 0.01);
        Assert.Equal(1, Peak("a100-sxm-80gb", half) / Peak("a100-sxm-80gb", full), 0.01);

        static double Peak(string name, EngineModel engine) => DataSheetProfile.Create(DeviceSheets.Find(name), engine).PeakMatrixFlopPerSecond.Bits16;
    }

    [Fact]
    public void Every_processor_has_an_engine_and_an_unknown_pair_falls_back_on_the_usual_one()
    {
        foreach (var processor in Enum.GetValues<ProcessorClass>())
        {
            foreach (var engine in Enum.GetValues<InferenceEngine>())
            {
                Assert.Equal(processor, EngineDefaults.Find(processor, engine).Processor);
            }
        }

        Assert.Equal(InferenceEngine.LlamaCpp, EngineDefaults.Find(ProcessorClass.AppleGpu, InferenceEngine.LookupTable).Engine);
        Assert.Equal(InferenceEngine.VendorRuntime, EngineDefaults.Find(ProcessorClass.NeuralProcessor, InferenceEngine.Eager).Engine);
        Assert.Throws<ArgumentOutOfRangeException>(() => EngineDefaults.Find((ProcessorClass)99, InferenceEngine.LlamaCpp));
        Assert.All(EngineDefaults.All, engine =>
        {
            // Drivers of very different age and speed share an engine (Vulkan on cards without tensor cores: 1.1), so that a device never seen may be off threefold.
            Assert.InRange(engine.PrefillLogError, 0.05, 1.2);
            Assert.InRange(engine.DecodeLogError, 0.05, 1.2);
            Assert.False(string.IsNullOrWhiteSpace(engine.Basis));
        });
    }

    [Fact]
    public void A_set_of_parameters_checks_each_range()
    {
        var usual = EngineDefaults.Find(ProcessorClass.TensorGpu, InferenceEngine.LlamaCpp).Parameters;
        Assert.Equal(usual, new EngineParameters([.. usual]));
        foreach (var parameter in Enum.GetValues<EngineParameter>())
        {
            var (least, most) = EngineParameters.Range(parameter);
            Assert.Equal(most, usual.With(parameter, most)[parameter]);
            Assert.Equal(least, usual.With(parameter, least)[parameter]);
            foreach (var bad in new[] { double.NaN, -1, most * 1.01, double.PositiveInfinity })
            {
                Assert.Contains(parameter.ToString(), Assert.Throws<ArgumentOutOfRangeException>(() => usual.With(parameter, bad)).Message, StringComparison.Ordinal);
            }
        }

        Assert.Throws<ArgumentException>(() => new EngineParameters(1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => EngineParameters.Range((EngineParameter)99));
    }
}
