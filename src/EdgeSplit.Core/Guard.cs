using System.Runtime.CompilerServices;

namespace EdgeSplit;

/// <summary>The only place that throws argument errors: every check is written so that NaN fails it.</summary>
internal static class Guard
{
    internal static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value) ? value : throw Error(name, value, "Must be positive and finite.");

    internal static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw Error(name, value, "Must be at least 0 and finite.");

    internal static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw Error(name, value, "Must be finite.");

    internal static double NotNaN(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        !double.IsNaN(value) ? value : throw Error(name, value, "Must be a number.");

    internal static double InRange(double value, double min, double max, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= min && value <= max ? value : throw Error(name, value, FormattableString.Invariant($"Must be in [{min}, {max}]."));

    internal static int InRange(int value, int min, int max, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= min && value <= max ? value : throw Error(name, value, FormattableString.Invariant($"Must be in [{min}, {max}]."));

    internal static int AtLeast(int value, int min, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= min ? value : throw Error(name, value, FormattableString.Invariant($"Must be at least {min}."));

    internal static string NotBlank(string? value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException("Must not be empty or blank.", name);

    internal static void SameLength(int length, int expected, [CallerArgumentExpression(nameof(length))] string? name = null)
    {
        if (length != expected)
        {
            throw Error(name, length, FormattableString.Invariant($"Must have length {expected}."));
        }
    }

    private static ArgumentOutOfRangeException Error(string? name, object value, string allowed) => new(name, value, allowed);
}
