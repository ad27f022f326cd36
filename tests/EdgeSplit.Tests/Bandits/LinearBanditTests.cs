using EdgeSplit.Agents.Bandits;
using EdgeSplit.Core.Randomness;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace EdgeSplit.Tests.Bandits;

public sealed class LinearBanditTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(17)]
    public void The_fast_model_is_the_dense_solution(int dimension)
    {
        const double Ridge = 0.7;
        var model = new LinearModel(dimension, Ridge);
        var random = new RandomSource(StreamKey.Create(3, "test/linear-model"), (ulong)dimension);
        var design = DenseMatrix.CreateDiagonal(dimension, dimension, Ridge);
        var moments = new DenseVector(dimension);
        double[] Draw(ref RandomSource source)
        {
            var row = new double[model.Stride];
            for (var i = 0; i < dimension; i++)
            {
                row[i] = (2 * source.NextUniform()) - 1;
            }

            return row;
        }

        for (var step = 0; step < 200; step++)
        {
            var x = Draw(ref random);
            var y = random.NextUniform();
            model.Update(x, y);
            var vector = new DenseVector(x.AsSpan(0, dimension).ToArray());
            design += (DenseMatrix)vector.OuterProduct(vector);
            moments += y * vector;
        }

        var cholesky = design.Cholesky();
        var weights = cholesky.Solve(moments);
        var query = Draw(ref random);
        var at = new DenseVector(query.AsSpan(0, dimension).ToArray());
        Assert.All(weights.Zip(model.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.Equal(weights.DotProduct(at), model.Mean(query), 1e-10);
        Assert.Equal(at.DotProduct(cholesky.Solve(at)), model.Variance(query), 1e-10);
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(model.InverseRow(i)[j], model.InverseRow(j)[i]);
            }
        }
    }

    [Fact]
    public void Learning_allocates_nothing_either()
    {
        var agent = new LinUcb(16, 33);
        var observation = new double[16];
        var mask = BanditWorld.All(33);
        var (actions, propensities, rewards, flags) = (new int[1], new double[1], new[] { -1.0 }, new bool[1]);
        void Round()
        {
            observation[actions[0] % 16] += 0.01;
            agent.Act(observation, mask, actions, propensities);
            agent.Learn(new Agents.Learning.TransitionBatch
            {
                Observations = observation,
                Masks = mask,
                Actions = actions,
                Propensities = propensities,
                Rewards = rewards,
                NextObservations = observation,
                NextMasks = mask,
                Terminated = flags,
                Truncated = flags,
            });
        }

        for (var i = 0; i < 40; i++)
        {
            Round();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 40; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_propensity_of_thompson_sampling_is_how_often_the_action_is_drawn_and_sums_to_one()
    {
        double[] means = [0.3, 0.1, -0.2, 0.25, 5];
        double[] deviations = [0.2, 0.5, 0.9, 0.01, 1];
        bool[] mask = [true, true, true, true, false];
        var probabilities = Enumerable.Range(0, 4).Select(action => NormalDraws.ProbabilityOfLargest(action, means, deviations, mask)).ToArray();
        Assert.Equal(1, probabilities.Sum(), 1e-9);
        const int Draws = 40_000;
        var counts = new int[4];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new RandomSource(StreamKey.Create(1, "test/draws"), (ulong)draw);
            var values = Enumerable.Range(0, 4).Select(action => NormalDraws.Draw(means[action], deviations[action], ref random)).ToArray();
            counts[Array.IndexOf(values, values.Max())]++;
        }

        for (var action = 0; action < 4; action++)
        {
            Assert.Equal(probabilities[action], counts[action] / (double)Draws, 5 * Math.Sqrt(0.25 / Draws));
        }
    }

    [Fact]
    public void Of_two_normals_the_probability_has_a_closed_form()
    {
        var normal = new NormalDistribution(0, 1);
        var found = NormalDraws.ProbabilityOfLargest(0, [0.4, -0.1], [0.3, 1.1], [true, true]);
        Assert.Equal(normal.CumulativeProbability(0.5 / Math.Sqrt(0.09 + 1.21)), found, 1e-12);
    }

    [Fact]
    public void The_action_of_thompson_sampling_comes_as_often_as_its_propensity_says()
    {
        var agent = new LinearThompson(2, 3, 9);
        for (var i = 0; i < 6; i++)
        {
            agent.Learn([0.1 * i, 1], i % 3, 0.2 * (i % 3));
        }

        const int Acts = 20_000;
        var counts = new int[3];
        var propensities = new double[3];
        for (var i = 0; i < Acts; i++)
        {
            var (action, propensity) = agent.Act([0.5, 0.5]);
            counts[action]++;
            propensities[action] = propensity;
        }

        Assert.Equal(1, propensities.Sum(), 1e-9);
        Assert.All(counts.Zip(propensities), pair => Assert.Equal(pair.Second, pair.First / (double)Acts, 5 * Math.Sqrt(0.25 / Acts)));
    }

    [Fact]
    public void Only_the_entries_named_count_and_wrong_ones_are_refused()
    {
        var agent = new LinUcb(3, 2, new LinearBanditOptions { Entries = [2] });
        agent.Learn([9, 9, 0.5], 0, 1);
        var (first, second) = (new double[2], new double[2]);
        agent.Predict([0, 0, 0.5], first);
        agent.Predict([-7, 3, 0.5], second);
        Assert.Equal(first, second);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinUcb(3, 2, new LinearBanditOptions { Entries = [3] }));
        Assert.Throws<ArgumentException>(() => new LinearBanditOptions { Entries = [] });
    }
}
