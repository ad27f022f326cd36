using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace EdgeSplit.Tests.Cli;

public sealed class ValidateVerbTests
{
    private const string Header = "mark,model,quant,device,backend,phase,prompt_tokens,gen_tokens,context,tokens_per_s,notes";

    // A column of its own, columns in an order of their own, quotes, commas, and a note over two lines.
    private static readonly string[] Rows =
    [
        "a,Llama-3-8B,F16,RTX 4090,llama.cpp CUDA,prefill,512,0,512,9382.0,\"pp512, as printed\"",
        "b,Llama-3-8B,Q4_K_M,RTX 4090,llama.cpp CUDA,decode,0,128,128,130.58,",
        "c,Llama-3-8B,Q4_K_M,Frobnicator 9000,llama.cpp CUDA,decode,0,128,128,99,nobody knows it",
        "d,Llama-3-8B,Q4_K_M,RTX 4090,llama.cpp CUDA,decode,0,128,128,2.5,OUTLIER",
        "e,Frobnicator-8B,Q4_K_M,RTX 4090,llama.cpp CUDA,decode,0,128,128,99,",
        "f,Llama-3-8B,Q4_K_M,RTX 4090,llama.cpp CUDA,decode,0,128,128,,no speed",
        "g,Llama-3-8B,F16,RTX 3090,llama.cpp CUDA,decode,0,128,128,47.4,\"says \"\"fine\"\"\nover two lines\"",
        "h,Llama-3-8B,F16,3090 24GB * 4,llama.cpp CUDA,decode,0,128,128,47.4,several",
    ];

    private static readonly string[] Predicted = ["a", "b", "g"];

    private static string Text { get; } = Header + "\n" + string.Join("\n", Rows) + "\n";

