using System.Globalization;
using EdgeSplit.Core;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Devices.Matching;
using EdgeSplit.Core.Devices.Sheets;
using EdgeSplit.Tests.Devices.Matching;

namespace EdgeSplit.Tests.Devices.Sheets;

public sealed class DeviceSheetsTests
{
    private const double Tera = 1e12;
    private const double Giga = 1e9;

    [Fact]
    public void Names_are_unique_and_lower_case_and_more_than_120_processors_of_every_class_are_there()
    {
        Assert.Equal(DeviceSheets.All.Count, DeviceSheets.All.Select(sheet => sheet.Name).Distinct().Count());
        Assert.All(DeviceSheets.All, sheet => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", sheet.Name));
        Assert.True(DeviceSheets.All.Count > 120);
        Assert.Equal(Enum.GetValues<ProcessorClass>().Order(), DeviceSheets.All.Select(sheet => sheet.Processor).Distinct().Order());
        Assert.Equal(Enum.GetValues<DeviceKind>().Order(), DeviceSheets.All.Select(sheet => sheet.Kind).Distinct().Order());
    }

    [Fact]
    public void Every_name_alias_and_title_finds_its_own_sheet()
    {
        foreach (var sheet in DeviceSheets.All)
        {
            foreach (var written in sheet.Aliases.Append(sheet.Name).Append(sheet.Title))
            {
                var match = DeviceMatcher.Match(written, "");
                Assert.True(ReferenceEquals(sheet, match.Sheet), $"\"{written}\" of {sheet.Name} finds {match.Sheet?.Name}: {match.Reason}");
            }
        }
    }

    [Fact]
    public void Every_sheet_names_the_source_of_its_four_groups_of_figures()
    {
        string[] groups = [DeviceEntry.PeakRate, DeviceEntry.NominalBandwidth, DeviceEntry.Memory, DeviceEntry.Power];
        foreach (var sheet in DeviceSheets.All)
        {
            Assert.Equal(groups, sheet.Sources.Select(source => source.Parameter));
            Assert.All(sheet.Sources, source => Assert.True(source.Text.Length > 10, $"{sheet.Name}: {source}"));
            Assert.All(sheet.Sources, source => Assert.NotEqual(ParameterOrigin.Fitted, source.Origin));
            Assert.All(sheet.Sources, source => Assert.False(source.Text.StartsWith("assumed", StringComparison.Ordinal) && source.Origin != ParameterOrigin.ClassValue, sheet.Name));
        }
    }

    [Fact]
    public void Rates_and_powers_obey_what_holds_for_every_processor()
    {
        foreach (var sheet in DeviceSheets.All)
        {
            var peak = sheet.PeakMatrixFlopPerSecond;
            // 16 bits are never slower than computing in 32, 8 bits never slower than in 16, low-bit weights run as one of the wider formats.
            Assert.True(peak.Bits16 >= peak.Bits32, $"{sheet.Name}: 16 bits slower than 32");
            // Volta alone has matrix units for 16 bits and none for 8.
            var isVolta = sheet.Name.StartsWith("v100", StringComparison.Ordinal) || sheet.Name == "titan-v";
            Assert.True(peak.Bits8 >= (isVolta ? 0.4 : 1) * peak.Bits16, $"{sheet.Name}: 8 bits slower than 16");
            Assert.True(peak.LowBit == peak.Bits16 || peak.LowBit >= peak.Bits8, $"{sheet.Name}: low bit");
            Assert.True(sheet.BusyWatts > sheet.IdleWatts && sheet.IdleWatts > 0, $"{sheet.Name}: power");
            Assert.InRange(sheet.MemoryBytes, 0.5 * 1024 * 1024 * 1024, 768.0 * 1024 * 1024 * 1024);
            Assert.Equal(sheet.Processor is ProcessorClass.MobileCpu or ProcessorClass.DesktopCpu, sheet.Cores > 0);
        }
    }

    // Ranges of the class, GB/s: from the slowest board or card on sale to the fastest.
    [Theory]
    [InlineData(ProcessorClass.TensorGpu, 90, 8000)]
    [InlineData(ProcessorClass.ShaderGpu, 100, 1030)]
    [InlineData(ProcessorClass.AppleGpu, 30, 820)]
    [InlineData(ProcessorClass.EmbeddedGpu, 30, 280)]
    [InlineData(ProcessorClass.IntegratedGpu, 8, 260)]
    [InlineData(ProcessorClass.NeuralProcessor, 1.9, 820)]
    [InlineData(ProcessorClass.MobileCpu, 3, 280)]
    [InlineData(ProcessorClass.DesktopCpu, 17, 820)]
    public void Bandwidth_lies_in_the_range_of_its_class(ProcessorClass processor, double lowGiga, double highGiga) =>
        Assert.All(DeviceSheets.All.Where(sheet => sheet.Processor == processor), sheet => Assert.InRange(sheet.PeakBytesPerSecond / Giga, lowGiga, highGiga));

    [Fact]
    public void Operations_per_byte_lie_in_the_range_of_real_machines()
    {
        // From a board without vector units (0.4 FLOP per byte) to a neural processor on phone memory (600 with 8 bits) and a data-centre card.
        Assert.All(DeviceSheets.All, sheet => Assert.InRange(sheet.PeakMatrixFlopPerSecond.Bits8 / sheet.PeakBytesPerSecond, 0.4, 7000));
        Assert.All(DeviceSheets.All.Where(sheet => sheet.Cores > 0), sheet => Assert.InRange(sheet.PeakMatrixFlopPerSecond.Bits32 / sheet.Cores / Giga, 5, 350));
    }

    [Fact]
    public void Processors_of_one_platform_share_its_memory_and_its_bandwidth_but_for_cut_down_gpus()
    {
        foreach (var platform in DeviceSheets.All.Where(sheet => sheet.Kind == DeviceKind.Phone).GroupBy(sheet => sheet.Platform))
        {
            Assert.Single(platform.Select(sheet => (sheet.MemoryBytes, sheet.PeakBytesPerSecond)).Distinct());
        }

        Assert.Equal(
            ["snapdragon-8-gen-3", "snapdragon-8-gen-3-gpu", "snapdragon-8-gen-3-cpu"],
            DeviceSheets.All.Where(sheet => sheet.Platform == "snapdragon-8-gen-3").Select(sheet => sheet.Name));
    }

    // The peak with 16-bit weights, TFLOP/s, and the bandwidth, GB/s, of the devices that were fitted to measured speeds.
    [Theory]
    [InlineData("snapdragon-8-gen-3", 22.5, 76.8)]
    [InlineData("snapdragon-8-gen-3-cpu", 0.72, 76.8)]
    [InlineData("snapdragon-8-elite", 22.5, 84.8)]
    [InlineData("snapdragon-8-elite-gen-5", 22.5, 84.8)]
    [InlineData("iphone-15-pro", 2.15, 51.2)]
    [InlineData("iphone-14-pro", 1.43, 51.2)]
    [InlineData("raspberry-pi-5", 0.308, 17.1)] // 4 x 2.4 GHz x 32 FLOP: two 128-bit FMA units with 16 bits
    [InlineData("jetson-orin-nano", 10, 68)]
    [InlineData("jetson-agx-orin-64gb", 43, 204.8)]
    [InlineData("core-i9-13900k", 2.2, 102.4)]
    [InlineData("core-i5-6500", 0.41, 34.1)]
    [InlineData("snapdragon-x-elite", 22.5, 135)]
    [InlineData("apple-m1-max", 10.4, 400)]
    [InlineData("apple-m3-max", 14.2, 400)]
    [InlineData("apple-m2-ultra", 27.2, 800)]
    [InlineData("rtx-3070", 40.6, 448)]
    [InlineData("rtx-3080-10gb", 59.5, 760)]
    [InlineData("rtx-4070-ti", 80.2, 504)]
    [InlineData("rtx-4080", 97.5, 717)]
    [InlineData("rtx-3090", 71, 936)]
    [InlineData("rtx-4090", 165.2, 1008)]
    [InlineData("a6000", 154.8, 768)]
    [InlineData("a40", 149.7, 696)]
    [InlineData("a100-pcie-80gb", 312, 1935)]
    [InlineData("a100-sxm-80gb", 312, 2039)]
    [InlineData("l40s", 362, 864)]
    [InlineData("h100-pcie", 756.5, 2048)]
    [InlineData("h100-sxm-80gb", 989.5, 3350)]
    public void Devices_of_the_catalogue_keep_their_figures(string name, double tera, double giga)
    {
        var sheet = DeviceSheets.Find(name);
        Assert.Equal(tera, sheet.PeakMatrixFlopPerSecond.Bits16 / Tera, 6);
        Assert.Equal(giga, sheet.PeakBytesPerSecond / Giga, 6);
    }

    [Fact]
    public void A_sheet_is_found_in_any_case_and_an_unknown_name_suggests_the_nearest()
    {
        Assert.Same(DeviceSheets.Find("rtx-4090"), DeviceSheets.Find("RTX-4090"));
        Assert.Equal("rtx-4090", Assert.Throws<UnknownNameException>(() => DeviceSheets.Find("rtx-4900")).Suggestion);
        Assert.Throws<ArgumentNullException>(() => DeviceSheets.Find(null!));
    }

    // Devices of device_specs.csv that the matcher reads, and where a figure there is not what a sheet states, why.
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["Jetson Xavier NX"] = "lists the shader rate and 8 bits with the accelerators",
        ["Jetson AGX Orin 32GB"] = "lists the shader rate and 8 bits with the accelerators",
        ["Jetson AGX Orin 64GB"] = "lists 8 bits with the accelerators",
        ["Raspberry Pi 5"] = "lists half of its own formula 4 x 2.4e9 x 32",
        ["Snapdragon 8 Gen 2"] = "lists the GPU",
        ["Snapdragon X Elite"] = "lists the GPU",
        ["Apple A16"] = "8 bits are the Neural Engine's",
    };

