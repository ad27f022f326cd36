using System.Runtime.CompilerServices;
using EdgeSplit.Core.Devices;
using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Placements;

/// <summary>Prepared compute time of the parts of a model on one node: one entry per kind of layer, since efficiency depends on sizes.</summary>
/// <remarks>
/// <para>On a roofline a pass costs a few nanoseconds per kind of layer, and all decode steps of a request have a closed form: a step that sees p tokens
/// costs a constant and two maxima of lines in p, and p grows by one per step until the sliding window is full. Any other profile is asked unit by unit and step by step.</para>
/// <para>A prompt longer than the processor's micro-batch runs as several passes; the head runs in the last one only. Passes of one token and longer ones may run on two processors.</para>
/// <para>Allocates nothing once made. Immutable.</para>
/// </remarks>
internal sealed class LayerSeconds
{
    private readonly LayerKindSeconds prefill;
    private readonly LayerKindSeconds decode;
    private readonly int microBatch;

    internal LayerSeconds(TransformerShape shape, IComputeProfile profile, NumberFormat weights, NumberFormat activations, NumberFormat keyValues)
    {
        decode = new LayerKindSeconds(shape, profile.ForPass(1), weights, activations, keyValues);
        var prompt = profile.ForPass(2);
        prefill = ReferenceEquals(prompt, profile.ForPass(1)) ? decode : new LayerKindSeconds(shape, prompt, weights, activations, keyValues);
        microBatch = prompt.MicroBatchTokens;
    }

    /// <summary>Fixed time of one decode step on this node, seconds.</summary>
    internal double StepOverhead => decode.PassOverhead;

    /// <summary>Time of the head in a decode step, seconds.</summary>
    internal double StepHead => decode.Head;

    /// <summary>Time of the embedding in a decode step, seconds.</summary>
    internal double StepEmbedding => decode.DecodeEmbedding;

    /// <summary>Fixed time of a prompt on this node, seconds: once per micro-batch.</summary>
    internal double Overhead(ForwardPass pass) => pass.NewTokens <= 1 ? decode.PassOverhead
        : pass.NewTokens <= microBatch ? prefill.PassOverhead : prefill.PassOverhead * (((pass.NewTokens - 1) / microBatch) + 1);

    /// <summary>Time of the head after a prompt, seconds.</summary>
    internal double Head(ForwardPass pass) => pass.NewTokens <= 1 ? decode.Head : prefill.Head;

    /// <summary>Time of the embedding of a prompt, seconds.</summary>
    internal double Embedding(ForwardPass pass)
    {
        if (pass.NewTokens <= microBatch || pass.NewTokens <= 1)
        {
            return (pass.NewTokens <= 1 ? decode : prefill).Embedding(pass);
        }

        var seconds = 0.0;
        for (var done = 0; done < pass.NewTokens; done += microBatch)
        {
            seconds += prefill.Embedding(new ForwardPass(Math.Min(microBatch, pass.NewTokens - done), pass.ContextTokens + done));
        }

        return seconds;
    }

    /// <summary>Time of one layer of a kind over a prompt, seconds.</summary>
    internal double Layer(int kind, ForwardPass pass)
    {
        if (pass.NewTokens <= microBatch || pass.NewTokens <= 1)
        {
            return (pass.NewTokens <= 1 ? decode : prefill).Layer(kind, pass);
        }

        var seconds = 0.0;
        for (var done = 0; done < pass.NewTokens; done += microBatch)
        {
            seconds += prefill.Layer(kind, new ForwardPass(Math.Min(microBatch, pass.NewTokens - done), pass.ContextTokens + done));
        }

        return seconds;
    }

    /// <summary>Time of one layer of a kind in the decode step at a context, seconds.</summary>
    internal double LayerDecodeStep(int kind, int context) => decode.LayerDecodeStep(kind, context);

    /// <summary>Time of one layer of a kind over decode steps at contexts first, first + 1, …; a fraction of a step counts in proportion.</summary>
    internal double LayerDecode(int kind, int firstContext, double steps) => decode.LayerDecode(kind, firstContext, steps);
}
