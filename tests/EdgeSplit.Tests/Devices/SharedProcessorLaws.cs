using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Tests.Devices;

public sealed class SharedProcessorLaws
{
    private static readonly IComputeProfile[] Processors = [PlainProcessor.Fast, DeviceCatalog.Find("jetson-orin-nano").Profile];
    private static readonly ForwardPass[] Passes = [new(1, 0), new(1, 2000), new(300, 0)];

    [Fact]
    public void Shares_of_one_change_nothing()
    {
        foreach (var processor in Processors)
        {
            var shared = new SharedProcessor(processor, 1, 1);
            Assert.Equal((processor.UsableMemoryBytes, processor.IdleWatts, processor.BusyWatts), (shared.UsableMemoryBytes, shared.IdleWatts, shared.BusyWatts));
            Assert.All(Passes, pass => Assert.Equal(Seconds(processor, pass), Seconds(shared, pass)));
        }
    }

    [Fact]
    public void A_shared_processor_is_never_faster_and_slower_the_less_is_left()
    {
        foreach (var processor in Processors)
        {
            foreach (var pass in Passes)
            {
                var last = Seconds(processor, pass);
                foreach (var share in new[] { 0.9, 0.5, 0.1 })
                {
                    var seconds = Seconds(new SharedProcessor(processor, share, share), pass);
                    Assert.True(seconds > last);
                    Assert.True(seconds <= Seconds(processor, pass) / share);
                    last = seconds;
                    Assert.True(Seconds(new SharedProcessor(processor, share, 1), pass) >= Seconds(processor, pass));
                    Assert.True(Seconds(new SharedProcessor(processor, 1, share), pass) >= Seconds(processor, pass));
                }
            }
        }
    }

    [Fact]
    public void Half_the_bandwidth_doubles_a_memory_bound_unit_and_leaves_a_compute_bound_one()
    {
        var bare = new PlainProcessor(1e12, 1e9);
        UnitCost moving = new(0, 0, 0, 1e9, 0, 0, 0, 1), computing = new(1e12, 0, 0, 0, 0, 0, 0, 1);
        var shared = new SharedProcessor(bare, 0.25, 0.5);
        Assert.Equal(2, shared.Seconds(moving, NumberFormat.F16), 12);
        Assert.Equal(4, shared.Seconds(computing, NumberFormat.F16), 12);
    }

    [Fact]
    public void Errors_of_the_simulated_world_compose_with_shares_in_either_order()
    {
        foreach (var processor in Processors)
        {
            foreach (var pass in Passes)
            {
                var outside = Seconds(new SharedProcessor(processor, 0.4, 0.7).Perturbed(1.3, 0.8, 1.5), pass);
                var inside = Seconds(new SharedProcessor(processor.Perturbed(1.3, 0.8, 1.5), 0.4, 0.7), pass);
                Assert.Equal(inside, outside, 1e-13 * inside);
                Assert.Equal(Seconds(processor.Perturbed(1.3 / 0.4, 0.8 / 0.7, 1.5), pass), outside, 1e-12 * inside);
            }
        }
    }

    [Fact]
    public void Other_programs_memory_is_not_usable_and_energy_of_compute_bound_work_is_that_of_working_alone()
    {
        var shared = new SharedProcessor(PlainProcessor.Fast, 0.5, 0.5, takenMemoryBytes: 4e9);
        Assert.Equal(PlainProcessor.Fast.UsableMemoryBytes - 4e9, shared.UsableMemoryBytes);
        Assert.Equal(20 + (0.5 * 200), shared.BusyWatts);
        UnitCost computing = new(1e13, 0, 0, 0, 0, 0, 0, 0);
        var alone = PlainProcessor.Fast.Seconds(computing, NumberFormat.F16) * 200;
        Assert.Equal(alone, shared.Seconds(computing, NumberFormat.F16) * (shared.BusyWatts - shared.IdleWatts), 1e-12 * alone);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0001)]
    [InlineData(double.PositiveInfinity)]
    public void Shares_outside_0_to_1_are_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedProcessor(PlainProcessor.Fast, bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedProcessor(PlainProcessor.Fast, 1, bad));
    }

    [Fact]
    public void More_memory_taken_than_there_is_and_no_processor_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedProcessor(PlainProcessor.Fast, 1, 1, PlainProcessor.Fast.UsableMemoryBytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedProcessor(PlainProcessor.Fast, 1, 1, -1));
        Assert.Throws<ArgumentNullException>(() => new SharedProcessor(null!, 1, 1));
    }

    private static double Seconds(IComputeProfile processor, ForwardPass pass) =>
        WholeModel.Seconds(processor, ModelCatalog.Find("llama-3.2-1b").Shape, NumberFormat.Int4, pass);
}
