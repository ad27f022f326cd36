using EdgeSplit.Core.Wireless.LinkAdaptation;

namespace EdgeSplit.Tests.Wireless.LinkAdaptation;

/// <summary>Tables of modulation and coding schemes and of channel quality indices.</summary>
public sealed class SchemeTableLaws
{
    private static readonly BlockErrorModel Errors = new(McsTable.Qam256);

    [Theory] // TS 38.214 tables 5.1.3.1-1 and -2: index, bits per symbol, code rate x 1024, efficiency; SNR in dB at which the constellation's capacity equals it
    [InlineData(1, 0, 2, 120, 0.2344, -7.53)]
    [InlineData(1, 1, 2, 157, 0.3066, -6.25)]
    [InlineData(1, 2, 2, 193, 0.3770, -5.24)]
    [InlineData(1, 3, 2, 251, 0.4902, -3.91)]
    [InlineData(1, 4, 2, 308, 0.6016, -2.82)]
    [InlineData(1, 5, 2, 379, 0.7402, -1.66)]
    [InlineData(1, 6, 2, 449, 0.8770, -0.65)]
    [InlineData(1, 7, 2, 526, 1.0273, 0.37)]
    [InlineData(1, 8, 2, 602, 1.1758, 1.32)]
    [InlineData(1, 9, 2, 679, 1.3262, 2.26)]
    [InlineData(1, 10, 4, 340, 1.3281, 1.92)]
    [InlineData(1, 11, 4, 378, 1.4766, 2.68)]
    [InlineData(1, 12, 4, 434, 1.6953, 3.74)]
    [InlineData(1, 13, 4, 490, 1.9141, 4.74)]
    [InlineData(1, 14, 4, 553, 2.1602, 5.81)]
    [InlineData(1, 15, 4, 616, 2.4063, 6.85)]
    [InlineData(1, 16, 4, 658, 2.5703, 7.53)]
    [InlineData(1, 17, 6, 438, 2.5664, 7.35)]
    [InlineData(1, 18, 6, 466, 2.7305, 7.98)]
    [InlineData(1, 19, 6, 517, 3.0293, 9.12)]
    [InlineData(1, 20, 6, 567, 3.3223, 10.20)]
    [InlineData(1, 21, 6, 616, 3.6094, 11.23)]
    [InlineData(1, 22, 6, 666, 3.9023, 12.27)]
    [InlineData(1, 23, 6, 719, 4.2129, 13.36)]
    [InlineData(1, 24, 6, 772, 4.5234, 14.45)]
    [InlineData(1, 25, 6, 822, 4.8164, 15.48)]
    [InlineData(1, 26, 6, 873, 5.1152, 16.57)]
    [InlineData(1, 27, 6, 910, 5.3320, 17.44)]
    [InlineData(1, 28, 6, 948, 5.5547, 18.46)]
    [InlineData(2, 0, 2, 120, 0.2344, -7.53)]
    [InlineData(2, 1, 2, 193, 0.3770, -5.24)]
    [InlineData(2, 2, 2, 308, 0.6016, -2.82)]
    [InlineData(2, 3, 2, 449, 0.8770, -0.65)]
    [InlineData(2, 4, 2, 602, 1.1758, 1.32)]
    [InlineData(2, 5, 4, 378, 1.4766, 2.68)]
    [InlineData(2, 6, 4, 434, 1.6953, 3.74)]
    [InlineData(2, 7, 4, 490, 1.9141, 4.74)]
    [InlineData(2, 8, 4, 553, 2.1602, 5.81)]
    [InlineData(2, 9, 4, 616, 2.4063, 6.85)]
    [InlineData(2, 10, 4, 658, 2.5703, 7.53)]
    [InlineData(2, 11, 6, 466, 2.7305, 7.98)]
    [InlineData(2, 12, 6, 517, 3.0293, 9.12)]
    [InlineData(2, 13, 6, 567, 3.3223, 10.20)]
    [InlineData(2, 14, 6, 616, 3.6094, 11.23)]
    [InlineData(2, 15, 6, 666, 3.9023, 12.27)]
    [InlineData(2, 16, 6, 719, 4.2129, 13.36)]
    [InlineData(2, 17, 6, 772, 4.5234, 14.45)]
    [InlineData(2, 18, 6, 822, 4.8164, 15.48)]
    [InlineData(2, 19, 6, 873, 5.1152, 16.57)]
    [InlineData(2, 20, 8, 682.5, 5.3320, 16.99)]
    [InlineData(2, 21, 8, 711, 5.5547, 17.72)]
    [InlineData(2, 22, 8, 754, 5.8906, 18.81)]
    [InlineData(2, 23, 8, 797, 6.2266, 19.90)]
    [InlineData(2, 24, 8, 841, 6.5703, 21.02)]
    [InlineData(2, 25, 8, 885, 6.9141, 22.16)]
    [InlineData(2, 26, 8, 916.5, 7.1602, 23.04)]
    [InlineData(2, 27, 8, 948, 7.4063, 24.01)]
    public void Every_row_of_the_MCS_tables(int table, int mcs, int bitsPerSymbol, double rateTimes1024, double efficiency, double capacitySnrDb)
    {
        var row = (table == 1 ? McsTable.Qam64 : McsTable.Qam256)[mcs];
        Assert.Equal(new ModulationAndCoding(mcs, bitsPerSymbol, rateTimes1024 / 1024), row);
        Assert.Equal(efficiency, row.SpectralEfficiency, 6e-5);
        Assert.Equal(bitsPerSymbol, (int)row.Modulation);
        Assert.Equal(capacitySnrDb, 10 * Math.Log10(ConstellationCapacity.SnrLinear(bitsPerSymbol, row.SpectralEfficiency)), 0.0051);
    }