    [Fact]
    public async Task Csv_comes_back_unchanged_with_predictions_added_and_reasons_where_there_are_none()
    {
        using var run = new ToolRun();
        var before = CsvText.Read(Text);
        var after = CsvText.Read(await run.Succeed("validate", Written(run), "--format", "csv"));
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(Header.Split(','), after[0].Keys.Take(11));
        Assert.Contains("predicted_tokens_per_s", after[0].Keys);
        foreach (var (row, same) in after.Zip(before))
        {
            Assert.All(same, field => Assert.Equal(field.Value, row[field.Key]));
            var isPredicted = Predicted.Contains(row["mark"]);
            Assert.Equal(isPredicted, row["predicted_tokens_per_s"].Length > 0);
            Assert.Equal(isPredicted, row["unmatched_because"].Length == 0);
            if (isPredicted)
            {
                Assert.True(row.Number("predicted_low_tokens_per_s") < row.Number("predicted_tokens_per_s"));
                Assert.True(row.Number("predicted_tokens_per_s") < row.Number("predicted_high_tokens_per_s"));
                Assert.Equal((row.Number("predicted_tokens_per_s") / row.Number("tokens_per_s")) - 1, row.Number("relative_error"), 12);
                Assert.Matches("^rtx-(3090|4090)$", row["matched_device"]);
            }
        }

        Assert.Contains("outlier", after[3]["unmatched_because"], StringComparison.Ordinal);
        Assert.Contains("no speed", after[5]["unmatched_because"], StringComparison.Ordinal);
        Assert.Contains("several devices", after[7]["unmatched_because"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_run_added_is_replaced()
    {
        using var run = new ToolRun();
        var once = await run.Succeed("validate", Written(run), "--format", "csv");
        File.WriteAllText(run.PathOf("again.csv"), once);
        Assert.Equal(once, await run.Succeed("validate", run.PathOf("again.csv"), "--format", "csv"));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Other_separators_are_understood(char separator)
    {
        using var run = new ToolRun();
        string[] kept = [Header, .. Rows.Where(row => !row.Contains('"', StringComparison.Ordinal))];
        File.WriteAllText(run.PathOf("plain.csv"), string.Join("\n", kept));
        File.WriteAllText(run.PathOf("other.csv"), string.Join("\n", kept).Replace(',', separator));
        Assert.Equal(await run.Succeed("validate", run.PathOf("plain.csv"), "--format", "csv"), await run.Succeed("validate", run.PathOf("other.csv"), "--format", "csv"));
    }

    [Fact]
    public async Task A_row_that_would_fill_the_memory_is_left_out_with_the_reason()
    {
        using var run = new ToolRun();
        File.WriteAllText(run.PathOf("hostile.csv"), Header + "\n"
            + "a,Llama-3-8B,F16,RTX 4090,llama.cpp CUDA,prefill,10000000,0,10000000,9382.0,ubatch 1\n"
            + "b,Llama-3-8B,F16,RTX 4090,llama.cpp CUDA,decode,0,2000000000,2000000000,9382.0,\n"
            + "c,Llama-3-8B,F16,RTX 4090,llama.cpp CUDA,prefill,4096,0,4096,9382.0,ubatch 1\n");
        var rows = CsvText.Read(await run.Succeed("validate", run.PathOf("hostile.csv"), "--format", "csv"));
        Assert.Equal(["a prompt of more than 4096 micro-batches", "more than 10000000 tokens", ""], rows.Select(row => row["unmatched_because"]));
    }

    [Fact]
    public async Task The_table_has_the_summary_the_worst_rows_and_the_reasons()
    {
        using var run = new ToolRun();
        var file = Written(run);
        var table = await run.Succeed("validate", file);
        Assert.StartsWith($"{file}: 7 rows, 3 predicted", table, StringComparison.Ordinal);
        Assert.All(["| GPUs ", "| TensorGpu, LlamaCpp ", "| Q4_K_M ", "plain roofline", "| error % |", "not predicted because", "flagged as an outlier", "no speed"], text => Assert.Contains(text, table, StringComparison.Ordinal));
        var one = await run.Succeed("validate", file, "--worst", "1");
        Assert.True(one.Split('\n').Length == table.Split('\n').Length - 2);
        Assert.DoesNotContain("| error % |", await run.Succeed("validate", file, "--worst", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_what_csv_says()
    {
        using var run = new ToolRun();
        var file = Written(run);
        var rows = CsvText.Read(await run.Succeed("validate", file, "--format", "csv")).Where(row => row["mark"] != "f").ToArray();
        using var json = JsonDocument.Parse(await run.Succeed("validate", file, "--format", "json"));
        Assert.Equal((7, 3), (json.RootElement.GetProperty("rows").GetInt32(), json.RootElement.GetProperty("predicted").GetInt32()));
        Assert.Equal(5, json.RootElement.GetProperty("notPredicted").EnumerateArray().Sum(row => row.GetProperty("rows").GetInt32()));
        foreach (var (row, prediction) in rows.Zip(json.RootElement.GetProperty("predictions").EnumerateArray(), (row, prediction) => (row, prediction)))
        {
            var speed = prediction.GetProperty("predicted_tokens_per_s");
            Assert.Equal(row["predicted_tokens_per_s"].Length == 0, speed.ValueKind == JsonValueKind.Null);
            if (speed.ValueKind != JsonValueKind.Null)
            {
                Assert.Equal(row.Number("predicted_tokens_per_s"), speed.GetDouble());
            }

            Assert.Equal(row["unmatched_because"], prediction.GetProperty("unmatched_because").GetString() ?? "");
        }

        Assert.All(json.RootElement.GetProperty("summary").EnumerateArray(), group => Assert.InRange(group.GetProperty("coveragePercent").GetDouble(), 0, 100));
    }

    [Theory]
    [InlineData("catalogue")]
    [InlineData("sheet")]
    [InlineData("leave-one-out")]
    [InlineData("halves")]
    [InlineData("roofline")]
    public async Task Every_basis_predicts_made_up_runs(string basis)
    {
        using var run = new ToolRun();
        File.WriteAllText(run.PathOf("runs.csv"), MadeUpRuns.Csv(MadeUpRuns.All));
        var rows = CsvText.Read(await run.Succeed("validate", run.PathOf("runs.csv"), "--basis", basis, "--format", "csv"));
        Assert.Equal(MadeUpRuns.All.Count, rows.Count);
        Assert.All(rows, row => Assert.True(row.Number("predicted_tokens_per_s") > 0));
        var worst = rows.Max(row => Math.Abs(row.Number("relative_error")));
        Assert.True(basis == "halves" ? worst < 0.1 : worst > 0.1, $"{basis}: {worst}");
        if (basis == "roofline")
        {
            Assert.All(rows, row => Assert.True(row.Number("relative_error") > 0));
        }
    }

    [Fact]
    public async Task Halves_leave_out_devices_of_few_rows_and_say_so()
    {
        using var run = new ToolRun();
        var rows = CsvText.Read(await run.Succeed("validate", Written(run), "--basis", "halves", "--format", "csv"));
        Assert.All(rows.Where(row => Predicted.Contains(row["mark"])), row => Assert.Equal(("", "fewer than 8 rows of the device"), (row["predicted_tokens_per_s"], row["unmatched_because"])));
    }

    [Fact]
    public async Task A_calibrated_device_predicts_its_own_rows_better_than_the_catalogue()
    {
        using var run = new ToolRun();
        var file = run.PathOf("runs.json");
        File.WriteAllText(file, MadeUpRuns.Json(MadeUpRuns.All));
        await run.Succeed("calibrate", file, "--name", "mine", "--out", run.PathOf("mine.json"));
        var known = CsvText.Read(await run.Succeed("validate", file, "--device", run.PathOf("mine.json"), "--format", "csv"));
        var usual = CsvText.Read(await run.Succeed("validate", file, "--format", "csv"));
        Assert.Equal(MadeUpRuns.All.Select(made => made.Speed), known.Select(row => row.Number("tokens_per_s")));
        Assert.All(known, row => Assert.InRange(row.Number("relative_error"), -0.02, 0.02));
        Assert.True(usual.Max(row => Math.Abs(row.Number("relative_error"))) > 0.1);
        Assert.Equal("location", known[0].Keys.First());
    }

    [Fact]
    public async Task The_plot_is_a_picture_with_a_mark_for_every_prediction()
    {
        using var run = new ToolRun();
        var svg = run.PathOf("plot.svg");
        await run.Succeed("validate", Written(run), "--plot", svg);
        var root = XDocument.Load(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);

        // Four marks stand in the legend; one rectangle is the ground.
        Assert.Equal(2 + 2, root.Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal(1 + 2 + 1, root.Descendants().Count(element => element.Name.LocalName == "rect"));
        var size = root.Attribute("viewBox")!.Value.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(root.Descendants().Where(element => element.Name.LocalName == "circle"), circle =>
        {
            Assert.InRange((double)circle.Attribute("cx")!, 0, size[2]);
            Assert.InRange((double)circle.Attribute("cy")!, 0, size[3]);
        });
        Assert.Equal([svg], Directory.GetFiles(run.Folder, "plot*"));
    }

    [Fact]
    public async Task Times_of_operations_are_predicted_too()
    {
        using var run = new ToolRun();
        var file = run.PathOf("times.csv");
        File.WriteAllText(file, """
            source_repo_path,device,model,dtype,tp,op,phase,tokens,prefill_chunk,kv_prefill,n_decode,kv_decode,m,k,n,activated_experts,time_us,flops_hand,weight_bytes_hand,notes
            made-up,A100 80GB,Llama-2-7b-hf,fp16,1,o_proj,any,512,,,,,,,,,80,,,
            made-up,A100 80GB,Llama-2-7b-hf,fp16,1,frobnicate,any,512,,,,,,,,,80,,,
            made-up,Frobnicator,Llama-2-7b-hf,fp16,1,o_proj,any,512,,,,,,,,,80,,,
            """);
        var rows = CsvText.Read(await run.Succeed("validate", file, "--format", "csv"));
        Assert.Equal(3, rows.Count);
        Assert.Equal((rows[0].Number("predicted_time_us") / 80) - 1, rows[0].Number("relative_error"), 12);
        Assert.All(rows.Skip(1), row => Assert.True(row["predicted_time_us"].Length == 0 && row["unmatched_because"].Length > 0));
        using var json = JsonDocument.Parse(await run.Succeed("validate", file, "--format", "json"));
        Assert.Equal(rows[0].Number("predicted_time_us"), json.RootElement.GetProperty("predictions")[0].GetProperty("predicted_time_us").GetDouble());
        var table = await run.Succeed("validate", file);
        Assert.Contains("3 times of single operations, 1 predicted", table, StringComparison.Ordinal);
        Assert.Contains("not predicted: 1 rows", table, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], string> Bad => new()
    {
        { "absent.csv", [], "no such file" },
        { ".", [], "a folder" },
        { "", [], "FILE: found \"\"" },
        { "empty.csv", [], "empty.csv" },
        { "binary.csv", [], "binary.csv" },
        { "cut.json", [], "cut.json" },
        { "other.csv", [], "other.csv" },
        { "rows.csv", ["--basis", "guess"], "--basis: found \"guess\"; allowed: catalogue, sheet, leave-one-out, halves, roofline." },
        { "rows.csv", ["--worst", "-1"], "--worst: found \"-1\"" },
        { "rows.csv", ["--format", "xml"], "--format: found \"xml\"" },
        { "rows.csv", ["--engine", "fast"], "--engine: found \"fast\"" },
        { "rows.csv", ["--sheet", "frobnicator-9000"], "--sheet: found \"frobnicator-9000\"" },
        { "rows.csv", ["--device", "absent.json"], "--device: absent.json" },
        { "rows.csv", ["--device", "rows.csv"], "--device: rows.csv" },
        { "rows.csv", ["--device", "absent.json", "--basis", "sheet"], "--device: found beside another --basis" },
        { "rows.csv", ["--plot", "no-such-folder/x.svg"], "--plot: found \"no-such-folder/x.svg\", which cannot be written" },
        { "rows.csv", ["--plot", "x.svg", "--select", "Frobnicator"], "--plot: found no row that could be predicted" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Bad_input_ends_with_code_2_and_says_what_is_allowed(string name, string[] options, string message)
    {
        using var run = new ToolRun();
        Written(run);
        File.WriteAllText(run.PathOf("empty.csv"), "");
        File.WriteAllBytes(run.PathOf("binary.csv"), [0, 1, 2, 0, 255]);
        File.WriteAllText(run.PathOf("cut.json"), MadeUpRuns.Json(MadeUpRuns.All)[..40]);
        File.WriteAllText(run.PathOf("other.csv"), "a,b\n1,2\n");
        var before = Directory.GetFiles(run.Folder).Order().ToArray();
        var error = await run.Refuse(["validate", name.Length == 0 ? "" : run.PathOf(name), .. options]);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(run.Folder).Order());
    }

    private static string Written(ToolRun run)
    {
        File.WriteAllText(run.PathOf("rows.csv"), Text);
        return run.PathOf("rows.csv");
    }
}
