namespace EdgeSplit.Core.Devices.Thermal;

/// <summary>Temperatures of a device and the step to which its governor has throttled it.</summary>
/// <param name="InnerCelsius">Temperature of the stage that is heated (processor), degrees Celsius.</param>
/// <param name="OuterCelsius">Temperature of the outer stage (case, heat sink), degrees Celsius; ignored by a model of one stage.</param>
/// <param name="ThrottleStep">Steps of throttling in force: 0 is full speed.</param>
public readonly record struct ThermalState(double InnerCelsius, double OuterCelsius, int ThrottleStep);
