namespace EdgeSplit.Core.Inference;

/// <summary>The scaling of rotary positions that a configuration asks for.</summary>
/// <remarks>
/// Immutable, compared by value, safe to share between threads. Source: <c>rope_scaling</c> of Hugging Face transformers
/// (<c>modeling_rope_utils.py</c>: default, linear, llama3).
/// </remarks>
public sealed record RotaryScaling
{
    private RotaryScaling()
    {
    }

    /// <summary>No scaling.</summary>
    public static RotaryScaling None { get; } = new();

    /// <summary>Which rule.</summary>
    public RotaryScalingKind Kind { get; private init; }

    /// <summary>The divisor of the scaled frequencies, at least 1; 1 without scaling.</summary>
    public double Factor { get; private init; } = 1;

    /// <summary>Llama 3: frequencies of fewer turns than this within <see cref="OriginalPositions"/> are divided in full. 0 otherwise.</summary>
    public double LowFrequencyFactor { get; private init; }

    /// <summary>Llama 3: frequencies of more turns than this within <see cref="OriginalPositions"/> are kept. 0 otherwise.</summary>
    public double HighFrequencyFactor { get; private init; }

    /// <summary>Llama 3: context of the first training, in tokens. 0 otherwise.</summary>
    public int OriginalPositions { get; private init; }

    /// <summary>All frequencies divided by one factor.</summary>
    /// <param name="factor">The divisor, at least 1 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is out of range.</exception>
    public static RotaryScaling Linear(double factor) => new() { Kind = RotaryScalingKind.Linear, Factor = Guard.InRange(factor, 1, double.MaxValue) };

    /// <summary>The scaling of Llama 3.1.</summary>
    /// <param name="factor">The divisor of low frequencies, at least 1 and finite.</param>
    /// <param name="lowFrequencyFactor">Turns within the original context up to which a frequency is low, positive.</param>
    /// <param name="highFrequencyFactor">Turns from which it is high; above <paramref name="lowFrequencyFactor"/> and finite.</param>
    /// <param name="originalPositions">Context of the first training in tokens, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static RotaryScaling Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions) => new()
    {
        Kind = RotaryScalingKind.Llama3,
        Factor = Guard.InRange(factor, 1, double.MaxValue),
        LowFrequencyFactor = Guard.Positive(lowFrequencyFactor),
        HighFrequencyFactor = highFrequencyFactor > lowFrequencyFactor ? Guard.Positive(highFrequencyFactor)
            : throw new ArgumentOutOfRangeException(nameof(highFrequencyFactor), highFrequencyFactor, "Must be above the low frequency factor."),
        OriginalPositions = Guard.AtLeast(originalPositions, 1),
    };

    /// <summary>The frequency that takes the place of an unscaled one.</summary>
    /// <param name="frequency">Angle per position in radians, base^(-2i/head dimension); positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frequency"/> is not positive and finite.</exception>
    public double Scale(double frequency)
    {
        Guard.Positive(frequency);
        if (Kind != RotaryScalingKind.Llama3)
        {
            return frequency / Factor;
        }

        var turns = OriginalPositions * frequency / Math.Tau;
        if (turns < LowFrequencyFactor)
        {
            return frequency / Factor;
        }

        if (turns > HighFrequencyFactor)
        {
            return frequency;
        }

        var kept = (turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return ((1 - kept) * frequency / Factor) + (kept * frequency);
    }
}
