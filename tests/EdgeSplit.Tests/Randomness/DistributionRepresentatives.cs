using System.Reflection;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Randomness;

/// <summary>Every distribution of the library, found by reflection, with instances to test the laws on.</summary>
public static class DistributionRepresentatives
{
    private static readonly IDistribution[] Instances =
    [
        new UniformDistribution(-3, 5),
        new NormalDistribution(2, 0.5),
        new LogNormalDistribution(-1, 0.5),
        new ExponentialDistribution(4),
        new GammaDistribution(0.1, 1),
        new GammaDistribution(0.5, 2),
        new GammaDistribution(1, 3),
        new GammaDistribution(1.001, 1),
        new GammaDistribution(2.5, 0.4),
        new GammaDistribution(50, 0.02),
        new GammaDistribution(100_000, 1e-5),
        new PoissonDistribution(0.2),
        new PoissonDistribution(3.7),
        new PoissonDistribution(9.999),
        new PoissonDistribution(10),
        new PoissonDistribution(31.4),
        new PoissonDistribution(2500),
        new PoissonDistribution(1e6),
        new CategoricalDistribution([0.5, 0, 3, 1.5, 0.01, 0]),
        new CategoricalDistribution([.. Enumerable.Range(1, 100).Select(i => 1.0 / i)]),
        new QuantileDistribution([0, 0.1, 0.5, 0.9, 1], [-1, 0, 2, 7, 40]),
        new QuantileDistribution([0, 0.001, 0.002, 1], [0, 1, 2, 3]),
    ];

    /// <summary>Found by reflection, so that nobody can leave one out quietly.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(IDistribution).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(IDistribution).IsAssignableFrom(type))];

    public static TheoryData<IDistribution> All => [.. Instances];

    public static TheoryData<IDistribution> Continuous => [.. Instances.Where(instance => !IsDiscrete(instance))];

    public static TheoryData<IDistribution> Discrete => [.. Instances.Where(IsDiscrete)];

    public static TheoryData<IDistribution> OfOneWord => [.. Instances.Where(IsOfOneWord)];

    public static bool IsDiscrete(IDistribution distribution) => distribution is PoissonDistribution or CategoricalDistribution;

    internal static bool HasInstance(Type type) => Instances.Any(instance => instance.GetType() == type);

    private static bool IsOfOneWord(IDistribution distribution) =>
        distribution switch
        {
            GammaDistribution gamma => gamma.Shape == 1,
            PoissonDistribution poisson => poisson.Rate < 10,
            _ => true,
        };
}

public class DistributionCompleteness
{
    [Fact]
    public void Every_distribution_has_a_representative_that_the_laws_are_tested_on()
    {
        Assert.NotEmpty(DistributionRepresentatives.Types);
        Assert.All(DistributionRepresentatives.Types, type => Assert.True(DistributionRepresentatives.HasInstance(type), $"{type.Name} has no representative"));
    }

    [Fact]
    public void Every_distribution_is_a_sealed_record_without_setters()
    {
        Assert.All(DistributionRepresentatives.Types, type =>
        {
            Assert.True(type.IsSealed, type.Name);
            Assert.NotNull(type.GetMethod("<Clone>$"));
            Assert.All(type.GetProperties(BindingFlags.Public | BindingFlags.Instance), property => Assert.Null(property.SetMethod));
        });
    }
}
