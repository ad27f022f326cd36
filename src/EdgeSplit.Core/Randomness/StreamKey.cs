using System.Text;

namespace EdgeSplit.Core.Randomness;

/// <summary>Names one stream of random numbers: the seed of a run and the hash of what the stream is for.</summary>
/// <remarks>
/// <para>The two words are the key of <see cref="Philox4x64"/>; the address inside the stream (entity, time block, attempt)
/// is given to <see cref="RandomSource"/>. Streams with different seeds or different names are independent.
/// Give each stochastic component a name of its own, for example <c>StreamKey.Create(seed, "fading/uplink")</c>:
/// then nothing that one component draws moves what another one sees.</para>
/// <para>The hash is frozen: 64-bit FNV-1a over the UTF-8 bytes of the name, then the SplitMix64 finalizer.
/// The default value is a legal key (seed 0, name 0). Immutable, so safe to share between threads.</para>
/// <para>Sources: FNV-1a, IETF draft-eastlake-fnv; SplitMix64, G. L. Steele, D. Lea, C. H. Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014.</para>
/// </remarks>
/// <param name="Seed">The seed of the run; any value.</param>
/// <param name="Name">The hash of the stream's name; any value.</param>
public readonly record struct StreamKey(ulong Seed, ulong Name)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>The key of the stream called <paramref name="name"/> in the run of seed <paramref name="seed"/>.</summary>
    /// <param name="seed">The seed of the run; any value.</param>
    /// <param name="name">The name of the stream, case-sensitive, not blank.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    public static StreamKey Create(ulong seed, string name) => new(seed, Hash(name));

    /// <summary>The key of a part of this stream: a function of this key and of <paramref name="name"/>.</summary>
    /// <remarks>The order matters: <c>Derive("a").Derive("b")</c> is neither <c>Derive("b").Derive("a")</c> nor <c>Derive("ab")</c>.</remarks>
    /// <param name="name">The name of the part, case-sensitive, not blank.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or blank.</exception>
    public StreamKey Derive(string name) => this with { Name = Mix(Mix(Name + GoldenGamma) ^ Hash(name)) };

    private static ulong Hash(string name)
    {
        Guard.NotBlank(name);
        const ulong offsetBasis = 0xCBF29CE484222325, prime = 0x00000100000001B3;
        var hash = offsetBasis;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                hash = (hash ^ octet) * prime;
            }
        }

        return Mix(hash);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
