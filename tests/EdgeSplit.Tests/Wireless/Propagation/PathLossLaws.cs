using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

public sealed class PathLossLaws
{
    [Theory] // 20 log10(4 pi d f / c), exact c
    [InlineData(1, 0.7e9, 29.3497)]
    [InlineData(1, 2.4e9, 40.0520)]
    [InlineData(1, 3.5e9, 43.3291)]
    [InlineData(1, 5.0e9, 46.4272)]
    [InlineData(1, 28e9, 61.3909)]
    [InlineData(100, 3.5e9, 83.3291)]
    public void Free_space_loss(double distanceMetres, double carrierHz, double expectedDb)
    {
        Assert.Equal(expectedDb, LogDistancePathLoss.FreeSpaceLossDb(distanceMetres, carrierHz), 5e-5);
        Assert.Equal(expectedDb, LogDistancePathLoss.FreeSpaceReference(carrierHz, 2).LossDb(distanceMetres), 5e-5);
    }

    [Theory] // 3GPP TR 38.901 Table 7.4.1-1, optional NLOS and InH LOS, three-dimensional distances
    [InlineData("UMi", 100.3606, 3.5e9, 107.1312)]
    [InlineData("UMi", 500.0722, 28e9, 147.4423)]
    [InlineData("UMa", 201.3759, 3.5e9, 112.4016)]
    [InlineData("UMa", 1000.2761, 28e9, 151.3468)]
    [InlineData("InH NLOS", 30, 3.5e9, 90.4015)]
    [InlineData("InH LOS", 50, 28e9, 90.7353)]
    public void Single_slope_laws_of_the_specification(string law, double distanceMetres, double carrierHz, double expectedDb)
    {
        var loss = law switch
        {
            "UMi" => LogDistancePathLoss.UrbanMicroNonLineOfSight(carrierHz),
            "UMa" => LogDistancePathLoss.UrbanMacroNonLineOfSight(carrierHz),
            "InH NLOS" => LogDistancePathLoss.IndoorOfficeNonLineOfSight(carrierHz),
            _ => LogDistancePathLoss.IndoorOfficeLineOfSight(carrierHz),
        };
        Assert.Equal(expectedDb, loss.LossDb(distanceMetres), 1e-4);
    }

    [Fact]
    public void A_decade_of_distance_costs_ten_times_the_exponent()
    {
        var loss = new LogDistancePathLoss(40, 2, 3.7);
        Assert.Equal(40, loss.LossDb(2), 1e-12);
        Assert.Equal(77, loss.LossDb(20), 1e-12);
        Assert.Equal(3, loss.LossDb(0.2), 1e-12); // extrapolated below the reference distance, as documented
    }

    [Theory] // fd = v fc / c and the two coherence rules, 3 km/h at 3.5 GHz and 120 km/h at 3.5 GHz
    [InlineData(3, 3.5e9, 9.7290, 0.0184038, 0.0434785)]
    [InlineData(120, 3.5e9, 389.1581, 0.0004601, 0.0010870)]
    public void Doppler_and_coherence(double kilometresPerHour, double carrierHz, double shiftHz, double halfSeconds, double geometricSeconds)
    {
        var shift = Doppler.MaximumShiftHz(kilometresPerHour / 3.6, carrierHz);
        Assert.Equal(shiftHz, shift, 5e-5);
        Assert.Equal(halfSeconds, Doppler.HalfCorrelationCoherenceSeconds(shift), 5e-8);
        Assert.Equal(geometricSeconds, Doppler.CoherenceSeconds(shift), 5e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_distance_that_is_none_is_refused(double distanceMetres) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogDistancePathLoss(40, 1, 3).LossDb(distanceMetres));
}
