namespace EdgeSplit.Core.Simulation;

/// <content>A turn in one go, for as long as nothing else happens.</content>
public sealed partial class TurnProcess
{
    /// <summary>Runs a turn straight through: the stages of <see cref="Begin"/> and <see cref="Complete"/> on a channel that answers at once, to the same last bit.</summary>
    /// <param name="chosenSplit">The split point, 0..L.</param>
    /// <param name="migrationPlan">The work and how the KV cache comes to it; its output tokens are the true number.</param>
    /// <param name="channel">Link and server.</param>
    /// <typeparam name="TChannel">Kind of channel; a structure lets the compiler inline it.</typeparam>
    public void Run<TChannel>(int chosenSplit, in Placements.KeyValueMigrationPlan migrationPlan, TChannel channel)
        where TChannel : ITurnChannel =>
        Advance(Begin(chosenSplit, migrationPlan), channel, 0, double.PositiveInfinity, out _);

    /// <summary>Runs on as long as what the turn waits for is done before something else is due.</summary>
    /// <param name="stage">What it waits for.</param>
    /// <param name="channel">Link and server.</param>
    /// <param name="startSeconds">When the turn started, on the clock of <paramref name="dueSeconds"/>.</param>
    /// <param name="dueSeconds">When something else is due, seconds; positive infinity where nothing is.</param>
    /// <param name="doneSeconds">When what it then waits for is done, seconds since the start of the turn; positive infinity for never.</param>
    /// <returns>What it waits for that is not done before then, or that it is finished.</returns>
    internal StageRequest Advance<TChannel>(StageRequest stage, TChannel channel, double startSeconds, double dueSeconds, out double doneSeconds)
        where TChannel : ITurnChannel
    {
        while (stage.Kind != StageKind.Finished)
        {
            if (step == Step.DeviceHead && token > 0 && splitPoint < profile.Layers)
            {
                stage = DecodeTokens(channel, startSeconds, dueSeconds);
                if (stage.Kind == StageKind.Finished)
                {
                    break;
                }
            }

            if (stage.StreamedBits > 0)
            {
                FirstTokenArrived(channel.DownlinkCompletionSeconds(stage.StartSeconds, stage.StreamedBits));
            }

            doneSeconds = EndOf(stage, stage.Kind switch
            {
                StageKind.DeviceCompute => stage.StartSeconds + stage.Amount,
                StageKind.Uplink => channel.UplinkCompletionSeconds(stage.StartSeconds, stage.Amount),
                StageKind.ServerJob => channel.ServerCompletionSeconds(stage.StartSeconds, stage.Amount),
                _ => channel.DownlinkCompletionSeconds(stage.StartSeconds, stage.Amount),
            });
            if (!(startSeconds + doneSeconds < dueSeconds))
            {
                return stage;
            }

            stage = Complete(doneSeconds);
        }

        doneSeconds = now;
        return stage;
    }

    /// <summary>Decode steps of a middle split, token by token: those that are done as a whole before something else is due.</summary>
    /// <remarks>What is asked of the channel for the token that is not is asked again later: its answers depend on nothing but the question.</remarks>
    private StageRequest DecodeTokens<TChannel>(TChannel channel, double startSeconds, double dueSeconds)
        where TChannel : ITurnChannel
    {
        var stateBits = profile.UplinkMessageBits(splitPoint, 1);
        var (encodeStep, decodeStep) = (profile.EncodeSeconds(splitPoint, 1), profile.DecodeSeconds(splitPoint, 1));
        var tokenBits = profile.System.TokenIdBits;
        var firstContext = work.ContextTokens + work.PromptTokens;
        var i = token - 1;
        var time = now;

        // In locals: memory would be written a dozen times per token.
        double head = deviceHead, up = uplink, upWait = uplinkWait, upAir = airUpSeconds, sent = upBits;
        double compute = serverCompute, queue = serverQueue, encoded = encode, decoded = decompress;
        double down = downlink, downWait = downlinkWait, downAir = airDownSeconds, received = downBits;
        for (; i < decodeSteps; i++)
        {
            var computedAt = time + (profile.DeviceStepSeconds(splitPoint, firstContext + i) + encodeStep);
            var sentAt = channel.UplinkCompletionSeconds(computedAt, stateBits);
            var gpuSeconds = profile.ServerStepSeconds(splitPoint, firstContext + i) + decodeStep;
            var servedAt = channel.ServerCompletionSeconds(sentAt, gpuSeconds);
            var receivedAt = channel.DownlinkCompletionSeconds(servedAt, tokenBits);
            if (!(startSeconds + receivedAt < dueSeconds && receivedAt - time <= timeoutSeconds))
            {
                break; // a token that takes so long is looked at stage by stage
            }

            head += computedAt - time - encodeStep;
            encoded += encodeStep;
            var air = sentAt - computedAt - uplinkDelaySeconds;
            upWait += uplinkDelaySeconds;
            up += air;
            upAir += air;
            sent += stateBits;
            compute += gpuSeconds - decodeStep;
            decoded += decodeStep;
            queue += servedAt - sentAt - gpuSeconds;
            air = receivedAt - servedAt - downlinkDelaySeconds;
            downWait += downlinkDelaySeconds;
            down += air;
            downAir += air;
            received += tokenBits;
            time = receivedAt;
        }

        if (i >= token)
        {
            (deviceHead, uplink, uplinkWait, airUpSeconds, upBits) = (head, up, upWait, upAir, sent);
            (serverCompute, serverQueue, encode, decompress) = (compute, queue, encoded, decoded);
            (downlink, downlinkWait, airDownSeconds, downBits) = (down, downWait, downAir, received);
            now = lastMessageSeconds = time;
        }

        token = Math.Min(i + 1, decodeSteps);
        return Request(i < decodeSteps ? Step.DeviceHead : Step.Finished);
    }
}
