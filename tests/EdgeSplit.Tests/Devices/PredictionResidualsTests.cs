using EdgeSplit.Core.Devices;

namespace EdgeSplit.Tests.Devices;

public sealed class PredictionResidualsTests
{
    [Fact]
    public void Every_kind_operation_and_basis_has_one_row()
    {
        foreach (var kind in Enum.GetValues<DeviceKind>())
        {
            foreach (var operation in Enum.GetValues<OperationKind>())
            {
                foreach (var basis in Enum.GetValues<ResidualBasis>())
                {
                    var row = PredictionResiduals.Find(kind, operation, basis);
                    Assert.InRange(row.LogStandardDeviation, 0.01, 1);
                    Assert.True(row.Rows > 0);
                }
            }
        }

        Assert.Equal(24, PredictionResiduals.All.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionResiduals.Find((DeviceKind)99, OperationKind.Compute, ResidualBasis.Calibrated));
    }

    [Fact]
    public void A_device_known_only_by_its_data_sheet_is_predicted_no_better_than_a_calibrated_one()
    {
        foreach (var calibrated in PredictionResiduals.All.Where(row => row.Basis == ResidualBasis.Calibrated))
        {
            var sheet = PredictionResiduals.Find(calibrated.Kind, calibrated.Operation, ResidualBasis.DataSheetOnly);
            Assert.True(sheet.LogStandardDeviation >= calibrated.LogStandardDeviation - 0.005, $"{calibrated} {sheet}");
            Assert.Equal(calibrated.Rows, sheet.Rows);
        }
    }

    [SharedDataFact]
    public void The_table_is_what_the_measured_rows_give()
    {
        var rows = MeasuredSpeedRows.Read();
        var wrong = new List<string>();
        foreach (var group in rows.GroupBy(row => (row.Device.Kind, row.Operation)))
        {
            foreach (var basis in Enum.GetValues<ResidualBasis>())
            {
                var errors = group.Select(row => row.LogError(basis == ResidualBasis.Calibrated ? row.Device.Profile : LeaveOut(row.Device))).ToArray();
                var found = Summary(group.Key.Kind, group.Key.Operation, basis, errors);
                var stated = PredictionResiduals.All.FirstOrDefault(row => row.Kind == found.Kind && row.Operation == found.Operation && row.Basis == found.Basis);
                if (stated is null
                    || stated.Rows != found.Rows
                    || Math.Abs(stated.LogStandardDeviation - found.LogStandardDeviation) > 0.002
                    || Math.Abs(stated.LogMedian - found.LogMedian) > 0.002
                    || Math.Abs(stated.MeanAbsoluteError - found.MeanAbsoluteError) > 0.002)
                {
                    wrong.Add(FormattableString.Invariant(
                        $"new(DeviceKind.{found.Kind}, OperationKind.{found.Operation}, ResidualBasis.{found.Basis}, {found.LogStandardDeviation:0.000}, {found.LogMedian:0.000}, {found.MeanAbsoluteError:0.000}, {found.Rows}),"));
                }
            }
        }

        Assert.True(wrong.Count == 0, "The rows give:\n" + string.Join('\n', wrong.Order()));
    }

    private static PredictionResidual Summary(DeviceKind kind, OperationKind operation, ResidualBasis basis, double[] errors)
    {
        var mean = errors.Average();
        return new PredictionResidual(
            kind, operation, basis, Math.Sqrt(errors.Average(error => (error - mean) * (error - mean))), Median(errors),
            errors.Average(error => Math.Abs(Math.Exp(error) - 1)), errors.Length);
    }

    /// <summary>The device's data sheet with the median efficiencies of the other fitted devices of its kind; where no other was fitted, the round values of the kind.</summary>
    private static RooflineProfile LeaveOut(DeviceEntry device)
    {
        var profile = device.Profile;
        var sheet = DataSheetProfile.Create(
            profile.Name, profile.Kind, profile.PeakMatrixFlopPerSecond, profile.PeakBytesPerSecond, profile.MemoryBytes, profile.IdleWatts, profile.BusyWatts);
        return sheet with
        {
            MatrixEfficiency = new PerFormat(
                Of(DeviceEntry.MatrixEfficiency32, other => other.MatrixEfficiency.Bits32),
                Of(DeviceEntry.MatrixEfficiency16, other => other.MatrixEfficiency.Bits16),
                Of(DeviceEntry.MatrixEfficiency8, other => other.MatrixEfficiency.Bits8),
                Of(DeviceEntry.MatrixEfficiencyLowBit, other => other.MatrixEfficiency.LowBit)),
            AttentionEfficiency = Of(DeviceEntry.AttentionEfficiency, other => other.AttentionEfficiency),
            BandwidthEfficiency = Of(DeviceEntry.BandwidthEfficiency, other => other.BandwidthEfficiency),
            KeyValueBandwidthEfficiency = Of(DeviceEntry.KeyValueEfficiency, other => other.KeyValueBandwidthEfficiency),
            OverheadSecondsPerOperation = Of(DeviceEntry.Overhead, other => other.OverheadSecondsPerOperation),
        };

        double Of(string parameter, Func<RooflineProfile, double> value)
        {
            var others = DeviceCatalog.All
                .Where(other => other.Kind == device.Kind && other.Name != device.Name && !other.Name.EndsWith("-vllm", StringComparison.Ordinal)
                    && other.SourceOf(parameter).Origin == ParameterOrigin.Fitted)
                .Select(other => value(other.Profile)).ToArray();
            return others.Length > 0 ? Median(others) : value(sheet);
        }
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
