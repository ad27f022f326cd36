using EdgeSplit.Core.Wireless.Fading;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>The SNR of a user who moves: the level of the way times the gain of the fading.</summary>
/// <remarks>The level is taken every tenth of a second: at 100 km/h that is 3 m, a small part of the way over which it changes. A <see cref="ClarkeFading"/> is read at the way in
/// wavelengths, so that its Doppler shift follows the speed; other fading goes on at its own nominal pace. In line of sight the fading of that state is taken. One instance per thread.</remarks>
internal sealed class MovingUserSnr : ISnrProcess
{
    private const int Portion = 64;
    private const double LevelSeconds = 0.1;

    private readonly UserChannel user;
    private readonly IFadingProcess obstructed;
    private readonly IFadingProcess clear;
    private readonly double startSeconds;
    private readonly double startMetres;
    private readonly double wavelengthMetres;
    private readonly double offsetDb;
    private readonly double[] levels = new double[Portion];
    private readonly double[] cycles = new double[Portion];
    private readonly bool[] isClear = new bool[Portion];
    private readonly double[] clearGains = new double[Portion];
    private long levelStep = -1;
    private double levelLinear;
    private bool isLevelClear;

    internal MovingUserSnr(UserChannel user, IFadingProcess obstructed, IFadingProcess clear, double startSeconds, double wavelengthMetres, double offsetDb)
    {
        (this.user, this.obstructed, this.clear) = (user, obstructed, clear);
        (this.startSeconds, this.wavelengthMetres, this.offsetDb) = (startSeconds, wavelengthMetres, offsetDb);
        startMetres = user.TravelledMetres(startSeconds);
    }

    public double BlockSeconds => obstructed.BlockSeconds;

    public void FillSnr(long firstBlock, Span<double> snrLinear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        for (var done = 0; done < snrLinear.Length; done += Portion)
        {
            FillPortion(firstBlock + done, snrLinear.Slice(done, Math.Min(Portion, snrLinear.Length - done)));
        }
    }

    private void FillPortion(long firstBlock, Span<double> snrLinear)
    {
        var count = snrLinear.Length;
        for (var i = 0; i < count; i++)
        {
            var seconds = startSeconds + ((firstBlock + i) * BlockSeconds);
            (levels[i], isClear[i]) = LevelAt(seconds);
            cycles[i] = (user.TravelledMetres(seconds) - startMetres) / wavelengthMetres;
        }

        if (isClear.AsSpan(0, count).Contains(false))
        {
            Gains(obstructed, firstBlock, snrLinear);
        }

        if (isClear.AsSpan(0, count).Contains(true))
        {
            Gains(clear, firstBlock, clearGains.AsSpan(0, count));
        }

        for (var i = 0; i < count; i++)
        {
            snrLinear[i] = levels[i] * (isClear[i] ? clearGains[i] : snrLinear[i]);
        }
    }

    private (double Linear, bool IsClear) LevelAt(double seconds)
    {
        var step = (long)(seconds / LevelSeconds);
        if (step != levelStep)
        {
            levelLinear = Decibels.ToLinear(user.LevelDb(step * LevelSeconds, out isLevelClear) + offsetDb);
            levelStep = step;
        }

        return (levelLinear, isLevelClear);
    }

    private void Gains(IFadingProcess fading, long firstBlock, Span<double> gains)
    {
        if (fading is ClarkeFading clarke)
        {
            clarke.GainsAt(cycles.AsSpan(0, gains.Length), gains);
        }
        else
        {
            fading.FillGains(firstBlock, gains);
        }
    }
}
