using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using EdgeSplit.Agents.Evaluation;

namespace EdgeSplit.Cli.Verbs;

/// <summary>Reads the log that <c>compare --log</c> writes: the requests of one policy, by seed.</summary>
internal static class RequestLogFile
{
    private static readonly string[] Needed = ["policy", "seed", "request", "splitPoint", "propensity", "costSeconds"];

    /// <summary>Reads the rows of a policy.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or has no such rows; the message names file, line, found and allowed.</exception>
    internal static IReadOnlyDictionary<ulong, List<LoggedRequest>> Read(string path, string policy)
    {
        try
        {
            using var text = new StreamReader(path);
            using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture));
            return Rows(csv, path, policy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or CsvHelperException)
        {
            throw new BadInputException($"{path}: $: found no readable log ({error.Message.ReplaceLineEndings(" ").Split(" IReader")[0].TrimEnd('.', ' ')}); allowed: a file of compare --log.");
        }
    }

    private static Dictionary<ulong, List<LoggedRequest>> Rows(CsvReader csv, string path, string policy)
    {
        var bySeed = new Dictionary<ulong, List<LoggedRequest>>();
        var policies = new SortedSet<string>(StringComparer.Ordinal);
        var header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord! : [];
        if (Needed.FirstOrDefault(key => !header.Contains(key)) is { } missing)
        {
            throw new BadInputException($"{path}: line 1: {missing}: found no such column; allowed: the columns of compare --log.");
        }

        var isDrawn = false;
        while (csv.Read())
        {
            policies.Add(csv.GetField("policy")!);
            if (csv.GetField("policy") != policy)
            {
                continue;
            }

            var seed = Field<ulong>(csv, path, "seed");
            if (!bySeed.TryGetValue(seed, out var requests))
            {
                bySeed.Add(seed, requests = []);
            }

            var logged = new LoggedRequest(Field<int>(csv, path, "request"), Field<int>(csv, path, "splitPoint"), Field<double>(csv, path, "propensity"), Field<double>(csv, path, "costSeconds"));
            isDrawn |= logged.Propensity < 1;
            requests.Add(logged);
        }

        return bySeed.Count == 0 ? throw new BadInputException($"{path}: policy: found no rows of \"{policy}\"; allowed: one of {string.Join(", ", policies)} (--logged-by).")
            : !isDrawn ? throw new BadInputException($"{path}: propensity: found 1 in every row of \"{policy}\"; allowed: a policy that draws its decisions (--logged-by), since one that does not tells nothing of other splits.")
            : bySeed;
    }

    private static T Field<T>(CsvReader csv, string path, string key)
        where T : IParsable<T> => T.TryParse(csv.GetField(key), CultureInfo.InvariantCulture, out var value) ? value
            : throw new BadInputException(FormattableString.Invariant($"{path}: line {csv.Parser.RawRow}: {key}: found \"{csv.GetField(key)}\"; allowed: a number."));
}
