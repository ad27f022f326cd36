using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices.Storage;

/// <summary>A model, or a range of its layers, that is read from storage: the first load, and passes when not all of it stays in memory.</summary>
/// <remarks>
/// <para>Layers are loaded whole and in order. Of a layer with experts a pass touches the expected distinct ones only, and only those are read.</para>
/// <para>In a long run of passes with pinned weights, reading and computing overlap across passes too, so that a pass takes the longer of the two sums; with
/// <see cref="ResidencyPolicy.LeastRecentlyUsed"/> they take turns.</para>
/// <para>Excluded: writing, compression on storage, reading into memory that the KV cache will need later (give it as taken).</para>
/// <para>Immutable; safe to share between threads. Nothing but the constructor allocates.</para>
/// <para>Source of both behaviours: Z. Li et al., "prima.cpp", arXiv 2504.08791.</para>
/// </remarks>
public sealed class FlashDecode
{
    private const int StackLayers = 1024;

    private readonly IComputeProfile profile;
    private readonly StorageProfile storage;
    private readonly NumberFormat weights;
    private readonly UnitCostModel[] units;
    private readonly int[] kindOfLayer;
    private readonly double[] storedBytes;
    private readonly UnitCostModel head;
    private readonly UnitCostModel embedding;

    /// <summary>Prepares a model on a processor with its storage.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="profile">The processor.</param>
    /// <param name="storage">The storage.</param>
    /// <param name="weights">Format of the weights.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shape contradicts itself.</exception>
    public FlashDecode(TransformerShape shape, IComputeProfile profile, StorageProfile storage, NumberFormat weights)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(weights);
        (this.profile, this.storage, this.weights, Layers) = (profile, storage, weights, shape.Validate().Layers);
        units = new UnitCostModel[2 * shape.LayerKinds];
        kindOfLayer = new int[Layers];
        storedBytes = new double[Layers];
        for (var layer = Layers - 1; layer >= 0; layer--)
        {
            var kind = kindOfLayer[layer] = shape.KindOfLayer(layer);
            units[2 * kind] = Prepare(TransformerUnit.Attention, layer);
            units[(2 * kind) + 1] = Prepare(TransformerUnit.FeedForward, layer);
            storedBytes[layer] = (shape.WeightBits(TransformerUnit.Attention, layer, weights) + shape.WeightBits(TransformerUnit.FeedForward, layer, weights)) / 8;
            LayersBytes += storedBytes[layer];
        }

        head = Prepare(TransformerUnit.Head, Layers - 1);
        embedding = Prepare(TransformerUnit.Embedding, 0);

