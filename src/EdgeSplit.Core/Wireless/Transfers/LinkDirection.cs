namespace EdgeSplit.Core.Wireless.Transfers;

/// <summary>Which way a message goes.</summary>
public enum LinkDirection
{
    /// <summary>From the device to the network.</summary>
    Uplink,

    /// <summary>From the network to the device.</summary>
    Downlink,
}
