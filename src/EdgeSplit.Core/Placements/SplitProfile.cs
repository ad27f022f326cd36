using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>A prepared split system: predicts all L + 1 splits of a request at once, and the full breakdown of one.</summary>
/// <remarks>
/// <para>Equal to <see cref="PlacementEvaluator"/> on the split placements, but costs a few hundred nanoseconds for all splits:
/// compute time is summed by kind of layer, so every additive cost is affine in the number of layers of each kind before the cut.</para>
/// <para>Immutable and safe to share between threads; the <see cref="SplitTotals"/> that it fills is not.</para>
/// </remarks>
public sealed partial class SplitProfile
{
    internal const int MaximumLayerKinds = 64;

    private readonly LayerSeconds device;
    private readonly LayerSeconds server;
    private readonly double[][] layersBefore;
    private readonly SplitMemory memory;
    private readonly SplitInfeasibility[] fixedInfeasibility;
    private readonly double[] weightLossNats;
    private readonly double[] negativeLogLikelihoodIncrease;
    private readonly double[] tokenRecoveryRate;
    private readonly double deviceComputeWatts;
    private readonly double serverComputeWatts;
    private readonly LinkCosts linkCosts;
    private readonly CodecSeconds codec;

    /// <summary>Prepares a system.</summary>
    /// <param name="system">Model, device, server and fixed costs.</param>
    /// <param name="limits">Hard limits on what may be chosen; none where omitted.</param>
    /// <exception cref="ArgumentException">The model has more than 64 kinds of layers, or the system's sources do not cover its losses.</exception>
    public SplitProfile(SplitSystem system, SplitLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        System = system;
        Limits = limits ?? SplitLimits.None;
        var shape = system.Shape;
        Layers = shape.Layers;
        var kinds = shape.LayerKinds;
        if (kinds > MaximumLayerKinds)
        {
            throw new ArgumentException($"The model has {kinds} kinds of layers; at most {MaximumLayerKinds} are supported.", nameof(system));
        }

        device = new LayerSeconds(shape, system.Device, system.DeviceWeights, system.Activations, system.KeyValues);
        server = new LayerSeconds(shape, system.Server, system.ServerWeights, system.Activations, system.KeyValues);
        layersBefore = new double[kinds][];
        for (var kind = 0; kind < kinds; kind++)
        {
            layersBefore[kind] = new double[Layers + 1];
        }

        for (var layer = 0; layer < Layers; layer++)
        {
            var kindOfLayer = shape.KindOfLayer(layer);
            for (var kind = 0; kind < kinds; kind++)
            {
                layersBefore[kind][layer + 1] = layersBefore[kind][layer] + (kind == kindOfLayer ? 1 : 0);
            }
        }

        memory = new SplitMemory(system);
        weightLossNats = [.. Enumerable.Range(0, Layers + 1).Select(system.WeightLossNats)];
        negativeLogLikelihoodIncrease = [.. Enumerable.Range(0, Layers + 1).Select(k => NegativeLogLikelihoodIncreaseAt(k, system.MeanErasedShare))];
        tokenRecoveryRate = [.. Enumerable.Range(0, Layers + 1).Select(system.TokenRecoveryRate)];
        fixedInfeasibility = [.. Enumerable.Range(0, Layers + 1).Select(FixedInfeasibility)];
        deviceComputeWatts = Math.Max(0, system.Device.BusyWatts - system.Device.IdleWatts);
        serverComputeWatts = Math.Max(0, system.Server.BusyWatts - system.Server.IdleWatts);
        linkCosts = new LinkCosts(system);
        codec = new CodecSeconds(system);
    }

    /// <summary>The system that was prepared.</summary>
    public SplitSystem System { get; }

    /// <summary>The limits that the mask enforces.</summary>
    public SplitLimits Limits { get; }

    /// <summary>Layers L; split points are 0..L.</summary>
    public int Layers { get; }

    /// <summary>Device power above idle while it computes, watts.</summary>
    public double DeviceComputeWatts => deviceComputeWatts;

    /// <summary>Server power above idle while it computes, watts.</summary>
    public double ServerComputeWatts => serverComputeWatts;

    internal ref readonly RadioWatts Radio => ref linkCosts.Radio;

    /// <summary>Quality loss by split point at the mean erased share, nats per token; shape [L + 1].</summary>
    public ReadOnlySpan<double> NegativeLogLikelihoodIncrease => negativeLogLikelihoodIncrease;

    /// <summary>Leakage by split point; shape [L + 1].</summary>
    public ReadOnlySpan<double> TokenRecoveryRate => tokenRecoveryRate;

    /// <summary>The same system on other processors.</summary>
    /// <param name="device">Compute profile of the device.</param>
    /// <param name="server">Compute profile of the server.</param>
    public SplitProfile On(IComputeProfile device, IComputeProfile server) => new(System with { Device = device, Server = server }, Limits);

