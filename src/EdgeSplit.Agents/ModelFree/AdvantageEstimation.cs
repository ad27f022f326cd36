namespace EdgeSplit.Agents.ModelFree;

/// <summary>Generalised advantage estimation, and the statistics of advantages and returns.</summary>
/// <remarks>Sources: J. Schulman et al., "High-dimensional continuous control using generalized advantage estimation", arXiv 1506.02438. Nothing is allocated.</remarks>
internal static class AdvantageEstimation
{
    /// <summary>Advantages and returns of one lane, in the order of time.</summary>
    /// <remarks>δ = r + γ·V'·(1 - terminated) - V and A = δ + γλ·(1 - (terminated or truncated))·A', with V' the value of the true successor: a truncated episode is bootstrapped
    /// and a terminated one is not, and neither passes a trace on. The return is A + V.</remarks>
    internal static void Estimate(
        ReadOnlySpan<double> rewards,
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> nextValues,
        ReadOnlySpan<bool> terminated,
        ReadOnlySpan<bool> truncated,
        double discount,
        double traceDecay,
        Span<double> advantages,
        Span<double> returns)
    {
        var next = 0.0;
        for (var t = rewards.Length - 1; t >= 0; t--)
        {
            var bootstrap = terminated[t] ? 0 : discount * nextValues[t];
            var error = rewards[t] + bootstrap - values[t];
            next = terminated[t] || truncated[t] ? error : error + (discount * traceDecay * next);
            advantages[t] = next;
            returns[t] = next + values[t];
        }
    }

    /// <summary>Subtracts the mean and divides by the standard deviation (n - 1) plus 10⁻⁸; fewer than two values stay as they are.</summary>
    internal static void Standardise(Span<double> values)
    {
        if (values.Length < 2)
        {
            return;
        }

        var mean = Mean(values);
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var scale = 1 / (Math.Sqrt(squares / (values.Length - 1)) + 1e-8);
        foreach (ref var value in values)
        {
            value = (value - mean) * scale;
        }
    }

    /// <summary>1 - Var(returns - predictions)/Var(returns), population variances; NaN where the returns do not vary.</summary>
    internal static double ExplainedVariance(ReadOnlySpan<double> returns, ReadOnlySpan<double> predictions)
    {
        var mean = Mean(returns);
        var meanResidual = mean - Mean(predictions);
        var (total, residual) = (0.0, 0.0);
        for (var i = 0; i < returns.Length; i++)
        {
            var deviation = returns[i] - mean;
            var error = returns[i] - predictions[i] - meanResidual;
            total += deviation * deviation;
            residual += error * error;
        }

        return total == 0 ? double.NaN : 1 - (residual / total);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
