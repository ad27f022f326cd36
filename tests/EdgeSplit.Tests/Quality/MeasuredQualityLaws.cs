using EdgeSplit.Core.Compression;
using EdgeSplit.Core.Quality;
using MathNet.Numerics.Interpolation;

namespace EdgeSplit.Tests.Quality;

/// <summary>Losses between the points of a table: exact at the points, monotone between them, refused beyond them.</summary>
public sealed class MeasuredQualityLaws
{
    private static readonly MeasuredQuality Quality = new(TestTables.Table);

    [Fact]
    public void Measured_cells_come_back_exactly_combinations_included()
    {
        foreach (var cell in TestTables.Table.Cells)
        {
            Assert.Equal(cell.Estimate.NllRise, Quality.NllRiseNats(cell.Split, 6, cell.Damage));
            Assert.Equal(cell.Estimate.NllRise, Quality.NllRiseNats(5 * cell.Split, 30, cell.Damage)); // another model, by depth
            Assert.Equal(cell.Estimate.NllRiseStandardError, Quality.StandardErrorNats(cell.Split, 6, cell.Damage), 1e-15);
        }
    }

    [Fact]
    public void Nothing_is_lost_where_nothing_crosses_or_nothing_happens()
    {
        Assert.Equal(0, Quality.NllRiseNats(0, 6, new() { ErasureProbability = 1 }));
        Assert.Equal(0, Quality.NllRiseNats(6, 6, new() { ErasureProbability = 1 }));
        Assert.Equal(0, Quality.NllRiseNats(3, 6, HiddenStateDamage.None));
        Assert.Equal(0, Quality.NllRiseNats(3, 6, new() { Pattern = ErasurePattern.Packets, PacketValues = 3, Scale = QuantizationScale.Channel }));
        Assert.Equal(0, Quality.NllRiseNats(3, 6, new() { Bits = 16 }));
        Assert.Equal(0, Quality.NllRiseNats(3, 6, new() { Bits = 16, Scale = QuantizationScale.Channel }));
        Assert.Equal(0, Quality.NllRiseNats(3, 6, new() { SnrDb = double.PositiveInfinity }));
    }

    [Fact]
    public void Between_the_points_runs_the_monotone_cubic()
    {
        double[] q = [0, 0.05, 0.2, 0.5, 1];
        var reference = CubicSpline.InterpolatePchip(q, q.Select(x => 1.5 * 3 * x * x));
        double[] bits = [4, 6, 8, 16];
        var rounding = CubicSpline.InterpolatePchip(bits, [1.5 * 0.2, 1.5 * 0.01, 1.5 * 0.001, 0]);
        var (previous, previousNoise) = (0.0, 0.0);
        for (var i = 1; i <= 1000; i++)
        {
            var loss = Quality.NllRiseNats(1, 6, new() { ErasureProbability = i / 1000.0 });
            Assert.True(loss >= previous);
            Assert.Equal(reference.Interpolate(i / 1000.0), loss, 1e-12);
            var noisy = Quality.NllRiseNats(1, 6, new() { SnrDb = -10 * Math.Log10(i / 1000.0) });
            Assert.True(noisy >= previousNoise);
            Assert.Equal(1.5 * 0.5 * i / 1000.0, noisy, 1e-12); // the cells lie on a line in 1/SNR
            (previous, previousNoise) = (loss, noisy);
        }

        for (var b = 4; b < 16; b++)
        {
            Assert.Equal(rounding.Interpolate(b), Quality.NllRiseNats(1, 6, new() { Bits = b }), 1e-12);
            Assert.True(Quality.NllRiseNats(1, 6, new() { Bits = b }) >= Quality.NllRiseNats(1, 6, new() { Bits = b + 1 }));
        }
    }

    [Fact]
    public void Between_splits_the_loss_is_linear_in_depth_and_beyond_the_measured_ones_held()
    {
        var damage = new HiddenStateDamage { ErasureProbability = 0.3 };
        double At(int k, int layers) => Quality.NllRiseNats(k, layers, damage);
        Assert.Equal((At(2, 6) + At(4, 6)) / 2, At(3, 6), 1e-15);
        Assert.Equal(At(2, 6) + ((At(4, 6) - At(2, 6)) * (11 - 10) / 10.0), At(11, 30), 1e-15);
        Assert.Equal(At(1, 6), At(1, 30));
        Assert.Equal(At(5, 6), At(29, 30));
        Assert.Equal((Quality.StandardErrorNats(2, 6, damage) + Quality.StandardErrorNats(4, 6, damage)) / 2, Quality.StandardErrorNats(3, 6, damage), 1e-15);
    }

    [Fact]
    public void With_everything_erased_pattern_and_recovery_do_not_matter_where_they_were_measured() =>
        Assert.Equal(
            Quality.NllRiseNats(2, 6, new() { ErasureProbability = 1 }),
            Quality.NllRiseNats(2, 6, new() { ErasureProbability = 1, Pattern = ErasurePattern.Packets, PacketValues = 6 }));

