namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Which numbers stand for glass that reflects infrared.</summary>
public enum InfraredGlassEdition
{
    /// <summary>23 + 0.3 f dB: 3GPP TR 38.901 up to release 18.</summary>
    UpToRelease18,

    /// <summary>25.4 + 0.11 f dB: found in newer public code, apparently a later release (not confirmed).</summary>
    Later,
}
