using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSplit.Core.Devices.Benchmarks;

/// <summary>What the lines of a console say, before a table, about the devices and the model that it is of.</summary>
/// <remarks>Not thread-safe: one instance reads one file.</remarks>
internal sealed partial class ConsoleDevices
{
    private const int LookedAtCharacters = 1024;

    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _modelFiles = new(StringComparer.Ordinal);
    private string _processor = "";
    private string _modelFile = "";

    /// <summary>Takes in a line that is no row.</summary>
    internal void Observe(string line)
    {
        line = line.Length <= LookedAtCharacters ? line : line[..LookedAtCharacters];
        NoteModelFile(line);
        if (FoundLine().Match(line) is { Success: true } found)
        {
            var family = Renewed(FamilyOf(found.Groups[2].Value) ?? "CUDA", isFound: true);
            family.Found = int.TryParse(found.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        }
        else if (CudaLine().Match(line) is { Success: true } cuda)
        {
            Put("CUDA", cuda.Groups[1].Value, cuda.Groups[2].Value, isShared: false);
        }
        else if (VulkanLine().Match(line) is { Success: true } vulkan)
        {
            Put("Vulkan", vulkan.Groups[1].Value, WithoutDriver(vulkan.Groups[2].Value), line.Contains("uma: 1", StringComparison.Ordinal));
        }
        else if (MetalLine().Match(line) is { Success: true } metal)
        {
            Put("Metal", "0", metal.Groups[1].Value, isShared: false);
        }
        else if (SyclLine().Match(line) is { Success: true } sycl)
        {
            Put("SYCL", sycl.Groups[1].Value, sycl.Groups[2].Value, isShared: false);
        }
        else if (OpenClLine().Match(line) is { Success: true } openCl)
        {
            Put("OpenCL", "0", WithoutDriver(openCl.Groups[1].Value), isShared: false);
        }
        else if (ProcessorLine().Match(line) is { Success: true } processor)
        {
            _processor = processor.Groups[1].Value.Trim();
        }
    }

    /// <summary>A table starts: the lines so far belong to it, those behind it to the next.</summary>
    internal void StartTable()
    {
        if (_modelFiles.Count > 0)
        {
            // Of several names none is surely the table's.
            _modelFile = _modelFiles.Count == 1 ? _modelFiles.First() : "";
            _modelFiles.Clear();
        }

        foreach (var family in _families.Values)
        {
            family.IsUsed = true;
        }
    }

    /// <summary>Adds what the table's row does not state itself.</summary>
    internal void Fill(LlamaBenchRecord record, bool nameModel)
    {
        if (record[LlamaBenchColumn.GpuInfo] is null && Of(record) is { } family && family.Names() is { Length: > 0 } names)
        {
            record.Set(LlamaBenchColumn.GpuInfo, names);
        }

        if (record[LlamaBenchColumn.CpuInfo] is null && _processor.Length > 0)
        {
            record.Set(LlamaBenchColumn.CpuInfo, _processor);
        }

        if (nameModel && _modelFile.Length > 0 && record[LlamaBenchColumn.ModelFileName] is null)
        {
            record.Set(LlamaBenchColumn.ModelFileName, _modelFile);
        }
    }

    /// <summary>The row with the number of devices that the console found, where no name was given for each and the row chooses none.</summary>
    internal BenchmarkRow WithFoundDevices(BenchmarkRow row, LlamaBenchRecord record)
    {
        var isChosen = record[LlamaBenchColumn.ShownDevices, LlamaBenchColumn.ShownTensorSplit] is not null
            || string.Equals(record[LlamaBenchColumn.ShownSplitMode], "none", StringComparison.OrdinalIgnoreCase);
        return !isChosen && row.GpuLayers != 0 && LlamaBenchDevices.IsGpu(row.Backend) && Of(record) is { Named: 0 } family && family.Found > row.Devices
            ? row with { Devices = family.Found }
            : row;
    }

    /// <summary>Notes the name that ends in <c>.gguf</c>, without its folders.</summary>
    private void NoteModelFile(string line)
    {
        const string ending = ".gguf";
        var end = line.IndexOf(ending, StringComparison.OrdinalIgnoreCase);
        while (end >= 0)
        {
            var start = end;
            while (start > 0 && (char.IsLetterOrDigit(line[start - 1]) || line[start - 1] is '.' or '_' or '-' or '+'))
            {
                start--;
            }

            end += ending.Length;
            if (end - start > ending.Length)
            {
                _modelFiles.Add(line[start..end]);
            }

            end = line.IndexOf(ending, end, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The family of the row's backend; of a backend that names none, the only one that was seen.</summary>
    private Family? Of(LlamaBenchRecord record)
    {
        var backend = record[LlamaBenchColumn.Backend, LlamaBenchColumn.Backends] ?? "";
        var name = FamilyOf(backend);
        return name is not null && _families.TryGetValue(name, out var family) ? family
            : name is null && _families.Count == 1 ? _families.Values.First()
            : null;
    }

    private static string? FamilyOf(string backend)
    {
        ReadOnlySpan<(string Word, string Family)> words =
        [
            ("CUDA", "CUDA"), ("ROCm", "CUDA"), ("HIP", "CUDA"), ("MUSA", "CUDA"), ("Vulkan", "Vulkan"), ("Metal", "Metal"), ("MTL", "Metal"), ("SYCL", "SYCL"), ("OpenCL", "OpenCL"),
        ];
        foreach (var (word, family) in words)
        {
            if (backend.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return family;
            }
        }

        return null;
    }

    private void Put(string family, string index, string name, bool isShared) => Renewed(family, isFound: false).Put(index, name.Trim(), isShared);

    /// <summary>The family, emptied where its lines were of an earlier table.</summary>
    private Family Renewed(string name, bool isFound)
    {
        if (!_families.TryGetValue(name, out var family) || family.IsUsed || isFound)
        {
            family = new Family();
            _families[name] = family;
        }

        return family;
    }

    /// <summary>Without the driver in parentheses at the end, which may hold parentheses itself.</summary>
    private static string WithoutDriver(string name)
    {
        name = name.Trim();
        if (!name.EndsWith(')'))
        {
            return name;
        }

        var depth = 0;
        for (var i = name.Length - 1; i > 0; i--)
        {
            depth += name[i] == ')' ? 1 : name[i] == '(' ? -1 : 0;
            if (depth == 0)
            {
                return name[..i].TrimEnd();
            }
        }

        return name;
    }

    [GeneratedRegex(@"\bfound (\d{1,4}) (CUDA|ROCm|HIP|MUSA|Vulkan|SYCL|OpenCL) devices?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FoundLine();

    [GeneratedRegex(@"(?:^|\s)Device (\d{1,4}): ([^,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex CudaLine();

    [GeneratedRegex(@"\b(?:ggml_vulkan: |Vulkan)(\d{1,4})(?: = |: )([^|]+)\|", RegexOptions.CultureInvariant)]
    private static partial Regex VulkanLine();

    [GeneratedRegex(@"\bggml_metal\w{0,40}: (?:found device:|picking default device:|GPU name:)\s*(?:MTL\d+ \()?([^()]+)", RegexOptions.CultureInvariant)]
    private static partial Regex MetalLine();

    [GeneratedRegex(@"^\|\s*(\d{1,4})\|\s*\[[^\]]*gpu[^\]]*\]\|([^|]+)\|", RegexOptions.CultureInvariant)]
    private static partial Regex SyclLine();

    [GeneratedRegex(@"\bggml_opencl: (?:selecting |using |selected )?device: '([^']+)'", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OpenClLine();

    [GeneratedRegex(@"^(?:Model name|CPU|cpu_info)\s{0,20}:\s{0,40}([^=|]{2,200})$", RegexOptions.CultureInvariant)]
    private static partial Regex ProcessorLine();

    /// <summary>The devices of one kind of backend.</summary>
    private sealed class Family
    {
        private readonly SortedDictionary<string, (string Name, bool IsShared)> _devices = new(StringComparer.Ordinal);

        /// <summary>Devices that the console counted; 0 where it did not.</summary>
        internal int Found { get; set; }

        internal int Named => _devices.Count;

        /// <summary>Whether a table has stood behind these lines.</summary>
        internal bool IsUsed { get; set; }

        internal void Put(string index, string name, bool isShared) => _devices[index.PadLeft(4, '0')] = (name, isShared);

        /// <summary>The names in order; integrated devices, which share the memory, are left out where there is one with its own, as the engine does.</summary>
        internal string Names()
        {
            var hasOwn = _devices.Values.Any(device => !device.IsShared);
            return string.Join(", ", _devices.Values.Where(device => !device.IsShared || !hasOwn).Select(device => device.Name));
        }
    }
}
