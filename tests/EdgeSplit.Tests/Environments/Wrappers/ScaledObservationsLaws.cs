using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Wrappers;

namespace EdgeSplit.Tests.Environments.Wrappers;

public class ScaledObservationsLaws
{
    [Fact]
    public void It_keeps_the_contract_nests_and_survives_saving()
    {
        Assert.Empty(EnvironmentContract.CheckBatch(count => new ScaledObservations(new SurrogateSplittingEnvironment(count))));
        BatchRun.AssertGoesOnAfterLoading(() => new ScaledObservations(new FiniteCheck(new SurrogateSplittingEnvironment(3))), 7, 20);
    }

    [Fact]
    public void Every_observation_is_the_linear_image_of_the_one_within()
    {
        var raw = new BatchRun(new SurrogateSplittingEnvironment(4));
        var scaled = new BatchRun(new ScaledObservations(new SurrogateSplittingEnvironment(4)));
        raw.Reset(5);
        scaled.Reset(5);
        for (var step = 0; step < 12; step++)
        {
            AssertImage(raw.Observations, scaled.Observations);
            raw.StepRandomly();
            scaled.StepRandomly();
            Assert.Equal(raw.Rewards, scaled.Rewards);
            Assert.Equal(raw.Truncated, scaled.Truncated);
            if (raw.Truncated[0])
            {
                AssertImage(raw.FinalObservations, scaled.FinalObservations);
            }
        }
    }

    [Fact]
    public void Ends_become_exactly_minus_one_and_one_and_a_single_value_becomes_zero()
    {
        var wrapper = new ScaledObservations(new Shown([0.1, 1, 7], [0.3, 10, 7]));
        double[] low = [0.1, 1, 7], high = [0.3, 10, 7], middle = [0.2, 5.5, 7];
        wrapper.Scale(low);
        wrapper.Scale(high);
        wrapper.Scale(middle);
        Assert.Equal([-1, -1, 0], low);
        Assert.Equal([1, 1, 0], high);
        Assert.Equal(0, middle[0], 1e-12);
        Assert.Equal(0, middle[1]);
        Assert.True(wrapper.ObservationSpace.Contains(low) && wrapper.ObservationSpace.Contains(high));
        Assert.Throws<ArgumentOutOfRangeException>(() => wrapper.Scale(new double[2]));
    }

    [Fact]
    public void An_entry_without_a_finite_range_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledObservations(new Shown([0, double.NegativeInfinity], [1, 1])));
        Assert.Equal("entry1", error.ParamName);
        Assert.Throws<ArgumentNullException>(() => new ScaledObservations(null!));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var run = new BatchRun(new ScaledObservations(new SurrogateSplittingEnvironment(4)));
        run.Reset(1);
        Assert.Equal(0, run.AllocatedBytes(300));
    }

    private static void AssertImage(double[] raw, double[] scaled)
    {
        for (var i = 0; i < raw.Length; i += 2)
        {
            Assert.Equal((raw[i] / 0.15) - 1, scaled[i], 1e-12);
            Assert.Equal(((raw[i + 1] - 1) / 4.5) - 1, scaled[i + 1], 1e-12);
        }
    }

    /// <summary>An environment of which only the observation space counts.</summary>
    private sealed class Shown(double[] low, double[] high) : IBatchedEnvironment
    {
        public int Count => 1;

        public BoxSpace ObservationSpace { get; } = new(low, high, [.. low.Select((_, i) => FormattableString.Invariant($"entry{i}"))], [.. low.Select(_ => "1")]);

        public DiscreteSpace ActionSpace { get; } = new(1);

        public void Reset(ulong? seed, Span<double> observations, Span<bool> mask) => throw new NotSupportedException();

        public void Step(
            ReadOnlySpan<int> actions,
            Span<double> observations,
            Span<double> rewards,
            Span<bool> terminated,
            Span<bool> truncated,
            Span<bool> mask,
            Span<double> finalObservations = default,
            Span<bool> finalMask = default) => throw new NotSupportedException();
    }
}
