namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>One fitted parameter.</summary>
/// <param name="Parameter">Which one.</param>
/// <param name="Value">Its value, in the unit of <see cref="EngineParameter"/>.</param>
/// <param name="Default">What the engine's model says without the rows.</param>
/// <param name="LogStandardError">Standard error of ln(value), dimensionless; 0 for a parameter that is held fixed.</param>
/// <param name="LogPriorSpread">Standard deviation of ln(value) before the rows: how far devices of the kind differ; 0 for a parameter that is held fixed.</param>
public readonly record struct ParameterEstimate(EngineParameter Parameter, double Value, double Default, double LogStandardError, double LogPriorSpread)
{
    /// <summary>Whether the rows say something about the parameter: they more than halve what was uncertain of it.</summary>
    public bool IsIdentified => LogPriorSpread > 0 && LogStandardError < 0.5 * LogPriorSpread;

    /// <summary>Standard error of the value, in its unit: value x the standard error of its logarithm.</summary>
    public double StandardError => Value * LogStandardError;
}
