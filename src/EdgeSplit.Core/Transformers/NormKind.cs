namespace EdgeSplit.Core.Transformers;

/// <summary>The kind of normalisation; it sets the parameters of a norm over n values.</summary>
public enum NormKind
{
    /// <summary>Root-mean-square norm: a scale, n parameters.</summary>
    RootMeanSquare,

    /// <summary>Layer norm: a scale and a bias, 2 n parameters.</summary>
    Layer,
}
