using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <content>Totals of all splits at once.</content>
public sealed partial class SplitProfile
{
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
        var deviceEmbeddingPrefill = device.Overhead(prefill) + device.Embedding(prefill);
        var embeddingPrefill = server.Embedding(prefill);
        var serverPrefillSum = server.Overhead(prefill) + server.Head(prefill);
        var serverAllSum = serverPrefillSum + (steps * (server.StepOverhead + server.StepHead));
        for (var kind = 0; kind < kinds; kind++)
        {
            devicePrefill[kind] = device.Layer(kind, prefill);
            deviceAll[kind] = devicePrefill[kind] + device.LayerDecode(kind, firstContext, steps);
            serverPrefill[kind] = server.Layer(kind, prefill);
            serverAll[kind] = serverPrefill[kind] + server.LayerDecode(kind, firstContext, steps);
            serverPrefillSum += layersBefore[kind][Layers] * serverPrefill[kind];
            serverAllSum += layersBefore[kind][Layers] * serverAll[kind];
        }

        var deviceEmbeddingAll = deviceEmbeddingPrefill + (steps * (device.StepOverhead + device.StepEmbedding));
        var link = new LinkTotals(linkCosts, work, point);
        var encodePrefill = codec.Encode(work.PromptTokens);
        var decodePrefill = codec.Decode(work.PromptTokens);
        Middle(
            new SideTotals(deviceEmbeddingPrefill + encodePrefill, deviceEmbeddingAll + encodePrefill + (steps * codec.EncodeStep), devicePrefill, deviceAll),
            new SideTotals(serverPrefillSum + decodePrefill, serverAllSum + decodePrefill + (steps * codec.DecodeStep), serverPrefill, serverAll),
            point.ServerShare,
            link,
            totals);

        // k = 0: token ids cross, and the server goes on by itself.
        var serverOnly = serverAllSum + embeddingPrefill + (steps * server.StepEmbedding);
        totals.DeviceSeconds[0] = 0;
        totals.ServerGpuSeconds[0] = serverOnly;
        totals.ServerSeconds[0] = serverOnly / point.ServerShare;
        totals.NetworkSeconds[0] = link.ServerOnlySeconds;
        totals.TimeToFirstTokenSeconds[0] = ((serverPrefillSum + embeddingPrefill) / point.ServerShare) + link.ServerOnlySeconds;
        totals.DeviceJoules[0] = link.ServerOnlyRadioJoules(totals.ServerSeconds[0] + link.ServerOnlySeconds);

        // k = L: nothing crosses.
        var deviceOnlyPrefill = deviceEmbeddingPrefill + device.Head(prefill);
        var deviceOnly = deviceEmbeddingAll + device.Head(prefill) + (steps * device.StepHead);
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
}
