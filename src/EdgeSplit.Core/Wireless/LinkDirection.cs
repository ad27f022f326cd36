namespace EdgeSplit.Core.Wireless;

/// <summary>Which way a message goes.</summary>
public enum LinkDirection
{
    /// <summary>From the device to the server.</summary>
    Uplink,

    /// <summary>From the server to the device.</summary>
    Downlink,
}
