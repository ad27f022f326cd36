using System.Runtime.InteropServices;
using EdgeSplit.Core.Numerics;

namespace EdgeSplit.Core.Compression;

/// <summary>Sends, of every token, its coefficients in an orthonormal basis of r directions, in half precision; the far end knows the basis.</summary>
/// <remarks>
/// <para>c = B (h - m) crosses, h' = m + B' c comes back, with the directions B and the mean m of an <see cref="ActivationBasis"/>. Payload: the r coefficients of each
/// token, 16 bits each. Bits = 16 r tokens. The basis is not part of it: both sides have it, as they have the model.</para>
/// <para>Error: the part of h - m outside the directions, exactly (on the sample of the fit its mean square is <see cref="ActivationBasis.DroppedVariance"/>),
/// plus the rounding of the coefficients to half precision, at most 2^-11 of each.</para>
/// <para>Cost: 2 tokens dimension r FLOP of matrix product either way, reading the basis of 4 dimension r bytes; encoding 3 operations per coefficient (offset, conversion, packing),
/// decoding 2 and one per value (the mean). Two kernels each.</para>
/// <para>The projection works on 16 tokens and 64 directions at a time, so that nothing is allocated; the bits of a token do not depend on the others. Immutable, so safe to share between threads.</para>
/// </remarks>
public sealed class LowRankCodec : IActivationCodec
{
    private const int TokenTile = 16;
    private const int RankTile = 64;

    private readonly float[] offsets;

    /// <summary>Creates a codec.</summary>
    /// <param name="basis">The basis.</param>
    /// <exception cref="ArgumentNullException">The basis is null.</exception>
    public LowRankCodec(ActivationBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        Basis = basis;
        offsets = basis.Offsets();
        Name = FormattableString.Invariant($"low-rank:{basis.Rank}");
    }

    /// <summary>The basis.</summary>
    public ActivationBasis Basis { get; }

    /// <summary>The name with the rank: <c>low-rank:64</c>. <see cref="ActivationCodecs.Parse"/> does not take it, for want of a basis.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasFixedRate => true;

    /// <summary>16 bits of each coefficient, spread over all values.</summary>
    public double ValueBits => 16.0 * Basis.Rank / Basis.Dimension;

    /// <summary>Bits of the payload: 16 r tokens.</summary>
    /// <param name="tokens">Tokens of the message, at least 1.</param>
    /// <param name="dimension">Values per token: that of the basis.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public long PayloadBits(int tokens, int dimension)
    {
        MessageShape.Values(tokens, Guard.InRange(dimension, Basis.Dimension, Basis.Dimension));
        return 16L * Basis.Rank * tokens;
    }

    /// <inheritdoc/>
    public double ExpectedPayloadBits(int tokens, int dimension) => PayloadBits(tokens, dimension);

    /// <inheritdoc/>
    public long Encode(ReadOnlySpan<float> hiddenState, int tokens, int dimension, Span<byte> payload)
    {
        var bits = PayloadBits(tokens, dimension);
        MessageShape.RequireEncodable(hiddenState, tokens, dimension, payload, bits);
        Span<float> tile = stackalloc float[TokenTile * RankTile];
        for (var token = 0; token < tokens; token += TokenTile)
        {
            var count = Math.Min(TokenTile, tokens - token);
            var rows = hiddenState.Slice(token * dimension, count * dimension);
            for (var first = 0; first < Basis.Rank; first += RankTile)
            {
                var width = Math.Min(RankTile, Basis.Rank - first);
                Basis.Project(rows, offsets, count, first, width, tile);
                for (var row = 0; row < count; row++)
                {
                    HalfPrecision.Write(tile.Slice(row * width, width), payload[(2 * (((token + row) * Basis.Rank) + first))..]);
                }
            }
        }

        return bits;
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> payload, int tokens, int dimension, Span<float> hiddenState)
    {
        MessageShape.RequireDecodable(payload, tokens, dimension, hiddenState, PayloadBits(tokens, dimension));
        Span<float> tile = stackalloc float[TokenTile * RankTile];
        var halves = MemoryMarshal.Cast<byte, Half>(payload);
        for (var token = 0; token < tokens; token += TokenTile)
        {
            var count = Math.Min(TokenTile, tokens - token);
            var rows = hiddenState.Slice(token * dimension, count * dimension);
            for (var row = 0; row < count; row++)
            {
                Basis.Mean.CopyTo(rows[(row * dimension)..]);
            }

            for (var first = 0; first < Basis.Rank; first += RankTile)
            {
                var width = Math.Min(RankTile, Basis.Rank - first);
                for (var i = 0; i < width * count; i++)
                {
                    tile[i] = (float)halves[((token + (i % count)) * Basis.Rank) + first + (i / count)];
                }

                if (MessageShape.FirstNotFinite(tile[..(width * count)]) >= 0)
                {
                    throw MessageShape.NotAPayload("a coefficient is not finite.");
                }

                MatrixProduct.AddTransposedLeft(tile, Basis.Directions[(first * dimension)..], count, width, dimension, rows);
            }
        }
    }

    /// <inheritdoc/>
    public CodecCost EncodeCost(int tokens, int dimension) => Cost(tokens, dimension, 3.0 * tokens * Basis.Rank);

    /// <inheritdoc/>
    public CodecCost DecodeCost(int tokens, int dimension) => Cost(tokens, dimension, (2.0 * tokens * Basis.Rank) + MessageShape.Values(tokens, dimension));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private CodecCost Cost(int tokens, int dimension, double elementwise)
    {
        var payload = PayloadBits(tokens, dimension) / 8.0;
        return new(2.0 * tokens * dimension * Basis.Rank, elementwise, (4.0 * tokens * dimension) + (4.0 * dimension * Basis.Rank) + payload, 2);
    }
}
