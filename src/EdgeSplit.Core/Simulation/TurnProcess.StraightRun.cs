namespace EdgeSplit.Core.Simulation;

/// <content>A turn from beginning to end in one go.</content>
public sealed partial class TurnProcess
{
    /// <summary>Runs a turn straight through: the stages of <see cref="Begin"/> and <see cref="Complete"/> on a channel that answers at once, to the same last bit.</summary>
    /// <param name="chosenSplit">The split point, 0..L.</param>
    /// <param name="migrationPlan">The work and how the KV cache comes to it; its output tokens are the true number.</param>
    /// <param name="channel">Link and server.</param>
    /// <typeparam name="TChannel">Kind of channel; a structure lets the compiler inline it.</typeparam>
    /// <exception cref="InvalidOperationException">A message or a job can never be finished.</exception>
    public void Run<TChannel>(int chosenSplit, in Placements.KeyValueMigrationPlan migrationPlan, TChannel channel)
        where TChannel : ITurnChannel
    {
        var request = Begin(chosenSplit, migrationPlan);
        while (request.Kind != StageKind.Finished)
        {
            if (token == 1 && splitPoint < profile.Layers && request.Kind == StageKind.DeviceCompute)
            {
                Decode(channel);
                return;
            }

            if (request.StreamedBits > 0)
            {
                FirstTokenArrived(channel.DownlinkCompletionSeconds(request.StartSeconds, request.StreamedBits));
            }

            request = Complete(Finite(request.Kind, request.StartSeconds, request.Kind switch
            {
                StageKind.DeviceCompute => request.StartSeconds + request.Amount,
                StageKind.Uplink => channel.UplinkCompletionSeconds(request.StartSeconds, request.Amount),
                StageKind.ServerJob => channel.ServerCompletionSeconds(request.StartSeconds, request.Amount),
                _ => channel.DownlinkCompletionSeconds(request.StartSeconds, request.Amount),
            }));
        }
    }

    /// <summary>All decode steps of a middle split: device, uplink, server, downlink for each token.</summary>
    private void Decode<TChannel>(TChannel channel)
        where TChannel : ITurnChannel
    {
        var stateBits = profile.System.HiddenStateBitsPerToken;
        var tokenBits = profile.System.TokenIdBits;
        var firstContext = work.ContextTokens + work.PromptTokens;
        var time = now;

        // In locals: memory would be written a dozen times per token.
        double head = deviceHead, up = uplink, upWait = uplinkWait, upAir = airUpSeconds, sent = upBits;
        double compute = serverCompute, queue = serverQueue;
        double down = downlink, downWait = downlinkWait, downAir = airDownSeconds, received = downBits;
        for (var i = 0; i < decodeSteps; i++)
        {
            var done = time + profile.DeviceStepSeconds(splitPoint, firstContext + i);
            head += done - time;
            time = done;

            done = Finite(StageKind.Uplink, time, channel.UplinkCompletionSeconds(time, stateBits));
            var air = done - time - uplinkDelaySeconds;
            upWait += uplinkDelaySeconds;
            up += air;
            upAir += air;
            sent += stateBits;
            time = done;

            var gpuSeconds = profile.ServerStepSeconds(splitPoint, firstContext + i);
            done = Finite(StageKind.ServerJob, time, channel.ServerCompletionSeconds(time, gpuSeconds));
            compute += gpuSeconds;
            queue += done - time - gpuSeconds;
            time = done;

            done = Finite(StageKind.Downlink, time, channel.DownlinkCompletionSeconds(time, tokenBits));
            air = done - time - downlinkDelaySeconds;
            downWait += downlinkDelaySeconds;
            down += air;
            downAir += air;
            received += tokenBits;
            time = done;
        }

        (deviceHead, uplink, uplinkWait, airUpSeconds, upBits) = (head, up, upWait, upAir, sent);
        (serverCompute, serverQueue) = (compute, queue);
        (downlink, downlinkWait, airDownSeconds, downBits) = (down, downWait, downAir, received);
        now = lastMessageSeconds = time;
        token = decodeSteps;
        step = Step.Finished;
    }

    private double Finite(StageKind kind, double startSeconds, double doneSeconds) => doneSeconds < double.PositiveInfinity
        ? doneSeconds
        : throw new InvalidOperationException(
            FormattableString.Invariant($"At split {splitPoint}, a stage of kind {kind} that starts at {startSeconds} s can never be finished."));
}
