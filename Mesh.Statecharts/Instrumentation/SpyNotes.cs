using System.Globalization;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Hands out the notes of a step, handler call by handler call, and writes their lines.</summary>
internal ref struct SpyNotes
{
    private readonly ChartDefinition _definition;
    private readonly ChartNames? _names;
    private readonly List<string> _lines;
    private NoteReader _reader;
    private Note _next;
    private bool _hasNext;
    private uint _dropped;

    public SpyNotes(
        ChartDefinition definition,
        uint dropped,
        ReadOnlySpan<byte> notes,
        ChartNames? names,
        List<string> lines)
    {
        _definition = definition;
        _names = names;
        _lines = lines;
        _dropped = dropped;
        _reader = new NoteReader(notes);
        _hasNext = _reader.TryRead(out _next);
    }

    /// <summary>What the last call answered, if otherwise than the definition says.</summary>
    public Report? Report { get; private set; }

    /// <summary>Which target the last call chose, if any.</summary>
    public int? Target { get; private set; }

    /// <summary>Whether the last call threw, which ends the text of the step.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Writes the lines of one handler call.</summary>
    /// <param name="place">Which call.</param>
    /// <returns>What does not fit; nothing when all is well.</returns>
    public string? Tell(int place)
    {
        Report = null;
        Target = null;
        while (_hasNext && _next.Place <= place && !IsCut)
        {
            var fault = _next.Place == place ? TellNext() : "its notes are out of order";
            if (fault is not null)
            {
                return fault;
            }

            _hasNext = _reader.TryRead(out _next);
        }

        return null;
    }

    /// <summary>Writes what was asked for before a start, which comes before everything else.</summary>
    /// <returns>What does not fit; nothing when all is well.</returns>
    public string? TellBeforeStart()
    {
        while (_hasNext && _next.Kind == NoteKind.MetaPost && _next.TryGetNumbers(out _, out var isEarly)
            && isEarly == 1)
        {
            if (TellMetaPost() is { } fault)
            {
                return fault;
            }

            _hasNext = _reader.TryRead(out _next);
        }

        return null;
    }

    /// <summary>Looks whether everything was told, after the last call.</summary>
    /// <param name="isCut">Whether the step ended in a fault.</param>
    /// <returns>What is left over; nothing when all is well.</returns>
    public readonly string? FindLeftover(bool isCut)
    {
        if (_reader.IsMalformed)
        {
            return "its notes cannot be read";
        }

        return _hasNext ? $"a note stands {(isCut ? "after its fault" : "at a call that it did not make")}" : null;
    }

    private string? TellNext()
    {
        switch (_next.Kind)
        {
            case NoteKind.Scribble:
                TellDropped();
                _lines.Add(_next.GetText());
                return null;
            case NoteKind.PostFifo:
                return TellSignal("POST_FIFO");
            case NoteKind.PostLifo:
                return TellSignal("POST_LIFO");
            case NoteKind.Defer:
                return TellSignal("POST_DEFERRED");
            case NoteKind.Recall:
                return TellRecall();
            case NoteKind.Subscribe:
                return TellSubscription();
            case NoteKind.Publish:
                return TellPublication();
            case NoteKind.MetaPost:
                return TellMetaPost();
            case NoteKind.Report:
                return TakeReport();
            case NoteKind.Target:
                return TakeTarget();
            case NoteKind.Fault:
                return TellFault();
            default:
                return null;
        }
    }

    // Notes are dropped from the oldest on, so the gap is before the first one that is left.
    private void TellDropped()
    {
        if (_dropped > 0)
        {
            _lines.Add(ChartText.DroppedNotes(_dropped));
            _dropped = 0;
        }
    }

    private string? TellSignal(string word)
    {
        TellDropped();
        if (!_next.TryGetNumber(out var signal) || ChartText.SignalName(_definition, _names, signal) is not { } name)
        {
            return "a note speaks of a signal that is not in the definition";
        }

        _lines.Add($"{word}:{name}");
        return null;
    }

    // What a state held goes back to its place, before all that waits; it is not posted.
    private string? TellRecall() => TellSignal("RECALL")
        ?? (_next.TryGetNumbers(out _, out var isHeld) && isHeld == 1 ? null : TellSignal("POST_FIFO"));

    private string? TellSubscription()
    {
        TellDropped();
        if (!_next.TryGetNumbers(out var signal, out var queue) || queue > 1
            || ChartText.SignalName(_definition, _names, signal) is not { } name)
        {
            return "a note speaks of a subscription that does not fit";
        }

        _lines.Add($"SUBSCRIBING TO:({name}, TYPE:{(queue == 0 ? "fifo" : "lifo")})");
        return null;
    }

    private string? TellPublication()
    {
        TellDropped();
        if (!_next.TryGetNumbers(out var signal, out var priority)
            || ChartText.SignalName(_definition, _names, signal) is not { } name)
        {
            return "a note speaks of a publication that does not fit";
        }

        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"PUBLISH:({name}, PRIORITY:{priority})"));
        return null;
    }

    private string? TellMetaPost()
    {
        TellDropped();
        if (!_next.TryGetNumbers(out var request, out _) || request > 1)
        {
            return "a note speaks of a request that is not known";
        }

        _lines.Add($"POST_LIFO:{(request == 0 ? InnerSignals.SubscribeMeta : InnerSignals.PublishMeta)}");
        return null;
    }

    private string? TakeReport()
    {
        if (_next.Body.IsEmpty || _next.Body[0] > (byte)Definition.Report.Unhandled)
        {
            return "a note speaks of a report that is not known";
        }

        Report = (Report)_next.Body[0];
        return null;
    }

    private string? TakeTarget()
    {
        if (!_next.TryGetNumber(out var target) || !_definition.IsState(target))
        {
            return "a note speaks of a target that is not in the definition";
        }

        Target = target;
        return null;
    }

    private string? TellFault()
    {
        if (!_next.TryGetNumber(out var state) || ChartText.StateName(_definition, _names, state) is not { } name)
        {
            return "its fault happened in a state that is not in the definition";
        }

        TellDropped();
        _lines.Add($"FAULT:{name}");
        IsCut = true;
        return null;
    }
}
