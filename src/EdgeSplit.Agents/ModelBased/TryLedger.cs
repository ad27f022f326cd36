using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.ModelBased;

/// <summary>When the link and the device were last used, and what tries of them have cost: the forced sampling against the trap that one side is never heard of again.</summary>
internal sealed class TryLedger : IRestorable
{
    private const long Never = long.MinValue / 2;
    private readonly ModelBasedOptions options;
    private readonly long[] link;
    private readonly long[] device;
    private long decisions;
    private double costSoFar;
    private double spent;
    private double spentAgain;

    internal TryLedger(ModelBasedOptions options)
    {
        this.options = options;
        link = new long[options.LeastTries];
        device = new long[options.LeastTries];
        Forget();
    }

    internal bool NeedsLink => Needs(link);

    internal bool NeedsDevice => Needs(device);

    /// <summary>Whether a try of the link (else of the device) fits its budget: first tries, on which all else depends, have one of their own.</summary>
    internal bool Affords(double extraCost, bool ofLink) => IsFirst(ofLink)
        ? spent + extraCost <= options.TryBudget * costSoFar
        : spentAgain + extraCost <= options.RetryBudget * costSoFar;

    /// <summary>Notes a decision.</summary>
    /// <param name="usesLink">Whether something crosses the link.</param>
    /// <param name="usesDevice">Whether the device computes layers.</param>
    /// <param name="extraCost">What it costs beyond the cheapest split, where it is a try; otherwise 0.</param>
    /// <param name="triesLink">Whether it is the link that is tried.</param>
    internal void Decided(bool usesLink, bool usesDevice, double extraCost, bool triesLink)
    {
        decisions++;
        if (IsFirst(triesLink))
        {
            spent += extraCost;
        }
        else
        {
            spentAgain += extraCost;
        }

        Note(link, usesLink);
        Note(device, usesDevice);
    }

    internal void Finished(double cost) => costSoFar += cost;

    /// <summary>The world has changed: what was tried before says nothing any more.</summary>
    internal void Forget()
    {
        Array.Fill(link, Never);
        Array.Fill(device, Never);
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(decisions);
        writer.Write(costSoFar);
        writer.Write(spent);
        writer.Write(spentAgain);
        foreach (var at in (ReadOnlySpan<long>)[.. link, .. device])
        {
            writer.Write(at);
        }
    }

    public void LoadState(BinaryReader reader)
    {
        (decisions, costSoFar, spent, spentAgain) = (reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        foreach (ref var at in link.AsSpan())
        {
            at = reader.ReadInt64();
        }

        foreach (ref var at in device.AsSpan())
        {
            at = reader.ReadInt64();
        }
    }

    private bool IsFirst(bool ofLink) => (ofLink ? link : device).Contains(Never);

    // The oldest of the latest tries must lie within the window.
    private bool Needs(long[] tries) => tries.Length > 0 && decisions - tries.Min() > options.TryWindow;

    private void Note(long[] tries, bool used)
    {
        if (used && tries.Length > 0)
        {
            tries[Array.IndexOf(tries, tries.Min())] = decisions;
        }
    }
}
