using System.Runtime.InteropServices;
using EdgeSplit.Cli;

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    ending.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    ending.Cancel();
});
return await EdgeSplitTool.RunAsync(args, Console.Out, Console.Error, ending.Token);
