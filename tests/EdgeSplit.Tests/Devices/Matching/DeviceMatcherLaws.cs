using EdgeSplit.Core.Devices.Matching;
using EdgeSplit.Core.Devices.Sheets;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeSplit.Tests.Devices.Matching;

public sealed class DeviceMatcherLaws
{
    // Pieces that mean something, beside signs, control characters, halves of surrogate pairs and numbers that overflow.
    private static readonly string[] Pieces =
    [
        "RTX", "4090", "M1", "Max", "A100", "80GB", "x2", "*", "\u00D7", "(", ")", "-", "\u2011", "+", "/", ",", " ", "Pi", "5", "8", "Gen", "3", "Snapdragon", "Elite", "CPU", "GPU", "32-core", "8t",
        "99999999999999999999", "0", "GB", "x", "\0", "\u0007", "\uD83D", "\uDE00", "\u0130", "\u0661", "(R)", "(TM)", "cluster", "dual", "laptop", "Galaxy", "S24", "tp", "''", "7900", "XTX", "i9-13900K",
    ];

    [Fact]
    public void Any_text_gives_a_sheet_or_a_reason()
    {
        var text = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        Prop.ForAll(text, text, (device, backend) => IsAnswer(DeviceMatcher.Match(device, backend))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(1, 3));
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), (string raw) => IsAnswer(DeviceMatcher.Match(raw ?? "", raw ?? ""))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 5));
    }

    [Fact]
    public void Case_and_surrounding_signs_do_not_matter()
    {
        foreach (var sheet in DeviceSheets.All)
        {
            Assert.Same(sheet, DeviceMatcher.Match(sheet.Name.ToUpperInvariant(), "").Sheet);
            Assert.Same(sheet, DeviceMatcher.Match("  [ " + sheet.Name.Replace('-', ' ') + " ] ", "").Sheet);
        }
    }

    [Fact]
    public void A_letter_behind_a_number_makes_another_device()
    {
        foreach (var sheet in DeviceSheets.All.Where(sheet => char.IsAsciiDigit(sheet.Name[^1])))
        {
            var match = DeviceMatcher.Match(sheet.Name + "q", "");
            Assert.True(match.Sheet is null, $"{sheet.Name}q finds {match.Sheet?.Name}");
        }
    }

    [Theory]
    [InlineData("RTX 3090", 2)]
    [InlineData("A100 80GB", 8)]
    [InlineData("RX 7900 XTX", 4)]
    [InlineData("MI300X", 8)]
    public void The_number_of_devices_is_read_before_and_behind_the_name(string device, int count)
    {
        var expected = DeviceMatcher.Match(device, "").Sheet;
        Assert.NotNull(expected);
        foreach (var written in new[] { $"{device} x{count}", $"{device} x {count}", $"{device} * {count}", $"{device} \u00D7{count}", $"{count}x {device}", $"{count} x {device}", $"{count}x{device}", $"{device} ({count}x)" })
        {
            var match = DeviceMatcher.Match(written, "vLLM");
            Assert.True(match.Sheet == expected && match.Devices == count, $"\"{written}\" gives {match.Sheet?.Name} x {match.Devices}: {match.Reason}");
        }
    }

    [Fact]
    public void Texts_longer_than_a_name_are_refused_and_the_longest_name_is_read()
    {
        var padded = "RTX 4090" + new string(' ', DeviceMatcher.MaximumTextLength - "RTX 4090".Length);
        Assert.Equal("rtx-4090", DeviceMatcher.Match(padded, "").Sheet?.Name);
        Assert.Contains("longer than", DeviceMatcher.Match(padded + " ", "").Reason, StringComparison.Ordinal);
        Assert.Contains("longer than", DeviceMatcher.Match("RTX 4090", new string('x', 1_000_000)).Reason, StringComparison.Ordinal);
        Assert.True(IsAnswer(DeviceMatcher.Match(string.Concat(Enumerable.Repeat("a1", DeviceMatcher.MaximumTextLength / 2)), string.Concat(Enumerable.Repeat("1x", DeviceMatcher.MaximumTextLength / 2)))));
    }

    [Fact]
    public void A_match_allocates_no_more_than_its_answer()
    {
        DeviceMatcher.Match("Pi CM5 - 16GB (Nvidia RTX 4090)", "llama.cpp Vulkan GPU");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            DeviceMatcher.Match("Pi CM5 - 16GB (Nvidia RTX 4090)", "llama.cpp Vulkan GPU");
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 100);
    }

    private static bool IsAnswer(DeviceMatch match) => match.Sheet is null != match.Reason is null && match.Devices is >= 1 and <= 1024 && match.Threads is not <= 0;
}
