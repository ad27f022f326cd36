using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EdgeSplit.Core.Inference;

/// <summary>The header of a NumPy array file: a Python dictionary of <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.</summary>
/// <remarks>Source: numpy.lib.format, versions 1.0, 2.0 and 3.0.</remarks>
internal sealed record NpyHeader(string Type, bool FortranOrder, IReadOnlyList<long> Shape, int DataOffset)
{
    private const int MagicLength = 6;
    private const string Expected = "a NumPy header: {'descr': '<i4', 'fortran_order': False, 'shape': (n,), }";

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    internal static bool IsNpy(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    internal static NpyHeader Read(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < MagicLength + 4 || file[MagicLength] is < 1 or > 3 || file[MagicLength + 1] != 0)
        {
            throw new CheckpointException(path, "", file.Length < MagicLength + 4 ? "a NumPy file that ends in its first bytes" : FormattableString.Invariant($"NumPy format {file[MagicLength]}.{file[MagicLength + 1]}"), "format 1.0, 2.0 or 3.0");
        }

        var isShort = file[MagicLength] == 1;
        var start = MagicLength + 2 + (isShort ? 2 : 4);
        var length = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(file[(MagicLength + 2)..])
            : file.Length < start ? uint.MaxValue
            : BinaryPrimitives.ReadUInt32LittleEndian(file[(MagicLength + 2)..]);
        if (length > file.Length - start)
        {
            throw new CheckpointException(path, "", FormattableString.Invariant($"a header of {length} bytes in a file of {file.Length} bytes"), "a header that the file holds");
        }

        var text = Encoding.Latin1.GetString(file.Slice(start, (int)length));
        return Parse(text, start + (int)length) ?? throw new CheckpointException(path, "", "the header " + text.Trim(), Expected);
    }

    private static NpyHeader? Parse(string text, int dataOffset)
    {
        var rest = text.AsSpan().Trim();
        if (!Take(ref rest, '{'))
        {
            return null;
        }

        string? type = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        while (!Take(ref rest, '}'))
        {
            var key = Quoted(ref rest);
            if (key is null || !Take(ref rest, ':'))
            {
                return null;
            }

            var isNew = key switch
            {
                "descr" => type is null && (type = Quoted(ref rest)) is not null,
                "fortran_order" => fortranOrder is null && (fortranOrder = Truth(ref rest)) is not null,
                "shape" => shape is null && (shape = Sizes(ref rest)) is not null,
                _ => false,
            };
            if (!isNew || (!Take(ref rest, ',') && !rest.StartsWith("}")))
            {
                return null;
            }
        }

        return type is not null && fortranOrder is { } order && shape is not null && rest.IsEmpty ? new NpyHeader(type, order, shape, dataOffset) : null;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char character)
    {
        if (!rest.StartsWith([character]))
        {
            return false;
        }

        rest = rest[1..].TrimStart();
        return true;
    }

    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('\'' or '"') || rest[1..].IndexOf(rest[0]) is not (>= 0 and var length))
        {
            return null;
        }

        var text = rest.Slice(1, length).ToString();
        rest = rest[(length + 2)..].TrimStart();
        return text;
    }

    private static bool? Truth(ref ReadOnlySpan<char> rest)
    {
        foreach (var value in (ReadOnlySpan<bool>)[true, false])
        {
            var word = value ? "True" : "False";
            if (rest.StartsWith(word, StringComparison.Ordinal))
            {
                rest = rest[word.Length..].TrimStart();
                return value;
            }
        }

        return null;
    }

    private static List<long>? Sizes(ref ReadOnlySpan<char> rest)
    {
        if (!Take(ref rest, '('))
        {
            return null;
        }

        var sizes = new List<long>();
        while (!Take(ref rest, ')'))
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return null;
            }

            sizes.Add(size);
            rest = rest[digits..].TrimStart();
            if (!Take(ref rest, ',') && !rest.StartsWith(")"))
            {
                return null;
            }
        }

        return sizes;
    }
}
