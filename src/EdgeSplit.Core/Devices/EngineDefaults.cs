namespace EdgeSplit.Core.Devices;

/// <summary>What each engine reaches on each kind of processor: the defaults of a device of which only the data sheet is known.</summary>
/// <remarks>
/// <para>Fitted over the devices of a kind to published speeds, each device with equal weight, on log speed with a Huber loss. How the figures came about and what error to expect: <c>docs/cost-model.md</c>.
/// A pair of engine and processor that nobody published rows of falls back on the nearest that has some.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public static class EngineDefaults
{
    /// <summary>Every pair that is known.</summary>
    public static IReadOnlyList<EngineModel> All { get; } = EngineDefaultRows.All;

    /// <summary>The model of an engine on a kind of processor, or the nearest there is: the same processor with llama.cpp or with its vendor's runtime.</summary>
    /// <param name="processor">The kind of processor.</param>
    /// <param name="engine">The engine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The processor is not defined.</exception>
    public static EngineModel Find(ProcessorClass processor, InferenceEngine engine) => Find(All, processor, engine);

    internal static EngineModel Find(IReadOnlyList<EngineModel> models, ProcessorClass processor, InferenceEngine engine) =>
        models.FirstOrDefault(model => model.Processor == processor && model.Engine == engine)
        ?? models.FirstOrDefault(model => model.Processor == processor && model.Engine == Usual(processor))
        ?? models.FirstOrDefault(model => model.Processor == processor)
        ?? throw new ArgumentOutOfRangeException(nameof(processor), processor, "Must be a defined kind of processor.");

    /// <summary>The engine that is usual on a kind of processor.</summary>
    /// <param name="processor">The kind of processor.</param>
    public static InferenceEngine Usual(ProcessorClass processor) =>
        processor == ProcessorClass.NeuralProcessor ? InferenceEngine.VendorRuntime : InferenceEngine.LlamaCpp;
}