    [SharedDataFact]
    public void Figures_of_the_public_table_agree_within_three_percent()
    {
        var checkedFigures = 0;
        foreach (var row in MeasuredCsv.Read("data/device_specs.csv"))
        {
            var device = row["device"];
            var match = DeviceMatcher.Match(device == "Core i9-13900K" ? "Core i9-13900K DDR5-5600" : device, "");
            Assert.True(match.Sheet is not null, $"{device}: {match.Reason}");
            var sheet = match.Sheet;
            Near(device, "bandwidth", row["mem_bw_gb_s"], sheet.PeakBytesPerSecond / Giga, ref checkedFigures);
            if (!Excused.ContainsKey(device))
            {
                Near(device, "16 bits", row["peak_fp16_tflops"], sheet.PeakMatrixFlopPerSecond.Bits16 / Tera, ref checkedFigures);
                // 8-bit figures of chips whose GPU carries the name are those of another processor.
                if (sheet.Processor is not ProcessorClass.AppleGpu)
                {
                    Near(device, "8 bits", row["int8_tops"], sheet.PeakMatrixFlopPerSecond.Bits8 / Tera, ref checkedFigures);
                }
            }

            if (sheet.Kind is DeviceKind.DesktopGpu or DeviceKind.ServerGpu && sheet.Processor is not ProcessorClass.AppleGpu)
            {
                Near(device, "power", row["tdp_w"], sheet.BusyWatts, ref checkedFigures);
                Near(device, "memory", row["mem_gb"], sheet.MemoryBytes / (1024.0 * 1024 * 1024), ref checkedFigures);
            }
        }

        Assert.True(checkedFigures > 150, $"only {checkedFigures} figures");
    }

    private static void Near(string device, string figure, string text, double value, ref int count)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var listed))
        {
            Assert.True(Math.Abs(value - listed) <= 0.03 * listed, FormattableString.Invariant($"{device}, {figure}: listed {listed}, sheet {value}"));
            count++;
        }
    }
}
