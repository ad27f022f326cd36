namespace EdgeSplit.Tests.Simulation;

/// <summary>One scenario that must be refused.</summary>
/// <param name="Section">The section that is replaced; null where it is the whole text.</param>
/// <param name="Json">What stands there; null takes the section away.</param>
/// <param name="Path">The JSON path that the error must name.</param>
/// <param name="Found">A part of what it must say was found.</param>
/// <param name="Allowed">A part of what it must say is allowed.</param>
public sealed record BadScenario(string? Section, string? Json, string Path, string Found, string Allowed)
{
    public string Text => Section is null ? Json! : SmallScenario.With(Section, Json);
}

public static class BadScenarios
{
    public static IReadOnlyList<BadScenario> All { get; } =
    [
        // Broken text.
        new(null, "", "$", "broken JSON in line 1, column 1", "JSON"),
        new(null, "{\n  \"name\": \"a\",\n  \"model\": ?\n}", "$", "broken JSON in line 3, column 12", "comments and trailing commas"),
        new(null, "[1, 2]", "$", "not an object", "one JSON object"),
        new(null, "null", "$", "not an object", "one JSON object"),
        new(null, "{ \"model\": \"gpt2\", \"model\": \"gpt2\" }", "$.model", "the same key twice", "each key once"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": 1e6, \"bandwidthHz\": 2e6 }", "$.link.bandwidthHz", "the same key twice", "each key once"),
        new("name", "\"\\ud800\"", "$.name", "half a surrogate pair", "Unicode"),

        // Numbers.
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": NaN }", "$", "broken JSON in line 6", "NaN and Infinity may not"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": Infinity }", "$", "broken JSON", "NaN and Infinity may not"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": \"NaN\" }", "$.link.bandwidthHz", "the text \"NaN\"", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": \"20e6\" }", "$.link.bandwidthHz", "the text \"20e6\"", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": -20e6 }", "$.link.bandwidthHz", "the number -20e6", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": 0 }", "$.link.bandwidthHz", "the number 0", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": 1e999 }", "$.link.bandwidthHz", "the number 1e999", "at most 1000000000000"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": 1e13 }", "$.link.bandwidthHz", "the number 1e13", "at most 1000000000000"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": null }", "$.link.bandwidthHz", "null", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": [1] }", "$.link.bandwidthHz", "the array [1]", "a number above 0"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": true }", "$.link.bandwidthHz", "true", "a number above 0"),
        new("simulation", "{ \"seeds\": 2.5 }", "$.simulation.seeds", "the number 2.5", "a whole number in [1, 100000]"),
        new("simulation", "{ \"seeds\": 0 }", "$.simulation.seeds", "the number 0", "a whole number"),
        new("simulation", "{ \"seeds\": 1e30 }", "$.simulation.seeds", "the number 1e30", "a whole number"),
        new("simulation", "{ \"firstSeed\": -1 }", "$.simulation.firstSeed", "the number -1", "a whole number in [0, 18446744073709551615]"),
        new("simulation", "{ \"requests\": 10, \"evaluatedRequests\": 11 }", "$.simulation.evaluatedRequests", "the number 11", "[1, 10]"),
        new("simulation", "{ \"errors\": { \"deviceCompute\": -0.1 } }", "$.simulation.errors.deviceCompute", "the number -0.1", "at least 0"),

