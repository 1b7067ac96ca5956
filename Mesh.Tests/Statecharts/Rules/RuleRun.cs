using System.Diagnostics.CodeAnalysis;
using Mesh.Statecharts;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>A chart of SCXML, given by what stands in its root, run on a clock that stands still until it is
/// moved.</summary>
/// <remarks>What a chart has to tell, it logs with a label that begins with <c>say</c>.</remarks>
internal sealed class RuleRun
{
    private const string Mark = "say: ";

    private readonly ManualTimeProvider _clock = new();
    private readonly ChartHost<ScxmlMemory> _host;

    private RuleRun(ScxmlFile file)
    {
        _host = new ChartHost<ScxmlMemory>(file.Chart, file.CreateMemory(), _clock, file.HostOptions);
        _host.Start();
        _host.CompleteCircuit();
    }

    /// <summary>The innermost active states, joined by commas.</summary>
    public string State => _host.StateName;

    /// <summary>Whether the chart came to its end.</summary>
    public bool IsDone => _host.Status == ChartStatus.Done;

    /// <summary>How many timers wait.</summary>
    public int PendingTimerCount => _clock.PendingTimerCount;

    /// <summary>What the chart said, joined by spaces.</summary>
    public string Said => string.Join(' ', _host.Spy()
        .Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..]));

    /// <summary>The whole spy.</summary>
    public IReadOnlyList<string> Spy => _host.Spy();

    /// <summary>Starts a chart and posts it events, each run until nothing waits.</summary>
    public static RuleRun Of([StringSyntax(StringSyntaxAttribute.Xml)] string inside, params string[] events) =>
        With("", inside, events);

    /// <summary>The same, with more attributes of the root.</summary>
    public static RuleRun With(string attributes, string inside, params string[] events)
    {
        var run = new RuleRun(Parse(attributes, inside));
        foreach (var name in events)
        {
            run.Post(name);
        }

        return run;
    }

    /// <summary>Why a chart is refused.</summary>
    public static string Refusal([StringSyntax(StringSyntaxAttribute.Xml)] string inside) =>
        Assert.Throws<ScxmlException>(() => Parse("", inside))!.Message;

    /// <summary>Posts an event and runs until nothing waits.</summary>
    public void Post(string name, string? json = null)
    {
        DataValue data = default;
        Assert.That(json is null || DataValue.TryParseJson(json, out data), Is.True);
        _host.PostFifo(new Event(_host.SignalOf(name), json is null ? null : data));
        _host.CompleteCircuit();
        Assert.That(_host.Fault, Is.Null);
    }

    /// <summary>Moves the clock and runs until nothing waits.</summary>
    public void Advance(int milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _host.CompleteCircuit();
    }

    private static ScxmlFile Parse(string attributes, string inside) => ScxmlFile.Parse(
        $"""<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="rule" {attributes}>{inside}</scxml>""");
}
