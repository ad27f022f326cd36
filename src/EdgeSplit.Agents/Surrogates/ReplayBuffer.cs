namespace EdgeSplit.Agents.Surrogates;

/// <summary>The latest finished requests as training rows: inputs, targets, which targets count, and how often each member of the ensemble sees the row.</summary>
/// <remarks>A ring: the oldest row is overwritten. Not thread-safe; allocates only on construction.</remarks>
public sealed class ReplayBuffer
{
    private readonly float[] inputs;
    private readonly float[] targets;
    private readonly float[] mask;
    private readonly float[] memberWeights;
    private readonly int inputCount;
    private readonly int targetCount;
    private readonly int memberCount;
    private int next;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="capacity">Rows kept, at least 1.</param>
    /// <param name="inputCount">Inputs per row.</param>
    /// <param name="targetCount">Targets per row.</param>
    /// <param name="memberCount">Members of the ensemble.</param>
    public ReplayBuffer(int capacity, int inputCount, int targetCount, int memberCount)
    {
        Capacity = Guard.AtLeast(capacity, 1);
        this.inputCount = Guard.AtLeast(inputCount, 1);
        this.targetCount = Guard.AtLeast(targetCount, 1);
        this.memberCount = Guard.AtLeast(memberCount, 1);
        inputs = new float[capacity * inputCount];
        targets = new float[capacity * targetCount];
        mask = new float[capacity * targetCount];
        memberWeights = new float[capacity * memberCount];
    }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="rowInputs">Inputs; shape [inputs].</param>
    /// <param name="rowTargets">Targets; shape [targets].</param>
    /// <param name="rowMask">1 where a target counts, else 0; shape [targets].</param>
    /// <param name="rowWeights">Weight of the row for each member; shape [members].</param>
    /// <exception cref="ArgumentOutOfRangeException">A span has another length; nothing is added.</exception>
    public void Add(ReadOnlySpan<float> rowInputs, ReadOnlySpan<float> rowTargets, ReadOnlySpan<float> rowMask, ReadOnlySpan<float> rowWeights)
    {
        Guard.SameLength(rowInputs.Length, inputCount);
        Guard.SameLength(rowTargets.Length, targetCount);
        Guard.SameLength(rowMask.Length, targetCount);
        Guard.SameLength(rowWeights.Length, memberCount);
        rowInputs.CopyTo(inputs.AsSpan(next * inputCount, inputCount));
        rowTargets.CopyTo(targets.AsSpan(next * targetCount, targetCount));
        rowMask.CopyTo(mask.AsSpan(next * targetCount, targetCount));
        rowWeights.CopyTo(memberWeights.AsSpan(next * memberCount, memberCount));
        next = (next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Copies a row into a batch.</summary>
    /// <param name="row">The row, 0..<see cref="Count"/> - 1.</param>
    /// <param name="position">Position in the batch.</param>
    /// <param name="batch">Rows of the batch.</param>
    /// <param name="batchInputs">Receives inputs; shape [batch, inputs].</param>
    /// <param name="batchTargets">Receives targets; shape [batch, targets].</param>
    /// <param name="batchMask">Receives the mask; shape [batch, targets].</param>
    /// <param name="batchWeights">Receives the weights; shape [members, batch].</param>
    public void CopyTo(int row, int position, int batch, Span<float> batchInputs, Span<float> batchTargets, Span<float> batchMask, Span<float> batchWeights)
    {
        Guard.InRange(row, 0, Count - 1);
        inputs.AsSpan(row * inputCount, inputCount).CopyTo(batchInputs[(position * inputCount)..]);
        targets.AsSpan(row * targetCount, targetCount).CopyTo(batchTargets[(position * targetCount)..]);
        mask.AsSpan(row * targetCount, targetCount).CopyTo(batchMask[(position * targetCount)..]);
        for (var member = 0; member < memberCount; member++)
        {
            batchWeights[(member * batch) + position] = memberWeights[(row * memberCount) + member];
        }
    }
}
