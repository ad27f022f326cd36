using System.Security.Cryptography;
using EdgeSplit.Core.Inference;
using EdgeSplit.Core.Quality.Measurement;
using EdgeSplit.Tests.Inference;

namespace EdgeSplit.Tests.Quality.Measurement;

public sealed class MeasurementTextTests
{
    [Fact]
    public void Windows_follow_each_other_and_hold_the_token_behind_them()
    {
        var text = MeasurementText.FromTokens([.. Enumerable.Range(0, 22)], 100, 7, 5, "numbers");
        Assert.Equal((4, 5), (text.Windows, text.ContextTokens));
        Assert.Equal([0, 1, 2, 3, 4, 5], text.Window(0).ToArray());
        Assert.Equal([15, 16, 17, 18, 19, 20], text.Window(3).ToArray());
        Assert.Equal(3, MeasurementText.FromTokens([.. Enumerable.Range(0, 20)], 100, 7, 5, "numbers").Windows);
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Window(4).ToArray());
    }

    [Fact]
    public void A_text_shorter_than_two_windows_and_an_id_beyond_the_vocabulary_are_refused()
    {
        var error = Assert.Throws<CheckpointException>(() => MeasurementText.FromTokens(new int[10], 100, 7, 5, "short.txt"));
        Assert.Equal(("short.txt", "10 tokens"), (error.CheckpointFile, error.Found));
        Assert.Contains("at least 11", error.Expected, StringComparison.Ordinal);
        Assert.Equal(2, MeasurementText.FromTokens(new int[11], 100, 7, 5, "enough").Windows);

        foreach (var id in new[] { -1, 100 })
        {
            error = Assert.Throws<CheckpointException>(() => MeasurementText.FromTokens([1, 2, 3, id, 5, 6, 7], 100, 7, 3, "ids"));
            Assert.Equal(("token 3", FormattableString.Invariant($"the id {id}")), (error.Entry, error.Found));
        }
    }

    [Fact]
    public void Files_carry_the_hash_of_their_bytes()
    {
        using var folder = new TemporaryFolder();
        var bytes = "A text of some words, for two windows."u8.ToArray();
        var path = folder.Write("words.txt", bytes);
        var text = MeasurementText.FromTextFile(path, new ByteTokenizer(), 256, 2, 8);
        Assert.Equal(("words.txt", Convert.ToHexStringLower(SHA256.HashData(bytes))), (text.Provenance.Source, text.Provenance.Sha256));
        Assert.Equal("A text of"u8.ToArray().Select(x => (int)x), text.Window(0).ToArray());

        var ids = MeasurementText.FromTokenFile(folder.Write("ids.txt", "1 2 3, 4 5\n6 7"), 8, 2, 3);
        Assert.Equal([4, 5, 6, 7], ids.Window(1).ToArray());
        Assert.Contains("missing.txt", Assert.Throws<CheckpointException>(() => MeasurementText.FromTokenFile(folder.PathOf("missing.txt"), 8, 2, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => MeasurementText.FromTextFile(folder.Path, new ByteTokenizer(), 256, 2, 8));
    }

    [Fact]
    public void A_window_of_the_models_own_text_does_not_depend_on_how_many_there_are()
    {
        var (few, many) = (MeasurementText.Sample(ReferenceModel.Model, 2, 10, 4), MeasurementText.Sample(ReferenceModel.Model, 40, 10, 4, threads: 2));
        Assert.Equal(few.Window(1).ToArray(), many.Window(1).ToArray());
        Assert.Equal('\n', many.Window(39)[0]);
        Assert.NotEqual(few.Provenance.Sha256, many.Provenance.Sha256);
        Assert.NotEqual(few.Window(0).ToArray(), MeasurementText.Sample(ReferenceModel.Model, 2, 10, 5).Window(0).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementText.Sample(ReferenceModel.Model, 2, 256, 4));
    }
}
