namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>An orthogonal map of the plane: a rotation, after a reflection north to south where it is mirrored.</summary>
/// <param name="Angle">Angle of the rotation, radians.</param>
/// <param name="IsMirrored">Whether directions are mirrored first.</param>
internal readonly record struct PlaneTurn(double Angle, bool IsMirrored)
{
    internal static PlaneTurn None => default;

    internal static PlaneTurn Rotation(double angle) => new(Math.IEEERemainder(angle, 2 * Math.PI), false);

    /// <summary>A number of reflections at borders whose normals point at an angle, then one step further each time.</summary>
    /// <remarks>Two reflections in a row turn by twice the step; one turns the mirror image by twice the angle and half a circle.</remarks>
    internal static PlaneTurn Reflections(double firstAngle, double step, double count)
    {
        var isOdd = Math.IEEERemainder(count, 2) != 0;
        return isOdd
            ? Rotation(((count - 1) * step) + (2 * firstAngle) + Math.PI) with { IsMirrored = true }
            : Rotation(count * step);
    }

    /// <summary>This map first, then another.</summary>
    internal PlaneTurn Then(PlaneTurn next) =>
        new(Math.IEEERemainder(next.IsMirrored ? next.Angle - Angle : next.Angle + Angle, 2 * Math.PI), IsMirrored ^ next.IsMirrored);

    internal (double X, double Y) Apply(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Angle);
        y = IsMirrored ? -y : y;
        return ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
    }
}
