using System.Globalization;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>Which device a llama-bench row ran on, and on how many equal ones.</summary>
internal static class LlamaBenchDevices
{
    private static readonly string[] ProcessorBackends = ["CPU", "BLAS", "OpenBLAS", "Accelerate", "AMX", "ZenDNN", "zDNN", "KleidiAI", "RPC"];

    private static readonly char[] Separators = [',', '/'];

    internal static bool IsGpu(string backend)
    {
        foreach (var part in backend.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!ProcessorBackends.Contains(part, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The processor's name without the linear-algebra libraries that some builds list beside it.</summary>
    internal static string Processor(string? cpuInfo)
    {
        var names = (cpuInfo ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kept = names.Where(name => !ProcessorBackends.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
        return string.Join(", ", kept.Length > 0 ? kept : names);
    }

    /// <summary>The devices in use; an empty name where none is stated.</summary>
    /// <param name="gpuInfo">Names, separated by commas, or by slashes where all are equal.</param>
    /// <param name="devices">The devices chosen, such as <c>CUDA0/CUDA1</c>; <c>auto</c> is all.</param>
    /// <param name="splitMode"><c>none</c> uses the main one alone.</param>
    /// <param name="mainGpu">Index of the main one.</param>
    /// <param name="tensorSplit">Shares, such as <c>1.00/1.00</c>; one share of 0 is the default.</param>
    internal static (string Device, int Count) Gpus(string? gpuInfo, string? devices, string? splitMode, int mainGpu, string? tensorSplit)
    {
        var names = Names(gpuInfo ?? "");
        var count = names.Length;
        if (Chosen(devices) is { } chosen)
        {
            names = Array.TrueForAll(chosen, index => index < names.Length) ? Array.ConvertAll(chosen, index => names[index]) : names;
            count = chosen.Length;
        }

        if (string.Equals(splitMode?.Trim(), "none", StringComparison.OrdinalIgnoreCase))
        {
            names = mainGpu >= 0 && mainGpu < names.Length ? [names[mainGpu]] : names;
            count = 1;
        }
        else if (Shares(tensorSplit) is { } shares)
        {
            names = shares.Length == names.Length ? names.Where((_, index) => shares[index] > 0).ToArray() : names;
            count = shares.Count(share => share > 0);
        }

        return (string.Join(", ", names.Distinct(StringComparer.Ordinal)), Math.Max(1, count));
    }

    private static string[] Names(string text)
    {
        var names = text.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 1)
        {
            var parts = names[0].Split('/', StringSplitOptions.TrimEntries);
            return parts.Distinct(StringComparer.Ordinal).Count() == 1 ? parts : names;
        }

        return names;
    }

    /// <summary>Index at the end of each chosen device's name; null where all are used.</summary>
    private static int[]? Chosen(string? devices)
    {
        var parts = (devices ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0 || parts[0].Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Array.ConvertAll(parts, part =>
        {
            var digits = part.AsSpan()[part.AsSpan().TrimEnd("0123456789").Length..];
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue;
        });
    }

    private static double[]? Shares(string? tensorSplit)
    {
        var parts = (tensorSplit ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shares = Array.ConvertAll(parts, part => NumberText.TryReal(part, out var share) ? share : 0);
        return shares.Length > 1 && Array.Exists(shares, share => share > 0) ? shares : null;
    }
}
