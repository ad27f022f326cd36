using System.Text;
using EdgeSplit.Core.Randomness;

namespace EdgeSplit.Tests.Inference;

/// <summary>Damages the beginning of a file in one to three places: flipped, deleted, inserted and repeated bytes, other numbers, a cut end.</summary>
internal static class FileMutation
{
    private static readonly string[] Numbers = ["0", "-1", "1", "4", "7", "2147483647", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616", "1e999", "2.5", "null", "\"1\"", "[]"];

    /// <summary>The damaged bytes, a pure function of the arguments.</summary>
    /// <param name="valid">The whole file.</param>
    /// <param name="region">Damage is done before this byte.</param>
    /// <param name="number">Which damage.</param>
    internal static byte[] Mutate(ReadOnlySpan<byte> valid, int region, ulong number)
    {
        var random = new RandomSource(StreamKey.Create(5, "mutation"), number);
        var bytes = valid.ToArray().ToList();
        for (var edits = 1 + random.NextInt32(3); edits > 0; edits--)
        {
            var at = random.NextInt32(Math.Max(1, Math.Min(region, bytes.Count)));
            var length = Math.Min(1 + random.NextInt32(12), bytes.Count - at);
            switch (random.NextInt32(8))
            {
                case 0 when length > 0:
                    bytes[at] ^= (byte)(1 << random.NextInt32(8));
                    break;
                case 1 when length > 0:
                    bytes[at] = (byte)random.NextInt32(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.NextInt32(bytes.Count - length + 1), length));
                    break;
                case 4 when random.NextInt32(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5 when bytes.Count >= 8:
                    // Where a file begins with a length, that length.
                    bytes[random.NextInt32(8)] = (byte)random.NextInt32(256);
                    break;
                default:
                    ReplaceNumber(bytes, at, Numbers[random.NextInt32(Numbers.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Another number instead of the next one; a length before the header is kept right where the new text can be evened out by spaces.</summary>
    private static void ReplaceNumber(List<byte> bytes, int at, string number)
    {
        var start = bytes.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
        {
            return;
        }

        var end = bytes.FindIndex(start, value => value is < (byte)'0' or > (byte)'9');
        var width = (end < 0 ? bytes.Count : end) - start;
        bytes.RemoveRange(start, width);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(number.PadRight(width)));
    }
}
