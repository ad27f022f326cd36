using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What the device, backend and notes of a published measurement say in words.</summary>
/// <remarks>Only the start of a text is looked at, so that a hostile one costs little.</remarks>
internal static partial class MeasuredSpeedNotes
{
    private const int LookedAtCharacters = 512;
    private const int UnstatedClusterDevices = 2;

    /// <summary>Length of the compiled cache: <c>KV context compiled to 4096</c>, <c>KV cache 1280</c>.</summary>
    internal static int? CompiledContext(string notes) => Number(CompiledPattern(), notes);

    /// <summary>Micro-batch: <c>ubatch 4</c>.</summary>
    internal static int? MicroBatch(string notes) => Number(MicroBatchPattern(), notes);

    /// <summary>Sequences at once: <c>concurrency 8</c>, <c>batch size 8</c>.</summary>
    internal static int? Concurrency(string notes) => Number(ConcurrencyPattern(), notes);

    /// <summary>Depth: <c>at depth 32768</c>, <c>@ d32768</c>.</summary>
    internal static int? Depth(string notes) => Number(DepthPattern(), notes);

    /// <summary>Threads: <c>4t</c>, <c>4 threads</c>.</summary>
    internal static int? Threads(string text) => Number(ThreadsPattern(), text);

    /// <summary>Bytes of the weights: <c>file 1550 MB</c>, <c>model size 1127 MiB</c>.</summary>
    internal static double? FileBytes(string notes)
    {
        var match = FileSizePattern().Match(Start(notes));
        return match.Success && NumberText.TryWithUnit(match.Groups[1].Value, isSize: true, out var bytes) && bytes > 0 ? bytes : null;
    }

    /// <summary>Equal devices: <c>* 4</c>, <c>x2</c>, <c>2x ...</c>, <c>Dual ...</c>, <c>Cluster (10x 16GB)</c>.</summary>
    internal static int Devices(string device)
    {
        var isCluster = ClusterPattern().IsMatch(Start(device));
        var stated = Number(TimesPattern(), device) ?? Number(LeadingTimesPattern(), device) ?? (isCluster ? Number(InnerTimesPattern(), device) : null);
        return stated ?? (isCluster || DualPattern().IsMatch(Start(device)) ? UnstatedClusterDevices : 1);
    }

    private static string Start(string text) => text.Length <= LookedAtCharacters ? text : text[..LookedAtCharacters];

    /// <summary>The first group of the match as a positive number; null where there is none.</summary>
    private static int? Number(Regex pattern, string text)
    {
        var match = pattern.Match(Start(text));
        return match.Success && NumberText.TryWhole(match.Groups[1].ValueSpan, out var value) && value > 0 ? value : null;
    }

    [GeneratedRegex(@"\bKV (?:context compiled to|cache) (\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CompiledPattern();

    [GeneratedRegex(@"\bu-?batch[ =](\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MicroBatchPattern();

    [GeneratedRegex(@"\b(?:concurrency|batch size)[ =](\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConcurrencyPattern();

    [GeneratedRegex(@"(?:\bdepth |@ ?d ?)(\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DepthPattern();

    [GeneratedRegex(@"(?<![\w.-])(\d{1,4})(?:t| threads?)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ThreadsPattern();

    [GeneratedRegex(@"\b(?:model size|file(?: size)?) (\d{1,12}(?:\.\d{1,6})? ?[KMGT]i?B)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileSizePattern();

    [GeneratedRegex(@"(?:\* ?|(?<!PCIe )(?<=[\s(])[x×](?!86\b|64\b))(\d{1,4})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimesPattern();

    [GeneratedRegex(@"^\s*(\d{1,2}) ?[x×*] ?(?=\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeadingTimesPattern();

    [GeneratedRegex(@"\((\d{1,4}) ?[x×]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InnerTimesPattern();

    [GeneratedRegex(@"\bcluster\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClusterPattern();

    [GeneratedRegex(@"\bdual (?!core|channel|rank)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DualPattern();
}
