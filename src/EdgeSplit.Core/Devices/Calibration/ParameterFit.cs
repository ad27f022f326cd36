using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace EdgeSplit.Core.Devices.Calibration;

/// <summary>Fits the parameters of an engine to measured speeds: bounded, robust least squares on log speed, drawn towards what is usual.</summary>
/// <remarks>
/// <para>Minimises the sum of w rho((ln predicted - ln measured) / noise) + sum of ((ln value - ln usual) / spread)^2 over the logarithms of the parameters, rho the Huber loss (quadratic within 2 standard deviations
/// of the noise, linear beyond), by reweighted Levenberg-Marquardt steps (MathNet.Numerics) within <see cref="EngineParameters.Range"/>. The second sum is the prior: a parameter that no row informs stays where it was, and two
/// rows do not fix five parameters. Standard errors are those of the posterior: the inverse of the information of rows and prior.</para>
/// <para>Pure; equal input gives equal output on any number of threads.</para>
/// </remarks>
public sealed class ParameterFit
{
    private const double HuberDeviations = 2;
    private const int MostReweightings = 12;

    private readonly EngineModel engine;
    private readonly int[] free;
    private readonly Matrix<double> covariance;

    private ParameterFit(EngineParameters parameters, IReadOnlyList<ParameterEstimate> estimates, EngineModel engine, int[] free, Matrix<double> covariance) =>
        (Parameters, Estimates, this.engine, this.free, this.covariance) = (parameters, estimates, engine, free, covariance);

    /// <summary>The fitted parameters.</summary>
    public EngineParameters Parameters { get; }

    /// <summary>Each parameter with its standard error, in the order of <see cref="EngineParameter"/>.</summary>
    public IReadOnlyList<ParameterEstimate> Estimates { get; }

