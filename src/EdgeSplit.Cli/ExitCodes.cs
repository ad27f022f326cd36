namespace EdgeSplit.Cli;

/// <summary>What the tool returns to the shell.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    internal const int RunFailed = 1;

    internal const int BadInput = 2;

    /// <summary>Ended by Ctrl-C or SIGTERM: 128 + SIGINT, as shells count.</summary>
    internal const int Cancelled = 130;
}
