namespace EdgeSplit.Cli.Rendering;

/// <summary>Where results and messages go, and whether somebody watches.</summary>
internal sealed record ToolConsole(TextWriter Output, TextWriter Error)
{
    internal bool IsOutputTerminal => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;

    internal bool IsErrorTerminal => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;
}
