using EdgeSplit.Core.Numerics;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Agents.Networks;

/// <summary>A small fully connected network: hidden layers of one activation, linear outputs, single precision.</summary>
/// <remarks>
/// <para>Layer l maps x to x·W + b, with W of shape [inputs, outputs]; all layers but the last are followed by the activation. All parameters
/// lie in one flat vector, layer by layer, weights (row-major) before biases, so that an optimiser sees one vector.</para>
/// <para>A row's outputs depend on that row and the parameters only, bit for bit: not on the batch it is in.</para>
/// <para>Parameters may be changed between calls. Passes write to a <see cref="DenseWorkspace"/> that the caller owns and allocate
/// nothing. Any number of threads may run passes at once, each with its own workspace, while no one changes the parameters.</para>
/// </remarks>
public sealed class DenseNetwork
{
    private readonly int[] widths;
    private readonly int[] offsets;
    private readonly float[] parameters;

    /// <summary>Creates a network whose parameters are all 0.</summary>
    /// <param name="widths">Inputs, hidden widths, outputs; at least two values, each at least 1, e.g. 16, 64, 64, 4.</param>
    /// <param name="activation">What follows the hidden sums.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two widths, one is below 1, or the activation is not a named one.</exception>
    public DenseNetwork(ReadOnlySpan<int> widths, Activation activation = Activation.Rectifier)
    {
        Activation = (Activation)Guard.InRange((int)activation, (int)Activation.Rectifier, (int)Activation.HyperbolicTangent, nameof(activation));
        Guard.AtLeast(widths.Length, 2);
        this.widths = widths.ToArray();
        offsets = new int[widths.Length];
        Guard.AtLeast(widths[0], 1, nameof(widths));
        for (var layer = 0; layer + 1 < widths.Length; layer++)
        {
            var outputs = Guard.AtLeast(widths[layer + 1], 1, nameof(widths));
            offsets[layer + 1] = checked(offsets[layer] + ((widths[layer] + 1) * outputs));
        }

        parameters = new float[offsets[^1]];
    }

    /// <summary>Creates a network with random parameters; equal arguments give equal parameters.</summary>
    /// <param name="widths">Inputs, hidden widths, outputs; at least two values, each at least 1.</param>
    /// <param name="initialisation">How the parameters are drawn.</param>
    /// <param name="key">The random stream.</param>
    /// <param name="entity">Which network of the stream this is, e.g. the member of an ensemble.</param>
    /// <param name="activation">What follows the hidden sums.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two widths, one is below 1, or the activation is not a named one.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="initialisation"/> is null.</exception>
    public DenseNetwork(
        ReadOnlySpan<int> widths, NetworkInitialisation initialisation, StreamKey key, ulong entity = 0, Activation activation = Activation.Rectifier)
        : this(widths, activation)
    {
        ArgumentNullException.ThrowIfNull(initialisation);
        RandomWeights.Fill(this, initialisation, key, entity);
    }

    /// <summary>Inputs, hidden widths, outputs.</summary>
    public ReadOnlySpan<int> Widths => widths;

    /// <summary>What follows the hidden sums.</summary>
    public Activation Activation { get; }

    /// <summary>The number of inputs.</summary>
    public int InputCount => widths[0];

    /// <summary>The number of outputs.</summary>
    public int OutputCount => widths[^1];

    /// <summary>The number of layers of weights: one more than hidden layers.</summary>
    public int LayerCount => widths.Length - 1;

    /// <summary>All parameters, layer by layer, weights before biases; writable.</summary>
    public Span<float> Parameters => parameters;

    /// <summary>The weights of one layer, shape [inputs of the layer, outputs of the layer]; writable.</summary>
    /// <param name="layer">The layer, in 0 .. <see cref="LayerCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public Span<float> WeightsOf(int layer) =>
        parameters.AsSpan(offsets[Guard.InRange(layer, 0, LayerCount - 1)], widths[layer] * widths[layer + 1]);

    /// <summary>The biases of one layer, shape [outputs of the layer]; writable.</summary>
    /// <param name="layer">The layer, in 0 .. <see cref="LayerCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is out of range.</exception>
    public Span<float> BiasesOf(int layer) =>
        parameters.AsSpan(offsets[Guard.InRange(layer, 0, LayerCount - 1) + 1] - widths[layer + 1], widths[layer + 1]);

