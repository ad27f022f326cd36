namespace EdgeSplit.Cli;

/// <summary>An argument of the command line that cannot be used.</summary>
internal sealed class BadInputException(string message) : Exception(message);
