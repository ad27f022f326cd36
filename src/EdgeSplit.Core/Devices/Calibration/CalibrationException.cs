namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Measured rows from which no profile can be fitted; the message says why and what would help.</summary>
public sealed class CalibrationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong with the rows, and what would help.</param>
    public CalibrationException(string message)
        : base(message)
    {
    }
}
