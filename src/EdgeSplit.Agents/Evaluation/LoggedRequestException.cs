namespace EdgeSplit.Agents.Evaluation;

/// <summary>A request of a log that cannot be one of the scenario and seed it is replayed in.</summary>
public sealed class LoggedRequestException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="field">The field of it.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed.</param>
    public LoggedRequestException(int request, string field, string found, string allowed)
        : base(FormattableString.Invariant($"request {request}: {field}: found {found}; allowed: {allowed}"))
    {
        (Request, Field, Found, Allowed) = (request, field, found, allowed);
    }

    /// <summary>Index of the request.</summary>
    public int Request { get; }

    /// <summary>The field of it.</summary>
    public string Field { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed.</summary>
    public string Allowed { get; }
}
