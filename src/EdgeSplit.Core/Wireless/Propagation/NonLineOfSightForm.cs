namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Which of the two formulas of 3GPP TR 38.901 Table 7.4.1-1 stands for a link without line of sight.</summary>
public enum NonLineOfSightForm
{
    /// <summary>The mandatory formula, never below the line-of-sight loss.</summary>
    Mandatory,

    /// <summary>The optional, simpler formula of the same table; outdoors it may fall below the line-of-sight loss.</summary>
    Optional,
}
