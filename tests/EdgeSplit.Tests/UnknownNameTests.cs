using EdgeSplit.Core;

namespace EdgeSplit.Tests;

public sealed class UnknownNameTests
{
    private static readonly string[] Many = [.. Enumerable.Range(0, 200).Select(i => $"part-{i:000}-{(char)('a' + (i % 26))}")];

    [Fact]
    public void A_short_list_is_written_out_and_a_long_one_cut_to_the_nearest()
    {
        var few = new UnknownNameException("device", "part-000-b", Many.Take(60));
        Assert.Equal(string.Join(", ", Many.Take(60)), few.KnownText);
        Assert.EndsWith($" Known: {few.KnownText}.", few.Message, StringComparison.Ordinal);

        var many = new UnknownNameException("device", "part-000-b", Many.Take(61));
        Assert.Matches("^part-000-a, (part-0.., |part-0..-., ){4}\\.\\.\\. and 56 more: edgesplit list devices$", many.KnownText);
        Assert.Equal(61, many.Known.Count);
        Assert.Equal("part-000-a", many.Suggestion);
        Assert.Contains("Did you mean \"part-000-a\"?", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_stand_first_and_what_contains_the_text_is_near()
    {
        Assert.StartsWith("part-077-z, ", new UnknownNameException("device", "part-077-zz", Many).KnownText, StringComparison.Ordinal);
        Assert.Equal("part-130-a, ... and 199 more", new UnknownNameException("part", "130", Many).KnownText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("xyzzy")]
    public void Where_none_is_near_the_first_few_serve_as_examples(string wanted)
    {
        var error = new UnknownNameException("model", wanted, Many);
        Assert.Null(error.Suggestion);
        Assert.Equal(string.Join(", ", Many.Take(5)) + ", ... and 195 more: edgesplit list models", error.KnownText);
    }

    [Fact]
    public void A_text_of_any_length_is_answered_shortly()
    {
        var error = new UnknownNameException("number format", new string('q', 100_000), Many);
        Assert.EndsWith("... and 195 more: edgesplit list formats", error.KnownText, StringComparison.Ordinal);
        Assert.True(error.KnownText.Length < 200);
    }

    [Fact]
    public void Nothing_may_be_missing()
    {
        Assert.Throws<ArgumentNullException>(() => new UnknownNameException(null!, "x", Many));
        Assert.Throws<ArgumentNullException>(() => new UnknownNameException("x", null!, Many));
        Assert.Throws<ArgumentNullException>(() => new UnknownNameException("x", "x", null!));
    }
}
