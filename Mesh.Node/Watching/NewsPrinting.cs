using Mesh.Node.Output;

namespace Mesh.Node.Watching;

/// <summary>Prints the news of a feed until there were enough steps, or it is told to end.</summary>
/// <param name="feed">Where news comes from.</param>
/// <param name="printer">Prints it.</param>
/// <param name="output">Flushed after each batch; also takes notes.</param>
internal sealed class NewsPrinting(StepFeed feed, INewsPrinter printer, CommandOutput output)
{
    /// <summary>After how many steps to end; null for never.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Steps that were printed.</summary>
    public long StepCount { get; private set; }

    /// <summary>Steps that are known to be missing.</summary>
    public ulong LostCount { get; private set; }

    /// <summary>Charts that were found.</summary>
    public int ChartCount => feed.ChartCount;

    /// <summary>Whether there were enough steps.</summary>
    public bool IsComplete => StepCount >= MaxSteps;

    /// <summary>Prints until there were enough steps, or it is cancelled; neither is a failure.</summary>
    /// <param name="end">Ends the printing.</param>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public async Task RunAsync(CancellationToken end)
    {
        printer.Begin();
        output.Flush();
        try
        {
            while (!IsComplete)
            {
                await feed.WaitAsync(end);
                PrintWaiting();
                output.Flush();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            PrintWaiting();
        }
    }

    /// <summary>Prints what comes last.</summary>
    /// <param name="reason">Why it is the end.</param>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void Finish(string reason)
    {
        printer.End(reason, StepCount, LostCount);
        output.Flush();
    }

    private void PrintWaiting()
    {
        while (!IsComplete && feed.TryRead(out var news))
        {
            printer.Print(news);
            StepCount += news.Kind == NewsKind.Step ? 1 : 0;
            LostCount += news.Kind == NewsKind.Gap ? news.MissingSteps : 0;
            if (news.Kind == NewsKind.Ended)
            {
                output.Note($"{news.Hsm} is over: {news.Reason}");
            }
        }
    }
}
