using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Transfers;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Tests.Wireless.Transport;

/// <summary>At least one of every packet loss law of the library, which the laws of <see cref="PacketLossLaws"/> are stated for.</summary>
public static class PacketLossRepresentatives
{
    private static readonly bool[] Recording = MakeRecording();

    private static readonly Dictionary<string, IPacketLoss> Losses = new()
    {
        ["none"] = new NoLoss(),
        ["never"] = new IndependentLoss(0),
        ["independent"] = new IndependentLoss(0.03),
        ["always"] = new IndependentLoss(1),
        ["bursts"] = GilbertElliottLoss.FromLossAndBurst(0.08, 5),
        ["long bursts"] = new GilbertElliottLoss(0.0005, 0.002, 0.01, 0.7),
        ["memoryless"] = GilbertElliottLoss.FromLossAndBurst(0.2, 1.25),
        ["avoiding"] = new GilbertElliottLoss(0.7, 0.9, 0.05, 0.8),
        ["alternating"] = new GilbertElliottLoss(1, 1),
        ["once bad always bad"] = new GilbertElliottLoss(0.01, 0, 0, 0.4),
        ["recorded"] = new RecordedLoss(Recording, PiecewiseExtension.Wrap, hasRandomOffset: true),
        ["outage"] = new OutageLoss(NakagamiFading.Rayleigh, 10, 1),
        ["outage of blocks"] = new OutageLoss(new NakagamiFading(2), 10, 4, PacketsPerBlock: 11),
        ["no outage"] = new OutageLoss(new ConstantGain(), 4, 4, PacketsPerBlock: 3),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    public static IEnumerable<Type> Types => Losses.Values.Select(loss => loss.GetType()).Distinct();

    public static IPacketLoss Of(string name) => Losses[name];

    private static bool[] MakeRecording()
    {
        var isLost = new bool[97];
        new IndependentLoss(0.3).FillLosses(StreamKey.Create(5, "recording"), 0, 0, isLost);
        return isLost;
    }
}
