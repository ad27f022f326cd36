using EdgeSplit.Core.Devices.Sheets;

namespace EdgeSplit.Core.Devices.Matching;

/// <summary>Finds data sheet, engine, threads and number of devices from what a benchmark file writes about device and backend.</summary>
/// <remarks>
/// <para>Text is cut into words and numbers and read against <see cref="DeviceSheet.Aliases"/>, names of phones and computers, and a table of words of backends; the longest
/// name wins. A graphics card beside a computer is meant unless the backend names processor cores. Memory sizes and GPU cores tell versions apart. Where a text leaves
/// a doubt (an unknown ending of a name, two devices, another memory size, a cluster), there is no sheet but a reason.</para>
/// <para>Pure, linear in the text, without culture; safe to call from any thread and with any text.</para>
/// </remarks>
public static class DeviceMatcher
{
    /// <summary>Longest text that is read, characters; a longer one is no device's name.</summary>
    public const int MaximumTextLength = 400;

    /// <summary>Reads a device and a backend.</summary>
    /// <param name="device">The device as written, for example <c>Pi CM5 - 16GB (Nvidia RTX 4090)</c>.</param>
    /// <param name="backend">Engine and backend as written, for example <c>llama.cpp CUDA</c>; may be empty.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static DeviceMatch Match(string device, string backend)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(backend);
        if (device.Length > MaximumTextLength || backend.Length > MaximumTextLength)
        {
            return new(null, InferenceEngine.LlamaCpp, null, 1, FormattableString.Invariant($"the text of device or backend is longer than {MaximumTextLength} characters"));
        }

        Span<char> folded = stackalloc char[TextTokens.FoldedLength(MaximumTextLength)];
        Span<TextToken> tokens = stackalloc TextToken[MaximumTextLength];
        Span<int> ids = stackalloc int[MaximumTextLength];
        Span<DeviceName> names = stackalloc DeviceName[DeviceReading.MaximumNames];
        tokens = tokens[..TextTokens.Split(device, folded, tokens)];
        ids = ids[..tokens.Length];
        DeviceNames.Index.Read(folded, tokens, ids);

        var asked = BackendReading.Of(backend);
        var said = DeviceReading.Of(folded, tokens, ids, names);
        var choice = DeviceChoice.Of(asked, said);
        var engine = asked.Engine ?? (choice.Sheet is { } at && DeviceSheets.Rows[at].Processor == ProcessorClass.NeuralProcessor ? InferenceEngine.VendorRuntime : InferenceEngine.LlamaCpp);
        if (choice.Sheet is not { } place)
        {
            return new(null, engine, asked.Threads ?? said.Threads, choice.Devices, choice.Reason ?? "no device is known by this name" + NearestNames.Of(device));
        }

        var sheet = DeviceSheets.All[place];
        return new(sheet, engine, sheet.Cores > 0 ? asked.Threads ?? said.Threads : null, choice.Devices, null);
    }
}