    /// <summary>Fits.</summary>
    /// <param name="samples">Measured speeds of one engine on one device, or on several devices of a kind, whose data sheets then explain how they differ.</param>
    /// <param name="engine">The engine's model: usual values, and in <see cref="EngineModel.Spread"/> how far they may move.</param>
    /// <param name="logNoise">Standard deviation of a row's ln(measured speed) about a perfect model, dimensionless, positive: repetition, versions, what the model leaves out.</param>
    /// <param name="weights">Weight of each sample, at least 0; 1 each where omitted.</param>
    /// <param name="mostEfficiency">Upper bound on efficiencies, in (0, 1.25]: 1 where the result stands for data sheets.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no samples, or not one weight for each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ParameterFit Run(
        IReadOnlyList<SpeedSample> samples, EngineModel engine, double logNoise = 0.05, IReadOnlyList<double>? weights = null, double mostEfficiency = RooflineProfile.MaximumEfficiency)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(engine);
        Guard.Positive(logNoise);
        if (samples.Count == 0)
        {
            throw new ArgumentException("Must hold at least one measured speed.", nameof(samples));
        }

        if (weights is not null && weights.Count != samples.Count)
        {
            throw new ArgumentException($"Must hold one weight for each of {samples.Count} samples; found {weights.Count}.", nameof(weights));
        }

        var free = Enumerable.Range(0, EngineParameters.Length)
            .Where(i => engine.Spread[i] > 0 && engine.Parameters[i] > 0 && (i != (int)EngineParameter.StackedMemoryFactor || samples.Any(sample => sample.Sheet.HighBandwidthMemory)))
            .ToArray();
        var problem = new Problem(samples, engine, free, logNoise, weights, mostEfficiency);
        var best = problem.Minimise();
        var covariance = problem.Covariance(best);
        var values = engine.Parameters.ToArray();
        for (var j = 0; j < free.Length; j++)
        {
            values[free[j]] = Math.Exp(best[j]);
        }

        var parameters = new EngineParameters(values);
        var estimates = Enumerable.Range(0, EngineParameters.Length).Select(i =>
        {
            var j = Array.IndexOf(free, i);
            return new ParameterEstimate((EngineParameter)i, parameters[i], engine.Parameters[i], j < 0 ? 0 : Math.Sqrt(covariance[j, j]), j < 0 ? 0 : engine.Spread[i]);
        });
        return new ParameterFit(parameters, Array.AsReadOnly(estimates.ToArray()), engine, free, covariance);
    }

    /// <summary>Standard deviation of ln(predicted speed) that the uncertainty of the parameters causes, dimensionless; the noise of a row comes on top.</summary>
    /// <param name="sample">What is predicted; its measured speed does not count.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sample"/> is null.</exception>
    public double PredictionLogError(SpeedSample sample)
    {
        var gradient = Gradient(sample);
        return Math.Sqrt(Math.Max(0, gradient * (covariance * gradient)));
    }

    /// <summary>The same before the rows: what the spread from device to device causes.</summary>
    /// <param name="sample">What is predicted; its measured speed does not count.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sample"/> is null.</exception>
    public double PriorLogError(SpeedSample sample)
    {
        var gradient = Gradient(sample);
        return Math.Sqrt(free.Select((parameter, j) => gradient[j] * engine.Spread[parameter]).Sum(value => value * value));
    }

    /// <summary>The fitted profile of a data sheet.</summary>
    /// <param name="sheet">The data sheet.</param>
    /// <param name="threads">Processor threads; all cores where omitted.</param>
    /// <param name="name">The profile's name; the sheet's where omitted.</param>
    public RooflineProfile ProfileOf(Sheets.DeviceSheet sheet, int? threads = null, string? name = null) => DataSheetProfile.Create(sheet, engine, Parameters, threads, name);

    private Vector<double> Gradient(SpeedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        const double step = 1e-4;
        return Vector<double>.Build.Dense(free.Length, j => (Predicted(sample, free[j], step) - Predicted(sample, free[j], -step)) / (2 * step));
    }

    private double Predicted(SpeedSample sample, int parameter, double step)
    {
        var (least, most) = EngineParameters.Range((EngineParameter)parameter);
        var moved = Parameters.With((EngineParameter)parameter, Math.Clamp(Parameters[parameter] * Math.Exp(step), least, most));
        return Math.Log(sample.Work.TokensPerSecond(DataSheetProfile.Create(sample.Sheet, engine, moved, sample.Threads)));
    }

    private sealed class Problem
    {
        private readonly IReadOnlyList<SpeedSample> samples;
        private readonly EngineModel engine;
        private readonly int[] free;
        private readonly double[] rowWeights; // weight over the square of the noise
        private readonly double logNoise;
        private readonly double[] lower;
        private readonly double[] upper;
        private readonly int[] processor; // samples of equal sheet and threads share a profile
        private readonly int processors;

        internal Problem(IReadOnlyList<SpeedSample> samples, EngineModel engine, int[] free, double logNoise, IReadOnlyList<double>? weights, double mostEfficiency)
        {
            (this.samples, this.engine, this.free, this.logNoise) = (samples, engine, free, logNoise);
            rowWeights = [.. samples.Select((_, i) => (weights is null ? 1 : Guard.NonNegative(weights[i], nameof(weights))) / (logNoise * logNoise))];
            lower = [.. free.Select(i => Math.Log(Math.Max(1e-12, EngineParameters.Range((EngineParameter)i).Least)))];
            upper = [.. free.Select(i => Math.Log(Most(i, mostEfficiency)))];
            var numbers = new Dictionary<(string, int?), int>();
            processor = new int[samples.Count];
            for (var i = 0; i < samples.Count; i++)
            {
                var key = (samples[i].Sheet.Name, samples[i].Threads);
                if (!numbers.TryGetValue(key, out processor[i]))
                {
                    numbers.Add(key, processor[i] = numbers.Count);
                }
            }

            processors = numbers.Count;
        }

        internal double[] Minimise()
        {
            var point = free.Select((i, j) => Math.Clamp(Math.Log(engine.Parameters[i]), lower[j], upper[j])).ToArray();
            var rows = samples.Count;
            var observed = Vector<double>.Build.Dense(rows + free.Length, k => k < rows ? Math.Log(samples[k].Row.TokensPerSecond) : Math.Log(engine.Parameters[free[k - rows]]));
            var unused = Vector<double>.Build.Dense(rows + free.Length, k => k);
            var minimizer = new LevenbergMarquardtMinimizer(initialMu: 1e-3, gradientTolerance: 1e-10, stepTolerance: 1e-9, functionTolerance: 1e-10, maximumIterations: 200);
            for (var round = 0; round < MostReweightings; round++)
            {
                var robust = Robust(point);
                var weights = Vector<double>.Build.Dense(rows + free.Length, k => k < rows ? robust[k] : 1 / (engine.Spread[free[k - rows]] * engine.Spread[free[k - rows]]));
                var objective = ObjectiveFunction.NonlinearModel(
                    (p, _) => Vector<double>.Build.DenseOfArray(Model(p.AsArray() ?? p.ToArray())), unused, observed, weights);
                var next = minimizer.FindMinimum(objective, point, lower, upper).MinimizingPoint.ToArray();
                var moved = next.Zip(point, (a, b) => Math.Abs(a - b)).Max();
                point = next;
                if (moved < 1e-7)
                {
                    break;
                }
            }

            return point;
        }

        internal Matrix<double> Covariance(double[] point)
        {
            var jacobian = Matrix<double>.Build.Dense(samples.Count, free.Length);
            const double step = 1e-5;
            for (var j = 0; j < free.Length; j++)
            {
                var (above, below) = ((double[])point.Clone(), (double[])point.Clone());
                (above[j], below[j]) = (point[j] + step, point[j] - step);
                var (high, low) = (Predicted(above), Predicted(below));
                for (var i = 0; i < samples.Count; i++)
                {
                    jacobian[i, j] = (high[i] - low[i]) / (2 * step);
                }
            }

            var robust = Robust(point);
            var information = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) =>
                samples.Select((_, i) => robust[i] * jacobian[i, a] * jacobian[i, b]).Sum() + (a == b ? 1 / (engine.Spread[free[a]] * engine.Spread[free[a]]) : 0));
            return free.Length == 0 ? information : information.Inverse();
        }

        private static double Most(int parameter, double mostEfficiency) => (EngineParameter)parameter is EngineParameter.MatrixEfficiency or EngineParameter.PackedMatrixEfficiency
            or EngineParameter.BandwidthEfficiency or EngineParameter.KeyValueBandwidthEfficiency or EngineParameter.AttentionEfficiency
            ? Guard.InRange(Guard.Positive(mostEfficiency), 0, RooflineProfile.MaximumEfficiency, nameof(mostEfficiency))
            : EngineParameters.Range((EngineParameter)parameter).Most;

        private double[] Robust(double[] point)
        {
            var predicted = Predicted(point);
            return [.. predicted.Select((value, i) =>
            {
                var deviations = Math.Abs(value - Math.Log(samples[i].Row.TokensPerSecond)) / logNoise;
                return rowWeights[i] * (deviations <= HuberDeviations ? 1 : HuberDeviations / deviations);
            })];
        }

        private double[] Model(double[] point) => [.. Predicted(point), .. point];

        private double[] Predicted(double[] point)
        {
            var values = engine.Parameters.ToArray();
            for (var j = 0; j < free.Length; j++)
            {
                var (least, most) = EngineParameters.Range((EngineParameter)free[j]);
                values[free[j]] = Math.Clamp(Math.Exp(point[j]), least, most);
            }

            var parameters = new EngineParameters(values);
            var profiles = new RooflineProfile?[processors];
            return [.. samples.Select((sample, i) =>
                Math.Log(sample.Work.TokensPerSecond(profiles[processor[i]] ??= DataSheetProfile.Create(sample.Sheet, engine, parameters, sample.Threads))))];
        }
    }
}
