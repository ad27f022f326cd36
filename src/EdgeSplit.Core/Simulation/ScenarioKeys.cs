using System.Collections.Frozen;

namespace EdgeSplit.Core.Simulation;

/// <summary>Every key of the scenario format, by the JSON path of its object.</summary>
internal static class ScenarioKeys
{
    private static readonly string[] Processor =
    [
        "profile", "weights", "name", "kind", "processor", "engine", "peakMatrixFlopPerSecond", "peakBytesPerSecond", "memoryBytes", "usableMemoryShare", "idleWatts", "busyWatts",
        "matrixEfficiency", "attentionEfficiency", "bandwidthEfficiency", "keyValueBandwidthEfficiency", "overheadSecondsPerOperation", "otherProgramsShare",
    ];

    private static readonly string[] Formats = ["bits32", "bits16", "bits8", "lowBit"];

    private static readonly string[] Lengths = ["quantiles", "constant", "uniform", "exponentialMean"];

    internal static FrozenDictionary<string, IReadOnlyList<string>> ByPath { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["$"] =
        [
            "$schema", "name", "description", "model", "device", "server", "link", "codec", "activations", "keyValues", "workload", "objective", "simulation",
        ],
        ["$.model"] = ["profile", "config"],
        ["$.device"] = [.. Processor, "decode"],
        ["$.device.decode"] = Processor,
        ["$.device.decode.peakMatrixFlopPerSecond"] = Formats,
        ["$.device.peakMatrixFlopPerSecond"] = Formats,
        ["$.server"] = [.. Processor, "load"],
        ["$.server.peakMatrixFlopPerSecond"] = Formats,
        ["$.server.load"] = ["meanJobs", "meanJobSeconds", "reportAgeSeconds", "blockSeconds"],
        ["$.link"] =
        [
            "profile", "carrierHz", "bandwidthHz", "uplinkBandwidthHz", "downlinkBandwidthHz", "timeDivision", "uplinkShare", "downlinkShare", "transmitPowerDbm", "downlinkTransmitPowerDbm",
            "baseStationGainDb", "noiseFigureDb", "downlinkNoiseFigureDb", "otherLossDb", "pathLoss", "minimumDistanceMetres", "maximumDistanceMetres", "mobility",
            "shadowingStandardDeviationDb", "shadowingCorrelationMetres", "nakagamiShape", "riceFactorDb", "fadingEvolution", "coherenceSeconds", "wideband",
            "rate", "rateGapDb", "maximumSpectralEfficiency", "downlinkMaximumSpectralEfficiency", "adaptation", "loss", "erasure",
            "uplinkTrace", "downlinkTrace", "traceFormat", "traceBandwidthHz", "downlinkTraceBandwidthHz", "traceBlockSeconds", "uplinkDelaySeconds", "downlinkDelaySeconds", "radio",
        ],
        ["$.link.pathLoss"] =
        [
            "model", "sight", "form", "baseStationHeightMetres", "terminalHeightMetres", "referenceLossDb", "referenceDistanceMetres", "exponent",
        ],
        ["$.link.mobility"] =
        [
            "model", "speedMetresPerSecond", "maximumSpeedMetresPerSecond", "pauseSeconds", "memory", "speedDeviationMetresPerSecond", "stepSeconds",
        ],
        ["$.link.wideband"] = ["delaySpreadSeconds", "subbands", "eesmBeta"],
        ["$.link.timeDivision"] = ["pattern", "specialSlot", "numerology"],
        ["$.link.adaptation"] =
        [
            "gapDb", "targetBlockErrorRate", "report", "reportDelaySlots", "reportPeriodSlots", "outerLoop", "harqRounds", "roundTripSlots", "harqProcesses",
        ],
        ["$.link.loss"] = ["model", "probability", "meanBurstPackets"],
        ["$.link.erasure"] = ["pattern", "recovery", "packetBytes"],
        ["$.workload"] =
        [
            "trace", "promptTokens", "outputTokens", "arrivalsPerSecond", "meanTurns", "maximumTurns", "meanThinkSeconds", "maximumOutputTokens",
        ],
        ["$.workload.promptTokens"] = Lengths,
        ["$.workload.outputTokens"] = Lengths,
        ["$.objective"] =
        [
            "latencyWeight", "deviceJouleSeconds", "serverGpuSecondSeconds", "qualityNatSeconds", "leakageSeconds", "latencyLimitSeconds",
            "missedLimitPenaltySeconds", "timeOutPenaltySeconds", "maximumTokenRecoveryRate", "maximumNegativeLogLikelihoodIncrease", "formatLoss", "quality", "leakage",
        ],
        ["$.simulation"] = ["requests", "evaluatedRequests", "seeds", "firstSeed", "channelEstimateErrorDb", "channelEstimateStepDb", "channelEstimateDelaySeconds", "timeoutSeconds", "prior", "errors", "regimeChange"],
        ["$.simulation.regimeChange"] = ["request", "linkBiasDb", "serverLoadFactor", "deviceComputeFactor", "deviceBandwidthFactor", "serverComputeFactor", "serverBandwidthFactor"],
        ["$.simulation.errors"] = ["deviceCompute", "deviceBandwidth", "serverCompute", "serverBandwidth", "linkBiasDb", "serverLoad"],
    }.ToFrozenDictionary();

    /// <summary>The key by which the text form of a section is meant: <c>"link": "name"</c> is <c>"link": {"profile": "name"}</c>.</summary>
    internal static string? NameKeyOf(string path) => path switch
    {
        "$.model" or "$.device" or "$.device.decode" or "$.server" or "$.link" => "profile",
        "$.link.pathLoss" or "$.link.mobility" or "$.link.loss" => "model",
        "$.link.timeDivision" or "$.link.erasure" => "pattern",
        "$.workload" => "trace",
        _ => null,
    };
}
