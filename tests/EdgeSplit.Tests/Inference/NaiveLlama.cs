using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

/// <summary>The same transformer written down plainly in double precision, one token and one head at a time: what the fast one must agree with.</summary>
public sealed class NaiveLlama(Checkpoint checkpoint)
{
    private readonly LlamaConfiguration c = checkpoint.Configuration;

    /// <summary>Hidden state after each layer (index 0 is the embedding), then the logits.</summary>
    public (double[][][] States, double[][] Logits) Run(int[] tokens)
    {
        var embedding = Matrix("model.embed_tokens.weight", c.Vocabulary, c.HiddenSize);
        var x = tokens.Select(t => (double[])embedding[t].Clone()).ToArray();
        List<double[][]> states = [Copy(x)];
        for (var layer = 0; layer < c.Layers; layer++)
        {
            Layer(layer, x);
            states.Add(Copy(x));
        }

        var norm = Vector("model.norm.weight", c.HiddenSize);
        var head = c.TiedEmbeddings ? embedding : Matrix("lm_head.weight", c.Vocabulary, c.HiddenSize);
        return ([.. states], [.. x.Select(row => Times(head, Norm(row, norm), null))]);
    }

    private static double[][] Copy(double[][] x) => [.. x.Select(row => (double[])row.Clone())];

