using System.Globalization;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Tests.Wireless.Traces;

/// <summary>The numbers that the READMEs of the recorded sets state and a parser must reproduce.</summary>
public sealed class RecordedTraces
{
    [SharedDataFact] // lines, first ms, last ms, mean, sd / p10 / p50 / p90 in Mbit/s of 1 s bins, zero seconds, longest gap ms
    public void Mahimahi_files_have_the_stated_figures()
    {
        foreach (var (file, lines, first, last, mean, spread, zeroSeconds, gap) in new[]
        {
            ("ATT-LTE-driving-2016.down", 45604, 0, 120002, 4.560, "3.88 / 0.83 / 3.74 / 10.08", 0, 1.123),
            ("ATT-LTE-driving-2016.up", 19101, 0, 120002, 1.910, "1.69 / 0.26 / 1.57 / 3.80", 4, 4.061),
            ("Verizon-EVDO-driving.down", 46065, 0, 1062016, 0.521, "0.46 / 0.05 / 0.41 / 1.16", 43, 11.567),
            ("Verizon-LTE-short.up", 69367, 7, 140000, 5.946, "3.10 / 2.38 / 5.74 / 10.62", 1, 1.718),
        })
        {
            var trace = MahimahiTrace.Load(SharedData.PathOf("data/traces/mahimahi/" + file));
            var seconds = TraceStatistics.Of(trace);
            Assert.Equal((lines, first, last, gap), (trace.Opportunities, (int)trace.FirstMilliseconds, (int)trace.LastMilliseconds, trace.LongestGapSeconds()));
            Assert.Equal(mean, trace.MeanBitsPerSecond / 1e6, 0.0005001);
            Assert.Equal(zeroSeconds, seconds.ZeroBins);
            double[] figures = [seconds.StandardDeviationBitsPerSecond, .. new[] { 0.1, 0.5, 0.9 }.Select(seconds.QuantileBitsPerSecond)];
            Assert.Equal(spread, string.Join(" / ", figures.Select(figure => (figure / 1e6).ToString("F2", CultureInfo.InvariantCulture))));
        }
    }

    [SharedDataFact] // files, rows, mean, sd and maximum in Mbit/s over all rows, zero rows, shortest and longest duration, median and smallest step in s
    public void Time_and_rate_folders_have_the_stated_figures()
    {
        foreach (var (folder, files, rows, mean, deviation, maximum, zeros, shortest, longest, median, smallest) in new[]
        {
            ("lumos5g-derived/4g_driving", 6, 1498, 33.075, 26.733, 246.0, 43, 249.0, 249.0, 1.0, 1.0),
            ("lumos5g-derived/4g_walking", 5, 3942, 75.675, 38.943, 208, 40, 744, 799, 1, 0),
            ("lumos5g-derived/5g_driving", 14, 3467, 338.735, 389.730, 1740, 100, 212, 299, 1, 1),
            ("lumos5g-derived/5g_walking", 12, 9583, 524.752, 454.884, 1880, 285, 791, 799, 1, 1),
            ("pensieve-style/fcc", 3, 789, 0.772, 0.869, 2.81, 1, 310, 1855, 5, 5),
            ("pensieve-style/norway_hsdpa", 22, 4252, 1.702, 1.005, 8.03, 0, 68, 316, 1.02, 0.18),
            ("pensieve-style/norway_hsdpa_logs", 3, 2156, 1.495, 1.022, 6.62, 0, 399, 1098, 1.01, 0.601),
            ("pensieve-style/oboe", 20, 980, 2.560, 1.492, 7.93, 0, 166, 186, 3.413, 0.261),
            ("pensieve-style/puffer", 10, 4355, 1.524, 1.619, 11.49, 0, 100, 3220, 2.008, 0.066),
            ("solis-wifi", 40, 8000, 23.374, 25.698, 136, 131, 199, 199, 1, 0),
        })
        {
            var traces = Directory.GetFiles(SharedData.PathOf("data/traces/" + folder))
                .Where(path => Path.GetFileName(path) is var name && !name.StartsWith("README", StringComparison.Ordinal) && !name.StartsWith("LICENSE", StringComparison.Ordinal))
                .Select(path => RateTrace.Load(path)).ToArray();
            var rates = traces.SelectMany(trace => trace.RowRatesBitsPerSecond.ToArray()).Select(rate => rate / 1e6).ToArray();
            var steps = traces.SelectMany(trace => trace.RowStartsSeconds.ToArray().Zip(trace.RowStartsSeconds[1..].ToArray(), (a, b) => b - a)).Order().ToArray();
            var durations = traces.Select(trace => trace.RowStartsSeconds[^1]).ToArray();
            Assert.Equal((folder, files, rows, zeros), (folder, traces.Length, rates.Length, rates.Count(rate => rate == 0)));
            var average = rates.Average();
            Assert.Equal(mean, average, 0.0005001);
            Assert.Equal(deviation, Math.Sqrt(rates.Average(rate => (rate - average) * (rate - average))), 0.0005001);
            Assert.Equal(maximum, rates.Max(), 0.005001);
            Assert.Equal((shortest, longest), (Math.Round(durations.Min()), Math.Round(durations.Max())));
            Assert.Equal(median, steps[steps.Length / 2], 0.0005001);
            Assert.Equal(smallest, steps[0], 0.0005001);
        }
    }

