using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Links that must be refused, each with the key, what was found and what is allowed.</summary>
public sealed class BadLinkTests
{
    private const string Urban = "\"profile\": \"5g-n78-20mhz-urban\", ";

    [Theory]
    [InlineData("carrierHz", "$.link.profile", "a link without profile")]
    [InlineData("pathLoss", "$.link.pathLoss", "a link without profile")]
    [InlineData("bandwidthHz", "$.link.bandwidthHz", "a link without profile")]
    [InlineData("minimumDistanceMetres", "$.link.minimumDistanceMetres", "a link without profile")]
    [InlineData("maximumDistanceMetres", "$.link.maximumDistanceMetres", "a link without profile")]
    public void A_link_of_ones_own_that_lacks_a_key_says_which_are_needed(string lacking, string path, string allowed)
    {
        var keys = new Dictionary<string, string>
        {
            ["carrierHz"] = "3.5e9",
            ["bandwidthHz"] = "2e7",
            ["pathLoss"] = "\"urbanMicro\"",
            ["minimumDistanceMetres"] = "10",
            ["maximumDistanceMetres"] = "300",
        };
        Assert.NotNull(ScenarioFile.ParseLink(Text(keys), "x.json").Link);
        keys.Remove(lacking);
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.ParseLink(Text(keys), "x.json"));
        Assert.Equal((path, "nothing (the key is required)"), (error.JsonPath, error.Found));
        Assert.Contains(lacking == "carrierHz" ? "for one of your own" : allowed, error.Allowed, StringComparison.Ordinal);
        Assert.Contains("carrierHz, bandwidthHz, pathLoss, minimumDistanceMetres and maximumDistanceMetres", error.Allowed, StringComparison.Ordinal);