    private void Layer(int layer, double[][] x)
    {
        var p = FormattableString.Invariant($"model.layers.{layer}.");
        int qd = c.QueryHeads * c.HeadDimension, kd = c.KeyValueHeads * c.HeadDimension;
        var inputNorm = Vector(p + "input_layernorm.weight", c.HiddenSize);
        var (wq, wk, wv) = (Matrix(p + "self_attn.q_proj.weight", qd, c.HiddenSize), Matrix(p + "self_attn.k_proj.weight", kd, c.HiddenSize), Matrix(p + "self_attn.v_proj.weight", kd, c.HiddenSize));
        var wo = Matrix(p + "self_attn.o_proj.weight", c.HiddenSize, qd);
        double[]? Bias(bool has, string name, int length) => has ? Vector(p + name, length) : null;
        var (bq, bk, bv) = (Bias(c.AttentionBias, "self_attn.q_proj.bias", qd), Bias(c.AttentionBias, "self_attn.k_proj.bias", kd), Bias(c.AttentionBias, "self_attn.v_proj.bias", kd));
        var bo = Bias(c.OutputBias, "self_attn.o_proj.bias", c.HiddenSize);
        var queryNorm = Bias(c.QueryKeyNorms, "self_attn.q_norm.weight", c.HeadDimension);
        var keyNorm = Bias(c.QueryKeyNorms, "self_attn.k_norm.weight", c.HeadDimension);
        var normed = x.Select(row => Norm(row, inputNorm)).ToArray();
        var q = normed.Select((row, t) => Heads(Times(wq, row, bq), c.QueryHeads, queryNorm, t)).ToArray();
        var k = normed.Select((row, t) => Heads(Times(wk, row, bk), c.KeyValueHeads, keyNorm, t)).ToArray();
        var v = normed.Select(row => Times(wv, row, bv)).ToArray();
        var window = c.IsWindowed(layer) ? c.SlidingWindow ?? int.MaxValue : int.MaxValue;
        for (var t = 0; t < x.Length; t++)
        {
            var mixed = new double[qd];
            for (var head = 0; head < c.QueryHeads; head++)
            {
                var kv = head / (c.QueryHeads / c.KeyValueHeads) * c.HeadDimension;
                var first = (int)Math.Max(0, t + 1 - (long)window);
                var scores = Enumerable.Range(first, t + 1 - first)
                    .Select(s => Enumerable.Range(0, c.HeadDimension).Sum(i => q[t][(head * c.HeadDimension) + i] * k[s][kv + i]) / Math.Sqrt(c.HeadDimension)).ToArray();
                var top = scores.Max();
                var weights = scores.Select(s => Math.Exp(s - top)).ToArray();
                var sum = weights.Sum();
                for (var i = 0; i < c.HeadDimension; i++)
                {
                    mixed[(head * c.HeadDimension) + i] = Enumerable.Range(0, weights.Length).Sum(s => weights[s] / sum * v[first + s][kv + i]);
                }
            }

            Add(x[t], Times(wo, mixed, bo));
        }

        var norm = Vector(p + "post_attention_layernorm.weight", c.HiddenSize);
        var (wg, wu) = (Matrix(p + "mlp.gate_proj.weight", c.IntermediateSize, c.HiddenSize), Matrix(p + "mlp.up_proj.weight", c.IntermediateSize, c.HiddenSize));
        var wd = Matrix(p + "mlp.down_proj.weight", c.HiddenSize, c.IntermediateSize);
        var (bg, bu) = (Bias(c.FeedForwardBias, "mlp.gate_proj.bias", c.IntermediateSize), Bias(c.FeedForwardBias, "mlp.up_proj.bias", c.IntermediateSize));
        var bd = Bias(c.FeedForwardBias, "mlp.down_proj.bias", c.HiddenSize);
        foreach (var row in x)
        {
            var inner = Norm(row, norm);
            var gate = Times(wg, inner, bg);
            var up = Times(wu, inner, bu);
            Add(row, Times(wd, [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)], bd));
        }
    }

    /// <summary>Norm of each head where there is one, then the rotation of a position.</summary>
    private double[] Heads(double[] values, int heads, double[]? norm, int position)
    {
        var half = c.HeadDimension / 2;
        for (var head = 0; head < heads; head++)
        {
            var at = head * c.HeadDimension;
            if (norm is not null)
            {
                Norm(values[at..(at + c.HeadDimension)], norm).CopyTo(values, at);
            }

            for (var i = 0; i < half; i++)
            {
                var angle = position * Frequency(i);
                var (a, b) = (values[at + i], values[at + half + i]);
                values[at + i] = (a * Math.Cos(angle)) - (b * Math.Sin(angle));
                values[at + half + i] = (b * Math.Cos(angle)) + (a * Math.Sin(angle));
            }
        }

        return values;
    }

    private double Frequency(int pair)
    {
        var frequency = Math.Pow(c.RotaryBase, -2.0 * pair / c.HeadDimension);
        switch (c.Scaling.Kind)
        {
            case RotaryScalingKind.Linear:
                return frequency / c.Scaling.Factor;
            case RotaryScalingKind.Llama3:
                var wavelength = 2 * Math.PI / frequency;
                double original = c.Scaling.OriginalPositions, low = c.Scaling.LowFrequencyFactor, high = c.Scaling.HighFrequencyFactor;
                if (wavelength < original / high)
                {
                    return frequency;
                }

                if (wavelength > original / low)
                {
                    return frequency / c.Scaling.Factor;
                }

                var smooth = ((original / wavelength) - low) / (high - low);
                return ((1 - smooth) * frequency / c.Scaling.Factor) + (smooth * frequency);
            default:
                return frequency;
        }
    }

    private double[] Norm(double[] x, double[] weight)
    {
        var scale = 1 / Math.Sqrt((x.Sum(v => v * v) / x.Length) + c.NormEpsilon);
        return [.. x.Zip(weight, (v, w) => v * scale * w)];
    }

    private static double[] Times(double[][] matrix, double[] x, double[]? bias) =>
        [.. matrix.Select((row, i) => row.Zip(x, (w, v) => w * v).Sum() + (bias?[i] ?? 0))];

    private static void Add(double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            x[i] += y[i];
        }
    }

    private double[] Vector(string name, int length) => Values(name, length);

    private double[][] Matrix(string name, int rows, int columns) => [.. Values(name, rows, columns).Chunk(columns)];

    private double[] Values(string name, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        checkpoint.Tensor(name, shape).CopyTo(values);
        return Array.ConvertAll(values, x => (double)x);
    }
}
