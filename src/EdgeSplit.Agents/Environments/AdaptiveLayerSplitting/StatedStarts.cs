namespace EdgeSplit.Agents.Environments.AdaptiveLayerSplitting;

/// <summary>200 fixed starts on which policies of <see cref="SurrogateSplittingEnvironment"/> are compared, drawn once as NumPy draws them so that a Python run can be judged on the same ones.</summary>
/// <remarks>Start i is <c>rng = numpy.random.Generator(numpy.random.PCG64(10000 + i))</c>, <c>q = rng.uniform(0.01, 0.3)</c>, then <c>p = rng.integers(1, 10)</c>.</remarks>
public static class StatedStarts
{
    private const int Count = 200;
    private const uint FirstSeed = 10_000;

    /// <summary>The starts; shape [200].</summary>
    public static IReadOnlyList<SplittingState> All { get; } = [.. Enumerable.Range(0, Count).Select(Draw)];

    private static SplittingState Draw(int index)
    {
        var random = new NumpyGenerator(FirstSeed + (uint)index);
        var noiseLevel = 0.01 + ((0.3 - 0.01) * random.NextDouble());
        return new SplittingState(noiseLevel, 1 + random.NextInt32(9));
    }
}
