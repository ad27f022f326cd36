using System.CommandLine;
using EdgeSplit.Cli.Rendering;

namespace EdgeSplit.Cli.Verbs;

/// <summary><c>edgesplit list WHAT</c>: what is built in, with sources.</summary>
internal static class ListVerb
{
    internal static Command Create(ToolConsole console)
    {
        var what = new Argument<string>("WHAT") { Description = "models, devices, links, workloads, formats, codecs or agents." };
        what.Validators.Add(result =>
        {
            var text = result.Tokens[0].Value;
            if (!CatalogOutput.Names.Contains(text))
            {
                result.AddError($"list: found \"{text}\"; allowed: {string.Join(", ", CatalogOutput.Names)}.");
            }
        });
        var only = new Option<string?>("--only") { Description = "Only entries whose name, description or kind contains this text.", HelpName = "TEXT" };
        var format = Arguments.Format();
        var command = new Command("list", "What is built in, with sources.") { what, only, format };
        command.SetAction(parsed => CatalogOutput.Write(console, parsed.GetValue(format), parsed.GetRequiredValue(what), parsed.GetValue(only)));
        return command;
    }
}
