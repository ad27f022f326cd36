namespace EdgeSplit.Core.Inference;

/// <summary>How the frequencies of rotary positions are changed for contexts longer than those of the first training.</summary>
public enum RotaryScalingKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>All are divided by one factor (position interpolation).</summary>
    Linear,

    /// <summary>Low ones are divided, high ones kept, those between blended (Llama 3.1).</summary>
    Llama3,
}
