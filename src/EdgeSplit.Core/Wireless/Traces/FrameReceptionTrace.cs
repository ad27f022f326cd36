namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Which frames of a window arrived, and how strong: an 802.11 reception log.</summary>
/// <remarks>
/// <para>Rows <c>sequence rssi</c> of the frames that arrived, in any order; a number of the window 0 .. n - 1 that no row names is a loss. The
/// window is stated by the caller and never grows: frames beyond it are ignored with a warning. A number that occurs twice counts
/// once, with a warning. RSSI is an unsigned byte: 255 means -1; 128 is a reading error, and its frame counts as lost.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// <para>Source of the format: S. K. Kaul, M. Gruteser, I. Seskar, CRAWDAD rutgers/noise, 2007.</para>
/// </remarks>
public sealed class FrameReceptionTrace
{
    /// <summary>Marks a frame without RSSI: the value that an unsigned byte of 128 has as a signed one.</summary>
    internal const sbyte NoRssi = sbyte.MinValue;

    private readonly bool[] _losses;
    private readonly sbyte[] _rssi;

    internal FrameReceptionTrace(bool[] losses, sbyte[] rssi, int ignoredFrames, int duplicateFrames, int readingErrors, IReadOnlyList<string> warnings)
    {
        (_losses, _rssi) = (losses, rssi);
        (IgnoredFrames, DuplicateFrames, ReadingErrors, Warnings) = (ignoredFrames, duplicateFrames, readingErrors, warnings);
        Statistics = LossStatistics.Of(losses);
    }

    /// <summary>Number of frames in the window.</summary>
    public int Frames => _losses.Length;

    /// <summary>True for a lost frame; shape [frames].</summary>
    public ReadOnlySpan<bool> Losses => _losses;

    /// <summary>Loss fraction and burstiness of the window.</summary>
    public LossStatistics Statistics { get; }

    /// <summary>Number of rows beyond the window, ignored.</summary>
    public int IgnoredFrames { get; }

    /// <summary>Number of rows that name a frame again, ignored.</summary>
    public int DuplicateFrames { get; }

    /// <summary>Number of frames with an RSSI of 128, counted as lost.</summary>
    public int ReadingErrors { get; }

    /// <summary>What was ignored, one sentence for each kind with the first line where it happened; empty if nothing was.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads a file.</summary>
    /// <remarks>Takes CRLF, a byte order mark, and an empty file: then every frame is lost. Every row must end with a newline: without it, an
    /// RSSI of 2 cannot be told from a truncated 27.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="frames">Length of the window, frames, at least 1: 300 in the recorded set.</param>
    /// <exception cref="TraceException">The file is missing, unreadable, or breaks a rule: names file, line, field and text.</exception>
    /// <exception cref="ArgumentException">The path is blank or the number of frames is out of range.</exception>
    public static FrameReceptionTrace Load(string path, int frames) => TraceFile.Read(path, stream => Parse(stream, path, frames));

    /// <summary>Reads a stream from its present position to its end, by the rules of <see cref="Load"/>.</summary>
    /// <param name="stream">The text; left open.</param>
    /// <param name="name">What messages and warnings call it.</param>
    /// <param name="frames">Length of the window, frames, at least 1.</param>
    /// <exception cref="TraceException">The text breaks a rule.</exception>
    /// <exception cref="ArgumentException">The name is blank or the number of frames is out of range.</exception>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static FrameReceptionTrace Parse(Stream stream, string name, int frames)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FrameReceptionReader.Read(stream, Guard.NotBlank(name), Guard.InRange(frames, 1, 1 << 30));
    }

    /// <summary>RSSI of a frame as recorded, signed, in [-127, 127]; null if the frame was lost.</summary>
    /// <param name="frame">Number of the frame, in [0, frames - 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the window.</exception>
    public int? Rssi(int frame) => _rssi[Guard.InRange(frame, 0, Frames - 1)] is var rssi && rssi == NoRssi ? null : rssi;
}
