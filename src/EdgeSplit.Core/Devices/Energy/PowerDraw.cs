namespace EdgeSplit.Core.Devices.Energy;

/// <summary>What a device draws while it waits, reads a prompt, and generates.</summary>
/// <remarks>
/// <para>A processor that waits for memory draws less than one that computes, so decode may have a lower power. At the wall, all of it is divided by the efficiency of the power supply.</para>
/// <para>Immutable; safe to share between threads.</para>
/// </remarks>
public sealed record PowerDraw
{
    /// <summary>Power while it waits, watts, at least 0.</summary>
    public required double IdleWatts { get; init => field = Guard.NonNegative(value, nameof(IdleWatts)); }

    /// <summary>Power above idle while it reads a prompt, watts, at least 0.</summary>
    public required double WattsAboveIdle { get; init => field = Guard.NonNegative(value, nameof(WattsAboveIdle)); }

    /// <summary>Share of the power above idle that decode draws, dimensionless, in (0, 1]. Default 1.</summary>
    public double DecodePowerShare { get; init => field = Guard.Positive(Guard.InRange(value, 0, 1, nameof(DecodePowerShare)), nameof(DecodePowerShare)); } = 1;

    /// <summary>Efficiency of the power supply between wall or battery and board, dimensionless, in (0, 1]. Default 1: the watts above are those of the source.</summary>
    public double SupplyEfficiency { get; init => field = Guard.Positive(Guard.InRange(value, 0, 1, nameof(SupplyEfficiency)), nameof(SupplyEfficiency)); } = 1;

    /// <summary>Power drawn from the source while it waits, watts.</summary>
    public double IdleSourceWatts => IdleWatts / SupplyEfficiency;

    /// <summary>Power drawn from the source while it reads a prompt, watts.</summary>
    public double PrefillSourceWatts => (IdleWatts + WattsAboveIdle) / SupplyEfficiency;

    /// <summary>Power drawn from the source while it generates, watts.</summary>
    public double DecodeSourceWatts => (IdleWatts + (WattsAboveIdle * DecodePowerShare)) / SupplyEfficiency;

    /// <summary>The power of a profile.</summary>
    /// <param name="profile">The device.</param>
    /// <param name="decodePowerShare">Share of the power above idle that decode draws, in (0, 1]. Default 1.</param>
    /// <param name="supplyEfficiency">Efficiency of the power supply, in (0, 1]. Default 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="profile"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static PowerDraw Of(IComputeProfile profile, double decodePowerShare = 1, double supplyEfficiency = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new PowerDraw
        {
            IdleWatts = profile.IdleWatts,
            WattsAboveIdle = profile.BusyWatts - profile.IdleWatts,
            DecodePowerShare = decodePowerShare,
            SupplyEfficiency = supplyEfficiency,
        };
    }

    /// <summary>Energy of one token at a speed, joules: power / speed.</summary>
    /// <param name="watts">Power, watts, at least 0.</param>
    /// <param name="tokensPerSecond">Speed, tokens per second, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or out of range.</exception>
    public static double JoulesPerToken(double watts, double tokensPerSecond) => Guard.NonNegative(watts) / Guard.Positive(tokensPerSecond);
}
