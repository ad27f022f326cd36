using System.Globalization;
using EdgeSplit.Agents.Evaluation;
using EdgeSplit.Agents.Evaluation.AdaptiveLayerSplitting;
using EdgeSplit.Core.Quality.Measurement;

namespace EdgeSplit.Cli.Rendering;

/// <summary>One line on a terminal that says how far a comparison, a training, a measurement or a reproduction is. Safe to call from several threads.</summary>
internal sealed class ProgressLine(TextWriter error) : IProgress<ComparisonProgress>, IProgress<StreamTrainingProgress>, IProgress<SplittingProgress>, IProgress<MeasurementProgress>
{
    private readonly Lock gate = new();
    private int length;
    private int shown;

    public void Report(ComparisonProgress value)
    {
        lock (gate)
        {
            if (value.FinishedRuns > shown)
            {
                shown = value.FinishedRuns;
                Show(string.Create(CultureInfo.InvariantCulture, $"{value.FinishedRuns} of {value.TotalRuns} runs: {value.Current}"));
            }
        }
    }

    public void Report(StreamTrainingProgress value)
    {
        lock (gate)
        {
            Show(string.Create(CultureInfo.InvariantCulture, $"{value.Requests} of {value.TotalRequests} requests: mean cost {value.MeanCost:0.000} s"));
        }
    }

    public void Report(MeasurementProgress value)
    {
        lock (gate)
        {
            Show(string.Create(CultureInfo.InvariantCulture, $"{100 * value.Share:0.0} %: {value.Current}"));
        }
    }

    public void Report(SplittingProgress value)
    {
        lock (gate)
        {
            if (value.Finished > shown)
            {
                shown = value.Finished;
                Show(string.Create(CultureInfo.InvariantCulture, $"{value.Finished} of {value.Total} trainings: {value.Current}"));
            }
        }
    }

    internal void Clear()
    {
        lock (gate)
        {
            Show("");
            error.Write('\r');
        }
    }

    private void Show(string text)
    {
        error.Write("\r" + text.PadRight(length));
        length = text.Length;
    }
}
