using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <content>What one split of one request costs, without the full breakdown: for simulations that take millions of decisions.</content>
public sealed partial class SplitProfile
{
    /// <summary>Predicts the totals of one split of one request, KV migration included, with rates and server share taken as constant.</summary>
    /// <remarks>Equal, up to rounding, to what a turn measures on a constant channel; without migration also to <see cref="Breakdown"/>, at a fraction of its time.
    /// Arguments are not checked.</remarks>
    /// <param name="splitPoint">k, 0..L.</param>
    /// <param name="plan">The work and how the KV cache comes to it.</param>
    /// <param name="point">Rates and server share.</param>
    public SplitTotal Total(int splitPoint, in KeyValueMigrationPlan plan, in OperatingPoint point)
    {
        var work = plan.Work;
        var steps = work.DecodeSteps;
        var prefill = new ForwardPass(work.PromptTokens, work.ContextTokens);
        var devicePrefill = DevicePassSeconds(splitPoint, prefill) + EncodeSeconds(splitPoint, work.PromptTokens);
        var serverPrefill = ServerPassSeconds(splitPoint, prefill) + DecodeSeconds(splitPoint, work.PromptTokens);
        var deviceSeconds = devicePrefill + DeviceDecodeSeconds(splitPoint, work) + (steps * EncodeSeconds(splitPoint, 1));
        var gpuSeconds = serverPrefill + ServerDecodeSeconds(splitPoint, work) + (steps * DecodeSeconds(splitPoint, 1));
        var queuing = 1 / point.ServerShare;
        var secondsPerBitUp = 1 / point.UplinkBitsPerSecond;
        var secondsPerBitDown = 1 / point.DownlinkBitsPerSecond;
        var serverSeconds = gpuSeconds * queuing;

        double firstMessage = 0, airUp = 0, airDown = 0, upBits = 0, downBits = 0, network = 0, firstToken = devicePrefill;
        var isConnected = false;
        if (plan.UplinkBits > 0)
        {
            airUp = plan.UplinkBits * secondsPerBitUp;
            upBits = plan.UplinkBits;
            network = linkCosts.UplinkDelaySeconds + airUp;
            isConnected = true;
        }
        else if (plan.DownlinkBits > 0)
        {
            airDown = plan.DownlinkBits * secondsPerBitDown;
            downBits = plan.DownlinkBits;
            network = linkCosts.DownlinkDelaySeconds + airDown;
            isConnected = true;
        }

        firstToken += network;
        if (splitPoint < Layers)
        {
            firstMessage = isConnected ? 0 : devicePrefill;
            isConnected = true;
            var stepBits = splitPoint == 0 ? linkCosts.TokenIdUplinkBits : linkCosts.OneTokenStateBits;
            var promptBits = UplinkMessageBits(splitPoint, work.PromptTokens);
            var stepsUp = splitPoint == 0 ? 0 : steps;
            var promptAir = promptBits * secondsPerBitUp;
            var tokenDownAir = System.TokenIdBits * secondsPerBitDown;
            var airUpDecode = stepsUp * stepBits * secondsPerBitUp;
            var roundTrip = linkCosts.UplinkDelaySeconds + linkCosts.DownlinkDelaySeconds;
            airUp += promptAir + airUpDecode;
            airDown += (1 + stepsUp) * tokenDownAir;
            upBits += promptBits + (stepsUp * stepBits);
            downBits += (1 + steps) * System.TokenIdBits;
            network += promptAir + airUpDecode + ((1 + stepsUp) * (roundTrip + tokenDownAir));
            firstToken += (serverPrefill * queuing) + roundTrip + promptAir + tokenDownAir;
        }

        var joules = deviceComputeWatts * deviceSeconds;
        if (isConnected)
        {
            ref readonly var radio = ref linkCosts.Radio;

            // A device that runs everything is connected only while a cache moves to it.
            var connected = splitPoint == Layers ? network : deviceSeconds + network + serverSeconds - firstMessage;
            var waiting = Math.Max(0, connected - airUp - airDown);
            joules += radio.AirJoules(airUp, upBits, airDown, downBits) + (radio.Waiting * waiting) + radio.TailJoules;
        }

        return new SplitTotal(deviceSeconds, network, serverSeconds, firstToken, joules, gpuSeconds);
    }

    /// <summary>Why one split may not be chosen, for one request: an entry of <see cref="Mask"/>.</summary>
    /// <param name="splitPoint">k, 0..L.</param>
    /// <param name="work">The request; judged on its maximum number of output tokens.</param>
    public SplitInfeasibility InfeasibilityAt(int splitPoint, in TurnWork work)
    {
        var reasons = fixedInfeasibility[splitPoint] | memory.At(splitPoint, work.MaximumCachedTokens);
        return work.MaximumCachedTokens > System.Shape.MaximumPositions ? reasons | SplitInfeasibility.ContextLength : reasons;
    }
}