        static string Text(Dictionary<string, string> keys) => "{ \"link\": { " + string.Join(", ", keys.Select(pair => $"\"{pair.Key}\": {pair.Value}")) + " } }";
    }

    public static TheoryData<string, string, string, string> Bad => new()
    {
        // A key that means nothing with the model chosen.
        { Urban + "\"pathLoss\": { \"model\": \"freeSpace\", \"exponent\": 2 }", "$.link.pathLoss.exponent", "means nothing with model \"freeSpace\"", "no other key" },
        { Urban + "\"pathLoss\": { \"model\": \"logDistance\", \"exponent\": 2, \"sight\": \"mixed\" }", "$.link.pathLoss.sight", "means nothing with model \"logDistance\"", "exponent" },
        { Urban + "\"pathLoss\": { \"model\": \"ruralMacro\", \"form\": \"optional\" }", "$.link.pathLoss.form", "means nothing with model \"ruralMacro\"", "sight" },
        { Urban + "\"pathLoss\": { \"model\": \"urbanMicro\", \"exponent\": 2 }", "$.link.pathLoss.exponent", "means nothing with model \"urbanMicro\"", "sight" },
        { Urban + "\"mobility\": { \"model\": \"static\", \"speedMetresPerSecond\": 2 }", "$.link.mobility.speedMetresPerSecond", "means nothing with model \"static\"", "no other key" },
        { Urban + "\"mobility\": { \"model\": \"linear\", \"pauseSeconds\": 2 }", "$.link.mobility.pauseSeconds", "means nothing with model \"linear\"", "speedMetresPerSecond" },
        { Urban + "\"mobility\": { \"model\": \"randomWaypoint\", \"memory\": 0.5 }", "$.link.mobility.memory", "means nothing", "pauseSeconds" },
        { Urban + "\"mobility\": { \"model\": \"gaussMarkov\", \"pauseSeconds\": 5 }", "$.link.mobility.pauseSeconds", "means nothing", "memory" },
        { Urban + "\"loss\": { \"model\": \"independent\", \"probability\": 0.1, \"meanBurstPackets\": 2 }", "$.link.loss.meanBurstPackets", "means nothing", "probability" },
        { Urban + "\"loss\": { \"model\": \"none\", \"probability\": 0.1 }", "$.link.loss.probability", "means nothing", "no other key" },
        { Urban + "\"rate\": \"truncatedShannon\", \"rateGapDb\": 3", "$.link.rate", "a gap or ceiling beside a law", "shannon with rateGapDb" },
        { Urban + "\"rate\": \"shannon\", \"adaptation\": {}", "$.link.rate", "a rate law beside \"adaptation\"", "either" },
        { Urban + "\"maximumSpectralEfficiency\": 3, \"adaptation\": {}", "$.link.maximumSpectralEfficiency", "a rate law beside \"adaptation\"", "either" },
        { Urban + "\"nakagamiShape\": 2, \"riceFactorDb\": 3", "$.link.riceFactorDb", "a Rice factor beside a Nakagami shape", "either" },
        { Urban + "\"carrierHz\": 28e9", "$.link.pathLoss", "nothing (the key is required)", "a path loss for the carrier given" },

        // What a section lacks.
        { Urban + "\"pathLoss\": {}", "$.link.pathLoss.model", "nothing (the key is required)", "urbanMicro" },
        { Urban + "\"pathLoss\": \"logDistance\"", "$.link.pathLoss.exponent", "nothing (the key is required)", "the path-loss exponent" },
        { Urban + "\"mobility\": {}", "$.link.mobility.model", "nothing (the key is required)", "randomWaypoint" },
        { Urban + "\"wideband\": {}", "$.link.wideband.delaySpreadSeconds", "nothing (the key is required)", "rms delay spread" },
        { Urban + "\"timeDivision\": {}", "$.link.timeDivision.pattern", "nothing (the key is required)", "DDDDDDDSUU" },
        { Urban + "\"loss\": {}", "$.link.loss.model", "nothing (the key is required)", "gilbertElliott" },
        { Urban + "\"loss\": \"independent\"", "$.link.loss.probability", "nothing (the key is required)", "the share of lost packets" },
        { Urban + "\"loss\": { \"model\": \"gilbertElliott\", \"probability\": 0.1 }", "$.link.loss.meanBurstPackets", "nothing (the key is required)", "mean burst length" },

        // Words and values.
        { Urban + "\"pathLoss\": \"urbanMikro\"", "$.link.pathLoss.model", "the text \"urbanMikro\"", "urbanMicro" },
        { Urban + "\"pathLoss\": { \"model\": \"urbanMicro\", \"sight\": \"clear\" }", "$.link.pathLoss.sight", "the text \"clear\"", "mixed" },
        { Urban + "\"pathLoss\": { \"model\": \"urbanMicro\", \"form\": \"short\" }", "$.link.pathLoss.form", "the text \"short\"", "mandatory or optional" },
        { Urban + "\"transmitPowerDbm\": -50", "$.link", "0.00 % of the cell", "at least 1 %" },
        { Urban + "\"adaptation\": {}, \"bandwidthHz\": 1e12", "$.link.adaptation", "2638888 resource blocks", "1 to 10000 resource blocks" },
        { Urban + "\"adaptation\": {}, \"bandwidthHz\": 1000", "$.link.adaptation", "0 resource blocks", "1 to 10000 resource blocks" },
        { Urban + "\"mobility\": \"linear\", \"coherenceSeconds\": 1", "$.link.coherenceSeconds", "users who move", "static" },
        { Urban + "\"pathLoss\": { \"model\": \"urbanMicro\", \"terminalHeightMetres\": 0.5 }", "$.link.pathLoss", "TerminalHeightMetres 0.5, which the model does not take", "1.5" },
        { Urban + "\"mobility\": \"teleport\"", "$.link.mobility.model", "the text \"teleport\"", "static, linear" },
        { Urban + "\"mobility\": { \"model\": \"randomWaypoint\", \"speedMetresPerSecond\": 5, \"maximumSpeedMetresPerSecond\": 4 }", "$.link.mobility.maximumSpeedMetresPerSecond", "the number 4", "at least the lowest speed, 5 m/s" },
        { Urban + "\"fadingEvolution\": \"jakes\"", "$.link.fadingEvolution", "the text \"jakes\"", "clarke" },
        { Urban + "\"rate\": \"fast\"", "$.link.rate", "the text \"fast\"", "adaptiveModulation" },
        { Urban + "\"radio\": \"6G\"", "$.link.radio", "the unknown radio \"6G\"", "one of" },
        { Urban + "\"adaptation\": { \"report\": \"rssi\" }", "$.link.adaptation.report", "the text \"rssi\"", "cqi or snr" },
        { Urban + "\"adaptation\": { \"outerLoop\": 1 }", "$.link.adaptation.outerLoop", "the number 1", "true or false" },
        { Urban + "\"adaptation\": { \"harqRounds\": 1.5 }", "$.link.adaptation.harqRounds", "the number 1.5", "a whole number in [1, 16]" },
        { Urban + "\"timeDivision\": \"DDXU\"", "$.link.timeDivision.pattern", "the text \"DDXU\"", "'X' at place 3" },
        { Urban + "\"timeDivision\": \"DDDD\"", "$.link.timeDivision.pattern", "the text \"DDDD\"", "both directions" },
        { Urban + "\"timeDivision\": { \"pattern\": \"DSU\", \"specialSlot\": \"6:4:5\" }", "$.link.timeDivision.specialSlot", "the text \"6:4:5\"", "14" },
        { Urban + "\"loss\": { \"model\": \"gilbertElliott\", \"probability\": 0.99, \"meanBurstPackets\": 2 }", "$.link.loss.meanBurstPackets", "the number 2", "" },

        // What keys must satisfy together.
        { "\"profile\": \"5g-n78-100mhz-street\", \"wideband\": { \"delaySpreadSeconds\": 1e-7 }", "$.link.wideband.delaySpreadSeconds", "for users who move", "static" },
        { "\"profile\": \"5g-indoor-office\", \"wideband\": { \"delaySpreadSeconds\": 1e-7 }", "$.link.wideband", "NakagamiFading", "nakagamiShape 1, or a riceFactorDb" },
        { Urban + "\"nakagamiShape\": 2, \"wideband\": { \"delaySpreadSeconds\": 1e-7 }", "$.link.wideband", "NakagamiFading", "nakagamiShape 1, or a riceFactorDb" },
        { Urban + "\"riceFactorDb\": 60, \"wideband\": { \"delaySpreadSeconds\": 1e-7 }", "$.link.wideband", "RicianFading", "riceFactorDb of at most 50" },
        { Urban + "\"pathLoss\": \"urbanMicro\", \"minimumDistanceMetres\": 5", "$.link.minimumDistanceMetres", "5 m, outside the validity of the path loss", "10" },
        { Urban + "\"pathLoss\": \"urbanMicro\", \"maximumDistanceMetres\": 6000", "$.link.maximumDistanceMetres", "6000 m, outside the validity of the path loss", "5000" },
        { Urban + "\"pathLoss\": \"indoorOffice\"", "$.link.maximumDistanceMetres", "500 m, outside the validity of the path loss", "150" },
        { "\"profile\": \"5g-n78-100mhz-street\", \"minimumDistanceMetres\": 5", "$.link.minimumDistanceMetres", "5 m, outside the validity of the path loss", "10" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_link_is_refused_with_the_key_what_was_found_and_what_is_allowed(string keys, string path, string found, string allowed)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.ParseLink("{ \"link\": { " + keys + " } }", "x.json"));
        Assert.Equal(path, error.JsonPath);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
        Assert.StartsWith($"x.json: {path}: found ", error.Message, StringComparison.Ordinal);
    }
}
