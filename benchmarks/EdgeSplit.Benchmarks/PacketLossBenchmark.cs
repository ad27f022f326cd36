using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Benchmarks;

/// <summary>Losses of 1,024 consecutive packets, per packet; and a hidden state of 256 tokens of 4,096 values through packets and noise, per message.</summary>
[MemoryDiagnoser]
public class PacketLossBenchmark
{
    private const int Packets = 1024;

    private readonly StreamKey key = StreamKey.Create(1, "benchmark");
    private readonly bool[] isLost = new bool[Packets];
    private readonly IndependentLoss independent = new(0.05);
    private readonly GilbertElliottLoss bursts = GilbertElliottLoss.FromLossAndBurst(0.05, 5);
    private readonly OutageLoss outage = new(NakagamiFading.Rayleigh, 20, 1, PacketsPerBlock: 8);
    private readonly HiddenStatePackets contiguous = HiddenStatePackets.FromPacketBytes(256, 4096, 8, 1500, 320);
    private readonly HiddenStatePackets interleaved = HiddenStatePackets.FromPacketBytes(256, 4096, 8, 1500, 320, PacketLayout.Interleaved);
    private readonly bool[] isLostOfMessage = new bool[1024];
    private readonly bool[] isErased = new bool[256 * 4096];
    private readonly float[] values = new float[256 * 4096];
    private ulong packet = 1 << 20;

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public void IndependentFromOneSourcePerPacket()
    {
        packet += Packets;
        for (var i = 0; i < isLost.Length; i++)
        {
            var random = new RandomSource(key, 1, packet + (ulong)i);
            isLost[i] = random.NextUniform() < independent.LossProbability;
        }
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Independent() => independent.FillLosses(key, 1, packet += Packets, isLost);

    [Benchmark(OperationsPerInvoke = Packets)]
    public void GilbertElliott() => bursts.FillLosses(key, 1, packet += Packets, isLost);

    [Benchmark]
    public void GilbertElliottOnePacketAnywhere() => bursts.FillLosses(key, 1, packet += Packets, isLost.AsSpan(0, 1));

    [Benchmark(OperationsPerInvoke = Packets)]
    public void Outage() => outage.FillLosses(key, 1, packet += Packets, isLost);

    [Benchmark]
    public void MessageContiguous() => Send(contiguous);

    [Benchmark]
    public void MessageInterleaved() => Send(interleaved);

    [Benchmark]
    public void MessageWithNoise() => ReceiverNoise.Add(values, 100, 1, key, 1, packet++);

    private void Send(HiddenStatePackets packets)
    {
        var lost = isLostOfMessage.AsSpan(0, packets.Packets);
        UnreliableTransfer.Send(packets, bursts, key, 1, packet += Packets, lost);
        packets.FillErased(lost, isErased);
    }
}
