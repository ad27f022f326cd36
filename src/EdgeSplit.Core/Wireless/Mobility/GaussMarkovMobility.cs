using EdgeSplit.Core.Randomness;
using MathNet.Numerics;

namespace EdgeSplit.Core.Wireless.Mobility;

/// <summary>Gauss-Markov motion: the velocity keeps part of itself from step to step, so that paths bend smoothly.</summary>
/// <remarks>
/// <para>Each component of the velocity follows v' = a v + (1 - a) mean + sqrt(1 - a^2) sigma w with w standard normal, from the stationary law N(mean, sigma^2) on;
/// correlation over n steps a^n. a = 0 is a new velocity each step, a = 1 a velocity for ever. Between steps the motion is straight.</para>
/// <para>The mean velocity is the mean drift speed in one direction, fixed or drawn per user. At the border of the disk the path is reflected, and with it the
/// velocity and its mean: the law of the speed does not change there.</para>
/// <para>Trajectories go up to 1e9 s; they remember every 64th step (2 bytes per step) and are not thread-safe. The model is immutable and safe to share.</para>
/// <para>Source: B. Liang, Z. J. Haas, "Predictive distance-based mobility management for PCS networks", IEEE INFOCOM 1999.</para>
/// </remarks>
/// <param name="Memory">Memory a per step, pure number, in [0, 1].</param>
/// <param name="DriftMetresPerSecond">Size of the mean velocity, metres per second, at least 0 and finite.</param>
/// <param name="DeviationMetresPerSecond">Standard deviation sigma of each component of the velocity, metres per second, at least 0 and finite.</param>
/// <param name="StepSeconds">Length of a step, seconds, at least 1e-6 and finite.</param>
/// <param name="DirectionRadians">Direction of the mean velocity, radians from east towards north, finite; null draws it per user, uniformly.</param>
/// <param name="RadiusMetres">Radius of the reflecting disk about the base station, metres, positive; positive infinity is the open plane.</param>
public sealed record GaussMarkovMobility(
    double Memory,
    double DriftMetresPerSecond,
    double DeviationMetresPerSecond,
    double StepSeconds = 1,
    double? DirectionRadians = null,
    double RadiusMetres = double.PositiveInfinity) : IMobilityModel
{
    /// <summary>Memory a per step.</summary>
    public double Memory { get; } = Guard.InRange(Memory, 0, 1);

    /// <summary>Size of the mean velocity, metres per second.</summary>
    public double DriftMetresPerSecond { get; } = Guard.NonNegative(DriftMetresPerSecond);

    /// <summary>Standard deviation of each component of the velocity, metres per second.</summary>
    public double DeviationMetresPerSecond { get; } = Guard.NonNegative(DeviationMetresPerSecond);

    /// <summary>Length of a step, seconds.</summary>
    public double StepSeconds { get; } = Guard.InRange(StepSeconds, 1e-6, double.MaxValue);

    /// <summary>Direction of the mean velocity, radians from east towards north; null where it is drawn.</summary>
    public double? DirectionRadians { get; } = DirectionRadians is { } direction ? Guard.Finite(direction, nameof(DirectionRadians)) : null;

    /// <summary>Radius of the reflecting disk, metres.</summary>
    public double RadiusMetres { get; } = MobilityChecks.Radius(RadiusMetres);

    /// <summary>Standard deviation of what is new in a step, metres per second: sigma sqrt(1 - a^2).</summary>
    public double InnovationMetresPerSecond => DeviationMetresPerSecond * Math.Sqrt((1 - Memory) * (1 + Memory));

    /// <inheritdoc/>
    /// <value>The mean of the Rice law of the speed: sigma sqrt(pi/2) e^(-x) ((1 + 2x) I0(x) + 2x I1(x)) with x = (drift / (2 sigma))^2.</value>
    public double MeanSpeedMetresPerSecond
    {
        get
        {
            var ratio = DriftMetresPerSecond / (2 * DeviationMetresPerSecond);
            if (!(ratio < 1e4))
            {
                // Far out the Rice law is the drift itself, to 1e-9 relative; 0/0 is a user who stands.
                return DriftMetresPerSecond;
            }

            var x = ratio * ratio;
            return DeviationMetresPerSecond * Math.Sqrt(Math.PI / 2)
                * (((1 + (2 * x)) * SpecialFunctions.BesselIScaled(0, x)) + (2 * x * SpecialFunctions.BesselIScaled(1, x)));
        }
    }

    /// <summary>Correlation of a component of the velocity over a number of steps: a^n.</summary>
    /// <param name="lagSteps">Number of steps n, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public double Autocorrelation(int lagSteps) => Math.Pow(Memory, Guard.AtLeast(lagSteps, 0));

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The start lies outside the disk or is not finite.</exception>
    public ITrajectory Create(StreamKey key, ulong entity, PlanePosition start)
    {
        MobilityChecks.Start(start, RadiusMetres);
        var random = new RandomSource(key.Derive("mobility/direction"), entity);
        var (sine, cosine) = Math.SinCos(DirectionRadians ?? (2 * Math.PI * random.NextUniform()));
        var walk = new Walk(this, key.Derive("mobility/velocity"), entity, DriftMetresPerSecond * cosine, DriftMetresPerSecond * sine);
        return new StepwiseTrajectory<Step>(walk.First(start), walk.Following);
    }

    /// <summary>The rule of one user: step n has the draws of time block n.</summary>
    private sealed class Walk(GaussMarkovMobility model, StreamKey key, ulong entity, double driftX, double driftY)
    {
        internal Step First(PlanePosition start) => New(0, start, default, 0, driftX, driftY, model.DeviationMetresPerSecond);

        internal Step Following(Step step)
        {
            var (position, turn) = step.Leave();
            var (memory, fresh) = (model.Memory, 1 - model.Memory);
            return New(
                step.Number + 1, position, turn, step.EndMetres,
                (memory * step.FreeX) + (fresh * driftX), (memory * step.FreeY) + (fresh * driftY), model.InnovationMetresPerSecond);
        }

        private Step New(long number, PlanePosition position, PlaneTurn turn, double metres, double meanX, double meanY, double deviation)
        {
            var random = new RandomSource(key, entity, (ulong)number);
            var x = meanX + (deviation * Normal(ref random));
            var y = meanY + (deviation * Normal(ref random));
            return new(number, position, turn, metres, x, y, model.StepSeconds, model.RadiusMetres);
        }

        private static double Normal(ref RandomSource random) => FrozenFunctions.NormalQuantile(new ScalarLane(random.NextUniform())).Value;
    }

    /// <summary>One step of constant speed; the velocity is that of the open plane, the turn what all reflections so far made of it.</summary>
    private readonly struct Step : ITrajectoryStep
    {
        private readonly PlanePosition _position;
        private readonly PlaneTurn _turn;
        private readonly double _startMetres;
        private readonly double _stepSeconds;
        private readonly double _radius;
        private readonly double _speed;
        private readonly double _headingX;
        private readonly double _headingY;

        internal Step(long number, PlanePosition position, PlaneTurn turn, double startMetres, double freeX, double freeY, double stepSeconds, double radius)
        {
            (Number, FreeX, FreeY) = (number, freeX, freeY);
            (_position, _turn, _startMetres, _stepSeconds, _radius) = (position, turn, startMetres, stepSeconds, radius);
            _speed = Math.Sqrt((freeX * freeX) + (freeY * freeY));
            if (_speed > 0)
            {
                (_headingX, _headingY) = turn.Apply(freeX / _speed, freeY / _speed);
            }
        }

        public double StartSeconds => Number * _stepSeconds;

        public double EndSeconds => (Number + 1) * _stepSeconds;

        internal long Number { get; }

        internal double FreeX { get; }

        internal double FreeY { get; }

        internal double EndMetres => _startMetres + (_speed * _stepSeconds);

        public TrajectoryPoint At(double seconds)
        {
            var metres = _speed * Math.Min(seconds - StartSeconds, _stepSeconds);
            return new(DiskBilliard.Advance(_position, _headingX, _headingY, metres, _radius, out _), _speed, _startMetres + metres);
        }

        /// <summary>Where the step ends, and what all reflections up to there make of a velocity.</summary>
        internal (PlanePosition Position, PlaneTurn Turn) Leave()
        {
            var position = DiskBilliard.Advance(_position, _headingX, _headingY, _speed * _stepSeconds, _radius, out var turn);
            return (position, _turn.Then(turn));
        }
    }
}
