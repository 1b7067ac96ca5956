using System.Text;
using Mesh.Core.Identity;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>A chart of another node, as if it ran here.</summary>
/// <remarks>
/// <para>Its last 512 steps and as many lines of its trace are kept as numbers; text is made when somebody asks, and is
/// the text that the chart itself would print.</para>
/// <para>Any thread may read. The node's loop alone adds, and it alone runs the callbacks: they must be quick, see the
/// chart as it is after the step, and may read it. A callback that throws is switched off
/// (<see cref="CallbackFailure"/>).</para>
/// </remarks>
public sealed partial class ForeignHsm
{
    private const int MaxLines = 500;

    private readonly PeerView _owner;

    // A peer may name tens of thousands of charts: what most of them do not have is made when it is needed.
    private ForeignHistory? _history;
    private ForeignListeners? _listeners;
    private EarlyNames? _earlyNames;
    private List<StepGap>? _gaps;
    private string? _name;
    private string? _traceName;
    private ChartDefinition? _definition;
    private ChartNames? _names;
    private int _leaf = ChartDefinition.Top;
    private ulong _nextStep;
    private ulong _spyFrom;
    private ulong _traceFrom;

    internal ForeignHsm(PeerView owner, ulong incarnation, uint chart)
    {
        _owner = owner;
        Incarnation = incarnation;
        Chart = chart;
    }

    /// <summary>The node that runs the chart.</summary>
    public NodeId Peer => _owner.Peer;

    /// <summary>What that node calls itself.</summary>
    public string PeerName => _owner.Name;

    /// <summary>The run of the node.</summary>
    public ulong Incarnation { get; }

    /// <summary>The number of the instance, never used again within the incarnation.</summary>
    public uint Chart { get; }

    /// <summary>What its node calls the chart; <c>#n</c> when that is not known.</summary>
    public string Name => _name ?? $"#{Chart}";

    /// <summary>What its trace calls the chart.</summary>
    public string TraceName => _traceName ?? $"#{Chart}";

    /// <summary>What the chart is; null until the definition came, and when its node does not give it.</summary>
    public ChartDefinition? Definition => Volatile.Read(ref _definition);

    /// <summary>The settled state; empty while it is not known.</summary>
    public string StateName
    {
        get
        {
            lock (_owner.Gate)
            {
                return _leaf == ChartDefinition.Top ? string.Empty : StateText(_leaf);
            }
        }
    }

    /// <summary>Number of the last step that is known; null before the first.</summary>
    public ulong? LastStep => Volatile.Read(ref _nextStep) is var next and not 0 ? next - 1 : null;

    /// <summary>True when a handler threw: the chart runs no more.</summary>
    public bool IsFaulted { get; private set; }

    /// <summary>Whether and why the chart is over.</summary>
    public ForeignEnd End { get; private set; }

    /// <summary>Called with each line of the spy as it comes, on the loop thread.</summary>
    public Action<string>? LiveSpy
    {
        get => _listeners?.LiveSpy;
        set => Listeners.LiveSpy = value;
    }

    /// <summary>
    /// Called with each line of the trace as it comes, on the loop thread; before the spy lines of its step.
    /// </summary>
    public Action<string>? LiveTrace
    {
        get => _listeners?.LiveTrace;
        set => Listeners.LiveTrace = value;
    }

    /// <summary>Called with each step as it comes, on the loop thread; after its lines.</summary>
    public Action<ForeignStep>? Stepped
    {
        get => _listeners?.Stepped;
        set => Listeners.Stepped = value;
    }

    /// <summary>What a callback threw last; all callbacks of the chart were switched off then.</summary>
    public Exception? CallbackFailure => _listeners?.Failure;

    /// <summary>The steps that are missing, oldest first; the last 64 gaps.</summary>
    public IReadOnlyList<StepGap> Gaps
    {
        get
        {
            lock (_owner.Gate)
            {
                return _gaps is null ? [] : [.. _gaps];
            }
        }
    }

    /// <summary>The last 500 lines of the spy since the last clear.</summary>
    /// <returns>The lines; none without the definition, or for a chart that is known by its trace alone.</returns>
    public IReadOnlyList<string> Spy()
    {
        var lines = new List<string>();
        if (Definition is { } definition)
        {
            foreach (var (record, notes) in CopySteps())
            {
                SpyText.Expand(definition, record, notes, _names, lines);
            }
        }

        return lines.Count > MaxLines ? lines[^MaxLines..] : lines;
    }

    /// <summary>The last 500 lines of the trace since the last clear.</summary>
    /// <returns>A newline, then the lines, each ended with a newline, as miros prints it.</returns>
    public string Trace()
    {
        var text = new StringBuilder("\n");
        if (Definition is { } definition)
        {
            List<KeptTrace> kept;
            ulong from;
            lock (_owner.Gate)
            {
                kept = _history?.CopyTrace() ?? [];
                from = _traceFrom;
            }

            foreach (var (record, clock) in kept.Skip(kept.Count - MaxLines))
            {
                if (record.Number >= from)
                {
                    text.Append(TraceText.Format(definition, record, _names, TraceName, clock.Anchor)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Forgets the lines of the spy so far.</summary>
    public void ClearSpy()
    {
        lock (_owner.Gate)
        {
            _spyFrom = _nextStep;
        }
    }

    /// <summary>Forgets the lines of the trace so far.</summary>
    public void ClearTrace()
    {
        lock (_owner.Gate)
        {
            _traceFrom = _nextStep;
        }
    }

    /// <summary>The last steps as records: for output by programs.</summary>
    /// <returns>At most 512, oldest first; the lines of the trace when the chart is known by its trace alone.</returns>
    public IReadOnlyList<ForeignStep> Steps()
    {
        lock (_owner.Gate)
        {
            if (_history is not { Steps: var kept } history)
            {
                return [];
            }

            var steps = new List<ForeignStep>(kept.Count);
            for (var index = 0; index < kept.Count; index++)
            {
                steps.Add(ToStep(kept[index].Record, kept[index].Clock));
            }

            for (var index = 0; kept.Count == 0 && index < history.OlderLines?.Count; index++)
            {
                ref readonly var line = ref history.OlderLines[index];
                steps.Add(ToStep(AsStep(line.Record), line.Clock));
            }

            return steps;
        }
    }

    /// <summary>The address of the chart.</summary>
    /// <returns><c>node/chart</c>.</returns>
    public override string ToString() => $"{PeerName}/{Name}";

    // Two threads may listen for the first time at once.
    private ForeignListeners Listeners
    {
        get
        {
            if (Volatile.Read(ref _listeners) is { } known)
            {
                return known;
            }

            var made = new ForeignListeners();
            return Interlocked.CompareExchange(ref _listeners, made, null) ?? made;
        }
    }

    private List<(StepRecord Record, byte[] Notes)> CopySteps()
    {
        lock (_owner.Gate)
        {
            var count = _history?.Steps.Count ?? 0;
            var copies = new List<(StepRecord, byte[])>(count);
            for (var index = 0; index < count; index++)
            {
                ref readonly var kept = ref _history!.Steps[index];
                var notes = kept.Record.NoteBytes == 0 ? [] : new byte[kept.Record.NoteBytes];
                if (kept.Record.Number >= _spyFrom && _history.TryCopyNotes(kept.NotePosition, notes))
                {
                    copies.Add((kept.Record, notes));
                }
            }

            return copies;
        }
    }
}
