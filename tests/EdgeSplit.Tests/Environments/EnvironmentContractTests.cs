using EdgeSplit.Agents.Environments;

namespace EdgeSplit.Tests.Environments;

public class EnvironmentContractTests
{
    [Fact]
    public void An_environment_that_keeps_the_contract_passes() =>
        Assert.Empty(EnvironmentContract.Check(() => new IdentityEnvironment()));

    [Theory]
    [InlineData(nameof(IdentityFault.ThrowsInReset), "Reset(1) threw NotSupportedException: no reset today")]
    [InlineData(nameof(IdentityFault.IgnoresSeed), "Reset must use the seed")]
    [InlineData(nameof(IdentityFault.SeedlessRepeats), "repeats the same episode")]
    [InlineData(nameof(IdentityFault.Clock), "is a clock used?")]
    [InlineData(nameof(IdentityFault.GlobalState), "drawn from elsewhere than the seed")]
    [InlineData(nameof(IdentityFault.Leftover), "state is left over")]
    [InlineData(nameof(IdentityFault.StepsAfterEnd), "Step after the end of an episode must throw InvalidOperationException")]
    [InlineData(nameof(IdentityFault.TakesAnyAction), "Step(-1) must throw ArgumentOutOfRangeException, but it went through")]
    [InlineData(nameof(IdentityFault.WrongException), "Step(4), one beyond the last action, must throw ArgumentOutOfRangeException, but it threw KeyNotFoundException")]
    [InlineData(nameof(IdentityFault.TakesMaskedActions), "which is masked, must throw ArgumentException")]
    [InlineData(nameof(IdentityFault.ShortMask), "ActionMask has length 3")]
    [InlineData(nameof(IdentityFault.NothingAllowed), "ActionMask allows nothing")]
    [InlineData(nameof(IdentityFault.OutsideSpace), "Observation entry 0 ('symbol') was 3")]
    [InlineData(nameof(IdentityFault.NotANumber), "Observation entry 0 ('symbol') was NaN")]
    [InlineData(nameof(IdentityFault.LongObservation), "an observation of length 2, but the space has 1")]
    [InlineData(nameof(IdentityFault.ReusedBuffer), "return a copy")]
    [InlineData(nameof(IdentityFault.InfiniteReward), "it must be finite")]
    [InlineData(nameof(IdentityFault.BothFlags), "Terminated and Truncated together")]
    [InlineData(nameof(IdentityFault.NullInfo), "null info")]
    [InlineData(nameof(IdentityFault.InfoByReference), "it must compare by value")]
    public void A_broken_environment_is_reported(string fault, string words)
    {
        var findings = EnvironmentContract.Check(() => new IdentityEnvironment(Enum.Parse<IdentityFault>(fault)));
        Assert.Contains(findings, finding => finding.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_has_its_case()
    {
        var cases = typeof(EnvironmentContractTests).GetMethod(nameof(A_broken_environment_is_reported))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(attribute => ((InlineDataAttribute)attribute).GetData(null!).Single()[0]);
        Assert.Equal(Enum.GetNames<IdentityFault>().Skip(1), cases);
    }

    [Fact]
    public void A_box_contains_what_lies_within_its_bounds_only()
    {
        var box = new BoxSpace([0, -1], [1, double.PositiveInfinity], ["a", "b"], ["s", "dB"]);
        Assert.True(box.Contains([0, 1e300]));
        Assert.False(box.Contains([0]));
        Assert.False(box.Contains([double.NaN, 0]));
        Assert.Equal(1, box.FirstOutside([1, -1.5]));
        Assert.Throws<ArgumentException>(() => new BoxSpace([1], [0], ["a"], ["s"]));
        Assert.Throws<ArgumentException>(() => new BoxSpace([0, 0], [1, 1], ["a", "a"], ["s", "s"]));
    }
}
