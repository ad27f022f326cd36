namespace EdgeSplit.Core.Wireless;

/// <summary>One use of a link: whose, when on the user's own clock, and in which possible course of events. It addresses every draw.</summary>
/// <param name="Seed">Seed of the world.</param>
/// <param name="User">The user: entity of what belongs to the place (position, shadowing, way, start in a trace).</param>
/// <param name="Request">The request: entity of the small-scale fading and of what is drawn per block.</param>
/// <param name="StartSeconds">When the request starts, on the clock of the user's way or trace, seconds, at least 0.</param>
/// <param name="LevelDb">What <see cref="ILinkSampler.LevelDb"/> gave for this user and time, dB.</param>
/// <param name="BiasDb">How much worse than its level the link really is, dB; negative where it is better.</param>
/// <param name="Future">0 for what really happens; a positive number for another future that is still possible given the present block.</param>
public readonly record struct LinkSession(ulong Seed, ulong User, ulong Request, double StartSeconds, double LevelDb, double BiasDb, int Future);
