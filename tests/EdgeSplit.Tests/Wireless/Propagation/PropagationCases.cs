using EdgeSplit.Core.Wireless.Propagation;

namespace EdgeSplit.Tests.Wireless.Propagation;

/// <summary>Every path loss and every line-of-sight law of the library, with the distances at which it holds: what laws for all of them run over.</summary>
internal static class PropagationCases
{
    private const SightCondition Los = SightCondition.LineOfSight;
    private const SightCondition Nlos = SightCondition.NonLineOfSight;

    /// <summary>A path loss between two valid distances, and where there is one the mandatory law without line of sight of the same place.</summary>
    internal sealed record LossCase(IPathLoss Model, double FromMetres, double ToMetres, IPathLoss? Obstructed = null);

    internal static IReadOnlyList<LossCase> Losses { get; } = [.. All()];

    internal static IReadOnlyList<ILineOfSightProbability> Sights { get; } =
    [
        new UrbanMicroSight(), new UrbanMacroSight(), new UrbanMacroSight(14), new UrbanMacroSight(23), new RuralMacroSight(),
        new IndoorMixedOfficeSight(), new IndoorOpenOfficeSight(),
    ];

    internal static IEnumerable<Type> Implementations<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(T)) && type is { IsAbstract: false, IsInterface: false });

    private static IEnumerable<LossCase> All()
    {
        foreach (var carrierHz in new[] { 0.5e9, 3.5e9, 28e9, 100e9 })
        {
            foreach (var terminal in new[] { 1.5, 9.9, 10, 12, 22.5 })
            {
                yield return new(new UrbanMicroPathLoss(carrierHz, Los, default, 10, terminal), 10, 5000, new UrbanMicroPathLoss(carrierHz, Nlos, default, 10, terminal));
                yield return new(new UrbanMacroPathLoss(carrierHz, Los, default, 25, terminal), 10, 5000, new UrbanMacroPathLoss(carrierHz, Nlos, default, 25, terminal));
            }

            yield return new(new UrbanMacroPathLoss(carrierHz, Los, default, 25, 22.5, 21), 10, 5000, new UrbanMacroPathLoss(carrierHz, Nlos, default, 25, 22.5, 21));
            yield return new(new UrbanMicroPathLoss(carrierHz, Nlos, NonLineOfSightForm.Optional), 10, 5000);
            yield return new(new UrbanMacroPathLoss(carrierHz, Nlos, NonLineOfSightForm.Optional), 10, 5000);
            yield return new(new IndoorOfficePathLoss(carrierHz, Los), 0, 149.9, new IndoorOfficePathLoss(carrierHz, Nlos));
            yield return new(new IndoorOfficePathLoss(carrierHz, Los), 0, 149.9, new IndoorOfficePathLoss(carrierHz, Nlos, NonLineOfSightForm.Optional));
            yield return new(new FreeSpacePathLoss(carrierHz), 1e-3, 1e7);
            yield return new(LogDistancePathLoss.FreeSpaceReference(carrierHz, 3.2), 1e-3, 1e7);
        }

        foreach (var carrierHz in new[] { 0.5e9, 0.7e9, 3.5e9, 30e9 })
        {
            yield return new(new RuralMacroPathLoss(carrierHz, Los), 10, 10_000);
            yield return new(new RuralMacroPathLoss(carrierHz, Los), 10, 5000, new RuralMacroPathLoss(carrierHz, Nlos));
            yield return new(new RuralMacroPathLoss(carrierHz, Los, 10, 1, 10, 50), 10, 5000, new RuralMacroPathLoss(carrierHz, Nlos, 10, 1, 10, 50));
        }
    }
}
