using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Evaluation;

/// <summary>The wheel bandit: a test problem whose difficulty is how rarely exploration pays. Contexts are uniform in the unit disc, five actions.</summary>
/// <remarks>
/// <para>Action 0 pays 1.2 on average, actions 1 to 4 pay 1. Beyond radius δ one of the four, by the quadrant of the context, pays 50. The nearer δ is to 1, the rarer that is.</para>
/// <para>Pure: contexts and rewards are functions of (seed, round). Source: C. Riquelme, G. Tucker, J. Snoek, ICLR 2018, arXiv 1802.09127.</para>
/// </remarks>
public sealed class WheelBandit
{
    /// <summary>Number of actions.</summary>
    public const int ActionCount = 5;

    /// <summary>Entries of a context.</summary>
    public const int ContextLength = 2;

    private const double SafeMean = 1.2;
    private const double OtherMean = 1;
    private const double OuterMean = 50;
    private const double Deviation = 0.05;
    private const double OuterDeviation = 0.01;

    private static readonly NormalDistribution Standard = new(0, 1);

    private readonly StreamKey key;

    /// <summary>Creates a problem.</summary>
    /// <param name="delta">The radius δ beyond which one action pays much, in [0, 1].</param>
    /// <param name="seed">Seed of contexts and rewards.</param>
    public WheelBandit(double delta, ulong seed)
    {
        Delta = Guard.InRange(delta, 0, 1);
        key = StreamKey.Create(seed, "evaluation/wheel-bandit");
    }

    /// <summary>The radius δ.</summary>
    public double Delta { get; }

    /// <summary>Expected reward of a round for who always knows the best action.</summary>
    public double OptimalReward => (SafeMean * Delta * Delta) + (OuterMean * (1 - (Delta * Delta)));

    /// <summary>Expected reward of a round for who takes any action with equal probability.</summary>
    public double UniformReward
    {
        get
        {
            var inside = (SafeMean + (4 * OtherMean)) / ActionCount;
            var outside = (SafeMean + (3 * OtherMean) + OuterMean) / ActionCount;
            return (inside * Delta * Delta) + (outside * (1 - (Delta * Delta)));
        }
    }

    /// <summary>Draws the context of a round.</summary>
    /// <param name="round">Index of the round.</param>
    /// <param name="context">Receives the context; shape [<see cref="ContextLength"/>].</param>
    public void Context(long round, Span<double> context)
    {
        Guard.SameLength(context.Length, ContextLength);
        var random = new RandomSource(key, (ulong)round);
        var radius = Math.Sqrt(random.NextUniform());
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextUniform());
        (context[0], context[1]) = (radius * cosine, radius * sine);
    }

    /// <summary>Expected reward of an action.</summary>
    /// <param name="context">The context; shape [<see cref="ContextLength"/>].</param>
    /// <param name="action">The action, 0..4.</param>
    public double MeanReward(ReadOnlySpan<double> context, int action)
    {
        Guard.SameLength(context.Length, ContextLength);
        Guard.InRange(action, 0, ActionCount - 1);
        return action == 0 ? SafeMean : action == OuterAction(context) ? OuterMean : OtherMean;
    }

    /// <summary>Draws the reward of an action in a round.</summary>
    /// <param name="round">Index of the round.</param>
    /// <param name="context">The context of the round; shape [<see cref="ContextLength"/>].</param>
    /// <param name="action">The action, 0..4.</param>
    public double Reward(long round, ReadOnlySpan<double> context, int action)
    {
        var mean = MeanReward(context, action);
        var random = new RandomSource(key, (ulong)round, 1, (ulong)action);
        return mean + ((mean == OuterMean ? OuterDeviation : Deviation) * Standard.Sample(ref random));
    }

    // The action that pays much here; 0 for none.
    private int OuterAction(ReadOnlySpan<double> context) =>
        (context[0] * context[0]) + (context[1] * context[1]) <= Delta * Delta ? 0
        : context[0] > 0 ? context[1] > 0 ? 1 : 2
        : context[1] > 0 ? 3 : 4;
}