    [Theory] // TS 38.214 tables 5.2.2.1-2 and -3
    [InlineData(1, 1, 2, 78, 0.1523)]
    [InlineData(1, 2, 2, 120, 0.2344)]
    [InlineData(1, 3, 2, 193, 0.3770)]
    [InlineData(1, 4, 2, 308, 0.6016)]
    [InlineData(1, 5, 2, 449, 0.8770)]
    [InlineData(1, 6, 2, 602, 1.1758)]
    [InlineData(1, 7, 4, 378, 1.4766)]
    [InlineData(1, 8, 4, 490, 1.9141)]
    [InlineData(1, 9, 4, 616, 2.4063)]
    [InlineData(1, 10, 6, 466, 2.7305)]
    [InlineData(1, 11, 6, 567, 3.3223)]
    [InlineData(1, 12, 6, 666, 3.9023)]
    [InlineData(1, 13, 6, 772, 4.5234)]
    [InlineData(1, 14, 6, 873, 5.1152)]
    [InlineData(1, 15, 6, 948, 5.5547)]
    [InlineData(2, 1, 2, 78, 0.1523)]
    [InlineData(2, 2, 2, 193, 0.3770)]
    [InlineData(2, 3, 2, 449, 0.8770)]
    [InlineData(2, 4, 4, 378, 1.4766)]
    [InlineData(2, 5, 4, 490, 1.9141)]
    [InlineData(2, 6, 4, 616, 2.4063)]
    [InlineData(2, 7, 6, 466, 2.7305)]
    [InlineData(2, 8, 6, 567, 3.3223)]
    [InlineData(2, 9, 6, 666, 3.9023)]
    [InlineData(2, 10, 6, 772, 4.5234)]
    [InlineData(2, 11, 6, 873, 5.1152)]
    [InlineData(2, 12, 8, 711, 5.5547)]
    [InlineData(2, 13, 8, 797, 6.2266)]
    [InlineData(2, 14, 8, 885, 6.9141)]
    [InlineData(2, 15, 8, 948, 7.4063)]
    public void Every_row_of_the_CQI_tables(int table, int cqi, int bitsPerSymbol, double rateTimes1024, double efficiency)
    {
        var row = (table == 1 ? CqiTable.Qam64 : CqiTable.Qam256)[cqi];
        Assert.Equal(new ModulationAndCoding(cqi, bitsPerSymbol, rateTimes1024 / 1024), row);
        Assert.Equal(efficiency, row.SpectralEfficiency, 6e-5);
    }

