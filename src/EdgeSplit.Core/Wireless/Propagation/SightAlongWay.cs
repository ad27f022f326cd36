using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Core.Wireless.Propagation;

/// <summary>Whether a moving terminal sees its base station, held over a stretch of its way.</summary>
/// <remarks>
/// <para>The way is cut into cells of the correlation distance, at a random phase. A cell holds one uniform number u, and there is line of sight where
/// u &lt; P(distance). At every point of the way the state thus has the probability of the model, and a user who stands still never changes state. At one
/// distance, the correlation of the states of two points falls linearly from 1 to 0 over the correlation distance.</para>
/// <para>A pure function of (key, entity, travelled way, distance): asking twice or in another order gives the same. Immutable, so safe to share between
/// threads; allocates nothing. Source: the idea of spatially consistent states, 3GPP TR 38.901 section 7.6.3.3.</para>
/// </remarks>
public sealed class SightAlongWay
{
    private const double MaximumCells = 1L << 52;

    private readonly StreamKey _key;
    private readonly ulong _entity;
    private readonly double _phase;

    /// <summary>Creates the states of one link.</summary>
    /// <param name="key">Stream of the draws; a part of it is used, so that the same key may serve other models of the link.</param>
    /// <param name="entity">The link.</param>
    /// <param name="probability">Probability of line of sight by distance.</param>
    /// <param name="correlationMetres">Length of a cell, metres, positive.</param>
    /// <exception cref="ArgumentNullException">The probability is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is NaN, infinite or not positive.</exception>
    public SightAlongWay(StreamKey key, ulong entity, ILineOfSightProbability probability, double correlationMetres)
    {
        ArgumentNullException.ThrowIfNull(probability);
        CorrelationMetres = Guard.Positive(correlationMetres);
        Probability = probability;
        _key = key.Derive("line-of-sight");
        _entity = entity;
        var random = new RandomSource(key.Derive("line-of-sight/phase"), entity);
        _phase = random.NextUniform();
    }

    /// <summary>Probability of line of sight by distance.</summary>
    public ILineOfSightProbability Probability { get; }

    /// <summary>Length of a cell, metres.</summary>
    public double CorrelationMetres { get; }

    /// <summary>The state at a point of the way.</summary>
    /// <param name="travelledMetres">Length of the way since the start, metres, at least 0 and below 2^52 cells.</param>
    /// <param name="horizontalDistanceMetres">Horizontal distance from the base station there, metres, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN, infinite or out of range.</exception>
    public SightCondition At(double travelledMetres, double horizontalDistanceMetres)
    {
        Guard.InRange(travelledMetres, 0, Math.Min(CorrelationMetres * MaximumCells, double.MaxValue));
        var random = new RandomSource(_key, _entity, (ulong)((travelledMetres / CorrelationMetres) + _phase));
        return random.NextUniform() < Probability.Probability(horizontalDistanceMetres) ? SightCondition.LineOfSight : SightCondition.NonLineOfSight;
    }
}
