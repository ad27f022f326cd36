using System.Globalization;
using System.Text;
using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless.Traces;

/// <summary>Writes any simulated link to a text file, from which <see cref="RecordedLink"/> replays it bit for bit.</summary>
/// <remarks>
/// <para>The file is CSV with a header: <c>block</c> (0, 1, 2, ...), <c>start_seconds</c>, <c>block_seconds</c>, <c>spectral_efficiency</c> (bit/s/Hz) and,
/// where the link has them, <c>snr_linear</c> and <c>lost</c> (0 or 1). Numbers have as many digits as it takes to read the same double
/// back, hence a linear SNR. The file is also a channel log: <see cref="ChannelTrace"/> reads it with time column <c>start_seconds</c>, rate column
/// <c>spectral_efficiency</c> and the bandwidth as the unit of the rate.</para>
/// <para>It is written beside its place and renamed when it is complete, so that a file under the name given is never half a recording.</para>
/// </remarks>
public static class TraceRecorder
{
    /// <summary>Records the first blocks of a link.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="link">The link; its SNR is recorded as well if it is an <see cref="ISnrProcess"/> (and, being a recording, has one).</param>
    /// <param name="blocks">Number of blocks, from block 0, at least 1.</param>
    /// <param name="losses">Whether each block was lost; shape [blocks], or empty for a link without losses.</param>
    /// <exception cref="ArgumentException">The path is blank, a length does not fit, or the SNR has other blocks than the efficiency.</exception>
    /// <exception cref="ArgumentNullException">The link is null.</exception>
    /// <exception cref="InvalidOperationException">The link gives a value that is NaN, infinite or negative.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Record(string path, IEfficiencyProcess link, int blocks, ReadOnlySpan<bool> losses = default)
    {
        Guard.NotBlank(path);
        ArgumentNullException.ThrowIfNull(link);
        Guard.AtLeast(blocks, 1);
        if (!losses.IsEmpty)
        {
            Guard.SameLength(losses.Length, blocks, nameof(losses));
        }

        var snr = link is RecordedLink { HasSnr: false } ? null : link as ISnrProcess;
        if (snr is not null && snr.BlockSeconds != link.BlockSeconds)
        {
            throw new ArgumentException("SNR and efficiency must have the same blocks.", nameof(link));
        }

        var partial = path + ".partial";
        try
        {
            using (var writer = new StreamWriter(partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
            {
                Write(writer, link, snr, blocks, losses);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial); // does nothing where there is no such file
            throw;
        }
    }

    private static void Write(StreamWriter writer, IEfficiencyProcess link, ISnrProcess? snr, int blocks, ReadOnlySpan<bool> losses)
    {
        const int batch = 1024;
        var efficiencies = new double[Math.Min(batch, blocks)];
        var snrs = new double[snr is null ? 0 : efficiencies.Length];
        writer.Write("block,start_seconds,block_seconds,spectral_efficiency" + (snr is null ? "" : ",snr_linear") + (losses.IsEmpty ? "\n" : ",lost\n"));
        for (var first = 0; first < blocks; first += batch)
        {
            var count = Math.Min(batch, blocks - first);
            link.Fill(first, efficiencies.AsSpan(0, count));
            snr?.FillSnr(first, snrs.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                var block = first + i;
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{block},{block * link.BlockSeconds:R},{link.BlockSeconds:R},{Checked(efficiencies[i], link):R}"));
                if (snr is not null)
                {
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $",{Checked(snrs[i], link):R}"));
                }

                writer.Write(losses.IsEmpty ? "\n" : losses[block] ? ",1\n" : ",0\n");
            }
        }
    }

    private static double Checked(double value, IEfficiencyProcess link) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new InvalidOperationException(FormattableString.Invariant($"{link.GetType().Name} gave the value {value}: it must be at least 0 and finite."));
}
