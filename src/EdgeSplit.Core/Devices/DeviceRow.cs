using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Devices;

/// <summary>Parameters that were fitted to measured speeds of the device itself; the others are the median of its kind.</summary>
[Flags]
internal enum FittedParameters
{
    None = 0,
    Bits32 = 1,
    Bits16 = 2,
    Bits8 = 4,
    LowBit = 8,
    Attention = 16,
    Bandwidth = 32,
    KeyValue = 64,
    Overhead = 128,
}

/// <summary>One row of the built-in catalogue, in the units of data sheets.</summary>
internal sealed record DeviceRow(string Name, string Title, DeviceKind Kind, NumberFormat UsualWeights)
{
    private const double Tera = 1e12;
    private const double Giga = 1e9;
    private const double Gibi = 1024.0 * 1024 * 1024;
    private const double Micro = 1e-6;

    internal required PerFormat PeakTera { get; init; }

    internal required ParameterSource Peak { get; init; }

    internal required double BandwidthGiga { get; init; }

    internal required ParameterSource Bandwidth { get; init; }

    internal required PerFormat Efficiency { get; init; }

    internal required double Attention { get; init; }

    internal required double Read { get; init; }

    internal required double KeyValueRead { get; init; }

    internal required double OverheadMicroseconds { get; init; }

    internal required FittedParameters Fitted { get; init; }

    /// <summary>Which measured rows the fit used.</summary>
    internal required string Rows { get; init; }

    internal required double MemoryGibi { get; init; }

    internal required ParameterSource Memory { get; init; }

    internal required double UsableShare { get; init; }

    internal required double IdleWatts { get; init; }

    internal required double WattsAboveIdle { get; init; }

    internal required ParameterSource Power { get; init; }

    internal DeviceEntry ToEntry()
    {
        var profile = new RooflineProfile
        {
            Name = Name,
            Kind = Kind,
            PeakMatrixFlopPerSecond = new(PeakTera.Bits32 * Tera, PeakTera.Bits16 * Tera, PeakTera.Bits8 * Tera, PeakTera.LowBit * Tera),
            MatrixEfficiency = Efficiency,
            AttentionEfficiency = Attention,
            PeakBytesPerSecond = BandwidthGiga * Giga,
            BandwidthEfficiency = Read,
            KeyValueBandwidthEfficiency = KeyValueRead,
            OverheadSecondsPerOperation = OverheadMicroseconds * Micro,
            MemoryBytes = MemoryGibi * Gibi,
            UsableMemoryShare = UsableShare,
            IdleWatts = IdleWatts,
            WattsAboveIdle = WattsAboveIdle,
        };
        return new DeviceEntry(Title, profile, UsualWeights,
        [
            Peak,
            Bandwidth,
            Of(DeviceEntry.MatrixEfficiency32, FittedParameters.Bits32),
            Of(DeviceEntry.MatrixEfficiency16, FittedParameters.Bits16),
            Of(DeviceEntry.MatrixEfficiency8, FittedParameters.Bits8),
            Of(DeviceEntry.MatrixEfficiencyLowBit, FittedParameters.LowBit),
            Of(DeviceEntry.AttentionEfficiency, FittedParameters.Attention),
            Of(DeviceEntry.BandwidthEfficiency, FittedParameters.Bandwidth),
            Of(DeviceEntry.KeyValueEfficiency, FittedParameters.KeyValue),
            Of(DeviceEntry.Overhead, FittedParameters.Overhead),
            Memory,
            Power,
        ]);
    }

    private ParameterSource Of(string parameter, FittedParameters flag) => Fitted.HasFlag(flag)
        ? new ParameterSource(parameter, ParameterOrigin.Fitted, Rows)
        : new ParameterSource(parameter, ParameterOrigin.ClassValue,
            "no measured row of this device says it: the nearest fitted format of the device, else the median over the fitted devices of its kind, else a round value of its kind");
}
