namespace EdgeSplit.Agents.Networks;

/// <summary>One loss for all outputs, or one per output, whose column is then gathered and evaluated by itself.</summary>
internal sealed class OutputLosses
{
    private readonly ILoss[] losses;
    private readonly float[] columns;
    private readonly int rowsAtMost;

    internal OutputLosses(IReadOnlyList<ILoss> losses, int outputs, int rowsAtMost)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count != 1)
        {
            Guard.SameLength(losses.Count, outputs);
        }

        this.losses = [.. losses];
        foreach (var loss in this.losses)
        {
            ArgumentNullException.ThrowIfNull(loss, nameof(losses));
        }

        if (Array.TrueForAll(this.losses, loss => loss.Equals(this.losses[0])))
        {
            this.losses = [this.losses[0]];
        }

        this.rowsAtMost = rowsAtMost;
        columns = new float[this.losses.Length == 1 ? 0 : 4 * rowsAtMost];
    }

    /// <summary>As <see cref="ILoss.Evaluate"/>, for row-major matrices.</summary>
    internal double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients)
    {
        if (losses.Length == 1)
        {
            return losses[0].Evaluate(outputs, targets, weights, gradients);
        }

        var rows = outputs.Length / losses.Length;
        var output = columns.AsSpan(0, rows);
        var target = columns.AsSpan(rowsAtMost, rows);
        var weight = columns.AsSpan(2 * rowsAtMost, rows);
        var gradient = columns.AsSpan(3 * rowsAtMost, rows);
        var sum = 0.0;
        for (var j = 0; j < losses.Length; j++)
        {
            for (int row = 0, at = j; row < rows; row++, at += losses.Length)
            {
                output[row] = outputs[at];
                target[row] = targets[at];
                weight[row] = weights[at];
            }

            sum += losses[j].Evaluate(output, target, weight, gradient);
            for (int row = 0, at = j; row < rows; row++, at += losses.Length)
            {
                gradients[at] = gradient[row];
            }
        }

        return sum;
    }
}
