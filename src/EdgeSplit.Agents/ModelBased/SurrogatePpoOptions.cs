using EdgeSplit.Agents.ModelFree;
using EdgeSplit.Agents.Surrogates;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>Settings of a <see cref="SurrogatePpoAgent"/>. Immutable.</summary>
public sealed record SurrogatePpoOptions
{
    private readonly int lanes = 16;
    private readonly int realLanes = 1;
    private readonly int rolloutTurns = 2;
    private readonly int trainEvery = 100;
    private readonly int updatesPerTraining = 20;

    /// <summary>Settings of the surrogate.</summary>
    /// <value>The defaults of <see cref="SurrogateOptions"/>.</value>
    public SurrogateOptions Surrogate { get; init; } = new();

    /// <summary>Settings of the policy's learner.</summary>
    /// <value>By default 32 steps per lane, batches of 128, four epochs, step size 10⁻³, discount 0.9 and an entropy bonus of 0.01.</value>
    public PpoOptions Policy { get; init; } = new()
    {
        StepsPerLane = 32,
        BatchSize = 128,
        Epochs = 4,
        LearningRate = 1e-3,
        Discount = 0.9,
        EntropyCoefficient = 0.01,
    };

    /// <summary>Lanes of a training rollout, real ones included, at least 1.</summary>
    /// <value>The default value is 16.</value>
    public int Lanes { get => lanes; init => lanes = Guard.AtLeast(value, 1, nameof(Lanes)); }

    /// <summary>Lanes of a training rollout that replay the latest real transitions; the others are imagined. At least 0 and less than all: 1 of 16 is a real share of 0.0625.</summary>
    /// <value>The default value is 1.</value>
    public int RealLanes { get => realLanes; init => realLanes = Guard.AtLeast(value, 0, nameof(RealLanes)); }

    /// <summary>Turns after which an imagined conversation is cut, at least 1: errors of the surrogate add up with every turn.</summary>
    /// <value>The default value is 2.</value>
    public int RolloutTurns { get => rolloutTurns; init => rolloutTurns = Guard.AtLeast(value, 1, nameof(RolloutTurns)); }

    /// <summary>Finished requests between two trainings in the surrogate, at least 1. The first comes when the first such number is finished; until then the agent follows the belief.</summary>
    /// <value>The default value is 100.</value>
    public int TrainEvery { get => trainEvery; init => trainEvery = Guard.AtLeast(value, 1, nameof(TrainEvery)); }

    /// <summary>Policy updates per training, at least 1; each takes steps per lane times lanes transitions.</summary>
    /// <value>The default value is 20.</value>
    public int UpdatesPerTraining { get => updatesPerTraining; init => updatesPerTraining = Guard.AtLeast(value, 1, nameof(UpdatesPerTraining)); }
}
