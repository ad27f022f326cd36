using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <content>The parts of one split.</content>
public sealed partial class SplitProfile
{
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
        var encodePrefill = EncodeSeconds(splitPoint, work.PromptTokens);
        var decodePrefill = DecodeSeconds(splitPoint, work.PromptTokens);
        var encode = encodePrefill + (steps * EncodeSeconds(splitPoint, 1));
        var decompress = decodePrefill + (steps * DecodeSeconds(splitPoint, 1));
        var devicePrefill = DevicePassSeconds(splitPoint, prefill);
        var serverPrefill = ServerPassSeconds(splitPoint, prefill);
        var deviceDecode = DeviceDecodeSeconds(splitPoint, work);
        var serverDecode = ServerDecodeSeconds(splitPoint, work);
        var serverCompute = serverPrefill + serverDecode;
        var gpuSeconds = serverCompute + decompress;

        var link = new LinkTotals(linkCosts, work, point);
        var latency = new LatencyBreakdown
        {
            DeviceHeadSeconds = devicePrefill + deviceDecode,
            EncodeSeconds = encode,
            ServerComputeSeconds = serverCompute,
            DecompressSeconds = decompress,
            ServerQueueSeconds = (gpuSeconds / point.ServerShare) - gpuSeconds,
            UplinkWaitSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? linkCosts.UplinkDelaySeconds : link.UplinkWaitSeconds,
            UplinkSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? link.TokenUpSeconds : link.StateUpSeconds,
            DownlinkWaitSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? linkCosts.DownlinkDelaySeconds : link.DownlinkWaitSeconds,
            DownlinkSeconds = splitPoint == Layers ? 0 : splitPoint == 0 ? link.OneTokenDownSeconds : link.TokensDownSeconds,
        };
        var total = latency.TotalSeconds;
        var beforeMessage = devicePrefill + encodePrefill;
        var firstToken = beforeMessage + ((serverPrefill + decodePrefill) / point.ServerShare)
            + (splitPoint == Layers ? 0 : splitPoint == 0 ? link.ServerOnlySeconds : link.FirstTokenSeconds);
        var radio = splitPoint == Layers ? 0
            : splitPoint == 0 ? link.ServerOnlyRadioJoules(total)
            : link.RadioJoules(total - beforeMessage);
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
}
