using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

public sealed class TypicalRequestTests
{
    [Fact]
    public void The_typical_request_is_the_median_of_many_drawn_ones()
    {
        var scenario = SmallScenario.Read("simulation", "{ \"requests\": 20000 }");
        var typical = TypicalRequest.Of(scenario);
        var turns = new RequestSchedule(scenario, 7).Turns.ToArray();
        var prompts = turns.Select(turn => turn.PromptTokens).Order().ToArray();
        var snrs = turns.Select(turn => turn.LevelDb).Order().ToArray();

        // Uniform over 100..300: the median's standard error over 20,000 draws is 0.7 tokens.
        Assert.InRange(prompts[prompts.Length / 2], typical.PromptTokens - 4, typical.PromptTokens + 4);

        // Standard deviation of about 10 dB: that of the median is 0.09 dB.
        Assert.InRange(snrs[snrs.Length / 2], typical.LevelDb - 0.5, typical.LevelDb + 0.5);
        Assert.Equal(8, typical.OutputTokens, 9);
        Assert.Equal((0, 16, 1.5), (typical.ContextTokens, typical.MaximumOutputTokens, typical.OtherJobs));
    }

    [Fact]
    public void A_prompt_longer_than_the_model_allows_is_cut_as_the_schedule_cuts_it()
    {
        var scenario = SmallScenario.Read("workload", "{ \"promptTokens\": { \"constant\": 5000 }, \"outputTokens\": { \"constant\": 8 }, \"maximumOutputTokens\": 24 }");
        Assert.Equal(1000, TypicalRequest.Of(scenario).PromptTokens);
        Assert.All(new RequestSchedule(scenario, 1).Turns.ToArray(), turn => Assert.Equal(1000, turn.PromptTokens));
    }
}
