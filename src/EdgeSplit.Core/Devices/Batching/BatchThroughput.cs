namespace EdgeSplit.Core.Devices.Batching;

/// <summary>One point of a throughput curve: decode steps of a batch of equal sequences.</summary>
/// <param name="Sequences">Sequences in the batch.</param>
/// <param name="StepSeconds">Time of one step, seconds: the time between two tokens of one sequence.</param>
public readonly record struct BatchThroughput(int Sequences, double StepSeconds)
{
    /// <summary>Tokens per second of all sequences together.</summary>
    public double TokensPerSecond => Sequences / StepSeconds;

    /// <summary>Tokens per second that one sequence sees.</summary>
    public double TokensPerSecondPerSequence => 1 / StepSeconds;
}
