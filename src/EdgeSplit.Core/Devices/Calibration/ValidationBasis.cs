namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>What is known of a device when its speed is predicted.</summary>
public enum ValidationBasis
{
    /// <summary>What a user gets: the catalogue's profile, fitted to rows of the device where there were some, else its data sheet.</summary>
    Catalogue,

    /// <summary>Its data sheet and the engine's defaults, which may have been fitted to the very rows.</summary>
    DataSheet,

    /// <summary>Its data sheet, with engine defaults that were fitted to all other devices of the file and to no row of this one: the error for a device never seen.</summary>
    LeaveOneDeviceOut,

    /// <summary>Every other row of the device, for devices with at least 8 rows: each half judged on the other, drawn towards engine defaults fitted without the device.</summary>
    HalfCalibrated,

    /// <summary>The plain roofline of the data sheet: all efficiencies 1, no overheads.</summary>
    Roofline,
}
