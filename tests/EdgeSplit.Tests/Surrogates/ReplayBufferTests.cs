using EdgeSplit.Agents.Surrogates;

namespace EdgeSplit.Tests.Surrogates;

public sealed class ReplayBufferTests
{
    [Fact]
    public void The_oldest_row_is_overwritten()
    {
        var buffer = new ReplayBuffer(3, 1, 1, 2);
        for (var row = 1; row <= 5; row++)
        {
            buffer.Add([row], [10 * row], [row % 2], [row, 100 + row]);
            Assert.Equal(Math.Min(row, 3), buffer.Count);
        }

        Assert.Equal([3f, 4f, 5f], Enumerable.Range(0, 3).Select(row => Read(buffer, row).Input).Order());
        Assert.All(Enumerable.Range(0, 3).Select(row => Read(buffer, row)), r =>
        {
            Assert.Equal(10 * r.Input, r.Target);
            Assert.Equal(r.Input % 2, r.Mask);
            Assert.Equal((r.Input, 100 + r.Input), r.Weights);
        });
    }

    [Fact]
    public void A_row_goes_to_its_place_in_the_batch_and_touches_nothing_else()
    {
        var buffer = new ReplayBuffer(4, 2, 3, 2);
        buffer.Add([1, 2], [3, 4, 5], [1, 0, 1], [6, 7]);
        var (inputs, targets, mask, weights) = (new float[8], new float[12], new float[12], new float[8]);
        buffer.CopyTo(0, 2, 4, inputs, targets, mask, weights);
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 0], inputs);
        Assert.Equal([0, 0, 0, 0, 0, 0, 3, 4, 5, 0, 0, 0], targets);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0], mask);
        Assert.Equal([0, 0, 6, 0, 0, 0, 7, 0], weights);
    }

    [Fact]
    public void Rows_that_are_not_held_are_refused()
    {
        var buffer = new ReplayBuffer(4, 1, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(buffer, 0));
        buffer.Add([1], [1], [1], [1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(buffer, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayBuffer(0, 1, 1, 1));
    }

    [Fact]
    public void Rows_of_another_length_are_refused()
    {
        var buffer = new ReplayBuffer(4, 2, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Add([1], [1], [1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Add([1, 2, 3], [1], [1], [1]));
        Assert.Equal(0, buffer.Count);
    }

    private static (float Input, float Target, float Mask, (float, float) Weights) Read(ReplayBuffer buffer, int row)
    {
        var (inputs, targets, mask, weights) = (new float[2], new float[2], new float[2], new float[2]);
        buffer.CopyTo(row, 0, 1, inputs, targets, mask, weights);
        return (inputs[0], targets[0], mask[0], (weights[0], weights[1]));
    }
}
