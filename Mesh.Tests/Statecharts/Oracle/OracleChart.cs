using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>A running chart of the oracle: state functions, processor, two queues, timed posts, and the log.</summary>
/// <remarks>It shares no code with the engine under test and knows nothing of it.</remarks>
internal sealed class OracleChart
{
    private readonly CaseHost _host;
    private readonly OracleStates _states;
    private readonly OracleProcessor _processor;
    private readonly OracleLog _log;
    private readonly OracleMemory _memory = new();
    private readonly LinkedList<OracleEvent> _queue = [];
    private readonly Queue<OracleEvent> _deferred = [];
    private readonly List<OracleTimer> _timers = [];
    private readonly HashSet<string> _subscribed = [];
    private OracleEvent? _running;
    private bool _isStarted;
    private int _nowMs;

    private OracleChart(ChartSpec chart, CaseHost host, string start)
    {
        _host = host;
        _states = new OracleStates(chart);
        _processor = new OracleProcessor(Ask);
        _log = new OracleLog(chart.Name ?? DefaultName(start));
    }

    /// <summary>Runs a whole script.</summary>
    /// <remarks>
    /// <code>
    /// start STATE     starts the chart (an active object then runs what is queued)
    /// SIGNAL          from outside: dispatched (processor), posted and one step run (queues) or all run (active)
    /// post SIGNAL     posted from outside, not yet run       post-lifo SIGNAL  the same, to the front
    /// step            runs one step, if anything is queued   drain             runs all that is queued
    /// wait MS         lets time pass                         clear-spy, clear-trace
    /// </code>
    /// Timed posts, cancel, subscribe and publish are written as in <see cref="SpecAction"/>.
    /// </remarks>
    public static OracleRun Run(ChartSpec chart, CaseHost host, IEnumerable<string> script)
    {
        var lines = script.ToList();
        var start = lines.First(line => line.StartsWith("start ", StringComparison.Ordinal))[6..];
        var oracle = new OracleChart(chart, host, start);
        foreach (var line in lines)
        {
            oracle.Perform(line);
        }

        var log = oracle._log;
        return new OracleRun(oracle._processor.Current, log.Spy, log.Trace, log.Live, oracle._memory.Variables);
    }

    /// <summary>The name of a chart that was given none: the first five digits of UUID5(DNS, start state).</summary>
    public static string DefaultName(string startState)
    {
        var dns = new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8").ToByteArray(bigEndian: true);
#pragma warning disable CA5350 // A version 5 UUID is made with SHA-1 by definition (RFC 9562 §5.5).
        var hash = SHA1.HashData([.. dns, .. Encoding.UTF8.GetBytes(startState)]);
#pragma warning restore CA5350
        return Convert.ToHexStringLower(hash)[..5];
    }

