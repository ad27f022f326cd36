namespace EdgeSplit.Core.Placements;

/// <summary>Why a split may not be chosen; several reasons can hold at once. <see cref="None"/> means feasible.</summary>
[Flags]
public enum SplitInfeasibility : byte
{
    /// <summary>The split is feasible.</summary>
    None = 0,

    /// <summary>The device's part of weights and KV cache does not fit its memory.</summary>
    DeviceMemory = 1,

    /// <summary>The server's part of weights and KV cache does not fit its memory.</summary>
    ServerMemory = 2,

    /// <summary>What crosses gives away more than the privacy limit allows.</summary>
    PrivacyLimit = 4,

    /// <summary>Weight formats, codec and the mean loss of the uplink cost more quality than the limit allows.</summary>
    QualityLimit = 8,

    /// <summary>Context, prompt and longest answer exceed the model's positions.</summary>
    ContextLength = 16,
}
