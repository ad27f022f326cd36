namespace EdgeSplit.Core.Devices.Energy;

/// <summary>A battery, and how long it lasts.</summary>
/// <remarks>Excluded: capacity that falls with age, cold or current. Immutable; safe to share between threads.</remarks>
public sealed record Battery
{
    private const double JoulesPerWattHour = 3600;

    /// <summary>Nominal energy, watt-hours, positive.</summary>
    public required double CapacityWattHours { get; init => field = Guard.Positive(value, nameof(CapacityWattHours)); }

    /// <summary>Share of it that may be used, dimensionless, in (0, 1]. Default 1.</summary>
    public double UsableShare { get; init => field = Guard.Positive(Guard.InRange(value, 0, 1, nameof(UsableShare)), nameof(UsableShare)); } = 1;

    /// <summary>Energy that may be used, joules.</summary>
    public double UsableJoules => CapacityWattHours * UsableShare * JoulesPerWattHour;

    /// <summary>Tokens of one watt-hour.</summary>
    /// <param name="joulesPerToken">Energy of a token, joules, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The energy is NaN or not positive.</exception>
    public static double TokensPerWattHour(double joulesPerToken) => JoulesPerWattHour / Guard.Positive(joulesPerToken);

    /// <summary>Tokens of a full battery.</summary>
    /// <param name="joulesPerToken">Energy of a token, joules, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The energy is NaN or not positive.</exception>
    public double Tokens(double joulesPerToken) => UsableJoules / Guard.Positive(joulesPerToken);

    /// <summary>Share of a full battery that some energy takes, dimensionless; above 1 is more than there is.</summary>
    /// <param name="joules">Energy, joules, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The energy is NaN or negative.</exception>
    public double Drain(double joules) => Guard.NonNegative(joules) / UsableJoules;

    /// <summary>Hours of a full battery when the device generates a share of the time and waits for the rest.</summary>
    /// <param name="power">What the device draws.</param>
    /// <param name="decodeShare">Share of the time in which it generates, dimensionless, in [0, 1].</param>
    /// <exception cref="ArgumentNullException"><paramref name="power"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is NaN or out of range, or nothing is drawn.</exception>
    public double Hours(PowerDraw power, double decodeShare)
    {
        ArgumentNullException.ThrowIfNull(power);
        Guard.InRange(decodeShare, 0, 1);
        var watts = (decodeShare * power.DecodeSourceWatts) + ((1 - decodeShare) * power.IdleSourceWatts);
        return UsableJoules / JoulesPerWattHour / Guard.Positive(watts, nameof(power));
    }
}