    private void Perform(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "start":
                Start(words[1]);
                break;
            case "post":
                _queue.AddLast(new OracleEvent(words[1]));
                break;
            case "step":
                StepOnce();
                break;
            case "drain":
                Drain();
                break;
            case "wait":
                Wait(int.Parse(words[1], CultureInfo.InvariantCulture));
                break;
            case "clear-spy":
                _log.ClearSpy();
                break;
            case "clear-trace":
                _log.ClearTrace();
                break;
            default:
                PerformFromOutside(line);
                break;
        }
    }

    private void PerformFromOutside(string line)
    {
        if (SpecAction.IsAction(line))
        {
            var action = SpecAction.Parse(line);
            if (action.Kind == SpecActionKind.PostLifo)
            {
                _queue.AddFirst(new OracleEvent(action.Text)); // posts from outside leave no line
            }
            else
            {
                Execute(action, OracleProcessor.Top);
            }

            return;
        }

        _queue.AddLast(new OracleEvent(line));
        if (_host == CaseHost.Active)
        {
            Drain();
        }
        else
        {
            StepOnce();
        }
    }

    private void Start(string state)
    {
        _log.Write("START");
        _processor.Start(state);
        EndStep($"e->start_at() top->{_processor.Current}");
        _isStarted = true;
        if (_host == CaseHost.Active)
        {
            Drain();
        }
    }

    private void Drain()
    {
        while (_queue.Count > 0)
        {
            StepOnce();
        }
    }

    private void StepOnce()
    {
        if (_queue.First is not { } first)
        {
            return;
        }

        _queue.RemoveFirst();
        _running = first.Value;
        var from = _processor.Current;
        var isTransition = _processor.Dispatch(first.Value.Signal);
        EndStep(isTransition ? $"e->{first.Value.Signal}() {from}->{_processor.Current}" : null);
    }

    private void EndStep(string? transition) => _log.EndStep(
        transition,
        _host == CaseHost.Processor ? null : $"<- Queued:({_queue.Count}) Deferred:({_deferred.Count})");

    private void Wait(int milliseconds)
    {
        var end = _nowMs + milliseconds;
        while (_timers.Where(timer => timer.DueMs <= end).MinBy(timer => timer.DueMs) is { } timer)
        {
            _nowMs = timer.DueMs;
            if (!timer.Advance())
            {
                _timers.Remove(timer);
            }

            Enqueue(new OracleEvent(timer.Signal), timer.IsLifo);
            Drain();
        }

        _nowMs = end;
    }

    private OracleAnswer Ask(string state, string signal)
    {
        if (state == OracleProcessor.Top)
        {
            return AskTop(signal);
        }

        _log.Write($"{signal}:{state}");
        var answer = _states.Call(state, signal, _memory, action => Execute(action, state));
        if (answer.Status == OracleStatus.Handled && !OracleSignals.IsInner(signal))
        {
            _log.Write($"{signal}:{state}:HOOK");
        }

        return answer;
    }

    // Top is asked in silence; it ignores all but the meta signals, which it deals with.
    private OracleAnswer AskTop(string signal)
    {
        if (signal is OracleSignals.SubscribeMeta or OracleSignals.PublishMeta)
        {
            Execute(_running!.Request!, OracleProcessor.Top);
            return new OracleAnswer(OracleStatus.Handled);
        }

        return new OracleAnswer(OracleStatus.Ignored);
    }

    private void Execute(SpecAction action, string state)
    {
        switch (action.Kind)
        {
            case SpecActionKind.Scribble:
                _log.Write(action.Text);
                break;
            case SpecActionKind.PostFifo or SpecActionKind.PostLifo:
                Post(new OracleEvent(action.Text), action.Kind == SpecActionKind.PostLifo);
                break;
            case SpecActionKind.Defer:
                _deferred.Enqueue(new OracleEvent(action.Text));
                _log.Write($"POST_DEFERRED:{action.Text}");
                break;
            case SpecActionKind.Recall:
                Recall();
                break;
            case SpecActionKind.Set:
                _memory.Variables[action.Text] = action.Number;
                break;
            case SpecActionKind.Add:
                _memory.Variables[action.Text] = _memory.Variables.GetValueOrDefault(action.Text) + action.Number;
                break;
            case SpecActionKind.Remember:
                _memory.Slots[action.Text] = state;
                break;
            case SpecActionKind.TimedFifo or SpecActionKind.TimedLifo:
                _timers.Add(new OracleTimer(action, _nowMs));
                break;
            case SpecActionKind.Cancel:
                _timers.RemoveAll(timer => timer.Slot == action.Text);
                break;
            default:
                SubscribeOrPublish(action);
                break;
        }
    }

    private void Recall()
    {
        if (_deferred.TryDequeue(out var recalled))
        {
            _log.Write($"RECALL:{recalled.Signal}");
            Post(recalled, isLifo: false);
        }
    }

    // Before the chart runs, the wish is posted to itself and becomes one of its first events.
    private void SubscribeOrPublish(SpecAction action)
    {
        var isSubscription = action.Kind == SpecActionKind.Subscribe;
        if (!_isStarted)
        {
            var meta = isSubscription ? OracleSignals.SubscribeMeta : OracleSignals.PublishMeta;
            Post(new OracleEvent(meta, action), isLifo: true);
            return;
        }

        _log.Write(isSubscription
            ? $"SUBSCRIBING TO:({action.Text}, TYPE:fifo)"
            : $"PUBLISH:({action.Text}, PRIORITY:1000)");
        if (isSubscription)
        {
            _subscribed.Add(action.Text);
        }
        else if (_subscribed.Contains(action.Text))
        {
            Enqueue(new OracleEvent(action.Text), isLifo: false); // the bus is not part of the chart: no line
        }
    }

    private void Post(OracleEvent posted, bool isLifo)
    {
        Enqueue(posted, isLifo);
        _log.Write($"POST_{(isLifo ? "LIFO" : "FIFO")}:{posted.Signal}");
    }

    private void Enqueue(OracleEvent posted, bool isLifo)
    {
        if (isLifo)
        {
            _queue.AddFirst(posted);
        }
        else
        {
            _queue.AddLast(posted);
        }
    }
}
