using EdgeSplit.Core.Placements;

namespace EdgeSplit.Core.Simulation;

/// <summary>Runs single turns of a world straight through, without an event queue: exact as long as link and load are exogenous. For references and sweeps over all splits.</summary>
/// <remarks>One instance per thread. Results do not depend on what was run before.</remarks>
public sealed class TurnSimulator
{
    private readonly World world;
    private readonly TurnProcess?[] processes; // one per regime
    private readonly TurnChannel channel;
    private TurnProcess process;
    private int selected;
    private int selectedFuture;
    private (int PromptTokens, int DecodeSteps) erasedWork;
    private double erasedShare;

    /// <summary>Creates a simulator of a world.</summary>
    /// <param name="world">The world.</param>
    public TurnSimulator(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        this.world = world;
        processes = new TurnProcess?[world.Regimes];
        process = ProcessOf(0);
        channel = new TurnChannel(world.Scenario);
    }

    /// <summary>Goodput of the prompt's uplink message in the last run, bit/s; 0 where none was sent.</summary>
    public double UplinkGoodputBitsPerSecond => process.UplinkGoodputBitsPerSecond;

    /// <summary>Takes up a request; all splits tried afterwards meet the same channel and load.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="future">0 for what really happens; a positive number for another possible future.</param>
    public void Select(int request, int future = 0)
    {
        channel.Reset(world.Uplink(request, future), world.Downlink(request, future), world.Server(request, future));
        process = ProcessOf(request);
        (selected, selectedFuture, erasedWork) = (request, future, default);
    }

    /// <summary>Runs the selected request under one split.</summary>
    /// <param name="splitPoint">The split point.</param>
    /// <param name="plan">The work, with the number of output tokens to simulate, and how the KV cache comes to it.</param>
    /// <returns>What it costs.</returns>
    public SplitBreakdown Run(int splitPoint, in KeyValueMigrationPlan plan)
    {
        process.Run(splitPoint, plan, channel.AsStructure());
        return world.IsUplinkReliable || splitPoint == 0 || splitPoint == world.Truth.Layers ? process.Breakdown() : process.Breakdown(ErasedShare(plan.Work));
    }

    /// <summary>Cost of the selected request under one split, seconds-equivalent; where it times out, the cost until then.</summary>
    /// <param name="splitPoint">The split point.</param>
    /// <param name="plan">The work, with the number of output tokens to simulate, and how the KV cache comes to it.</param>
    public double Cost(int splitPoint, in KeyValueMigrationPlan plan) =>
        world.Scenario.Objective.Cost(Run(splitPoint, plan));

    private TurnProcess ProcessOf(int request) =>
        processes[world.RegimeAt(request)] ??= new TurnProcess(world.TruthAt(request), world.Scenario.Settings.TimeoutSeconds);

    // The same for all splits of the request, unless one of them reads the context again.
    private double ErasedShare(in TurnWork work)
    {
        var asked = (work.PromptTokens, (int)Math.Round(work.DecodeSteps));
        if (erasedWork != asked)
        {
            erasedWork = asked;
            erasedShare = world.ErasedShare(selected, asked.PromptTokens, asked.Item2, selectedFuture);
        }

        return erasedShare;
    }
}
