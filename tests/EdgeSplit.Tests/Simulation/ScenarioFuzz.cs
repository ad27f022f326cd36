using System.Globalization;
using EdgeSplit.Core.Randomness;
using EdgeSplit.Tests.Cli;

namespace EdgeSplit.Tests.Simulation;

/// <summary>Damaged scenario files: the tool answers each with a result or with one message, never with a stack trace.</summary>
public sealed class ScenarioFuzz
{
    private const string Characters = "{}[]\":,.-+eE019 \n\t/*\\ntf\u00e9\0";

    private static readonly string[] Values =
        ["-1", "0", "1e308", "1e999", "-0.0", "NaN", "null", "true", "\"\"", "\"text\"", "[]", "{}", "[1]", "0.5", "99999999999999999999", "1.5", "\"\\u0000\""];

    private static int Cases => int.Parse(Environment.GetEnvironmentVariable("EDGESPLIT_FUZZ_CASES") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_damaged_scenario_gives_a_result_or_one_message_with_its_file()
    {
        using var run = new ToolRun();
        var codes = new HashSet<int>();
        for (var i = 0; i < Cases; i++)
        {
            var text = Damage(SmallScenario.With(), (ulong)i);
            var path = run.Scenario(text);

            // Runs with an assertion of their own that no stack trace is printed.
            var (code, output, error) = await run.Run("sweep", path, "--format", "csv");

            codes.Add(code);
            Assert.True(code is 0 or 2, $"Case {i} ended with {code}: {error}\n{text}");
            if (code == 0)
            {
                Assert.NotEmpty(output);
                Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(SmallScenario.FileName, error, StringComparison.Ordinal);
                Assert.Empty(output);
            }
        }

        // Damage that always or never matters would test nothing.
        Assert.Equal([0, 2], codes.Order());
    }

    private static string Damage(string text, ulong number)
    {
        var random = new RandomSource(StreamKey.Create(20260101, "scenario fuzz"), number);
        var wounds = 1 + random.NextInt32(2);
        for (var i = 0; i < wounds; i++)
        {
            text = random.NextInt32(3) switch
            {
                0 => ReplaceValue(text, ref random),
                1 => ChangeCharacter(text, ref random),
                _ => SwapWords(text, ref random),
            };
        }

        return text;
    }

    private static string ReplaceValue(string text, ref RandomSource random)
    {
        var at = text.IndexOf(": ", random.NextInt32(text.Length), StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var end = text.IndexOfAny([',', '}', '\n'], at + 2);
        return text[..(at + 2)] + Values[random.NextInt32(Values.Length)] + text[end..];
    }

    private static string ChangeCharacter(string text, ref RandomSource random)
    {
        var at = random.NextInt32(text.Length);
        var put = Characters[random.NextInt32(Characters.Length)].ToString();
        return random.NextInt32(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, put),
            _ => text.Remove(at, 1).Insert(at, put),
        };
    }

    private static string SwapWords(string text, ref RandomSource random)
    {
        string[] words = ["profile", "model", "device", "meanJobs", "quantiles", "uniform", "constant", "requests", "a100-sxm-80gb", "gpt2", "weights", "Q4_0"];
        var from = words[random.NextInt32(words.Length)];
        var to = words[random.NextInt32(words.Length)];
        return text.Replace($"\"{from}\"", $"\"{to}\"", StringComparison.Ordinal);
    }
}
