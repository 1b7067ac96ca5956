using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <summary>Tells the lines of a step as soon as it is over: the trace line first, then the spy lines.</summary>
internal sealed class LiveLog(ChartLog? log)
{
    public LiveOutput Spy { get; } = new();

    public LiveOutput Trace { get; } = new();

    /// <summary>Tells the last step, if anybody listens. On the thread that ran it.</summary>
    public void TellStep(string chartName)
    {
        if (log is null || !(Spy.IsHeard || Trace.IsHeard))
        {
            return;
        }

        var lines = log.LastStep(out var record);
        if (Trace.IsHeard && record.IsTraced)
        {
            var line = log.TraceLine(record, chartName) + "\n";
            Trace.Tell(record.Kind == StepKind.Start ? line : "\n" + line);
        }

        foreach (var line in lines)
        {
            if (!Spy.IsHeard)
            {
                return;
            }

            Spy.Tell(line);
        }
    }
}