    [SharedDataFact] // rows, DL mean and maximum, UL mean in Mbit/s, repeated timestamps, rows without SNR
    public void Irish_5G_files_have_the_stated_figures()
    {
        foreach (var (file, rows, mean, maximum, uplink, repeated, withoutSnr) in new[]
        {
            ("download_driving_B_2019.12.16_12.27.05.csv", 1338, 24.51, 353.4, 0.095, 157, 346),
            ("download_driving_B_2020.01.16_09.56.56.csv", 1741, 39.97, 389.9, 0.124, 205, 0),
            ("download_driving_B_2020.01.16_12.10.03.csv", 384, 120.78, 371.8, 0.157, 44, 0),
            ("download_driving_B_2020.02.27_17.30.15.csv", 866, 2.89, 14.3, 0.055, 114, 632),
            ("download_static_B_2020.02.14_13.21.26.csv", 1013, 121.02, 254.1, 0.174, 74, 0),
        })
        {
            var path = SharedData.PathOf("data/traces/irish5g/" + file);
            var trace = ChannelTrace.Load(path, TraceColumns.Irish5G);
            var (starts, rates) = (trace.Rate.RowStartsSeconds.ToArray(), trace.Rate.RowRatesBitsPerSecond.ToArray());
            Assert.Equal((rows, repeated, withoutSnr, 0), (rates.Length, starts.Skip(1).Where((start, i) => start == starts[i]).Count(), trace.MissingSnrs, trace.MissingRates));
            Assert.Equal(mean, rates.Average() / 1e6, 0.005001);
            Assert.Equal(maximum, rates.Max() / 1e6, 0.05001);
            var acknowledgements = ChannelTrace.Load(path, TraceColumns.Irish5G with { RateColumn = "UL_bitrate" }).Rate;
            Assert.Equal(uplink, acknowledgements.RowRatesBitsPerSecond.ToArray().Average() / 1e6, 0.0005001);
        }
    }

    [SharedDataFact] // rows and mean in Mbit/s
    public void FiveGophers_files_have_the_stated_figures()
    {
        foreach (var (file, columns, rows, mean) in new[]
        {
            ("mmwave_distance.csv", TraceColumns.FiveGophers with { TimeColumn = null }, 2429, 888.2121),
            ("mmwave_nlos_A_multipath.csv", TraceColumns.FiveGophers, 97, 1597.0634),
            ("mobility_car_1.csv", TraceColumns.FiveGophers with { RateColumn = "Sprint_throughput_mbps" }, 120, 264.8884),
            ("mobility_car_1.csv", TraceColumns.FiveGophers with { RateColumn = "TMobile_throughput_mbps" }, 120, 97.0558),
            ("mobility_car_1.csv", TraceColumns.FiveGophers with { RateColumn = "Verizon_throughput_mbps" }, 120, 274.8925),
            ("mobility_walking.csv", TraceColumns.FiveGophers, 603, 332.8859),
        })
        {
            var trace = ChannelTrace.Load(SharedData.PathOf("data/traces/5gophers/" + file), columns).Rate;
            Assert.Equal(rows, trace.Rows);
            Assert.Equal(mean, trace.RowRatesBitsPerSecond.ToArray().Average() / 1e6, 0.000050001);
        }

        // Its seconds start again with each run: without a time column every row lasts a second.
        var restarts = SharedData.PathOf("data/traces/5gophers/mmwave_distance.csv");
        Assert.Equal("seq_num", Assert.Throws<TraceException>(() => ChannelTrace.Load(restarts, TraceColumns.FiveGophers)).Field);
        Assert.Equal(888.2121e6, ChannelTrace.Load(restarts, TraceColumns.FiveGophers with { TimeColumn = null }).Rate.MeanBitsPerSecond, 50.001);
    }

    [SharedDataFact]
    public void Frame_reception_files_have_the_figures_of_their_summary()
    {
        var folder = SharedData.PathOf("data/traces/rutgers-80211-loss");
        var rows = File.ReadLines(Path.Combine(folder, "SUMMARY.csv")).Skip(1).Select(row => row.Split(',')).ToArray();
        var (extra, lossless) = (0, 0);
        foreach (var row in rows)
        {
            var trace = FrameReceptionTrace.Load(Path.Combine(folder, row[0]), 300);
            var statistics = trace.Statistics;
            string[] figures =
            [
                statistics.Loss.ToString("F4", CultureInfo.InvariantCulture), statistics.GoodToBad.ToString("F5", CultureInfo.InvariantCulture),
                statistics.BadToGood.ToString("F5", CultureInfo.InvariantCulture), statistics.MeanBurstFrames.ToString("F3", CultureInfo.InvariantCulture),
                statistics.BurstRatio.ToString("F3", CultureInfo.InvariantCulture),
            ];
            Assert.Equal(row[1..], figures);
            Assert.Equal((0, 0, trace.IgnoredFrames), (trace.ReadingErrors, trace.DuplicateFrames, trace.Warnings.Count));
            extra += trace.IgnoredFrames;
            lossless += statistics.Loss == 0 ? 1 : 0;
        }

        Assert.Equal((51, 38, 7), (rows.Length, extra, lossless));
    }
}
