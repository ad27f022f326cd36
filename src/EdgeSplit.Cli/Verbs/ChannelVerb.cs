using System.CommandLine;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Core;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;
using EdgeSplit.Core.Wireless;
using EdgeSplit.Core.Wireless.Traces;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit channel LINK</c>: what a link does over time.</summary>
internal static class ChannelVerb
{
    private const double DefaultSeconds = 10;
    private const int DefaultSteps = 1000;
    private const int LossBatch = 4096;

    internal static Command Create(ToolConsole console)
    {
        var link = new Argument<string>("LINK") { Description = "Scenario file (JSON), or the name of a link of the catalogue." };
        var set = Arguments.Set("Set a field of the scenario before it is read, such as link.fadingEvolution=clarke; repeatable, one value each.");
        var seed = Arguments.Whole("--seed", "Seed of the world; 1 where omitted.", 0, int.MaxValue);
        var user = Arguments.Whole("--user", "Number of the user; 0 where omitted.", 0, int.MaxValue);
        var level = Arguments.Number("--level", "DB", "Level of the user in dB (mean SNR of the uplink); drawn where omitted. Only for links whose level does not change.", -60, 80);
        var seconds = Arguments.Number("--seconds", "S", "Length of the path; 10 s where omitted.", 1e-3, 86_400);
        var step = Arguments.Number("--step", "S", "Length of a step; a thousandth of the path where omitted.", 1e-6, 3600);
        var downlink = new Option<bool>("--downlink") { Description = "From the server to the device; the uplink where omitted." };
        var record = new Option<string?>("--record") { Description = "Record every block of the path to this file; RecordedLink replays it bit for bit, traceFormat \"recorded\" its rates.", HelpName = "FILE.csv" };
        var format = Arguments.Format();
        var command = new Command("channel", "Sample path of a link: time, SNR, rate and loss, drawn in the terminal or as CSV or JSON.")
        {
            link, set, seed, user, level, seconds, step, downlink, record, format,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (drawn, name) = Load(parsed.GetRequiredValue(link), SetGrid.Parse(parsed.GetValue(set) ?? []));
            var length = parsed.GetValue(seconds) ?? DefaultSeconds;
            var stepSeconds = parsed.GetValue(step) ?? UsualStepSeconds(drawn, length);
            var steps = Math.Round(length / stepSeconds);
            if (!(steps >= 1 && steps <= SamplePath.MaximumSteps) || (parsed.GetValue(step) is not null && Math.Abs((steps * stepSeconds) - length) > 1e-6 * length))
            {
                throw new BadInputException(FormattableString.Invariant($"--step: found {stepSeconds} s for a path of {length} s; allowed: a whole number of steps, 1 to {SamplePath.MaximumSteps}."));
            }

            var direction = parsed.GetValue(downlink) ? LinkDirection.Downlink : LinkDirection.Uplink;
            var session = Session(drawn, (ulong)(parsed.GetValue(seed) ?? 1), (ulong)(parsed.GetValue(user) ?? 0), parsed.GetValue(level));
            if (parsed.GetValue(record) is { } file)
            {
                Record(drawn, direction, session, length, file, cancellation);
            }

            var points = SamplePath.Draw(drawn, direction, session, stepSeconds, (int)steps);
            var loss = (drawn as LinkParameters)?.PacketLoss;
            var rows = WithLoss(points, drawn as LinkParameters, session, stepSeconds);
            var text = direction == LinkDirection.Uplink ? "uplink" : "downlink";
            ChannelOutput.Write(
                console, parsed.GetValue(format), new ChannelPath(name, text, session.Seed, (int)session.User, session.LevelDb, direction == LinkDirection.Uplink ? drawn.UplinkGrantedHz : drawn.DownlinkGrantedHz, stepSeconds, loss is not null, rows));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    // Steps shorter than the pattern of the slots would show the pattern, and nothing else.
    private static double UsualStepSeconds(ILink link, double seconds)
    {
        var step = seconds / DefaultSteps;
        var period = link is LinkParameters { UplinkAdaptation.Duplexing: var duplexing } ? duplexing.PeriodSlots * duplexing.SlotSeconds : 0;
        return period > 0 && step < 20 * period ? Math.Min(seconds, period * Math.Ceiling(step / period)) : step;
    }

    private static (ILink Link, string Name) Load(string text, SetGrid set)
    {
        var cells = set.Cells();
        if (cells.Count > 1)
        {
            throw new BadInputException($"--set: found a grid of {cells.Count} cells; allowed: one value for each path (grids are for sweep).");
        }

        if (LinkCatalog.All.Any(entry => string.Equals(entry.Name, text, StringComparison.OrdinalIgnoreCase)))
        {
            return ScenarioFile.ParseLink("{\"link\": \"" + text + "\"}", text, cells[0]);
        }

        if (!File.Exists(text) && !Path.HasExtension(text))
        {
            ThrowUnknown(text);
        }

        return ScenarioFile.LoadLink(text, cells[0]);
    }

    private static void ThrowUnknown(string text)
    {
        try
        {
            _ = LinkCatalog.Find(text);
        }
        catch (UnknownNameException error)
        {
            var near = error.Suggestion is { } name ? $"did you mean \"{name}\"? " : "";
            throw new BadInputException($"LINK: found \"{text}\", neither a file nor a link of the catalogue; allowed: {near}a scenario file, or one of {string.Join(", ", LinkCatalog.All.Select(entry => entry.Name))}.");
        }
    }

    private static LinkSession Session(ILink link, ulong seed, ulong user, double? level)
    {
        var sampler = link.CreateSampler();
        if (level is not null && !sampler.IsLevelConstant)
        {
            throw new BadInputException("--level: found a level for a link whose level follows the user's way or trace; allowed: only links on which users stand still.");
        }

        return new LinkSession(seed, user, user, 0, level ?? sampler.LevelDb(seed, user, 0), 0, 0);
    }

    private static ChannelRow[] WithLoss(IReadOnlyList<SamplePoint> points, LinkParameters? link, LinkSession session, double stepSeconds)
    {
        var rows = new ChannelRow[points.Count];
        var key = StreamKey.Create(session.Seed, "channel/loss");
        var (credit, packet) = (0.0, 0UL);
        Span<bool> lost = stackalloc bool[LossBatch];
        for (var i = 0; i < rows.Length; i++)
        {
            credit += points[i].BitsPerSecond * stepSeconds / (8 * ChannelPath.PacketBytes);
            var packets = (int)Math.Min(int.MaxValue, Math.Floor(credit));
            credit -= packets;
            var losses = 0;
            for (var done = 0; link?.PacketLoss is { } loss && done < packets; done += LossBatch)
            {
                var batch = lost[..Math.Min(LossBatch, packets - done)];
                loss.FillLosses(key, session.Request, packet + (ulong)done, batch);
                losses += batch.Count(true);
            }

            packet += (ulong)packets;
            rows[i] = new ChannelRow(points[i], packets, losses);
        }

        return rows;
    }

    // One packet for each block.
    private static bool[] Losses(ILink link, LinkSession session, int blocks)
    {
        if (link is not LinkParameters { PacketLoss: { } loss })
        {
            return [];
        }

        var lost = new bool[blocks];
        loss.FillLosses(StreamKey.Create(session.Seed, "channel/loss"), session.Request, 0, lost);
        return lost;
    }

    private static void Record(ILink link, LinkDirection direction, LinkSession session, double seconds, string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var process = link.CreateSampler().Create(direction, session);
        var blocks = Math.Ceiling(seconds / process.BlockSeconds);
        if (blocks > SamplePath.MaximumSteps)
        {
            throw new BadInputException(FormattableString.Invariant($"--record: found a path of {blocks} blocks of {process.BlockSeconds} s; allowed: at most {SamplePath.MaximumSteps} blocks, so a shorter --seconds."));
        }

        try
        {
            TraceRecorder.Record(file, process, (int)Math.Max(1, blocks), Losses(link, session, (int)Math.Max(1, blocks)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"--record: found \"{file}\", which cannot be written ({error.Message.TrimEnd('.')}); allowed: a file in a folder that exists and can be written.");
        }
    }
}
