using System.Globalization;
using EdgeSplit.Core.Devices.Energy;

namespace EdgeSplit.Tests.Devices.Energy;

public sealed class MeasuredTokenEnergyTests
{
    [Theory]
    [InlineData("Pi 5 - 8GB", "Llama-3.2-3B", 3.015)]                             // 13.9 W / 4.61 tokens per second
    [InlineData("Pi 400 - 4GB", "Llama-3.2-3B", 3.75)]                            // 6 / 1.6
    [InlineData("Mac Studio (M3 Ultra 512GB)", "Llama-3.2-3B", 1.442)]            // 223 / 154.6
    [InlineData("Mac Studio (M3 Ultra 512GB)", "DeepSeek-R1-Distill-Qwen-14B", 4.378)]
    [InlineData("Pi 5 - 16GB", "DeepSeek-R1-Distill-Qwen-14B", 10.83)]            // 13 / 1.2
    [InlineData("Dell Optiplex 780 (C2Q Q8400)", "Llama-3.2-3B", 133.9)]          // 146 / 1.09
    [InlineData("RTX 4050 Laptop", "Qwen2.5-1.5B", 0.2589)]                       // 34.1 / 131.7
    [InlineData("Raspberry Pi 5 + Hailo-10H", "Qwen2.5-1.5B", 0.2899)]            // 2.0 / 6.9: the paper's finding that both match
    public void Measured_joules_per_token_are_watts_over_speed(string device, string model, double joules) =>
        Assert.Equal(joules, MeasuredTokenEnergy.All.Single(row => row.Device == device && row.Model == model).JoulesPerToken, 0.001 * joules);

    [Fact]
    public void The_same_module_spends_least_on_the_engine_made_for_its_cores()
    {
        // T-MAC's own table, 2-bit 7B on AGX Orin: 2.12 J with llama.cpp on the cores, 1.54 J on the GPU, 0.67 J with lookup tables.
        var rows = MeasuredTokenEnergy.All.Where(row => row.Device == "Jetson AGX Orin 64GB").OrderBy(row => row.JoulesPerToken).ToArray();
        Assert.Equal(["T-MAC CPU", "llama.cpp GPU", "llama.cpp CPU"], rows.Select(row => row.Engine));
        Assert.Equal([0.666, 1.538, 2.119], rows.Select(row => Math.Round(row.JoulesPerToken, 3)));
        Assert.All(rows, row => Assert.Equal(PowerScope.Module, row.Scope));
    }

    [SharedDataFact]
    public void Every_typed_row_stands_in_the_published_table_and_its_power_gives_its_energy()
    {
        var measured = File.ReadLines(SharedData.PathOf("data/measured_llm_speed.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells.Length >= 13)
            .ToArray();
        foreach (var row in MeasuredTokenEnergy.All)
        {
            var match = measured.Single(cells => cells[4] == row.Device
                && cells[1].StartsWith(row.Model, StringComparison.Ordinal)
                && cells[5] == row.Engine
                && cells[6] == "decode"
                && Number(cells[11]) == row.TokensPerSecond && Number(cells[12]) == row.Watts);
            Assert.Equal(row.Scope == PowerScope.Wall, match[^1].Contains("wall", StringComparison.Ordinal));
            Assert.Contains(row.Source.Replace("arXiv:", "", StringComparison.Ordinal).Split(' ')[0], match[0], StringComparison.Ordinal);

            // A device whose power is the row's, at the row's speed, spends the row's energy per token.
            var power = new PowerDraw { IdleWatts = 0.3 * row.Watts, WattsAboveIdle = 0.7 * row.Watts };
            Assert.Equal(row.JoulesPerToken, power.DecodeSourceWatts / Number(match[11]), 1e-9 * row.JoulesPerToken);
        }

        static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }
}
