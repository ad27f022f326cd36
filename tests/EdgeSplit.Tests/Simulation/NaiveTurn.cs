using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Transformers;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Tests.Simulation;

/// <summary>A turn written out token by token, with transfers and jobs walked block by block: slow, plain, and without the library's timelines and stages.</summary>
internal sealed class NaiveTurn(World world, int request, int future = 0)
{
    private readonly IEfficiencyProcess uplink = world.Uplink(request, future);
    private readonly IEfficiencyProcess downlink = world.Downlink(request, future);
    private readonly IEfficiencyProcess server = world.Server(request, future);
    private double uplinkSeconds;
    private double downlinkSeconds;
    private double uplinkBits;
    private double downlinkBits;
    private double firstMessage = double.NaN;
    private double lastMessage = double.NaN;

    internal (double Total, double FirstToken, double Device, double ServerCompute, double ServerQueue, double Uplink, double Downlink, double Waits, double Migration, double RadioJoules,
        double UplinkBits, double DownlinkBits) Run(int k, KeyValueMigrationPlan plan)
    {
        var system = world.Truth.System;
        var layers = system.Layers;
        var work = plan.Work;
        var upDelay = system.UplinkDelay.TotalSeconds;
        var downDelay = system.DownlinkDelay.TotalSeconds;
        double now = 0, device = 0, compute = 0, queue = 0, waits = 0, first = double.NaN;
        if (plan.UplinkBits > 0)
        {
            now = Send(now, plan.UplinkBits);
        }

        if (plan.DownlinkBits > 0)
        {
            now = Receive(now, plan.DownlinkBits);
        }

        var migration = now;
        var (migrationUp, migrationDown) = (uplinkSeconds, downlinkSeconds);
        for (var token = 0; token < work.OutputTokens; token++)
        {
            var pass = token == 0 ? new ForwardPass(work.PromptTokens, work.ContextTokens) : new ForwardPass(1, work.ContextTokens + work.PromptTokens + token - 1);
            if (k > 0)
            {
                var seconds = world.Truth.DevicePassSeconds(k, pass);
                device += seconds;
                now += seconds;
            }

            if (k < layers)
            {
                if (k > 0 || token == 0)
                {
                    now = Send(now, pass.NewTokens * (k == 0 ? system.TokenIdBits : system.HiddenStateBitsPerToken));
                    waits += upDelay;
                }

                var gpu = world.Truth.ServerPassSeconds(k, pass);
                var done = Walk(server, now, gpu);
                compute += gpu;
                queue += done - now - gpu;
                now = done;
                if (k > 0 || token == work.OutputTokens - 1)
                {
                    now = Receive(now, system.TokenIdBits);
                    waits += downDelay;
                }
                else
                {
                    // Streams beside the next token's computing.
                    downlinkBits += system.TokenIdBits;
                    first = token == 0 ? Walk(downlink, now + downDelay, system.TokenIdBits / world.Scenario.Link.DownlinkGrantedHz) : first;
                }
            }

            first = token == 0 && double.IsNaN(first) ? now : first;
        }

        var radio = system.Radio;
        var joules = double.IsNaN(firstMessage) ? 0
            : radio.TransmitJoules(uplinkBits, uplinkSeconds) + radio.ReceiveJoules(downlinkBits, downlinkSeconds) + radio.TailJoules(double.PositiveInfinity)
            + (Math.Max(0, radio.TailWatts - radio.IncludedIdleWatts) * (lastMessage - firstMessage - uplinkSeconds - downlinkSeconds));
        return (now, first, device, compute, queue, uplinkSeconds - migrationUp, downlinkSeconds - migrationDown, waits, migration, joules, uplinkBits, downlinkBits);
    }

    private double Send(double start, double bits)
    {
        firstMessage = double.IsNaN(firstMessage) ? start : firstMessage;
        var onAir = start + world.Truth.System.UplinkDelay.TotalSeconds;
        lastMessage = Walk(uplink, onAir, bits / world.Scenario.Link.UplinkGrantedHz);
        uplinkBits += bits;
        uplinkSeconds += lastMessage - onAir;
        return lastMessage;
    }

    private double Receive(double start, double bits)
    {
        firstMessage = double.IsNaN(firstMessage) ? start : firstMessage;
        var onAir = start + world.Truth.System.DownlinkDelay.TotalSeconds;
        lastMessage = Walk(downlink, onAir, bits / world.Scenario.Link.DownlinkGrantedHz);
        downlinkBits += bits;
        downlinkSeconds += lastMessage - onAir;
        return lastMessage;
    }

    private static double Walk(IEfficiencyProcess process, double start, double amount)
    {
        var value = new double[1];
        var now = start;
        for (var block = (long)Math.Floor(start / process.BlockSeconds); ; block++)
        {
            process.Fill(block, value);
            var end = (block + 1) * process.BlockSeconds;
            var room = value[0] * (end - now);
            if (amount <= room)
            {
                return now + (amount / value[0]);
            }

            amount -= Math.Max(0, room);
            now = Math.Max(now, end);
        }
    }
}
