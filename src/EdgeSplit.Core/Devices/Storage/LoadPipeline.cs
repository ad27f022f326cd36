namespace EdgeSplit.Core.Devices.Storage;

/// <summary>Layers that are read from storage while earlier layers compute: when the last one is done.</summary>
/// <remarks>
/// <para>Loads go one after the other, computing goes one layer after the other, and a layer computes once it is loaded: done(l) = max(done(l-1), loaded(l)) + compute(l), a max-plus
/// recursion. Its solution is the heaviest path: the largest, over layers j, of all loads up to j and all computing from j on. With room for n layers only, the load of layer l
/// also waits until layer l - n is computed.</para>
/// <para>Safe to call from any thread; allocates nothing for up to 1024 buffered layers.</para>
/// </remarks>
public static class LoadPipeline
{
    private const int StackLayers = 1024;

    /// <summary>Time from the first load to the end of the last layer, seconds.</summary>
    /// <param name="loadSeconds">Time to load each layer, seconds, at least 0; 0 for a resident one.</param>
    /// <param name="computeSeconds">Time to compute each layer, seconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spans differ in length, or a time is NaN, negative or not finite.</exception>
    public static double Seconds(ReadOnlySpan<double> loadSeconds, ReadOnlySpan<double> computeSeconds)
    {
        Guard.SameLength(computeSeconds.Length, loadSeconds.Length);
        double loaded = 0, done = 0;
        for (var layer = 0; layer < loadSeconds.Length; layer++)
        {
            loaded += Guard.NonNegative(loadSeconds[layer]);
            done = Math.Max(done, loaded) + Guard.NonNegative(computeSeconds[layer]);
        }

        return done;
    }

    /// <summary>The same with room for a few loaded layers only; 1 loads and computes in turns.</summary>
    /// <param name="loadSeconds">Time to load each layer, seconds, at least 0.</param>
    /// <param name="computeSeconds">Time to compute each layer, seconds, at least 0.</param>
    /// <param name="bufferedLayers">Layers that fit at once, at least 1, the one that computes included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spans differ in length, or a number is out of range.</exception>
    public static double Seconds(ReadOnlySpan<double> loadSeconds, ReadOnlySpan<double> computeSeconds, int bufferedLayers)
    {
        Guard.SameLength(computeSeconds.Length, loadSeconds.Length);
        if (Guard.AtLeast(bufferedLayers, 1) >= loadSeconds.Length)
        {
            return Seconds(loadSeconds, computeSeconds);
        }

        Span<double> doneBefore = bufferedLayers <= StackLayers ? stackalloc double[bufferedLayers] : new double[bufferedLayers];
        doneBefore.Clear();
        double loaded = 0, done = 0;
        for (var layer = 0; layer < loadSeconds.Length; layer++)
        {
            ref var slot = ref doneBefore[layer % bufferedLayers];
            loaded = Math.Max(loaded, slot) + Guard.NonNegative(loadSeconds[layer]);
            slot = done = Math.Max(done, loaded) + Guard.NonNegative(computeSeconds[layer]);
        }

        return done;
    }
}
