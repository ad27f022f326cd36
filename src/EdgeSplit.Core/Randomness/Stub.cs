#pragma warning disable
using MathNet.Numerics;
namespace EdgeSplit.Core.Randomness;
public readonly record struct StreamKey(ulong Seed, ulong Name)
{
    public static StreamKey Create(ulong seed, string name) => new(seed, Hash(14695981039346656037UL, name));
    public StreamKey Derive(string name) => new(Seed, Hash(Name, name));
    private static ulong Hash(ulong h, string name) { foreach (var c in name) { h = (h ^ c) * 1099511628211UL; } h ^= h >> 31; h *= 0x9E3779B97F4A7C15UL; return h ^ (h >> 29); }
}
public struct RandomSource
{
    private readonly ulong k0, k1, e, b, a; private ulong d; private ulong w0, w1, w2, w3; private int left;
    public RandomSource(StreamKey key, ulong entity = 0, ulong timeBlock = 0, ulong attempt = 0) { k0 = key.Seed; k1 = key.Name; e = entity; b = timeBlock; a = attempt; d = 0; left = 0; w0 = w1 = w2 = w3 = 0; }
    public ulong NextUInt64()
    {
        if (left == 0) { Block(); left = 4; }
        return left-- switch { 4 => w0, 3 => w1, 2 => w2, _ => w3 };
    }
    private void Block()
    {
        ulong c0 = e, c1 = b, c2 = a, c3 = d++, x0 = k0, x1 = k1;
        for (var i = 0; i < 10; i++)
        {
            var h0 = Math.BigMul(0xD2E7470EE14C6C93UL, c0, out var l0); var h1 = Math.BigMul(0xCA5A826395121157UL, c2, out var l1);
            c0 = h1 ^ c1 ^ x0; c1 = l1; c2 = h0 ^ c3 ^ x1; c3 = l0; x0 += 0x9E3779B97F4A7C15UL; x1 += 0xBB67AE8584CAA73BUL;
        }
        w0 = c0; w1 = c1; w2 = c2; w3 = c3;
    }
    public double NextUniform() => ((NextUInt64() >> 11) + 0.5) * (1.0 / (1UL << 53));
    public int NextInt32(int n) => (int)(NextUniform() * n);
}
public interface IDistribution { double Mean { get; } double Variance { get; } double Sample(ref RandomSource random); double CumulativeProbability(double value); }
public sealed record NormalDistribution(double Mean, double StandardDeviation) : IDistribution
{
    public double Variance => StandardDeviation * StandardDeviation;
    public double Sample(ref RandomSource r) => Mean + (StandardDeviation * Math.Sqrt(-2 * Math.Log(r.NextUniform())) * Math.Cos(2 * Math.PI * r.NextUniform()));
    public double CumulativeProbability(double v) => 0.5 * SpecialFunctions.Erfc((Mean - v) / StandardDeviation / Math.Sqrt(2));
}
public sealed record ExponentialDistribution(double Rate) : IDistribution
{
    public double Mean => 1 / Rate; public double Variance => Mean * Mean;
    public double Sample(ref RandomSource r) => -Math.Log(r.NextUniform()) / Rate;
    public double CumulativeProbability(double v) => 1 - Math.Exp(-Rate * v);
}
public sealed record GammaDistribution(double Shape, double Scale) : IDistribution
{
    public double Mean => Shape * Scale; public double Variance => Mean * Scale;
    public double Sample(ref RandomSource r)
    {
        if (Shape == 1) { return -Math.Log(r.NextUniform()) * Scale; }
        var n = new NormalDistribution(0, 1); var s = Shape < 1 ? Shape + 1 : Shape; var d = s - (1.0 / 3); var c = 1 / Math.Sqrt(9 * d);
        while (true) { var x = n.Sample(ref r); var v = Math.Pow(1 + (c * x), 3); if (v > 0 && Math.Log(r.NextUniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) { return d * v * Scale * (Shape < 1 ? Math.Pow(r.NextUniform(), 1 / Shape) : 1); } }
    }
    public double CumulativeProbability(double v) => v <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(Shape, v / Scale);
}
public sealed record PoissonDistribution(double Rate) : IDistribution
{
    public double Mean => Rate; public double Variance => Rate;
    public double Sample(ref RandomSource r) => SampleCount(ref r);
    public int SampleCount(ref RandomSource r) { var u = r.NextUniform(); var p = Math.Exp(-Rate); var k = 0; while (u > p && k < 1000) { u -= p; k++; p *= Rate / k; } return k; }
    public double CumulativeProbability(double v) => v < 0 ? 0 : SpecialFunctions.GammaUpperRegularized(Math.Floor(v) + 1, Rate);
}
public sealed record QuantileDistribution : IDistribution
{
    private readonly double[] p, q;
    public QuantileDistribution(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> quantiles) { p = probabilities.ToArray(); q = quantiles.ToArray(); }
    public double Mean { get { var s = 0.0; for (var i = 1; i < p.Length; i++) { s += (p[i] - p[i - 1]) * 0.5 * (q[i] + q[i - 1]); } return s; } }
    public double Variance => 0;
    public double Sample(ref RandomSource r) { var u = r.NextUniform(); var i = 1; while (u > p[i]) { i++; } return q[i - 1] + ((q[i] - q[i - 1]) * (u - p[i - 1]) / (p[i] - p[i - 1])); }
    public double CumulativeProbability(double v) { if (v < q[0]) { return 0; } if (v >= q[^1]) { return 1; } var i = 1; while (v >= q[i]) { i++; } return p[i - 1] + ((p[i] - p[i - 1]) * (v - q[i - 1]) / (q[i] - q[i - 1])); }
}
public static class BlockVariates
{
    public static void FillGamma(StreamKey key, ulong entity, ulong firstBlock, GammaDistribution d, Span<double> destination)
    { for (var i = 0; i < destination.Length; i++) { var r = new RandomSource(key, entity, firstBlock + (ulong)i); destination[i] = d.Sample(ref r); } }
}
