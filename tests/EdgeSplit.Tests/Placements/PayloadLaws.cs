using EdgeSplit.Core.Placements;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Placements;

/// <summary>What crosses, message by message, is what the table of meanings says.</summary>
public sealed class PayloadLaws
{
    private const int Prompt = 37;
    private const int Steps = 11;
    private const double TokenId = 32;
    private static readonly TurnWork Work = new(Prompt, 5, Steps + 1, 64);
    private static readonly OperatingPoint Point = new(2e6, 3e6, 0.5);
    private static readonly SplitSystem System = TestSystems.System("llama-2-7b");
    private static readonly double State = 4096 * 16;

    [Fact]
    public void At_k_0_token_ids_go_up_once_and_one_id_per_token_comes_down()
    {
        var hops = Hops(0, 0);
        Assert.Equal(2, hops.Count);
        Assert.Equal((HopPayload.TokenIds, Prompt * TokenId, 0.0), (hops[0].Hop.Payload, hops[0].PrefillBits, hops[0].DecodeBits));
        Assert.Equal((HopPayload.TokenIds, TokenId, Steps * TokenId), (hops[1].Hop.Payload, hops[1].PrefillBits, hops[1].DecodeBits));
    }

    [Fact]
    public void Tokens_that_stream_from_k_0_are_waited_for_only_once()
    {
        var down = Hops(0, 0)[1];
        Assert.Equal(TestSystems.DownlinkDelay.TotalSeconds, down.ExposedWaitSeconds);
        Assert.Equal(TokenId / Point.DownlinkBitsPerSecond, down.ExposedAirSeconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(31)]
    public void At_a_middle_cut_every_token_sends_a_hidden_state_up_and_waits_for_an_id_down(int k)
    {
        var hops = Hops(k, 0);
        Assert.Equal(2, hops.Count);
        Assert.Equal((HopPayload.HiddenState, Prompt * State, Steps * State), (hops[0].Hop.Payload, hops[0].PrefillBits, hops[0].DecodeBits));
        Assert.Equal((HopPayload.TokenIds, TokenId, Steps * TokenId), (hops[1].Hop.Payload, hops[1].PrefillBits, hops[1].DecodeBits));
        TestSystems.Near((1 + Steps) * TestSystems.UplinkDelay.TotalSeconds, hops[0].ExposedWaitSeconds);
        TestSystems.Near((1 + Steps) * TestSystems.DownlinkDelay.TotalSeconds, hops[1].ExposedWaitSeconds);
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(20, 12)]
    public void With_all_layers_on_the_device_nothing_crosses(int k, int u) => Assert.Empty(Hops(k, u));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 4)]
    [InlineData(3, 28)]
    public void A_tail_on_the_device_brings_every_hidden_state_back(int k, int u)
    {
        var hops = Hops(k, u);
        Assert.Equal(2, hops.Count);
        Assert.Equal((HopPayload.HiddenState, Prompt * State, Steps * State), (hops[0].Hop.Payload, hops[0].PrefillBits, hops[0].DecodeBits));
        Assert.Equal((HopPayload.HiddenState, Prompt * State, Steps * State), (hops[1].Hop.Payload, hops[1].PrefillBits, hops[1].DecodeBits));
        Assert.Equal((Placement.ServerNode, Placement.DeviceNode), (hops[1].Hop.From, hops[1].Hop.To));
    }

    [Fact]
    public void With_a_tail_alone_on_the_device_each_new_id_goes_up_as_the_prompt_did()
    {
        var hops = Hops(0, 4);
        Assert.Equal((HopPayload.TokenIds, Prompt * TokenId, Steps * TokenId), (hops[0].Hop.Payload, hops[0].PrefillBits, hops[0].DecodeBits));
        Assert.Equal((HopPayload.HiddenState, Prompt * State, Steps * State), (hops[1].Hop.Payload, hops[1].PrefillBits, hops[1].DecodeBits));
    }

    [Fact]
    public void A_tail_computes_what_the_server_saves()
    {
        var whole = TestSystems.Naive(System, 4, Work, Point);
        var shaped = TestSystems.Naive(System, 4, Work, Point, tailLayers: 6);
        Assert.True(shaped.Nodes[0].ComputeSeconds > whole.Nodes[0].ComputeSeconds);
        Assert.True(shaped.Nodes[1].ComputeSeconds < whole.Nodes[1].ComputeSeconds);

        // The device's part is that of ten of the layers and the head: layers 1..4 and the last six, all alike in this model.
        var deviceOnly = TestSystems.Naive(System, 32, Work, Point).Nodes[0].ComputeSeconds;
        var perLayer = TestSystems.Naive(System, 5, Work, Point).Nodes[0].ComputeSeconds - whole.Nodes[0].ComputeSeconds;
        TestSystems.Near(deviceOnly - (22 * perLayer), shaped.Nodes[0].ComputeSeconds, 1e-10);
        TestSystems.Near(shaped.Nodes.Select((n, i) => n.ComputeSeconds / (i == 0 ? 1 : Point.ServerShare)).Sum() + shaped.Hops.Sum(h => h.ExposedWaitSeconds + h.ExposedAirSeconds), shaped.LatencySeconds);
    }

    [Fact]
    public void A_value_costs_the_bits_of_its_format()
    {
        var profile = new SplitProfile(System with { Activations = NumberFormat.Int8 });
        TestSystems.Near((Prompt + Steps) * State / 2, profile.Breakdown(7, Work, Point).UplinkBits);
    }

    [Fact]
    public void A_placement_out_of_order_is_refused()
    {
        var shape = TestSystems.Shape("three-layers");
        var units = Placement.Split(shape, 1, NumberFormat.F16, NumberFormat.F16).Units.ToArray();
        (units[1], units[2]) = (units[2], units[1]);
        Assert.Throws<ArgumentException>(() => new Placement(units));
        Assert.Throws<ArgumentOutOfRangeException>(() => Placement.Split(shape, 4, NumberFormat.F16, NumberFormat.F16));
        Assert.Throws<ArgumentOutOfRangeException>(() => Placement.Split(shape, 2, NumberFormat.F16, NumberFormat.F16, 2));
        Assert.Throws<ArgumentException>(() => TestSystems.Naive(System, 3, Work with { OutputTokens = 2.5 }, Point));
    }

    private static IReadOnlyList<HopCost> Hops(int k, int u) => TestSystems.Naive(System, k, Work, Point, u).Hops;
}
