using Mesh.Node.Output;
using Mesh.Statecharts;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Charts;

/// <summary>A chart from a file on a virtual clock, run step by step as its caller says.</summary>
internal sealed class ChartRun
{
    /// <summary>The most steps that one request runs; a chart that goes on for ever ends there.</summary>
    public const int MaxSteps = 100_000;

    private const int MaxSpyLines = 500;
    private const string QueueLine = "<- Queued:(";

    private readonly VirtualClock _clock = new();
    private readonly ChartHost<ScxmlMemory> _host;
    private readonly List<string> _spy = [];

    /// <summary>Starts a chart.</summary>
    /// <param name="file">The chart.</param>
    public ChartRun(ScxmlFile file)
    {
        var options = file.HostOptions with { Bus = new EventBus() };
        _host = new ChartHost<ScxmlMemory>(file.Chart, file.CreateMemory(), _clock, options);
        _host.Start();
    }

    /// <summary>The innermost active states, sorted.</summary>
    public IReadOnlyList<string> Configuration =>
        [.. LeafNames.Of(_host.StateName).Order(StringComparer.Ordinal)];

    /// <summary>Whether the chart has come to its end.</summary>
    public bool IsDone => _host.Status is ChartStatus.Done or ChartStatus.Stopped;

    /// <summary>How many events wait.</summary>
    public int Queued => _host.QueuedCount;

    /// <summary>How many events are deferred.</summary>
    public int Deferred => _host.DeferredCount;

    /// <summary>Why the chart cannot run any more; null when it can.</summary>
    public string? Fault => _host.Fault is { } fault ? $"the chart is faulted: {fault.Message}" : null;

    /// <summary>Puts an event in the queue.</summary>
    /// <param name="name">Its name; not empty.</param>
    /// <param name="data">What it carries.</param>
    /// <param name="isLifo">Whether it is put at the front.</param>
    /// <returns>False when the queue is full or the chart takes no more.</returns>
    public bool Post(string name, DataValue? data, bool isLifo)
    {
        var posted = EventOf(name, data);
        return isLifo ? _host.PostLifo(posted) : _host.PostFifo(posted);
    }

    /// <summary>Runs one event, past the queue.</summary>
    /// <param name="name">Its name; not empty.</param>
    /// <param name="data">What it carries.</param>
    public void Dispatch(string name, DataValue? data)
    {
        KeepSpy();
        if (!_host.Dispatch(EventOf(name, data)))
        {
            return;
        }


        KeepSpy();

        // How much waits is told of steps that came from the queue.
        if (_spy is [.., var last] && last.StartsWith(QueueLine, StringComparison.Ordinal))
        {
            _spy.RemoveAt(_spy.Count - 1);
        }
    }

    /// <summary>Runs the event at the front of the queue; without one only the line is added that tells what
    /// waits.</summary>
    public void Step()
    {
        if (!_host.NextRtc() && _host.Status == ChartStatus.Running)
        {
            KeepSpy();
            _spy.Add($"{QueueLine}{Queued}) Deferred:({Deferred})");
        }
    }

    /// <summary>Runs until nothing waits.</summary>
    /// <returns>False when the chart would go on after <see cref="MaxSteps"/>.</returns>
    public bool RunUntilIdle()
    {
        for (var count = 0; count < MaxSteps; count++)
        {
            if (!_host.NextRtc())
            {
                return true;
            }
        }

        return Queued == 0;
    }

    /// <summary>Moves the clock; at each moment at which timed posts fall due the chart runs until nothing
    /// waits.</summary>
    /// <param name="by">How far; not negative.</param>
    /// <returns>False when that would take more than <see cref="MaxSteps"/> steps.</returns>
    public bool Advance(TimeSpan by)
    {
        var until = _clock.Elapsed + by;
        for (var count = 0; _clock.MoveToNextTimer(until); count++)
        {
            if (count >= MaxSteps || !RunUntilIdle())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the chart did: the last 500 lines.</summary>
    /// <returns>The lines.</returns>
    public IReadOnlyList<string> Spy()
    {
        KeepSpy();
        return [.. _spy.TakeLast(MaxSpyLines)];
    }

    /// <summary>Which transitions it took, without time stamps: the last 500 lines.</summary>
    /// <returns>The lines.</returns>
    public IReadOnlyList<string> Trace() => TraceText.Stripped(_host.Trace());

    // The spy tells the signals of the engine by their names: an event of such a name would look like one.
    private Event EventOf(string name, DataValue? data)
    {
        return StateSignals.Contains(name) ? throw new RequestException($"\"{name}\" is a signal of the engine")
            : new Event(_host.SignalOf(name), data is { } value ? value : null);
    }

    private void KeepSpy()
    {
        _spy.AddRange(_host.Spy());
        _host.ClearSpy();
        if (_spy.Count > 2 * MaxSpyLines)
        {
            _spy.RemoveRange(0, _spy.Count - MaxSpyLines);
        }
    }
}