        // Names and keys.
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwithHz\": 1 }", "$.link.bandwithHz", "an unknown key", "did you mean \"bandwidthHz\"?"),
        new("objectiv", "{}", "$.objectiv", "an unknown key", "did you mean \"objective\"?"),
        new("xyzzy", "1", "$.xyzzy", "an unknown key", "one of $schema, name"),
        new("model", "\"lama-2-7b\"", "$.model.profile", "the unknown model \"lama-2-7b\"", "did you mean \"llama-2-7b\"?"),
        new("device", "\"raspberry-pi-55\"", "$.device.profile", "the unknown device", "did you mean \"raspberry-pi-5\"?"),
        new("server", "\"a100-sxm-80g\"", "$.server.profile", "the unknown device", "did you mean \"a100-sxm-80gb\"?"),
        new("link", "\"wifi\"", "$.link.profile", "the unknown link \"wifi\"", "wifi-5ghz-indoor"),
        new("workload", "\"azure-cod\"", "$.workload.trace", "the unknown trace", "did you mean \"azure-code\"?"),
        new("device", "{ \"profile\": \"raspberry-pi-5\", \"weights\": \"Q4_X\" }", "$.device.weights", "the unknown number format \"Q4_X\"", "did you mean \"Q4_"),
        new("device", "{ \"profile\": \"raspberry-pi-5\", \"weights\": 4 }", "$.device.weights", "the number 4", "the name of a number format"),
        new("objective", "{ \"formatLoss\": \"llama-3-8\" }", "$.objective.formatLoss", "the unknown format loss", "did you mean \"llama-3-8b\"?"),
        new("simulation", "{ \"prior\": \"exct\" }", "$.simulation.prior", "the unknown prior \"exct\"", "did you mean \"exact\"?"),
        new("activations", "\"INT8\"", "$.activations", "the text \"INT8\"", "no measured quality source"),
        new("keyValues", "\"Q4_0\"", "$.keyValues", "the text \"Q4_0\"", "F32, F16 or BF16"),
        new("name", "\" \"", "$.name", "the text \" \"", "a name"),
        new("name", "7", "$.name", "the number 7", "a name"),

        // Missing, null and wrong types.
        new("model", null, "$.model", "nothing (the key is required)", "a name or an object with the keys profile, config"),
        new("device", null, "$.device", "nothing (the key is required)", "a name or an object"),
        new("server", null, "$.server", "nothing (the key is required)", "a name or an object"),
        new("link", null, "$.link", "nothing (the key is required)", "a name or an object"),
        new("workload", null, "$.workload", "nothing (the key is required)", "a name or an object"),
        new("link", "null", "$.link", "null", "a name or an object"),
        new("link", "5", "$.link", "the number 5", "a name or an object"),
        new("link", "{ }", "$.link.profile", "nothing (the key is required)", "the name of a link"),
        new("model", "{ }", "$.model.profile", "nothing (the key is required)", "the name of a model"),
        new("device", "{ }", "$.device.profile", "nothing (the key is required)", "or \"kind\""),
        new("objective", "\"cheap\"", "$.objective", "the text \"cheap\"", "an object with the keys latencyWeight"),
        new("simulation", "[]", "$.simulation", "the array []", "an object with the keys requests"),
        new("server", "{ \"profile\": \"a100-sxm-80gb\", \"load\": 3 }", "$.server.load", "the number 3", "an object with the keys meanJobs"),
        new("device", "{ \"kind\": \"phone\" }", "$.device.idleWatts", "nothing (the key is required)", "the power while it waits"),
        new("device", "{ \"profile\": \"raspberry-pi-5\", \"kind\": \"cpu\" }", "$.device.kind", "beside \"profile\"", "either \"profile\""),
        new("device", "{ \"profile\": \"raspberry-pi-5\", \"load\": {} }", "$.device.load", "an unknown key", "one of profile"),
        new("workload", "{ \"promptTokens\": { \"constant\": 5 } }", "$.workload.outputTokens", "nothing (the key is required)", "a distribution, or a \"trace\""),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": {} }", "$.workload.promptTokens", "without a distribution", "one of quantiles"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"constant\": 5, \"uniform\": [1, 2] } }", "$.workload.promptTokens", "several distributions", "exactly one"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"uniform\": [5, 2] } }", "$.workload.promptTokens.uniform", "the array [5,2]", "1 <= a <= b"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"quantiles\": [[0, 1], [0.5, 9], [0.4, 10], [1, 11]] } }", "$.workload.promptTokens.quantiles[2]", "the array [0.4,10]", "probabilities rise"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"quantiles\": [[0, 5], [1, 4]] } }", "$.workload.promptTokens.quantiles[1]", "the array [1,4]", "do not fall"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"quantiles\": [[0, 5]] } }", "$.workload.promptTokens.quantiles", "the array [[0,5]]", "at least two pairs"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"quantiles\": [[0, 5], [0.5, 6]] } }", "$.workload.promptTokens.quantiles[1]", "the array [0.5,6]", "from 0 to 1"),
        new("workload", "{ \"trace\": \"azure-code\", \"promptTokens\": { \"quantiles\": [[0, 5], [1, \"9\"]] } }", "$.workload.promptTokens.quantiles[1]", "the array [1,\"9\"]", "pairs"),

        // What keys must satisfy together.
        new("model", "{ \"profile\": \"gpt2\", \"config\": \"config.json\" }", "$.model.config", "a second model", "either"),
        new("model", "{ \"config\": \"no-such-config.json\" }", "$.model.config", "no readable file", "a Hugging Face config.json"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"bandwidthHz\": 1e6, \"uplinkBandwidthHz\": 1e6 }", "$.link.bandwidthHz", "both directions", "either bandwidthHz"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"maximumDistanceMetres\": 0.5 }", "$.link.maximumDistanceMetres", "the number 0.5", "at least the minimum distance"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"minimumDistanceMetres\": 500 }", "$.link.minimumDistanceMetres", "the number 500", "at most the maximum distance"),
        new("link", "{ \"profile\": \"wifi-5ghz-indoor\", \"transmitPowerDbm\": -50, \"otherLossDb\": 100 }", "$.link", "0.00 % of the cell", "a link that covers"),
        new("device", "{ \"profile\": \"raspberry-pi-5\", \"idleWatts\": 100 }", "$.device.idleWatts", "the number 100", "at most the busy power"),
        new("workload", "{ \"trace\": \"azure-code\", \"maximumOutputTokens\": 1024 }", "$.workload.maximumOutputTokens", "1024", "less than the 1024 positions"),
        new("workload", "{ \"trace\": \"azure-code\", \"meanTurns\": 3 }", "$.workload.maximumTurns", "nothing (the key is required)", "the most turns"),
        new("objective", "{ \"latencyWeight\": 0 }", "$.objective.latencyWeight", "all 0", "at least one weight above 0"),
        new("objective", "{ \"missedLimitPenaltySeconds\": 3 }", "$.objective.latencyLimitSeconds", "nothing (the key is required)", "a latency limit"),
        new("objective", "{ \"formatLoss\": \"llama-3-8b\" }", "$.device.weights", "the format Q4_0, whose quality loss", "Covered: F32"),

    ];
}
