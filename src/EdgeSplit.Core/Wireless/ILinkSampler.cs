using EdgeSplit.Core.Wireless.Transfers;

namespace EdgeSplit.Core.Wireless;

/// <summary>Draws the users of a link and what happens to their requests.</summary>
/// <remarks>Everything is a pure function of the arguments, so that any user and any request can be asked for, in any order and again. Implementations are immutable and safe
/// to use from any thread; the processes that they make are not.</remarks>
public interface ILinkSampler
{
    /// <summary>Whether a user's level stays the same for ever.</summary>
    bool IsLevelConstant { get; }

    /// <summary>The uplink's level of one user at a time, dB.</summary>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="user">The user.</param>
    /// <param name="seconds">Time on the user's clock, seconds, at least 0.</param>
    /// <exception cref="InvalidOperationException">Hardly any user has coverage.</exception>
    double LevelDb(ulong seed, ulong user, double seconds);

    /// <summary>The link during one request, on the request's own clock.</summary>
    /// <param name="direction">Which way.</param>
    /// <param name="session">Whose request, when, and in which course of events.</param>
    /// <returns>Spectral efficiency over time; times the granted bandwidth it is the rate.</returns>
    IEfficiencyProcess Create(LinkDirection direction, in LinkSession session);
}
