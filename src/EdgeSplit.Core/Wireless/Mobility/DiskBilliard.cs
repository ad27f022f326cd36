namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Straight motion in a disk whose border reflects like a mirror, in closed form: any number of reflections costs the same.</summary>
/// <remarks>After the first reflection, every chord is the one before turned by one angle about the centre. The mirror images add up to
/// one orthogonal map, which is what a velocity that is not parallel to the motion has to go through as well.</remarks>
internal static class DiskBilliard
{
    private const double Grazing = 1e-9; // cosine to the normal at which chords and border differ by less than rounding

    /// <summary>Where a motion gets to.</summary>
    /// <param name="start">Place of the start, within the disk.</param>
    /// <param name="headingX">East component of the direction, a unit vector.</param>
    /// <param name="headingY">North component of the direction.</param>
    /// <param name="metres">Length of the way, at least 0.</param>
    /// <param name="radius">Radius of the disk, metres; positive infinity is the open plane.</param>
    /// <param name="turn">What the reflections on the way do to directions.</param>
    internal static PlanePosition Advance(PlanePosition start, double headingX, double headingY, double metres, double radius, out PlaneTurn turn)
    {
        turn = PlaneTurn.None;
        var straight = new PlanePosition(start.XMetres + (headingX * metres), start.YMetres + (headingY * metres));
        if (double.IsPositiveInfinity(radius))
        {
            return straight;
        }

        var along = (start.XMetres * headingX) + (start.YMetres * headingY);
        var across = (start.XMetres * headingY) - (start.YMetres * headingX); // distance of the line from the centre, signed
        var halfChord = Math.Sqrt(Math.Max(0, (radius - across) * (radius + across)));
        var toBorder = Math.Max(0, halfChord - along);
        if (metres <= toBorder)
        {
            return DiskArea.Inside(straight, radius);
        }

        // The first point on the border, and the direction there: outward part cosine, part along the border sine.
        var cosine = Math.Min(1, halfChord / radius);
        var firstAngle = Math.Atan2(start.YMetres + (headingY * toBorder), start.XMetres + (headingX * toBorder));
        var sense = across >= 0 ? 1.0 : -1.0; // counter-clockwise or clockwise
        var rest = metres - toBorder;
        if (cosine < Grazing)
        {
            var creep = sense * rest / radius;
            turn = PlaneTurn.Rotation(creep);
            return OnBorder(firstAngle + creep, radius);
        }

        var chord = 2 * radius * cosine;
        var step = sense * 2 * Math.Atan2(cosine, Math.Abs(across) / radius);
        var chords = Math.Floor(rest / chord);
        var part = Math.Clamp((rest - (chords * chord)) / chord, 0, 1);
        turn = PlaneTurn.Reflections(firstAngle, step, chords + 1);
        var (from, to) = (OnBorder(firstAngle + (chords * step), radius), OnBorder(firstAngle + ((chords + 1) * step), radius));
        return DiskArea.Inside(
            new(from.XMetres + (part * (to.XMetres - from.XMetres)), from.YMetres + (part * (to.YMetres - from.YMetres))), radius);
    }

    private static PlanePosition OnBorder(double angle, double radius)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return DiskArea.Inside(new(radius * cosine, radius * sine), radius);
    }
}
