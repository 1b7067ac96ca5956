using System.Globalization;
using Mesh.Node.Watching;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Node.Output;

/// <summary>A line for each change of state or spy line, with its time at the publisher and its chart.</summary>
internal sealed class TextNews(CommandOutput output, Lanes lanes) : INewsPrinter
{
    private const string TimeFormat = "HH:mm:ss.fff";

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public void Print(in ChartNews news)
    {
        switch (news.Kind)
        {
            case NewsKind.Gap:
                output.WriteLine(MirosNews.GapLine(news));
                break;
            case NewsKind.Snapshot:
                output.WriteLine($"{new string(' ', TimeFormat.Length)}  {news.Hsm}  snapshot  {news.State}");
                break;
            case NewsKind.Step:
                PrintStep(news);
                break;
        }
    }

    /// <inheritdoc/>
    public void End(string reason, long steps, ulong lost)
    {
    }

    private void PrintStep(in ChartNews news)
    {
        var head = $"{news.Step.Time.ToString(TimeFormat, CultureInfo.InvariantCulture)}  {news.Hsm}  ";
        if (lanes.HasFlag(Lanes.Trace) && StepFeed.IsTraced(news.Step))
        {
            var signal = news.Step.Kind == StepKind.Start ? "start" : news.Step.Signal;
            output.WriteLine($"{head}{news.Step.From} -> {news.Step.To}  {signal}");
        }

        foreach (var line in news.SpyLines)
        {
            output.WriteLine(head + line);
        }
    }
}