    [Fact]
    public void Tables_end_where_the_reserved_indices_begin()
    {
        Assert.Equal((29, 28), (McsTable.Qam64.Count, McsTable.Qam256.Count));
        Assert.Equal(McsTable.Qam64.Rows.Select(row => row.Index), Enumerable.Range(0, 29));
        Assert.Equal(McsTable.Qam256.Rows.Select(row => row.Index), Enumerable.Range(0, 28));
        Assert.Equal(CqiTable.Qam64.Rows.Select(row => row.Index), Enumerable.Range(1, 15));
        Assert.Equal(5.5546875, McsTable.Qam64.MaximumSpectralEfficiency);
        Assert.Equal(7.40625, McsTable.Qam256.MaximumSpectralEfficiency);
        foreach (var (table, mcs) in new[] { (McsTable.Qam64, 29), (McsTable.Qam64, 30), (McsTable.Qam64, 31), (McsTable.Qam256, 28), (McsTable.Qam256, 31) })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>("mcs", () => table[mcs]);
            Assert.Contains("Reserved", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>("mcs", () => McsTable.Qam64[-1]);
        Assert.Throws<ArgumentOutOfRangeException>("mcs", () => McsTable.Qam64[32]);
        Assert.Throws<ArgumentOutOfRangeException>("cqi", () => CqiTable.Qam64[0]);
        Assert.Throws<ArgumentOutOfRangeException>("cqi", () => CqiTable.Qam64[16]);
    }

    [Fact]
    public void Efficiency_rises_in_every_table_but_for_one_row()
    {
        Assert.Equal([17], Falls(McsTable.Qam64.Rows));
        Assert.Empty(Falls(McsTable.Qam256.Rows));
        Assert.Empty(Falls(CqiTable.Qam64.Rows));
        Assert.Empty(Falls(CqiTable.Qam256.Rows));

        static int[] Falls(IReadOnlyList<ModulationAndCoding> rows) =>
            [.. rows.Zip(rows.Skip(1)).Where(pair => pair.Second.SpectralEfficiency <= pair.First.SpectralEfficiency).Select(pair => pair.Second.Index)];
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    public void A_report_changes_where_its_index_starts(double target)
    {
        foreach (var table in new[] { CqiTable.Qam64, CqiTable.Qam256 })
        {
            var previous = 0.0;
            for (var cqi = 1; cqi <= table.Maximum; cqi++)
            {
                var start = table.SnrLinear(cqi, Errors, target);
                Assert.True(start > previous);
                Assert.Equal(cqi, table.Quantise(start, Errors, target));
                Assert.Equal(cqi - 1, table.Quantise(Math.BitDecrement(start), Errors, target));
                previous = start;
            }

            Assert.Equal(0, table.Quantise(0, Errors, target));
            Assert.Equal(15, table.Quantise(double.PositiveInfinity, Errors, target));
        }
    }

    [Fact]
    public void A_report_promises_the_error_rate_of_the_scheme_of_the_same_row()
    {
        // CQI 2 of table 1 is MCS 0, CQI 15 of table 2 is MCS 27 of table 2: one error curve for both.
        Assert.Equal(Errors.ThresholdDb(0, 1000), 10 * Math.Log10(CqiTable.Qam64.SnrLinear(2, Errors)), 1e-9);
        Assert.Equal(Errors.ThresholdDb(27, 1000), 10 * Math.Log10(CqiTable.Qam256.SnrLinear(15, Errors)), 1e-9);
        Assert.Equal(0.01, Errors.CodeBlockErrorRate(27, CqiTable.Qam256.SnrLinear(15, Errors, 0.01), 1000), 1e-9);
    }

    [Fact]
    public void Bad_reports_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => CqiTable.Qam64.Quantise(double.NaN, Errors));
        Assert.Throws<ArgumentOutOfRangeException>("snrLinear", () => CqiTable.Qam64.Quantise(-1, Errors));
        Assert.Throws<ArgumentOutOfRangeException>("targetBler", () => CqiTable.Qam64.Quantise(1, Errors, 0));
        Assert.Throws<ArgumentOutOfRangeException>("targetBler", () => CqiTable.Qam64.SnrLinear(1, Errors, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("cqi", () => CqiTable.Qam64.SnrLinear(0, Errors));
        Assert.Throws<ArgumentNullException>("errorModel", () => CqiTable.Qam64.Quantise(1, null!));
    }

    [Fact]
    public void Reporting_allocates_nothing()
    {
        var sum = CqiTable.Qam64.Quantise(3, Errors);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var snr = 0.01; snr < 1e4; snr *= 1.5)
        {
            sum += CqiTable.Qam64.Quantise(snr, Errors);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }
}
