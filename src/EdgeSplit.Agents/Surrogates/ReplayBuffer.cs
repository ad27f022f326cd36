using System.Runtime.InteropServices;
using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Agents.Surrogates;

/// <summary>The latest finished requests as training rows: inputs, targets, which targets count, and how often each member of the ensemble sees the row.</summary>
/// <remarks>A ring: the oldest row is overwritten. Not thread-safe; allocates only on construction.</remarks>
public sealed class ReplayBuffer : IRestorable
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

    /// <summary>Lets one target of all but the latest rows count no longer: what was learned of it before the world changed.</summary>
    /// <param name="target">The target, 0 .. targets - 1.</param>
    /// <param name="keep">Latest rows that still count, at least 0.</param>
    public void Forget(int target, int keep)
    {
        Guard.InRange(target, 0, targetCount - 1);
        Guard.AtLeast(keep, 0);
        for (var age = keep; age < Count; age++)
        {
            mask[(RowOfAge(age) * targetCount) + target] = 0;
        }
    }

    /// <summary>Adds a constant to one target of all rows.</summary>
    /// <param name="target">The target, 0 .. targets - 1.</param>
    /// <param name="shift">What is added, finite.</param>
    public void Shift(int target, float shift)
    {
        Guard.InRange(target, 0, targetCount - 1);
        Guard.Finite(shift);
        for (var row = 0; row < Count; row++)
        {
            targets[(row * targetCount) + target] += shift;
        }
    }

    /// <summary>The row that was added <paramref name="age"/> rows before the latest.</summary>
    /// <param name="age">The age, 0 for the latest, below <see cref="Count"/>.</param>
    public int RowOfAge(int age) => (next - 1 - Guard.InRange(age, 0, Count - 1) + (2 * Capacity)) % Capacity;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Count);
        writer.Write(next);
        foreach (var part in (ReadOnlySpan<float[]>)[inputs, targets, mask, memberWeights])
        {
            writer.Write(MemoryMarshal.AsBytes(part.AsSpan(0, Count * (part.Length / Capacity))));
        }
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (count, position) = (reader.ReadInt32(), reader.ReadInt32());
        if (count < 0 || count > Capacity || position < 0 || position >= Capacity || (count < Capacity && position != count))
        {
            throw new InvalidDataException(FormattableString.Invariant($"A replay buffer of {Capacity} rows cannot hold {count} rows and go on at {position}."));
        }

        float[][] parts = [inputs, targets, mask, memberWeights];
        var read = new float[parts.Length][];
        for (var i = 0; i < parts.Length; i++)
        {
            read[i] = new float[count * (parts[i].Length / Capacity)];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(read[i].AsSpan()));
        }

        for (var i = 0; i < parts.Length; i++)
        {
            read[i].CopyTo(parts[i], 0);
        }

        (Count, next) = (count, position);
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
