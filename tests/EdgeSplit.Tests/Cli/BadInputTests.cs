using EdgeSplit.Tests.Simulation;

namespace EdgeSplit.Tests.Cli;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("sweep")]
    [InlineData("compare")]
    public async Task Every_bad_scenario_ends_with_code_2_and_one_line_that_names_file_path_found_and_allowed(string verb)
    {
        using var run = new ToolRun();
        foreach (var bad in BadScenarios.All)
        {
            var file = run.Scenario(bad.Text);
            var error = await run.Refuse(verb, file);
            Assert.StartsWith($"edgesplit: {file}: {bad.Path}: found ", error, StringComparison.Ordinal);
            Assert.Contains("; allowed: ", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    public static TheoryData<string[], string> BadCommandLines => new()
    {
        { [], "Required command was not provided" },
        { ["swep"], "swep" },
        { ["sweep"], "Required argument missing" },
        { ["sweep", "a.json", "b.json"], "b.json" },
        { ["sweep", "no-such-file.json"], "no-such-file.json: $: found no readable file" },
        { ["sweep", "@", "--format", "xml"], "--format: found \"xml\"; allowed: table, json, csv." },
        { ["sweep", "@", "--format"], "--format" },
        { ["sweep", "@", "--prompt", "0"], "--prompt: found \"0\"; allowed: a whole number in [1, 10000000]." },
        { ["sweep", "@", "--prompt", "1.5"], "--prompt: found \"1.5\"" },
        { ["sweep", "@", "--output", "NaN"], "--output: found \"NaN\"; allowed: a number in [1, 10000000]." },
        { ["sweep", "@", "--context", "-1"], "--context: found \"-1\"" },
        { ["sweep", "@", "--snr", "Infinity"], "--snr: found \"Infinity\"; allowed: a number in [-60, 80]." },
        { ["sweep", "@", "--jobs", "-1"], "--jobs: found \"-1\"" },
        { ["sweep", "@", "--set", "link.bandwidthHz"], "--set: found \"link.bandwidthHz\"; allowed: path=value" },
        { ["sweep", "@", "--set", "=3"], "--set: found \"=3\"" },
        { ["sweep", "@", "--set", "link.bandwidthHz=1e6,"], "--set: found \"link.bandwidthHz=1e6,\"" },
        { ["sweep", "@", "--set", "a=1", "--set", "$.a=2"], "--set: found \"a\" twice" },
        { ["sweep", "@", "--set", "link.bandwithHz=1e6"], "$.link.bandwithHz: found an unknown key; allowed: did you mean \"bandwidthHz\"?" },
        { ["sweep", "@", "--set", "link.bandwidthHz=1e6,-5,-6"], "$.link.bandwidthHz: found the number -5" },
        { ["sweep", "@", "--plot", "x.svg", "--set", "server.load.meanJobs=0,1"], "--plot: found a grid" },
        { ["sweep", "@", "--plot", "no-such-folder/x.svg"], "--plot: found \"no-such-folder/x.svg\", which cannot be written" },
        { ["compare", "@", "--seeds", "0"], "--seeds: found \"0\"" },
        { ["compare", "@", "--requests", "1"], "--requests: found \"1\"; allowed: a whole number in [2, 10000000]." },
        { ["compare", "@", "--threads", "many"], "--threads: found \"many\"" },
        { ["compare", "@", "--set", "server.load.meanJobs=0,1"], "--set: found a grid of 2 cells" },
        { ["compare", "@", "--log", "no-such-folder/log.csv"], "--log: found \"no-such-folder/log.csv\", which cannot be written" },
        { ["list"], "Required argument missing" },
        { ["list", "modles"], "list: found \"modles\"; allowed: models, devices, links, workloads, formats, codecs, agents." },
    };

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public async Task A_bad_command_line_ends_with_code_2_and_says_what_is_allowed(string[] args, string message)
    {
        using var run = new ToolRun();
        var file = run.Scenario();
        var error = await run.Refuse([.. args.Select(arg => arg == "@" ? file : arg)]);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device", "raspbery-pi-5", "did you mean \"raspberry-pi-5\"? one of raspberry-pi-5, ")]
    [InlineData("device", "rtx4090", "did you mean \"rtx-4090\"? one of rtx-4090, ")]
    [InlineData("device", "xyzzy", "one of ")]
    [InlineData("model", "lama-2-7b", "did you mean \"llama-2-7b\"? one of llama-2-7b, ")]
    public async Task A_name_that_a_long_list_lacks_is_answered_by_the_nearest_and_not_by_all(string key, string name, string message)
    {
        using var run = new ToolRun();
        var error = await run.Refuse("sweep", run.Scenario(), "--set", $"{key}={name}");
        Assert.Contains($"found the unknown {key} \"{name}\"; allowed: {message}", error, StringComparison.Ordinal);
        Assert.Matches($@", \.\.\. and \d+ more: edgesplit list {key}s\.\s*$", error);
        Assert.True(error.Length < 500, error);
    }

    [Fact]
    public async Task A_short_list_is_written_out()
    {
        using var run = new ToolRun();
        var (_, _, error) = await run.Run("sweep", run.Scenario(), "--set", "link=wify");
        Assert.All(EdgeSplit.Core.Wireless.LinkCatalog.All, entry => Assert.Contains(entry.Name, error, StringComparison.Ordinal));
        Assert.DoesNotContain("more:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_fits_nowhere_says_why_by_range()
    {
        using var run = new ToolRun();
        var error = await run.Refuse("sweep", run.Scenario(), "--set", "device.memoryBytes=2e7", "--set", "server.memoryBytes=2e7");
        Assert.Contains("no feasible split", error, StringComparison.Ordinal);
        Assert.Contains("k = 0 server memory", error, StringComparison.Ordinal);
        Assert.Contains("k = 12 device memory", error, StringComparison.Ordinal);
    }
}
