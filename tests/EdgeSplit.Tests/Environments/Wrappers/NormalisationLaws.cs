using EdgeSplit.Agents.Environments;
using EdgeSplit.Agents.Environments.Classic;
using EdgeSplit.Agents.Environments.Wrappers;

namespace EdgeSplit.Tests.Environments.Wrappers;

public class NormalisationLaws
{
    // Typed in from the golden records: (x - mean) / std with population std, and 1 in place of a std of 0.
    [Fact]
    public void Moments_of_three_rows_are_as_published()
    {
        var moments = new RunningMoments(2);
        moments.Update([1, 10, 2, 10, 4, 10]);
        Assert.Equal(2.3333333333333335, moments.Mean[0], 1e-12);
        Assert.Equal(1.247219128924647, Math.Sqrt(moments.Variance(0)), 1e-12);
        Assert.Equal((10, 0), (moments.Mean[1], moments.Variance(1)));
    }

    [SharedDataFact]
    public void Every_golden_record_of_running_moments_holds()
    {
        var records = EnvironmentGoldens.Of("running_moments");
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            var moments = new RunningMoments(1);
            foreach (var batch in record.Inputs.GetProperty("batches").EnumerateArray())
            {
                moments.Update(EnvironmentGoldens.Flatten(batch));
            }

            record.AssertEqual(moments.Count, moments.Mean[0], moments.Variance(0));
        }
    }

    [SharedDataFact]
    public void Every_golden_record_of_the_normaliser_holds()
    {
        var records = EnvironmentGoldens.Of("normaliser");
        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            var rows = record.Doubles("rows");
            var wrapper = new NormalisedObservations(new ShownRows(rows, 2), leastDeviation: record.Number("epsilon"));
            var run = new BatchRun(wrapper);
            run.Reset(1);
            if (record.Quantity == "normalised_rows")
            {
                record.AssertEqual(run.Observations);
                continue;
            }

            // Scaling 0 and 1 gives -mean/std and (1 - mean)/std: hence both.
            double[] zero = [0, 0], one = [1, 1];
            wrapper.Normalise(zero);
            wrapper.Normalise(one);
            double[] deviations = [1 / (one[0] - zero[0]), 1 / (one[1] - zero[1])];
            record.AssertEqual(-zero[0] * deviations[0], -zero[1] * deviations[1], deviations[0], deviations[1]);
        }
    }

    [Fact]
    public void Large_offsets_lose_no_digits()
    {
        // 1e9 + (0, 1, 2): the textbook formula mean(x^2) - mean(x)^2 gives 0 or worse here.
        var moments = new RunningMoments(1);
        foreach (var value in new[] { 1e9, 1e9 + 1, 1e9 + 2 })
        {
            moments.Update([value]);
        }

        Assert.Equal(2.0 / 3, moments.Variance(0), 1e-9);
    }

    [Fact]
    public void Observations_are_scaled_by_the_moments_of_all_that_was_seen()
    {
        var raw = new BatchRun(new CartPole(4, 20));
        var scaled = new BatchRun(new NormalisedObservations(new CartPole(4, 20), clip: 2));
        raw.Reset(8);
        scaled.Reset(8);
        var seen = new List<double[]> { raw.Observations.ToArray() };
        for (var step = 0; step < 60; step++)
        {
            raw.StepRandomly();
            scaled.StepRandomly();
            seen.Add(raw.Observations.ToArray());
            for (var entry = 0; entry < 4; entry++)
            {
                var column = seen.SelectMany(rows => Enumerable.Range(0, 4).Select(i => rows[(4 * i) + entry])).ToArray();
                var mean = column.Average();
                var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
                for (var i = 0; i < 4; i++)
                {
                    var at = (4 * i) + entry;
                    Assert.Equal(Math.Clamp((raw.Observations[at] - mean) / deviation, -2, 2), scaled.Observations[at], 1e-9);
                    if (raw.Terminated[i] || raw.Truncated[i])
                    {
                        Assert.Equal(Math.Clamp((raw.FinalObservations[at] - mean) / deviation, -2, 2), scaled.FinalObservations[at], 1e-9);
                    }
                }
            }
        }
    }

    [Fact]
    public void Frozen_moments_stay_and_can_be_taken_over_for_an_evaluation()
    {
        var training = new NormalisedObservations(new CartPole(4));
        var run = new BatchRun(training);
        run.Reset(1);
        run.StepRandomly();
        var evaluation = new NormalisedObservations(new CartPole(2)) { IsFrozen = true };
        evaluation.CopyMomentsFrom(training);
        var evaluated = new BatchRun(evaluation);
        evaluated.Reset(50);
        evaluated.StepRandomly();
        Assert.Equal(8, evaluation.RowCount);
        var plain = new BatchRun(new CartPole(2));
        plain.Reset(50);
        plain.StepRandomly();
        training.Normalise(plain.Observations.AsSpan(0, 4));
        Assert.Equal(plain.Observations[..4], evaluated.Observations[..4]);
    }

    [Fact]
    public void Rewards_are_divided_by_the_deviation_of_the_discounted_return()
    {
        var raw = new BatchRun(new Identity(3, 4, 15));
        var wrapper = new NormalisedRewards(new Identity(3, 4, 15), 0.9, 2.5);
        var scaled = new BatchRun(wrapper);
        raw.Reset(8);
        scaled.Reset(8);
        var sums = new double[3];
        var seen = new List<double>();
        for (var step = 0; step < 80; step++)
        {
            raw.StepRandomly();
            scaled.StepRandomly();
            for (var i = 0; i < 3; i++)
            {
                sums[i] = (0.9 * sums[i]) + raw.Rewards[i];
                seen.Add(sums[i]);
                sums[i] = raw.Truncated[i] ? 0 : sums[i];
            }

            var mean = seen.Average();
            var deviation = Math.Sqrt(seen.Average(value => (value - mean) * (value - mean)));
            deviation = deviation < 1e-8 ? 1 : deviation;
            Assert.Equal(deviation, wrapper.Deviation, 1e-12);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(Math.Min(raw.Rewards[i] / deviation, 2.5), scaled.Rewards[i], 1e-12);
            }
        }
    }

    [Fact]
    public void A_value_that_is_not_finite_is_refused_and_does_not_spoil_the_moments()
    {
        var moments = new RunningMoments(2);
        moments.Update([1, 2]);
        var error = Assert.Throws<InvalidOperationException>(() => moments.Update([1, 2, 3, double.NaN]));
        Assert.Contains("Entry 1 of environment 1", error.Message, StringComparison.Ordinal);
        Assert.Equal((1L, 1.0, 2.0), (moments.Count, moments.Mean[0], moments.Mean[1]));
    }

    /// <summary>Shows given rows at its reset.</summary>
    private sealed class ShownRows(double[] rows, int entries) : IBatchedEnvironment
    {
        public int Count => rows.Length / entries;

        public BoxSpace ObservationSpace { get; } = new([-100, -100], [100, 100], ["a", "b"], ["1", "1"]);

        public DiscreteSpace ActionSpace { get; } = new(1);

        public void Reset(ulong? seed, Span<double> observations, Span<bool> mask)
        {
            rows.CopyTo(observations);
            mask.Fill(true);
        }

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
