using System.Globalization;
using System.Text.Json;
using Mesh.Core.Foreign;
using Mesh.Node.Watching;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Node.Output;

/// <summary>JSON, an object a line: <c>hello</c>, <c>snapshot</c>, <c>event</c>, <c>gap</c> and <c>end</c>.</summary>
internal sealed class NdjsonNews(CommandOutput output, Lanes lanes, IReadOnlyList<string> patterns) : INewsPrinter
{
    private const string Schema = "mesh.event/1";

    /// <inheritdoc/>
    public void Begin() => output.WriteJsonLine(json =>
    {
        json.WriteString("t", "hello");
        json.WriteString("schema", Schema);
        json.WriteStrings("pattern", patterns);
        json.WriteString("lane", lanes.ToString().ToLowerInvariant());
    });

    /// <inheritdoc/>
    public void Print(in ChartNews news)
    {
        var told = news;
        output.WriteJsonLine(json =>
        {
            json.WriteString("t", NameOf(told.Kind));
            if (told.Kind == NewsKind.Step)
            {
                json.WriteString("kind", KindOf(told.Step));
            }

            WriteChart(json, told.Hsm);
            WriteFacts(json, told);
        });
    }

    /// <inheritdoc/>
    public void End(string reason, long steps, ulong lost) => output.WriteJsonLine(json =>
    {
        json.WriteString("t", "end");
        json.WriteString("reason", reason);
        json.WriteNumber("events", steps);
        json.WriteNumber("lost", lost);
    });

    private static string NameOf(NewsKind kind) => kind switch
    {
        NewsKind.Snapshot => "snapshot",
        NewsKind.Gap => "gap",
        NewsKind.Ended => "chart-ended",
        _ => "event",
    };

    private static string KindOf(in ForeignStep step) => step.Kind switch
    {
        StepKind.Start => "start",
        StepKind.Fault => "fault",
        _ => step.Outcome is OutcomeKind.Transition or OutcomeKind.Dynamic ? "transition" : StepFeed.Word(step.Outcome),
    };

    // The numbers of an incarnation are milliseconds of this century, so they fit the numbers of every reader.
    private static void WriteChart(Utf8JsonWriter json, ForeignHsm hsm)
    {
        json.WriteString("peer", hsm.PeerName);
        json.WriteString("peerId", hsm.Peer.ToString());
        json.WriteString("chart", hsm.Name);
        json.WriteNumber("incarnation", hsm.Incarnation);
        json.WriteNumber("instance", hsm.Chart);
    }

    private void WriteFacts(Utf8JsonWriter json, in ChartNews news)
    {
        switch (news.Kind)
        {
            case NewsKind.Snapshot:
                json.WriteStrings("states", LeafNames.Of(news.State));
                break;
            case NewsKind.Gap:
                json.WriteNumber("missing", news.MissingSteps);
                json.WriteString("reason", news.Reason);
                break;
            case NewsKind.Ended:
                json.WriteString("reason", news.Reason);
                break;
            default:
                WriteStep(json, news);
                break;
        }
    }

    private void WriteStep(Utf8JsonWriter json, in ChartNews news)
    {
        var step = news.Step;
        json.WriteStrings("from", step.Kind == StepKind.Start ? [] : LeafNames.Of(step.From));
        json.WriteStrings("to", LeafNames.Of(step.To));
        json.WriteString("trigger", step.Kind == StepKind.Start ? null : step.Signal);
        json.WriteNumber("seq", step.Number);
        json.WriteString(
            "at", step.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        if (step.Queued >= 0)
        {
            json.WriteNumber("queued", step.Queued);
            json.WriteNumber("deferred", step.Deferred);
        }

        if (lanes.HasFlag(Lanes.Trace))
        {
            json.WriteString("trace", news.TraceLine);
        }

        if (lanes.HasFlag(Lanes.Spy))
        {
            json.WriteStrings("spy", news.SpyLines);
        }
    }
}
