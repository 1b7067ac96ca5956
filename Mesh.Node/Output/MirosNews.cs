using System.Globalization;
using Mesh.Node.Watching;

namespace Mesh.Node.Output;

/// <summary>The lines that the consumer of miros' networked example prints.</summary>
internal sealed class MirosNews(CommandOutput output) : INewsPrinter
{
    /// <summary>The line that stands for steps which are missing.</summary>
    public static string GapLine(in ChartNews news) => string.Create(
        CultureInfo.InvariantCulture, $"-- gap: {news.MissingSteps} steps ({news.Reason}) --");

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public void Print(in ChartNews news)
    {
        if (news.Kind == NewsKind.Gap)
        {
            output.WriteLine(GapLine(news));
        }
        else if (news.Kind == NewsKind.Step)
        {
            PrintStep(news);
        }
    }

    /// <inheritdoc/>
    public void End(string reason, long steps, ulong lost)
    {
    }

    private void PrintStep(in ChartNews news)
    {
        if (news.TraceLine is { } trace)
        {
            output.WriteLine($" [x] Trace: {trace}");
        }

        foreach (var line in news.SpyLines)
        {
            output.WriteLine($" [x] Spy: {line}");
        }
    }
}