    [Fact]
    public void Damages_together_lose_no_less_than_the_larger_one_and_no_more_than_everything()
    {
        var all = Quality.NllRiseNats(2, 6, new() { ErasureProbability = 1 });
        for (var i = 1; i < 100; i++)
        {
            foreach (var bits in new[] { 4, 5, 7, 8, 12, 16 })
            {
                foreach (double? snr in new double?[] { null, 3, 15 })
                {
                    var erased = new HiddenStateDamage { ErasureProbability = i / 100.0 };
                    var both = Quality.NllRiseNats(2, 6, erased with { Bits = bits, SnrDb = snr });
                    var single = new[] { Quality.NllRiseNats(2, 6, erased), Quality.NllRiseNats(2, 6, new() { Bits = bits }), snr is null ? 0 : Quality.NllRiseNats(2, 6, new() { SnrDb = snr }) };
                    Assert.InRange(both, single.Max() - 1e-12, Math.Max(all, single.Max()) + 1e-12);
                    Assert.True(both <= single.Sum() + 1e-12 || single.Max() > 0); // the cells of this table add at most
                    if (bits == 16 && snr is null)
                    {
                        Assert.Equal(single[0], both);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_correction_fades_towards_the_axes_and_without_measured_combinations_losses_add()
    {
        var sum = Quality.NllRiseNats(2, 6, new() { SnrDb = 10 }) + Quality.NllRiseNats(2, 6, new() { Bits = 6 });
        Assert.Equal(sum, Quality.NllRiseNats(2, 6, new() { SnrDb = 10, Bits = 6 }), 1e-15);
        var bits = Quality.NllRiseNats(2, 6, new() { Bits = 4 });
        Assert.Equal(bits, Quality.NllRiseNats(2, 6, new() { Bits = 4, ErasureProbability = 1e-9 }), 1e-6);

        // At the measured combination of split 2: 0.25 x 2 against a sum of (0.12 + 0.2) x 2.
        Assert.Equal(0.5, Quality.NllRiseNats(2, 6, new() { Bits = 4, ErasureProbability = 0.2 }));
        Assert.InRange(Quality.NllRiseNats(2, 6, new() { Bits = 4, ErasureProbability = 0.21 }), 0.49, 0.56);
    }

    [Fact]
    public void A_split_without_combinations_takes_the_interaction_of_the_nearest_that_has_some()
    {
        // The made-up losses of all splits are proportional, so that the interactions are the same everywhere.
        var few = new MeasuredQuality(TestTables.Table with { Cells = [.. TestTables.Table.Cells.Where(cell => cell.Split == 4 || cell.Damage.Bits is null || cell.Damage.ErasureProbability == 0)] });
        foreach (var damage in new HiddenStateDamage[] { new() { Bits = 4, ErasureProbability = 0.2 }, new() { Bits = 5, ErasureProbability = 0.3 } })
        {
            for (var k = 1; k < 30; k++)
            {
                Assert.Equal(Quality.NllRiseNats(k, 30, damage), few.NllRiseNats(k, 30, damage), 1e-12);
            }
        }
    }

    [Fact]
    public void What_was_not_measured_is_refused_and_told_what_was()
    {
        foreach (var damage in new HiddenStateDamage[]
        {
            new() { ErasureProbability = 0.1, Recovery = ErasureRecovery.Mean },
            new() { ErasureProbability = 0.1, Pattern = ErasurePattern.InterleavedPackets, PacketValues = 6 },
            new() { ErasureProbability = 0.1, Pattern = ErasurePattern.Packets, PacketValues = 7 },
            new() { SnrDb = -1 },
            new() { Bits = 3 },
            new() { Bits = 6, Scale = QuantizationScale.Channel },
            new() { Bits = 3, ErasureProbability = 0.1 },
        })
        {
            Assert.False(Quality.Covers(damage));
            var error = Assert.Throws<ArgumentException>(() => Quality.NllRiseNats(3, 6, damage));
            Assert.Contains("does not cover", error.Message, StringComparison.Ordinal);
            Assert.Contains("splits 1, 2, 4, 5 of 6; erasures elements/zero, packets/zero/6 values, packets/zero/48 values; SNR from 0 dB; bits 4 to 16 with a scale per token, 8 to 16 with a scale per channel", error.Message, StringComparison.Ordinal);
        }

        Assert.True(Quality.Covers(new() { ErasureProbability = 0.3, Bits = 5, SnrDb = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quality.NllRiseNats(3, 6, new() { ErasureProbability = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quality.NllRiseNats(7, 6, default));
    }

    [Fact]
    public void Half_the_loss_is_half_of_everything()
    {
        var half = Quality.Scaled(0.5).Scaled(0.5);
        foreach (var cell in TestTables.Table.Cells)
        {
            Assert.Equal(cell.Estimate.NllRise / 4, half.NllRiseNats(cell.Split, 6, cell.Damage), 1e-15);
            Assert.Equal(cell.Estimate.NllRiseStandardError / 4, half.StandardErrorNats(cell.Split, 6, cell.Damage), 1e-15);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Quality.Scaled(0));
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var damage = new HiddenStateDamage { ErasureProbability = 0.3, Bits = 5 };
        _ = Quality.NllRiseNats(3, 6, damage);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0.0;
        for (var i = 0; i < 100; i++)
        {
            sum += Quality.NllRiseNats(3, 6, damage);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }
}
