using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using EdgeSplit.Agents.Learning;
using EdgeSplit.Cli.Rendering;
using EdgeSplit.Cli.Verbs;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Cli;

/// <summary>The <c>edgesplit</c> tool, callable from a program or a test.</summary>
/// <remarks>Keeps no state: runs may follow each other or run at the same time.</remarks>
public static class EdgeSplitTool
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, verb first.</param>
    /// <param name="output">Receives results and nothing else.</param>
    /// <param name="error">Receives progress and messages.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>0 done; 1 the run failed; 2 bad input; 130 ended early.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var parsed = Root(new ToolConsole(output, error)).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var message in parsed.Errors.Select(e => e.Message).Distinct())
            {
                await error.WriteLineAsync("edgesplit: " + message).ConfigureAwait(false);
            }

            await error.WriteLineAsync("Run 'edgesplit --help', or 'edgesplit VERB --help', for what is allowed.").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }

        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Fail("ended early", ExitCodes.Cancelled);
        }
        catch (Exception failure) when (failure is ScenarioException or BadInputException or AgentFileException)
        {
            return Fail(failure.Message, ExitCodes.BadInput);
        }
#pragma warning disable CA1031 // The last line of defence: a user gets a message, never a stack trace.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Fail(failure.Message.ReplaceLineEndings(" "), ExitCodes.RunFailed);
        }

        int Fail(string message, int code)
        {
            error.WriteLine("edgesplit: " + message);
            return code;
        }
    }

    private static RootCommand Root(ToolConsole console)
    {
        var root = new RootCommand("Which layer to cut a language model at, between a device and an edge server: for this request, now.\nExit codes: 0 done, 1 the run failed, 2 bad input, 130 ended early.")
        {
            SweepVerb.Create(console),
            CompareVerb.Create(console),
            TrainVerb.Create(console),
            EvaluateVerb.Create(console),
            ChannelVerb.Create(console),
            DevicesVerb.Create(console),
            CalibrateVerb.Create(console),
            ValidateVerb.Create(console),
            MeasureVerb.Create(console),
            ReproduceVerb.Create(console),
            ListVerb.Create(console),
        };
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new PrintVersion(console.Output);
        }

        return root;
    }

    private sealed class PrintVersion(TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var assembly = typeof(EdgeSplitTool).Assembly;
            output.WriteLine(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString());
            return ExitCodes.Done;
        }
    }
}