    /// <summary>Device compute of one forward pass at a split, on an idle device, seconds.</summary>
    /// <remarks>Includes the embedding where k > 0 and the head where k = L.</remarks>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="pass">New tokens and tokens in the cache.</param>
    public double DevicePassSeconds(int splitPoint, ForwardPass pass)
    {
        if (splitPoint == 0)
        {
            return 0;
        }

        var seconds = device.Overhead(pass) + device.Embedding(pass);
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][splitPoint];
            if (layers > 0)
            {
                seconds += layers * device.Layer(kind, pass);
            }
        }

        return splitPoint == Layers ? seconds + device.Head(pass) : seconds;
    }

    /// <summary>Server compute of one forward pass at a split, on an idle server, seconds.</summary>
    /// <remarks>Includes the head where k &lt; L and the embedding where k = 0.</remarks>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="pass">New tokens and tokens in the cache.</param>
    public double ServerPassSeconds(int splitPoint, ForwardPass pass)
    {
        if (splitPoint == Layers)
        {
            return 0;
        }

        var seconds = server.Overhead(pass) + server.Head(pass) + (splitPoint == 0 ? server.Embedding(pass) : 0);
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][Layers] - layersBefore[kind][splitPoint];
            if (layers > 0)
            {
                seconds += layers * server.Layer(kind, pass);
            }
        }

        return seconds;
    }

    /// <summary>Device compute of the decode step at a context: <see cref="DevicePassSeconds"/> of one new token, prepared.</summary>
    internal double DeviceStepSeconds(int splitPoint, int context)
    {
        var seconds = splitPoint == 0 ? 0 : device.StepOverhead + device.StepEmbedding + (splitPoint == Layers ? device.StepHead : 0);
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][splitPoint];
            seconds += layers > 0 ? layers * device.LayerDecodeStep(kind, context) : 0;
        }

        return seconds;
    }

    /// <summary>Server compute of the decode step at a context: <see cref="ServerPassSeconds"/> of one new token, prepared.</summary>
    internal double ServerStepSeconds(int splitPoint, int context)
    {
        var seconds = splitPoint == Layers ? 0 : server.StepOverhead + server.StepHead + (splitPoint == 0 ? server.StepEmbedding : 0);
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][Layers] - layersBefore[kind][splitPoint];
            seconds += layers > 0 ? layers * server.LayerDecodeStep(kind, context) : 0;
        }

        return seconds;
    }

    /// <summary>Device compute of all decode steps of a request, seconds.</summary>
    internal double DeviceDecodeSeconds(int splitPoint, in TurnWork work)
    {
        var steps = work.DecodeSteps;
        if (steps <= 0 || splitPoint == 0)
        {
            return 0;
        }

        var firstContext = work.ContextTokens + work.PromptTokens;
        var seconds = steps * (device.StepOverhead + device.StepEmbedding + (splitPoint == Layers ? device.StepHead : 0));
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][splitPoint];
            seconds += layers > 0 ? layers * device.LayerDecode(kind, firstContext, steps) : 0;
        }

        return seconds;
    }

    /// <summary>Server compute of all decode steps of a request, on an idle server, seconds.</summary>
    internal double ServerDecodeSeconds(int splitPoint, in TurnWork work)
    {
        var steps = work.DecodeSteps;
        if (steps <= 0 || splitPoint == Layers)
        {
            return 0;
        }

        var firstContext = work.ContextTokens + work.PromptTokens;
        var seconds = steps * (server.StepOverhead + server.StepHead + (splitPoint == 0 ? server.StepEmbedding : 0));
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var layers = layersBefore[kind][Layers] - layersBefore[kind][splitPoint];
            seconds += layers > 0 ? layers * server.LayerDecode(kind, firstContext, steps) : 0;
        }

        return seconds;
    }

    /// <summary>Device memory at a split for weights and the KV cache of the longest answer, bytes.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="work">The request; its maximum number of output tokens counts.</param>
    public double DeviceBytes(int splitPoint, in TurnWork work) => memory.DeviceBytes(splitPoint, work.MaximumCachedTokens);

    /// <summary>Server memory at a split for weights and the KV cache of the longest answer, bytes.</summary>
    /// <param name="splitPoint">The split point, 0..L.</param>
    /// <param name="work">The request; its maximum number of output tokens counts.</param>
    public double ServerBytes(int splitPoint, in TurnWork work) => memory.ServerBytes(splitPoint, work.MaximumCachedTokens);

    /// <summary>Why each split may not be chosen, for one request.</summary>
    /// <param name="work">The request; judged on its maximum number of output tokens.</param>
    /// <param name="infeasibility">Receives the reasons; shape [L + 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A field of the work is out of range, or the span has another length.</exception>
    public void Mask(in TurnWork work, Span<SplitInfeasibility> infeasibility)
    {
        Guard.SameLength(infeasibility.Length, Layers + 1);
        work.Validate();
        fixedInfeasibility.CopyTo(infeasibility);
        memory.Mask(work.MaximumCachedTokens, infeasibility);
        if (work.MaximumCachedTokens > System.Shape.MaximumPositions)
        {
            foreach (ref var reasons in infeasibility)
            {
                reasons |= SplitInfeasibility.ContextLength;
            }
        }
    }

    private SplitInfeasibility FixedInfeasibility(int splitPoint)
    {
        var reasons = SplitInfeasibility.None;
        if (!(tokenRecoveryRate[splitPoint] <= Limits.MaximumTokenRecoveryRate))
        {
            reasons |= SplitInfeasibility.PrivacyLimit;
        }

        if (!(negativeLogLikelihoodIncrease[splitPoint] <= Limits.MaximumNegativeLogLikelihoodIncrease))
        {
            reasons |= SplitInfeasibility.QualityLimit;
        }

        return reasons;
    }
}
