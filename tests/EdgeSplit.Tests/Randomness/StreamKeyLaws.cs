using EdgeSplit.Core.Randomness;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeSplit.Tests.Randomness;

public class StreamKeyLaws
{
    // FNV-1a of "a" and "foobar" are af63dc4c8601ec8c and 85944171f73967e8 (published test vectors); the SplitMix64
    // finalizer of these and of the FNV-1a of the UTF-8 bytes was computed with Python integers. Exact.
    [Theory]
    [InlineData("a", 0x02c0bdbf481420f8UL)]
    [InlineData("foobar", 0x404da9e3b74078c2UL)]
    [InlineData("fading/Büro", 0x525faea3e073dca3UL)]
    public void The_hash_of_names_is_frozen(string name, ulong hash)
    {
        Assert.Equal(new StreamKey(9, hash), StreamKey.Create(9, name));
    }

    [Fact]
    public void The_hash_of_derived_names_is_frozen()
    {
        Assert.Equal(new StreamKey(9, 0x413091eb64fd83ac), StreamKey.Create(9, "foobar").Derive("a"));
    }

    [Fact]
    public void Different_names_give_different_keys()
    {
        Prop.ForAll<NonEmptyString, NonEmptyString>((first, second) =>
            string.IsNullOrWhiteSpace(first.Get) || string.IsNullOrWhiteSpace(second.Get) || HasLoneSurrogate(first.Get) || HasLoneSurrogate(second.Get)
            || first.Get == second.Get == (StreamKey.Create(1, first.Get) == StreamKey.Create(1, second.Get)))
            .Check(Config.QuickThrowOnFailure.WithReplay(20260101, 7).WithMaxTest(2000));
    }

    [Fact]
    public void Deriving_depends_on_order_and_on_where_names_end()
    {
        var root = StreamKey.Create(1, "root");
        StreamKey[] keys =
        [
            root, root.Derive("a"), root.Derive("b"), root.Derive("ab"), root.Derive("a").Derive("b"), root.Derive("b").Derive("a"),
            root.Derive("root"), root.Derive("a").Derive("a"), StreamKey.Create(1, "a"), StreamKey.Create(2, "root"), StreamKey.Create(1, "roota"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Blank_names_are_refused()
    {
        Assert.Throws<ArgumentException>("name", () => StreamKey.Create(1, " "));
        Assert.Throws<ArgumentException>("name", () => StreamKey.Create(1, null!));
        Assert.Throws<ArgumentException>("name", () => default(StreamKey).Derive(""));
    }

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar);
}
