using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts;

/// <summary>Runs a chart twice, instrumented and not, and holds what came out of it.</summary>
internal sealed class ChartRun
{
    private ChartRun(string spy, string trace, string state)
    {
        Spy = spy;
        Trace = trace;
        State = state;
    }

    /// <summary>The whole spy, lines joined by newlines.</summary>
    public string Spy { get; }

    /// <summary>The whole trace without time stamps, lines joined by newlines.</summary>
    public string Trace { get; }

    /// <summary>The state in which the chart ended.</summary>
    public string State { get; }

    /// <summary>On the bare event processor: every event is dispatched straight in.</summary>
    public static ChartRun Bare<TContext>(Chart<TContext> chart, string start, params Signal[] events)
        where TContext : new()
    {
        return Twice(chart, new HostOptions { Name = "chart", HasQueues = false }, host =>
        {
            host.Start(start);
            foreach (var signal in events)
            {
                Assert.That(host.Dispatch(signal), Is.True);
            }
        });
    }

    /// <summary>With queues: a script against a host on the caller's thread.</summary>
    public static ChartRun Queued<TContext>(Chart<TContext> chart, string name, Action<ChartHost<TContext>> script)
        where TContext : new() => Twice(chart, new HostOptions { Name = name }, script);

    private static ChartRun Twice<TContext>(
        Chart<TContext> chart,
        HostOptions options,
        Action<ChartHost<TContext>> script)
        where TContext : new()
    {
        var host = new ChartHost<TContext>(chart, new TContext(), new ManualTimeProvider(), options);
        var silent = new ChartHost<TContext>(
            chart, new TContext(), new ManualTimeProvider(), options with { IsInstrumented = false });

        script(host);
        script(silent);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Fault, Is.Null);
            Assert.That(silent.StateName, Is.EqualTo(host.StateName), "instrumentation changes nothing");
            Assert.That(silent.Spy(), Is.Empty);
        }

        var trace = string.Join('\n', TraceText.Stripped(host.Trace()));
        return new ChartRun(string.Join('\n', host.Spy()), trace, host.StateName);
    }
}