        UnitCostModel Prepare(TransformerUnit unit, int layer) =>
            TransformerCost.Prepare(shape, unit, layer, weights, NumberFormat.F16, NumberFormat.F16);
    }

    /// <summary>Layers L of the model.</summary>
    public int Layers { get; }

    /// <summary>Weights of all layers, bytes, without embedding and head: these are small beside them and taken as resident.</summary>
    public double LayersBytes { get; }

    /// <summary>Weights of one layer as stored, bytes.</summary>
    /// <param name="layer">Layer from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public double LayerBytes(int layer) => storedBytes[Guard.InRange(layer, 0, Layers - 1)];

    /// <summary>Time to load a range of layers with nothing to overlap it, seconds.</summary>
    /// <param name="firstLayer">First layer, in [0, L].</param>
    /// <param name="endLayer">The layer behind the last, in [<paramref name="firstLayer"/>, L].</param>
    /// <exception cref="ArgumentOutOfRangeException">A layer is out of range.</exception>
    public double LoadSeconds(int firstLayer, int endLayer)
    {
        Check(firstLayer, endLayer);
        double seconds = 0;
        for (var layer = firstLayer; layer < endLayer; layer++)
        {
            seconds += storage.Seconds(storedBytes[layer]);
        }

        return seconds;
    }

    /// <summary>Time to compute a range of layers whose weights are in memory, seconds; without embedding, head and overhead of the pass.</summary>
    /// <param name="pass">New tokens and context.</param>
    /// <param name="firstLayer">First layer, in [0, L].</param>
    /// <param name="endLayer">The layer behind the last, in [<paramref name="firstLayer"/>, L].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double ComputeSeconds(ForwardPass pass, int firstLayer, int endLayer)
    {
        Check(firstLayer, endLayer);
        double seconds = 0;
        for (var layer = firstLayer; layer < endLayer; layer++)
        {
            seconds += Compute(layer, pass).Seconds;
        }

        return seconds;
    }

    /// <summary>Time of the first pass through a range of layers that still lie on storage: each computes as soon as it is loaded. Seconds.</summary>
    /// <param name="pass">New tokens and context.</param>
    /// <param name="firstLayer">First layer, in [0, L].</param>
    /// <param name="endLayer">The layer behind the last, in [<paramref name="firstLayer"/>, L].</param>
    /// <param name="residentLayers">Layers at the front of the range that are in memory already, at least 0. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public double ColdPassSeconds(ForwardPass pass, int firstLayer, int endLayer, int residentLayers = 0)
    {
        Check(firstLayer, endLayer);
        var count = endLayer - firstLayer;
        Guard.InRange(residentLayers, 0, count);
        Span<double> load = count <= StackLayers ? stackalloc double[count] : new double[count];
        Span<double> compute = count <= StackLayers ? stackalloc double[count] : new double[count];
        for (var i = 0; i < count; i++)
        {
            load[i] = i < residentLayers ? 0 : storage.Seconds(storedBytes[firstLayer + i]);
            compute[i] = Compute(firstLayer + i, pass).Seconds;
        }

        return LoadPipeline.Seconds(load, compute);
    }

    /// <summary>Time of one pass of the whole model in a long run, when only a part of the weights stays in memory, seconds: embedding, head and overhead of the pass included.</summary>
    /// <param name="pass">New tokens and context: (1, c) for a decode step.</param>
    /// <param name="residentBytes">Memory that weights of layers may fill, bytes, at least 0.</param>
    /// <param name="policy">What stays there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range, or the policy is not defined.</exception>
    public double PassSeconds(ForwardPass pass, double residentBytes, ResidencyPolicy policy = ResidencyPolicy.Pinned)
    {
        if (policy is not (ResidencyPolicy.Pinned or ResidencyPolicy.LeastRecentlyUsed))
        {
            throw new ArgumentOutOfRangeException(nameof(policy), policy, "Must be a defined policy.");
        }

        // The share of weights that no pass finds in memory; dropping whole layers or slices of each layer reads the same bytes.
        var missing = Guard.NonNegative(residentBytes) >= LayersBytes ? 0
            : policy == ResidencyPolicy.LeastRecentlyUsed ? 1 : 1 - (residentBytes / LayersBytes);
        double load = 0, compute = profile.Seconds(embedding.Evaluate(pass), weights) + profile.Seconds(head.Evaluate(pass), weights);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (seconds, touchedBytes) = Compute(layer, pass);
            compute += seconds;
            load += storage.Seconds(missing * touchedBytes);
        }

        compute += pass.NewTokens > 0 ? profile.OverheadSecondsPerPass : 0;
        return policy == ResidencyPolicy.Pinned ? Math.Max(compute, load) : compute + load;
    }

    private (double Seconds, double WeightBytes) Compute(int layer, ForwardPass pass)
    {
        var kind = kindOfLayer[layer];
        var attention = units[2 * kind].Evaluate(pass);
        var feedForward = units[(2 * kind) + 1].Evaluate(pass);
        return (profile.Seconds(attention, weights) + profile.Seconds(feedForward, weights), attention.WeightBytes + feedForward.WeightBytes);
    }

    private void Check(int firstLayer, int endLayer)
    {
        Guard.InRange(firstLayer, 0, Layers);
        Guard.InRange(endLayer, firstLayer, Layers);
    }
}