    /// <summary>Creates a workspace for passes of this network (or of any network of the same widths).</summary>
    /// <param name="maximumBatch">The largest batch of a pass, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumBatch"/> is below 1.</exception>
    public DenseWorkspace CreateWorkspace(int maximumBatch) => new(widths, maximumBatch);

    /// <summary>Computes the outputs of a batch, and leaves the hidden activations in the workspace for <see cref="Backward"/>.</summary>
    /// <param name="inputs">The inputs, shape [batch, inputs].</param>
    /// <param name="batch">Rows, in 0 .. the workspace's maximum.</param>
    /// <param name="workspace">Scratch memory of a network of these widths.</param>
    /// <param name="outputs">Receives the outputs, shape [batch, outputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is out of range or a span is too short.</exception>
    /// <exception cref="ArgumentException">The workspace belongs to other widths, or spans overlap.</exception>
    public void Forward(ReadOnlySpan<float> inputs, int batch, DenseWorkspace workspace, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Check(widths, batch, nameof(workspace));
        var x = inputs;
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var hidden = layer + 1 < LayerCount;
            var y = hidden ? workspace.Activations(layer) : outputs;
            var rectify = hidden && Activation == Activation.Rectifier;
            MatrixProduct.MultiplyAddBias(x, WeightsOf(layer), BiasesOf(layer), batch, widths[layer], widths[layer + 1], y, rectify);
            if (hidden && Activation == Activation.HyperbolicTangent)
            {
                HyperbolicTangent.Apply(y[..(batch * widths[layer + 1])]);
            }

            x = y;
        }
    }

    /// <summary>Adds the gradient of the parameters for the batch of the last <see cref="Forward"/> with this workspace.</summary>
    /// <remarks>Exact reverse-mode differentiation; at a hidden sum of exactly 0 the derivative of ReLU is taken as 0. Doing a batch in
    /// parts, in order, gives the same bits as doing it at once.</remarks>
    /// <param name="inputs">The inputs that <see cref="Forward"/> was given, shape [batch, inputs].</param>
    /// <param name="batch">Rows, as given to <see cref="Forward"/>.</param>
    /// <param name="outputGradients">The gradient of the loss by the outputs, shape [batch, outputs].</param>
    /// <param name="workspace">The workspace that <see cref="Forward"/> used.</param>
    /// <param name="parameterGradients">The vector to which the gradient of the loss by the parameters is added; of the length of
    /// <see cref="Parameters"/>.</param>
    /// <param name="inputGradients">Receives the gradient by the inputs, shape [batch, inputs]; empty to leave it out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is out of range or a span has a wrong length.</exception>
    /// <exception cref="ArgumentException">The workspace belongs to other widths, or spans overlap.</exception>
    public void Backward(
        ReadOnlySpan<float> inputs,
        int batch,
        ReadOnlySpan<float> outputGradients,
        DenseWorkspace workspace,
        Span<float> parameterGradients,
        Span<float> inputGradients = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Check(widths, batch, nameof(workspace));
        Guard.SameLength(parameterGradients.Length, parameters.Length);
        var gradients = outputGradients;
        for (var layer = LayerCount - 1; layer >= 0; layer--)
        {
            var (from, to) = (widths[layer], widths[layer + 1]);
            ReadOnlySpan<float> x = layer == 0 ? inputs : workspace.Activations(layer - 1);
            var parts = parameterGradients[offsets[layer]..offsets[layer + 1]];
            MatrixProduct.AddTransposedLeft(x, gradients, from, batch, to, parts[..(from * to)]);
            VectorOperations.AddRows(gradients, batch, parts[(from * to)..]);
            if (layer > 0 || inputGradients.Length > 0)
            {
                var target = layer > 0 ? workspace.Gradients(layer) : inputGradients;
                var transposed = workspace.Transposed[..(from * to)];
                MatrixTranspose.Transpose(WeightsOf(layer), from, to, transposed);
                MatrixProduct.Multiply(gradients, transposed, batch, to, from, target);
                if (layer > 0)
                {
                    BackThroughActivation(x[..(batch * from)], target[..(batch * from)]);
                }

                gradients = target;
            }
        }
    }

    private void BackThroughActivation(ReadOnlySpan<float> activations, Span<float> gradients)
    {
        if (Activation == Activation.HyperbolicTangent)
        {
            HyperbolicTangent.MultiplyBySlope(activations, gradients);
        }
        else
        {
            VectorOperations.MaskRectified(activations, gradients);
        }
    }
}
