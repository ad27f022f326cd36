using System.Text;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Tests.Inference;

public sealed class TokenFileTests
{
    [Theory]
    [InlineData("1 2 3")]
    [InlineData("1,2,3")]
    [InlineData("1, 2,\n3\n")]
    [InlineData("\uFEFF\t1\r\n2\r\n\r\n3")]
    [InlineData("001 2 3,")]
    public void A_text_of_ids_is_read(string text)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal([1, 2, 3], TokenIdFile.Read(folder.Write("ids.txt", text), 4));
    }

    [Theory]
    [InlineData("1 2\n4", "line 2", "\"4\"")]
    [InlineData("-1", "line 1", "\"-1\"")]
    [InlineData("+1", "line 1", "\"+1\"")]
    [InlineData("1.0", "line 1", "\"1.0\"")]
    [InlineData("\n\n\n99999999999999999999", "line 4", "\"99999999999999999999\"")]
    [InlineData("[1, 2]", "line 1", "\"[1\"")]
    [InlineData("NaN", "line 1", "\"NaN\"")]
    [InlineData("\u0661", "line 1", "\"\u0661\"")]
    [InlineData("", "", "no token ids")]
    [InlineData(" \n,", "", "no token ids")]
    public void What_is_no_id_is_named_with_its_line(string text, string entry, string found)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("ids.txt", text);
        var error = Assert.Throws<CheckpointException>(() => TokenIdFile.Read(path, 4));
        Assert.Equal((path, entry, found), (error.CheckpointFile, error.Entry, error.Found));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_numpy_array_is_read(int version)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal([5, 0, 255], TokenIdFile.Read(folder.Write("ids.npy", Npy(version, "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }", 5, 0, 255)), 256));
        Assert.Equal([5], TokenIdFile.Read(folder.Write("ids.npy", Npy(version, "{ 'shape' : ( 1 , ) , \"descr\":'<i4','fortran_order':False}\n", 5)), 256));
    }

    [Theory]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }", "<i8")]
    [InlineData("{'descr': '>i4', 'fortran_order': False, 'shape': (3,), }", ">i4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "<f4")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "|O")]
    [InlineData("{'descr': '<i4', 'fortran_order': True, 'shape': (3,), }", "Fortran")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 3), }", "2 dimensions")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (), }", "0 dimensions")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", "12 bytes")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (4,), }", "12 bytes")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (4611686018427387907,), }", "12 bytes")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "the header")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (-3,), }", "the header")]
    [InlineData("{'descr': '<i4', 'fortran_order': False}", "the header")]
    [InlineData("{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (3,)}", "the header")]
    [InlineData("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (3,)}", "the header")]
    [InlineData("{'descr': '<i4', 'fortran_order': 0, 'shape': (3,)}", "the header")]
    [InlineData("", "the header")]
    [InlineData("{", "the header")]
    [InlineData("{'", "the header")]
    public void Another_array_is_refused_by_name(string header, string found)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("ids.npy", Npy(1, header, 1, 2, 3));
        Assert.Contains(found, Assert.Throws<CheckpointException>(() => TokenIdFile.Read(path, 256)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_outside_the_vocabulary_is_named_with_its_index()
    {
        using var folder = new TemporaryFolder();
        foreach (var bad in (ReadOnlySpan<int>)[256, -1])
        {
            var error = Assert.Throws<CheckpointException>(() => TokenIdFile.Read(folder.Write("ids.npy", Npy(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", 0, bad)), 256));
            Assert.Equal(("index 1", FormattableString.Invariant($"the id {bad}"), "a token id in [0, 255]"), (error.Entry, error.Found, error.Expected));
        }

        Assert.Throws<CheckpointException>(() => TokenIdFile.Read(folder.PathOf("absent"), 256));
        Assert.Throws<CheckpointException>(() => TokenIdFile.Read(folder.Path, 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenIdFile.Read(folder.PathOf("absent"), 0));
    }

    [Fact]
    public void A_damaged_file_of_ids_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var valid = Npy(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }", 1, 2, 3);
        var refused = 0;
        for (ulong n = 0; n < 2000; n++)
        {
            try
            {
                Assert.All(TokenIdFile.Read(folder.Write("ids.npy", FileMutation.Mutate(valid, valid.Length, n)), 256), id => Assert.InRange(id, 0, 255));
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 1999);
    }

    private static byte[] Npy(int version, string header, params ReadOnlySpan<int> ids)
    {
        var file = new MemoryStream();
        file.Write([0x93, .. "NUMPY"u8, (byte)version, 0]);
        file.Write(version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length));
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (var id in ids)
        {
            file.Write(BitConverter.GetBytes(id));
        }

        return file.ToArray();
    }
}
