using System.Text.Json.Nodes;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Bandits;

/// <summary>A bandit whose reward is linear in the context, with weights of its own for each action.</summary>
/// <remarks>Acting and learning allocate nothing.</remarks>
public abstract class LinearBandit : BanditAgent
{
    private readonly LinearModel[] models;
    private readonly double[] context;

    private protected LinearBandit(string name, int observationLength, int actionCount, LinearBanditOptions? options, ulong seed = 0)
        : base(name, observationLength, actionCount, seed)
    {
        Options = options ?? new LinearBanditOptions();
        foreach (var entry in Options.Entries ?? [])
        {
            Guard.InRange(entry, 0, observationLength - 1, nameof(options));
        }

        var length = (Options.Entries?.Count ?? observationLength) + (Options.Intercept ? 1 : 0);
        models = [.. Enumerable.Range(0, actionCount).Select(_ => new LinearModel(length, Options.Ridge))];
        context = new double[models[0].Stride];
        context[length - 1] = 1;
    }

    /// <summary>The settings.</summary>
    public LinearBanditOptions Options { get; }

    /// <summary>The model of an action.</summary>
    internal LinearModel Model(int action) => models[action];

    /// <summary>The expected reward of each action, without exploration.</summary>
    /// <param name="observation">What is seen; shape [d].</param>
    /// <param name="means">Receives the means; shape [A].</param>
    public void Predict(ReadOnlySpan<double> observation, Span<double> means)
    {
        Guard.SameLength(observation.Length, ObservationLength);
        Guard.SameLength(means.Length, ActionCount);
        var x = Context(observation);
        for (var action = 0; action < models.Length; action++)
        {
            means[action] = models[action].Mean(x);
        }
    }

    private protected override void Score(ReadOnlySpan<double> observation, ReadOnlySpan<bool> mask, bool explore, ref RandomSource random, Span<double> scores) =>
        Predict(observation, scores);

    private protected override void Update(ReadOnlySpan<double> observation, int action, double reward) => models[action].Update(Context(observation), reward);

    private protected override void DescribeSettings(JsonObject settings) => Options.Describe(settings);

    private protected override void Write(BinaryWriter writer)
    {
        foreach (var model in models)
        {
            model.Save(writer);
        }
    }

    private protected override void Read(BinaryReader reader)
    {
        foreach (var model in models)
        {
            model.Load(reader);
        }
    }

    private protected ReadOnlySpan<double> Context(ReadOnlySpan<double> observation)
    {
        if (Options.Entries is { } entries)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                context[i] = observation[entries[i]];
            }
        }
        else
        {
            observation.CopyTo(context);
        }

        return context;
    }
}
