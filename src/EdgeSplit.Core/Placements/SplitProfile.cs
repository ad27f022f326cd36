using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private const int MaximumLayerKinds = 64;

    private readonly LayerSeconds device;
    private readonly LayerSeconds server;
    private readonly double[][] layersBefore;
    private readonly SplitMemory memory;
    private readonly SplitInfeasibility[] fixedInfeasibility;
    private readonly double[] negativeLogLikelihoodIncrease;
    private readonly double[] tokenRecoveryRate;
    private readonly double deviceComputeWatts;
    private readonly double serverComputeWatts;
    private readonly double uplinkDelaySeconds;
    private readonly double downlinkDelaySeconds;
    private readonly double hiddenStateBitsPerToken;

    /// <summary>Prepares a system.</summary>
    /// <param name="system">Model, device, server and fixed costs.</param>
    /// <param name="limits">Hard limits on what may be chosen; none where omitted.</param>
    /// <exception cref="ArgumentException">The model has more than 64 kinds of layers.</exception>
    public SplitProfile(SplitSystem system, SplitLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        System = system;
        Limits = limits ?? SplitLimits.None;
        var shape = system.Shape;
        if (shape.LayerKinds > MaximumLayerKinds)
        {
            throw new ArgumentException($"The model has {shape.LayerKinds} kinds of layers; at most {MaximumLayerKinds} are supported.", nameof(system));
        }

        device = new LayerSeconds(new LayerUnits(shape, system.DeviceWeights, system.Activations, system.KeyValues), system.Device, system.DeviceWeights);
        server = new LayerSeconds(new LayerUnits(shape, system.ServerWeights, system.Activations, system.KeyValues), system.Server, system.ServerWeights);
        layersBefore = new double[shape.LayerKinds][];
        for (var kind = 0; kind < shape.LayerKinds; kind++)
        {
            layersBefore[kind] = new double[Layers + 1];
            for (var layer = 0; layer < Layers; layer++)
            {
                layersBefore[kind][layer + 1] = layersBefore[kind][layer] + (shape.KindOfLayer(layer) == kind ? 1 : 0);
            }
        }

        memory = new SplitMemory(system);
        negativeLogLikelihoodIncrease = [.. Enumerable.Range(0, Layers + 1).Select(system.NegativeLogLikelihoodIncrease)];
        tokenRecoveryRate = [.. Enumerable.Range(0, Layers + 1).Select(system.TokenRecoveryRate)];
        fixedInfeasibility = [.. Enumerable.Range(0, Layers + 1).Select(FixedInfeasibility)];
        deviceComputeWatts = Math.Max(0, system.Device.BusyWatts - system.Device.IdleWatts);
        serverComputeWatts = Math.Max(0, system.Server.BusyWatts - system.Server.IdleWatts);
        uplinkDelaySeconds = system.UplinkDelay.TotalSeconds;
        downlinkDelaySeconds = system.DownlinkDelay.TotalSeconds;
        hiddenStateBitsPerToken = system.HiddenStateBitsPerToken;
    }

    private SplitProfile(SplitProfile source, IComputeProfile device, IComputeProfile server)
    {
        System = source.System with { Device = device, Server = server };
        Limits = source.Limits;
        this.device = source.device.On(device);
        this.server = source.server.On(server);
        layersBefore = source.layersBefore;
        memory = new SplitMemory(source.memory, System);
        negativeLogLikelihoodIncrease = source.negativeLogLikelihoodIncrease;
        tokenRecoveryRate = source.tokenRecoveryRate;
        fixedInfeasibility = source.fixedInfeasibility;
        deviceComputeWatts = Math.Max(0, device.BusyWatts - device.IdleWatts);
        serverComputeWatts = Math.Max(0, server.BusyWatts - server.IdleWatts);
        uplinkDelaySeconds = source.uplinkDelaySeconds;
        downlinkDelaySeconds = source.downlinkDelaySeconds;
        hiddenStateBitsPerToken = source.hiddenStateBitsPerToken;
    }

    /// <summary>The system that was prepared.</summary>
    public SplitSystem System { get; }

    /// <summary>The limits that the mask enforces.</summary>
    public SplitLimits Limits { get; }

    /// <summary>Layers L; split points are 0..L.</summary>
    public int Layers => System.Layers;

    /// <summary>Device power above idle while it computes, watts.</summary>
    public double DeviceComputeWatts => deviceComputeWatts;

    /// <summary>Server power above idle while it computes, watts.</summary>
    public double ServerComputeWatts => serverComputeWatts;

    /// <summary>Quality loss by split point, nats per token; shape [L + 1].</summary>
    public ReadOnlySpan<double> NegativeLogLikelihoodIncrease => negativeLogLikelihoodIncrease;

    /// <summary>Leakage by split point; shape [L + 1].</summary>
    public ReadOnlySpan<double> TokenRecoveryRate => tokenRecoveryRate;

    /// <summary>The same system on other processors: equal to preparing it anew, but what the model alone decides is shared.</summary>
    /// <param name="device">Compute profile of the device.</param>
    /// <param name="server">Compute profile of the server.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public SplitProfile On(IComputeProfile device, IComputeProfile server)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(server);
        return new SplitProfile(this, device, server);
    }

    /// <summary>Device compute of one forward pass at a split, on an idle device, seconds.</summary>
    /// <remarks>Includes the embedding where k > 0 and the head where k = L.</remarks>
    public double DevicePassSeconds(int splitPoint, ForwardPass pass)
    {
        if (splitPoint == 0)
        {
            return 0;
        }

        if (pass is { NewTokens: 1, ContextTokens: >= 0 })
        {
            return DeviceStepSeconds(splitPoint, pass.ContextTokens);
        }

        var seconds = device.PassOverhead + device.Embedding(pass);
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
    public double ServerPassSeconds(int splitPoint, ForwardPass pass)
    {
        if (splitPoint == Layers)
        {
            return 0;
        }

        if (pass is { NewTokens: 1, ContextTokens: >= 0 })
        {
            return ServerStepSeconds(splitPoint, pass.ContextTokens);
        }

        var seconds = server.PassOverhead + server.Head(pass) + (splitPoint == 0 ? server.Embedding(pass) : 0);
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

    /// <summary>Whether every decode step of a request costs the same plus a fixed amount per token of context: true unless a sliding window fills on the way.</summary>
    public bool IsDecodeAffine(in TurnWork work) => device.IsDecodeAffine(work.ContextTokens + work.PromptTokens, (int)Math.Round(work.DecodeSteps));

    /// <summary>Device memory at a split for weights and the KV cache of the longest answer, bytes.</summary>
    public double DeviceBytes(int splitPoint, in TurnWork work) => memory.DeviceBytes(splitPoint, work.MaximumCachedTokens);

    /// <summary>Server memory at a split for weights and the KV cache of the longest answer, bytes.</summary>
    public double ServerBytes(int splitPoint, in TurnWork work) => memory.ServerBytes(splitPoint, work.MaximumCachedTokens);

    /// <summary>Predicts the totals and the mask of all splits of one request.</summary>
    /// <param name="work">The request; output tokens may be a mean.</param>
    /// <param name="point">Rates and server share, taken as constant.</param>
    /// <param name="totals">Receives the totals; its number of layers must equal the model's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A field is NaN or out of range, or the buffers have another length.</exception>
    [SkipLocalsInit]
    public void Totals(in TurnWork work, in OperatingPoint point, SplitTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        Guard.SameLength(totals.Layers, Layers);
        work.Validate();
        point.Validate();

        var kinds = layersBefore.Length;
        Span<double> buffer = stackalloc double[4 * MaximumLayerKinds];
        var devicePrefill = buffer[..kinds];
        var deviceAll = buffer.Slice(MaximumLayerKinds, kinds);
        var serverPrefill = buffer.Slice(2 * MaximumLayerKinds, kinds);
        var serverAll = buffer.Slice(3 * MaximumLayerKinds, kinds);

        var prefill = new ForwardPass(work.PromptTokens, work.ContextTokens);
        var firstContext = work.ContextTokens + work.PromptTokens;
        var steps = work.DecodeSteps;
        double serverPrefillSum = 0, serverAllSum = 0;
        for (var kind = 0; kind < kinds; kind++)
        {
            devicePrefill[kind] = device.Layer(kind, prefill);
            deviceAll[kind] = devicePrefill[kind] + device.LayerDecode(kind, firstContext, steps);
            serverPrefill[kind] = server.Layer(kind, prefill);
            serverAll[kind] = serverPrefill[kind] + server.LayerDecode(kind, firstContext, steps);
            serverPrefillSum += layersBefore[kind][Layers] * serverPrefill[kind];
            serverAllSum += layersBefore[kind][Layers] * serverAll[kind];
        }

        var deviceEmbeddingPrefill = device.PassOverhead + device.Embedding(prefill);
        var deviceEmbeddingAll = deviceEmbeddingPrefill + (steps * (device.PassOverhead + device.EmbeddingOfOneToken));
        var headPrefill = server.PassOverhead + server.Head(prefill);
        serverPrefillSum += headPrefill;
        serverAllSum += headPrefill + (steps * (server.PassOverhead + server.HeadOfOneToken));

        var link = new LinkTotals(this, work, point);
        Middle(
            new SideTotals(deviceEmbeddingPrefill, deviceEmbeddingAll, devicePrefill, deviceAll),
            new SideTotals(serverPrefillSum, serverAllSum, serverPrefill, serverAll),
            point.ServerShare,
            link,
            totals);

        // k = 0: token ids cross, and the server goes on by itself.
        var embeddingPrefill = server.Embedding(prefill);
        var serverOnly = serverAllSum + embeddingPrefill + (steps * server.EmbeddingOfOneToken);
        totals.DeviceSeconds[0] = 0;
        totals.ServerGpuSeconds[0] = serverOnly;
        totals.ServerSeconds[0] = serverOnly / point.ServerShare;
        totals.NetworkSeconds[0] = link.ServerOnlySeconds;
        totals.TimeToFirstTokenSeconds[0] = ((serverPrefillSum + embeddingPrefill) / point.ServerShare) + link.ServerOnlySeconds;
        totals.DeviceJoules[0] = link.ServerOnlyRadioJoules(totals.ServerSeconds[0] + link.ServerOnlySeconds);

        // k = L: nothing crosses.
        var deviceHeadPrefill = device.Head(prefill);
        var deviceOnlyPrefill = deviceEmbeddingPrefill + deviceHeadPrefill;
        var deviceOnly = deviceEmbeddingAll + deviceHeadPrefill + (steps * device.HeadOfOneToken);
        for (var kind = 0; kind < kinds; kind++)
        {
            deviceOnlyPrefill += layersBefore[kind][Layers] * devicePrefill[kind];
            deviceOnly += layersBefore[kind][Layers] * deviceAll[kind];
        }

        totals.DeviceSeconds[Layers] = deviceOnly;
        totals.ServerGpuSeconds[Layers] = 0;
        totals.ServerSeconds[Layers] = 0;
        totals.NetworkSeconds[Layers] = 0;
        totals.TimeToFirstTokenSeconds[Layers] = deviceOnlyPrefill;
        totals.DeviceJoules[Layers] = deviceComputeWatts * deviceOnly;

        Mask(work, totals.Infeasibility);
    }

    /// <summary>Why each split may not be chosen, for one request.</summary>
    /// <param name="work">The request; judged on its maximum number of output tokens.</param>
    /// <param name="infeasibility">Receives the reasons; shape [L + 1].</param>
    public void Mask(in TurnWork work, Span<SplitInfeasibility> infeasibility)
    {
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

    /// <summary>Predicts everything about one split of one request.</summary>
    /// <param name="splitPoint">k, 0..L.</param>
    /// <param name="work">The request.</param>
    /// <param name="point">Rates and server share, taken as constant.</param>
    /// <returns>The breakdown; its latency equals that of <see cref="Totals"/> up to rounding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or out of range.</exception>
    public SplitBreakdown Breakdown(int splitPoint, in TurnWork work, in OperatingPoint point)
    {
        Guard.InRange(splitPoint, 0, Layers);
        work.Validate();
        point.Validate();
        var prefill = new ForwardPass(work.PromptTokens, work.ContextTokens);
        var steps = work.DecodeSteps;
        var devicePrefill = DevicePassSeconds(splitPoint, prefill);
        var serverPrefill = ServerPassSeconds(splitPoint, prefill);
        var deviceDecode = DecodeSeconds(device, splitPoint, work, onDevice: true);
        var serverDecode = DecodeSeconds(server, splitPoint, work, onDevice: false);
        var gpuSeconds = serverPrefill + serverDecode;

        var link = new LinkTotals(this, work, point);
        var latency = new LatencyBreakdown
        {
            DeviceHeadSeconds = devicePrefill + deviceDecode,
            ServerComputeSeconds = gpuSeconds,
            ServerQueueSeconds = (gpuSeconds / point.ServerShare) - gpuSeconds,
            UplinkWaitSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? uplinkDelaySeconds : (1 + steps) * uplinkDelaySeconds,
            UplinkSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? link.TokenUpSeconds : link.StateUpSeconds,
            DownlinkWaitSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? downlinkDelaySeconds : (1 + steps) * downlinkDelaySeconds,
            DownlinkSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? link.OneTokenDownSeconds : (1 + steps) * link.OneTokenDownSeconds,
        };
        var total = latency.TotalSeconds;
        var firstToken = devicePrefill + (serverPrefill / point.ServerShare)
            + (splitPoint == Layers ? 0 : splitPoint == 0 ? link.ServerOnlySeconds : link.FirstTokenSeconds);
        var radio = splitPoint == Layers ? 0
            : splitPoint == 0 ? link.ServerOnlyRadioJoules(total)
            : link.RadioJoules(total - devicePrefill);
        var energy = new EnergyBreakdown(
            deviceComputeWatts * latency.DeviceSeconds,
            radio,
            System.Device.IdleWatts * total,
            serverComputeWatts * gpuSeconds,
            gpuSeconds);
        return new SplitBreakdown(
            splitPoint,
            latency,
            energy,
            firstToken,
            steps > 0 ? (total - firstToken) / steps : 0,
            splitPoint == Layers ? 0 : splitPoint == 0 ? link.TokenUpBits : link.StateUpBits,
            splitPoint == Layers ? 0 : link.TokenDownBits,
            memory.DeviceBytes(splitPoint, work.MaximumCachedTokens),
            memory.ServerBytes(splitPoint, work.MaximumCachedTokens),
            negativeLogLikelihoodIncrease[splitPoint],
            tokenRecoveryRate[splitPoint]);
    }

    private double DecodeSeconds(LayerSeconds side, int splitPoint, in TurnWork work, bool onDevice)
    {
        var steps = work.DecodeSteps;
        if (steps <= 0 || splitPoint == (onDevice ? 0 : Layers))
        {
            return 0;
        }

        var firstContext = work.ContextTokens + work.PromptTokens;
        var runsEmbedding = onDevice || splitPoint == 0;
        var runsHead = !onDevice || splitPoint == Layers;
        var seconds = (side.PassOverhead + (runsEmbedding ? side.EmbeddingOfOneToken : 0) + (runsHead ? side.HeadOfOneToken : 0)) * steps;
        for (var kind = 0; kind < layersBefore.Length; kind++)
        {
            var before = layersBefore[kind][splitPoint];
            var layers = onDevice ? before : layersBefore[kind][Layers] - before;
            if (layers > 0)
            {
                seconds += layers * side.LayerDecode(kind, firstContext, steps);
            }
        }

        return seconds;
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

    /// <summary>Fills the splits 0 &lt; k &lt; L, eight at a time; the two ends are overwritten by the caller.</summary>
    private void Middle(in SideTotals deviceSide, in SideTotals serverSide, double share, in LinkTotals link, SplitTotals totals)
    {
        ref var deviceSeconds = ref MemoryMarshal.GetArrayDataReference(totals.DeviceSeconds);
        ref var networkSeconds = ref MemoryMarshal.GetArrayDataReference(totals.NetworkSeconds);
        ref var serverSeconds = ref MemoryMarshal.GetArrayDataReference(totals.ServerSeconds);
        ref var firstTokenSeconds = ref MemoryMarshal.GetArrayDataReference(totals.TimeToFirstTokenSeconds);
        ref var deviceJoules = ref MemoryMarshal.GetArrayDataReference(totals.DeviceJoules);
        ref var gpuSeconds = ref MemoryMarshal.GetArrayDataReference(totals.ServerGpuSeconds);
        var inverseShare = 1 / share;
        var count = Layers + 1;

        // Whole vectors; the last one overlaps its neighbour, so that no scalar rest remains where there are at least eight splits.
        var width = Vector512<double>.Count;
        for (var start = 0; start < count && count >= width; start += width)
        {
            var at = (nuint)Math.Min(start, count - width);
            var preDevice = Vector512.Create(deviceSide.FixedPrefill);
            var allDevice = Vector512.Create(deviceSide.FixedAll);
            var preServer = Vector512.Create(serverSide.FixedPrefill);
            var allServer = Vector512.Create(serverSide.FixedAll);
            for (var kind = 0; kind < layersBefore.Length; kind++)
            {
                var layers = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(layersBefore[kind]), at);
                preDevice += layers * deviceSide.LayerPrefill[kind];
                allDevice += layers * deviceSide.LayerAll[kind];
                preServer -= layers * serverSide.LayerPrefill[kind];
                allServer -= layers * serverSide.LayerAll[kind];
            }

            var queued = allServer * inverseShare;
            var network = Vector512.Create(link.StateSeconds);
            allDevice.StoreUnsafe(ref deviceSeconds, at);
            network.StoreUnsafe(ref networkSeconds, at);
            queued.StoreUnsafe(ref serverSeconds, at);
            allServer.StoreUnsafe(ref gpuSeconds, at);
            (preDevice + (preServer * inverseShare) + Vector512.Create(link.FirstTokenSeconds)).StoreUnsafe(ref firstTokenSeconds, at);
            var connected = allDevice - preDevice + queued + network;
            ((allDevice * deviceComputeWatts) + (connected * link.WaitingWatts) + Vector512.Create(link.RadioFixedJoules)).StoreUnsafe(ref deviceJoules, at);
        }

        for (var k = 0; k < count && count < width; k++)
        {
            double preDevice = deviceSide.FixedPrefill, allDevice = deviceSide.FixedAll, preServer = serverSide.FixedPrefill, allServer = serverSide.FixedAll;
            for (var kind = 0; kind < layersBefore.Length; kind++)
            {
                var layers = layersBefore[kind][k];
                preDevice += layers * deviceSide.LayerPrefill[kind];
                allDevice += layers * deviceSide.LayerAll[kind];
                preServer -= layers * serverSide.LayerPrefill[kind];
                allServer -= layers * serverSide.LayerAll[kind];
            }

            totals.DeviceSeconds[k] = allDevice;
            totals.NetworkSeconds[k] = link.StateSeconds;
            totals.ServerSeconds[k] = allServer * inverseShare;
            totals.ServerGpuSeconds[k] = allServer;
            totals.TimeToFirstTokenSeconds[k] = preDevice + (preServer * inverseShare) + link.FirstTokenSeconds;
            var connected = allDevice - preDevice + (allServer * inverseShare) + link.StateSeconds;
            totals.DeviceJoules[k] = (allDevice * deviceComputeWatts) + (connected * link.WaitingWatts) + link.RadioFixedJoules;
        }
    }

    /// <summary>Time of one side: a part that every middle split pays, and a part per layer of each kind.</summary>
    private readonly ref struct SideTotals(double fixedPrefill, double fixedAll, ReadOnlySpan<double> layerPrefill, ReadOnlySpan<double> layerAll)
    {
        internal double FixedPrefill { get; } = fixedPrefill;

        internal double FixedAll { get; } = fixedAll;

        internal ReadOnlySpan<double> LayerPrefill { get; } = layerPrefill;

        internal ReadOnlySpan<double> LayerAll { get; } = layerAll;
    }

    /// <summary>Everything about the link that does not depend on k among the middle splits.</summary>
    private readonly struct LinkTotals
    {
        private readonly double tailJoules;
        private readonly double tokenFixedJoules;

        internal LinkTotals(SplitProfile profile, in TurnWork work, in OperatingPoint point)
        {
            var system = profile.System;
            var steps = work.DecodeSteps;
            var secondsPerBitUp = 1 / point.UplinkBitsPerSecond;
            var secondsPerBitDown = 1 / point.DownlinkBitsPerSecond;
            TokenUpBits = work.PromptTokens * system.TokenIdBits;
            TokenDownBits = (1 + steps) * system.TokenIdBits;
            StateUpBits = (work.PromptTokens + steps) * system.HiddenStateBitsPerToken;
            TokenUpSeconds = TokenUpBits * secondsPerBitUp;
            StateUpSeconds = StateUpBits * secondsPerBitUp;
            OneTokenDownSeconds = system.TokenIdBits * secondsPerBitDown;
            var roundTrip = profile.uplinkDelaySeconds + profile.downlinkDelaySeconds + OneTokenDownSeconds;
            StateSeconds = ((1 + steps) * roundTrip) + StateUpSeconds;
            FirstTokenSeconds = roundTrip + (work.PromptTokens * system.HiddenStateBitsPerToken * secondsPerBitUp);
            ServerOnlySeconds = roundTrip + TokenUpSeconds;

            var radio = system.Radio;
            var airDown = (1 + steps) * OneTokenDownSeconds;
            WaitingWatts = radio.TailWatts;
            tailJoules = radio.TailWatts * radio.TailSeconds;
            RadioFixedJoules = tailJoules + AirJoules(radio, StateUpSeconds, StateUpBits, airDown);
            tokenFixedJoules = tailJoules + AirJoules(radio, TokenUpSeconds, TokenUpBits, OneTokenDownSeconds);
        }

        internal double TokenUpBits { get; }

        internal double TokenDownBits { get; }

        internal double StateUpBits { get; }

        internal double TokenUpSeconds { get; }

        internal double StateUpSeconds { get; }

        internal double OneTokenDownSeconds { get; }

        internal double StateSeconds { get; }

        internal double FirstTokenSeconds { get; }

        internal double ServerOnlySeconds { get; }

        internal double WaitingWatts { get; }

        internal double RadioFixedJoules { get; }

        internal double RadioJoules(double connectedSeconds) => RadioFixedJoules + (WaitingWatts * connectedSeconds);

        internal double ServerOnlyRadioJoules(double connectedSeconds) => tokenFixedJoules + (WaitingWatts * connectedSeconds);

        // Time on the air is charged at the active power in place of the waiting power.
        private double AirJoules(Wireless.RadioEnergyModel radio, double upSeconds, double upBits, double downSeconds) =>
            (upSeconds * (radio.TransmitActiveWatts - radio.TailWatts)) + (upBits * radio.JoulesPerBitUp)
            + (downSeconds * (radio.ReceiveActiveWatts - radio.TailWatts)) + (TokenDownBits * radio.JoulesPerBitDown);
    }
}
