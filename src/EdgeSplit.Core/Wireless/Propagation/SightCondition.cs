namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Whether the straight line between terminal and base station is free.</summary>
public enum SightCondition
{
    /// <summary>Line of sight, LOS.</summary>
    LineOfSight,

    /// <summary>No line of sight, NLOS: buildings or walls stand between.</summary>
    NonLineOfSight,
}
