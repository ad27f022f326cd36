using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Core;

namespace EdgeSplit.Cli.Verbs;

/// <summary>Names of agents on the command line.</summary>
internal static class AgentNames
{
    /// <summary>Reads names that are separated by commas; each must be in the catalogue, once.</summary>
    internal static IReadOnlyList<string> Read(string option, string text)
    {
        string[] names = [.. text.Split(',').Select(name => Find(option, name).Name)];
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? names : throw new BadInputException($"{option}: found \"{twice}\" twice; allowed: each agent once.");
    }

    /// <summary>The entry of a name.</summary>
    internal static AgentEntry Find(string option, string name)
    {
        try
        {
            return AgentCatalog.Find(name);
        }
        catch (UnknownNameException unknown)
        {
            throw new BadInputException(
                $"{option}: found the unknown agent \"{name.Trim()}\"; allowed: {(unknown.Suggestion is null ? "" : $"did you mean \"{unknown.Suggestion}\"? ")}one of {unknown.KnownText}.");
        }
    }
}
