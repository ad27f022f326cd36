using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Quality;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Transport;

namespace EdgeSplit.Core.Simulation;

/// <summary>What happens to the hidden state in a scenario: its codec, an uplink that loses packets, and whether the quality source covers both.</summary>
internal static class ScenarioQuality
{
    private const string Packets = "the pattern packets, interleavedPackets or elements";
    private const string Recoveries = "zero, mean, previousToken or rescale";

    /// <summary>The codec of a scenario; null where the hidden state crosses as it is.</summary>
    internal static IActivationCodec? Codec(ScenarioSection root)
    {
        const string allowed = "F16, F32, or integers such as INT8, INT4-channel and INT8+entropy (edgesplit list codecs)";
        if (root.Text("codec", allowed) is not { } name)
        {
            return null;
        }

        try
        {
            var codec = ActivationCodecs.Parse(name);
            return CodecDamage.TryFind(codec) is not null ? codec
                : throw root.Error("codec", $"the codec {codec.Name}, whose loss no quality table gives", allowed);
        }
        catch (UnknownNameException)
        {
            throw root.Unknown("codec", "codec", name, ActivationCodecs.All.Where(entry => CodecDamage.TryFind(entry.Codec) is not null).Select(entry => entry.Name));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw root.Error("codec", allowed + " (" + error.Message.Split(" (Parameter")[0].TrimEnd('.') + ")", error);
        }
    }

    /// <summary>The erasures of a link that loses packets; null where it is reliable.</summary>
    internal static UplinkErasure? Erasure(ScenarioSection link, IPacketLoss? loss)
    {
        var section = link.Section("erasure");
        var pattern = Word(section, "pattern", Packets, EnumWords<ErasurePattern>.Values) ?? ErasurePattern.Packets;
        var recovery = Word(section, "recovery", Recoveries, EnumWords<ErasureRecovery>.Values) ?? ErasureRecovery.Zero;
        var bytes = section?.Whole("packetBytes", 1, 1_000_000) ?? 1400;
        return loss is null or NoLoss
            ? section is null ? null : throw link.Error("erasure", "erasures on a link that loses nothing", "no erasure, or a $.link.loss")
            : loss.LossProbability <= UplinkErasure.MostLoss ? new UplinkErasure(loss, pattern, recovery, bytes)
            : throw new ScenarioException(link.File, link.PathOf("loss"), FormattableString.Invariant($"a mean loss of {loss.LossProbability}"), FormattableString.Invariant($"at most {UplinkErasure.MostLoss}: token ids could not get through"));
    }

    /// <summary>Whether the hidden state arrives changed, so that a source has to price it.</summary>
    internal static bool IsDamaged(IActivationCodec? codec, UplinkErasure? erasure) => erasure is { Loss.LossProbability: > 0 } || !CodecDamage.Of(codec).IsNone;

    /// <summary>Refuses a system whose damage its source does not cover at every split and every share that can be lost.</summary>
    internal static void CheckCovered(string file, SplitSystem system)
    {
        ReadOnlySpan<double> shares = system.UplinkErasure is { Loss.LossProbability: > 0 } ? [0, system.MeanErasedShare, 1] : [0];
        foreach (var share in shares)
        {
            for (var k = 1; k < system.Layers; k++)
            {
                try
                {
                    _ = system.HiddenStateLossNats(k, share);
                }
                catch (ArgumentException error)
                {
                    throw new ScenarioException(
                        file,
                        share > 0 ? "$.link.erasure" : "$.codec",
                        FormattableString.Invariant($"damage at split {k} that the quality source does not cover ({error.Message.Split(" (Parameter")[0].TrimEnd('.')})"),
                        "what the table of $.objective.quality covers",
                        error);
                }
            }
        }
    }

    /// <summary>The packet loss of a link, where it is one that can lose packets.</summary>
    internal static IPacketLoss? LossOf(ILink link) => (link as LinkParameters)?.PacketLoss;

    private static T? Word<T>(ScenarioSection? section, string key, string allowed, IReadOnlyDictionary<string, T> values)
        where T : struct => section?.Text(key, allowed) is not { } word ? null : values.TryGetValue(word, out var value) ? value : throw section.Error(key, allowed);
}
