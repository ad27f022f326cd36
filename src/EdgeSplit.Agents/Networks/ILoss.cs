namespace EdgeSplit.Agents.Networks;

/// <summary>A loss that adds over the elements of an output matrix.</summary>
/// <remarks>Implementations are immutable and safe to share between threads.</remarks>
public interface ILoss
{
    /// <summary>Computes Σ weight·loss(output, target) and its gradient by the outputs.</summary>
    /// <param name="outputs">The outputs of the network, any shape.</param>
    /// <param name="targets">The targets, of equal length; not read where the weight is 0, so NaN is allowed there.</param>
    /// <param name="weights">The weight of each element, at least 0, of equal length; 0 masks the element: no loss and no gradient.</param>
    /// <param name="gradients">Receives weight·∂loss/∂output, of equal length.</param>
    /// <returns>The weighted sum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradients);
}
