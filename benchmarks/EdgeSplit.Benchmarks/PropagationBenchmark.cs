using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Wireless.Mobility;
using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Benchmarks;

/// <summary>Hot paths of large-scale propagation: loss, sight and shadowing at a place, one step of a trajectory.</summary>
[MemoryDiagnoser]
public class PropagationBenchmark
{
    private const int Points = 1000;

    private static readonly StreamKey Key = StreamKey.Create(1, "benchmark");

    private readonly UrbanMicroPathLoss _micro = new(3.5e9, SightCondition.NonLineOfSight);
    private readonly RuralMacroPathLoss _rural = new(0.7e9, SightCondition.NonLineOfSight);
    private readonly CorrelatedShadowing _shadowing = new(Key, 0, 7.82, 13);
    private readonly SightAlongWay _sight = new(Key, 0, new UrbanMicroSight(), 50);
    private readonly ITrajectory _line = new LinearMobility(30, null, 500).Create(Key, 0, new(100, 0));
    private readonly ITrajectory _waypoints = new RandomWaypointMobility(new DiskArea(500), 0.5, 2, 5).Create(Key, 0, new(100, 0));
    private readonly ITrajectory _gaussMarkov = new GaussMarkovMobility(0.9, 1, 0.5, 1, null, 500).Create(Key, 0, new(100, 0));
    private double _seconds;

    [Benchmark(OperationsPerInvoke = Points)]
    public double UrbanMicroLoss()
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            sum += _micro.LossDb(10 + i);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public double RuralMacroLoss()
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            sum += _rural.LossDb(10 + i);
        }

        return sum;
    }

    /// <summary>Places far apart, in no order.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public double ShadowingAtAnyPlace()
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            sum += _shadowing.ValueDb(7919.3 * (i * 7 % Points));
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int SightAtAnyPlace()
    {
        var sum = 0;
        for (var i = 0; i < Points; i++)
        {
            sum += (int)_sight.At(7919.3 * i, 10 + i);
        }

        return sum;
    }

    /// <summary>A fast car that is reflected every half minute, one call per second.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public double StraightMotion() => Walk(_line);

    /// <summary>One call per second, in the order of time.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public double RandomWaypoint() => Walk(_waypoints);

    /// <summary>One call and one step per second, in the order of time.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public double GaussMarkov() => Walk(_gaussMarkov);

    private double Walk(ITrajectory trajectory)
    {
        var sum = 0.0;
        for (var i = 0; i < Points; i++)
        {
            sum += trajectory.At(_seconds++).Position.XMetres;
        }

        return sum;
    }
}
