using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Changes of regime and the absent prior in the scenario file.</summary>
public sealed class ScenarioRegimeTests
{
    [Fact]
    public void One_change_or_several_are_read()
    {
        var one = Read("{ \"request\": 1000, \"linkBiasDb\": 6, \"serverLoadFactor\": 2, \"deviceComputeFactor\": 1.5, \"deviceBandwidthFactor\": 1.25 }");
        Assert.Equal([new RegimeChange { Request = 1000, LinkBiasDb = 6, ServerLoadFactor = 2, DeviceComputeFactor = 1.5, DeviceBandwidthFactor = 1.25 }], one.RegimeChanges);
        var two = Read("[{ \"request\": 3, \"serverComputeFactor\": 2 }, { \"request\": 7, \"serverBandwidthFactor\": 0.5 }]");
        Assert.Equal([new RegimeChange { Request = 3, ServerComputeFactor = 2 }, new RegimeChange { Request = 7, ServerBandwidthFactor = 0.5 }], two.RegimeChanges);
        Assert.Empty(SmallScenario.Read().Settings.RegimeChanges);
        Assert.Empty(Read("[]").RegimeChanges);
    }

    [Theory]
    [InlineData("3", "$.simulation.regimeChange", "the number 3", "or an array of such objects")]
    [InlineData("[3]", "$.simulation.regimeChange", "the array [3]", "or an array of such objects")]
    [InlineData("{ \"linkBiasDb\": 3 }", "$.simulation.regimeChange.request", "nothing", "at least 1")]
    [InlineData("{ \"request\": 5 }", "$.simulation.regimeChange", "a change that changes nothing", "at least one of")]
    [InlineData("{ \"request\": 5, \"serverLoad\": 2 }", "$.simulation.regimeChange.serverLoad", "an unknown key", "serverLoadFactor")]
    [InlineData("{ \"request\": 5, \"serverLoadFactor\": 0 }", "$.simulation.regimeChange.serverLoadFactor", "the number 0", "at least 0.01")]
    [InlineData("[{ \"request\": 5, \"linkBiasDb\": 3 }, { \"request\": 5, \"linkBiasDb\": 3 }]", "$.simulation.regimeChange[1].request", "the number 5", "after 5")]
    [InlineData("[{ \"request\": 5, \"linkBiasDb\": 3 }, { \"request\": 6, \"linkBias\": 3 }]", "$.simulation.regimeChange[1].linkBias", "an unknown key", "linkBiasDb")]
    public void What_cannot_be_meant_is_refused_with_its_path(string json, string path, string found, string allowed)
    {
        var error = Assert.Throws<ScenarioException>(() => Read(json));
        Assert.Equal(path, error.JsonPath);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_prior_the_world_is_perturbed_as_with_one()
    {
        var absent = SmallScenario.Read("simulation", "{ \"prior\": \"absent\" }").Settings;
        var perturbed = SmallScenario.Read("simulation", "{ \"prior\": \"perturbed\" }").Settings;
        Assert.True(absent.IsPriorAbsent);
        Assert.False(perturbed.IsPriorAbsent);
        Assert.Equal(perturbed.Errors, absent.Errors);
        Assert.False(SmallScenario.Read("simulation", "{ \"prior\": \"exact\" }").Settings.IsPriorAbsent);
    }

    private static SimulationSettings Read(string regimeChange) => SmallScenario.Read("simulation", "{ \"regimeChange\": " + regimeChange + " }").Settings;
}
