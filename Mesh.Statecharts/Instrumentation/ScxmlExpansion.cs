using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Tells one step of a chart of the Scxml profile from its notes. Used once.</summary>
/// <remarks>
/// A microstep's note says what is left and entered. Its calls are told one by one as the notes come that stand at
/// them, so that what a handler did follows the line of its call.
/// </remarks>
internal ref struct ScxmlExpansion
{
    private readonly ChartDefinition _definition;
    private readonly StepRecord _record;
    private readonly ChartNames? _names;
    private readonly List<string> _lines;

    // The lines of the calls that are to come; an empty one for the content of a transition.
    private readonly List<string> _calls = [];
    private NoteReader _reader;
    private int _told;
    private int _next;
    private bool _isCut;

    public ScxmlExpansion(
        ChartDefinition definition,
        in StepRecord record,
        ReadOnlySpan<byte> notes,
        ChartNames? names,
        List<string> lines)
    {
        _definition = definition;
        _record = record;
        _names = names;
        _lines = lines;
        _reader = new NoteReader(notes);
    }

    /// <summary>Writes the lines of the step without its queue line.</summary>
    /// <param name="fault">What does not fit, when the method returns <see langword="false"/>.</param>
    public bool TryRun([NotNullWhen(false)] out string? fault)
    {
        fault = Begin();
        while (fault is null && _reader.TryRead(out var note))
        {
            fault = _isCut ? "a note stands after its fault" : Tell(note);
        }

        fault ??= _reader.IsMalformed ? "its notes cannot be read"
            : _isCut != (_record.Kind == StepKind.Fault) ? "it is a fault without its place, or a place without a fault"
            : null;
        if (fault is null && !_isCut)
        {
            TellCalls(int.MaxValue);
        }

        return fault is null;
    }

    private readonly string? Begin()
    {
        var isStart = _record.LeafBefore == ChartDefinition.Top;
        if (_record.Kind > StepKind.Fault || (_record.Kind == StepKind.Start && !isStart)
            || (_record.Kind == StepKind.Step && isStart))
        {
            return "its kind is not known or does not fit";
        }

        var before = ChartText.StateName(_definition, _names, _record.LeafBefore);
        if (isStart)
        {
            _lines.Add("START");
        }
        else if (before is null || ChartText.SignalName(_definition, _names, _record.Signal) is not { } signal)
        {
            return "its signal or state is not in the definition";
        }
        else if (_record.Outcome.Kind == OutcomeKind.Ignored)
        {
            _lines.Add($"{signal}:{before}");
        }

        if (_record.DroppedNotes > 0)
        {
            _lines.Add(ChartText.DroppedNotes(_record.DroppedNotes));
        }

        return null;
    }

    private string? Tell(in Note note)
    {
        if (note.Kind == NoteKind.Initial)
        {
            return TellInitial(note);
        }

        TellCalls(note.Kind == NoteKind.Microstep ? int.MaxValue : note.Place);
        return note.Kind switch
        {
            NoteKind.Microstep => TellMicrostep(note),
            NoteKind.Scribble => Add(note.GetText()),
            NoteKind.PostFifo => TellSignal("POST_FIFO", note),
            NoteKind.PostLifo => TellSignal("POST_LIFO", note),
            NoteKind.Defer => TellSignal("POST_DEFERRED", note),
            NoteKind.Recall when note.TryGetNumbers(out _, out var isHeld) && isHeld == 1 => TellSignal("RECALL", note),
            NoteKind.Recall => TellSignal("RECALL", note) ?? TellSignal("POST_FIFO", note),
            NoteKind.Raise => TellSignal("RAISE", note),
            NoteKind.Subscribe when note.TryGetNumbers(out _, out var queue) =>
                TellBus(note, "SUBSCRIBING TO:(", queue == 0 ? ", TYPE:fifo)" : ", TYPE:lifo)"),
            NoteKind.Publish when note.TryGetNumbers(out _, out var priority) =>
                TellBus(note, "PUBLISH:(", string.Create(CultureInfo.InvariantCulture, $", PRIORITY:{priority})")),
            NoteKind.Fault => TellFault(note),
            _ => null,
        };
    }

    private string? TellMicrostep(in Note note)
    {
        var body = note.Body;
        if (!TryTake(ref body, out var trigger) || !TryTake(ref body, out var count))
        {
            return "a microstep cannot be read";
        }

        var signal = trigger == 0 ? "EVENTLESS" : ChartText.SignalName(_definition, _names, trigger - 1);
        if (signal is null)
        {
            return "a microstep speaks of a signal that is not in the definition";
        }

        for (var index = 0; index < count; index++)
        {
            if (!TryTake(ref body, out var number) || number >= _definition.Transitions.Count)
            {
                return "a microstep speaks of a transition that is not in the definition";
            }

            var transition = _definition.Transitions[number];
            var end = transition.Kind == TransitionKind.Hook ? ":HOOK" : "";
            _lines.Add($"{signal}:{_definition.States[transition.Source].Name}{end}");
        }

        _calls.Clear();
        _told = 0;
        _next = note.Place + 1;
        return AddCalls(body, count);
    }

    private readonly string? AddCalls(ReadOnlySpan<byte> body, int transitions)
    {
        if (!TryTake(ref body, out var exits) || exits > _definition.States.Count)
        {
            return "a microstep cannot be read";
        }

        for (var left = exits; !body.IsEmpty || left > 0; left--)
        {
            if (left == 0)
            {
                AddContents(transitions);
            }

            if (!TryTake(ref body, out var state) || !_definition.IsState(state))
            {
                return "a microstep speaks of a state that is not in the definition";
            }

            _calls.Add((left > 0 ? "EXIT_SIGNAL:" : "ENTRY_SIGNAL:") + _definition.States[state].Name);
        }

        return null;
    }

    private readonly void AddContents(int transitions)
    {
        for (var index = 0; index < transitions; index++)
        {
            _calls.Add("");
        }
    }

    // The default content is a call of its own, between those of the entries.
    private string? TellInitial(in Note note)
    {
        TellCalls(note.Place - 1);
        _next = note.Place + 1;
        return note.TryGetNumber(out var state) && _definition.IsState(state)
            ? Add("INIT_SIGNAL:" + _definition.States[state].Name)
            : "a note speaks of a state that is not in the definition";
    }

    private void TellCalls(int upTo)
    {
        for (; _told < _calls.Count && _next <= upTo; _told++, _next++)
        {
            if (_calls[_told].Length != 0)
            {
                _lines.Add(_calls[_told]);
            }
        }
    }

    private readonly string? TellSignal(string word, in Note note)
    {
        return note.TryGetNumber(out var signal) && ChartText.SignalName(_definition, _names, signal) is { } name
            ? Add($"{word}:{name}")
            : "a note speaks of a signal that is not in the definition";
    }

    private readonly string? TellBus(in Note note, string begin, string end)
    {
        return note.TryGetNumber(out var signal) && ChartText.SignalName(_definition, _names, signal) is { } name
            ? Add(begin + name + end)
            : "a note speaks of a signal that is not in the definition";
    }

    private string? TellFault(in Note note)
    {
        _isCut = true;
        return note.TryGetNumber(out var state) && ChartText.StateName(_definition, _names, state) is { } name
            ? Add("FAULT:" + name)
            : "its fault happened in a state that is not in the definition";
    }

    private readonly string? Add(string line)
    {
        _lines.Add(line);
        return null;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> body, out int number)
    {
        var isRead = NoteReader.TryReadNumber(body, out number, out var size);
        body = isRead ? body[size..] : body;
        return isRead;
    }
}
