using BenchmarkDotNet.Attributes;
using EdgeSplit.Core.Inference;

namespace EdgeSplit.Benchmarks;

/// <summary>Clean passes of the reference model over 64 windows of 128 tokens, logits included: per invocation 8,192 tokens.</summary>
[MemoryDiagnoser]
public class PerplexityBenchmark
{
    private const int Windows = 64;
    private const int Context = 128;
    private const int Group = 4;

    private LlamaModel? model;
    private LlamaWorkspace[] workspaces = [];
    private float[][] hidden = [];
    private float[][] logits = [];
    private int[] tokens = [];

    /// <summary>Threads that share the windows.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Loads the checkpoint and writes a text with it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        model = LlamaModel.Load(Path.Combine(RepositoryRoot(), "models", "reference"));
        tokens = TextGeneration.Sample(model, Windows, Context, 10, 1, new LlamaWorkspace());
        workspaces = [.. Enumerable.Range(0, Threads).Select(_ => new LlamaWorkspace())];
        hidden = [.. workspaces.Select(_ => new float[Group * Context * model.HiddenSize])];
        logits = [.. workspaces.Select(_ => new float[Group * Context * model.Vocabulary])];
    }

    /// <summary>Closes it.</summary>
    [GlobalCleanup]
    public void Cleanup() => model?.Dispose();

    /// <summary>All windows.</summary>
    [Benchmark(OperationsPerInvoke = Windows * Context)]
    public void CleanPass() => Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
    {
        for (var group = thread; group < Windows / Group; group += Threads)
        {
            model!.Embed(tokens.AsSpan(group * Group * Context, Group * Context), hidden[thread]);
            model.RunLayers(hidden[thread], Group, Context, 0, model.Layers, workspaces[thread]);
            model.Head(hidden[thread], Group * Context, logits[thread], workspaces[thread]);
        }
    });

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeSplit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("EdgeSplit.sln not found above " + AppContext.BaseDirectory);
    }
}
