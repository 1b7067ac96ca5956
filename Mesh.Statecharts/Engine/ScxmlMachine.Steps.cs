using System.Numerics;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>The algorithm of SCXML appendix D; the words are those of its procedures.</content>
public sealed partial class ScxmlMachine<TContext>
{
    // More calls than this in a step are all told at the last one.
    private const int MaxPlace = (1 << 21) - 1;

    private readonly ulong[] _active;
    private readonly ulong[] _exits;
    private readonly ulong[]?[] _memory;
    private readonly EntrySet _entries;
    private readonly bool[] _isTaken;
    private readonly List<ScxmlMove> _enabled = [];
    private readonly List<ScxmlMove> _filtered = [];
    private readonly ulong[]?[] _memoryBefore;
    private readonly List<(int History, bool HadMemory)> _changed = [];
    private byte[] _noteBody = [];
    private int _noteLength;
    private int _stepSignal;
    private int _microsteps;
    private int _trigger;

    private int Place => Math.Min(_call, MaxPlace);

    private void Begin()
    {
        _isIdle = false;
        _isRunning = true;
        _stepSignal = _current.Number;
        _microsteps = 0;
        _call = 0;
        _enabled.Clear();
    }

    // The macrostep: what the event enabled, then what needs no event, then the raised events, until all is quiet.
    private void Complete(StepKind kind, long timestamp)
    {
        var before = _settled;
        try
        {
            do
            {
                if (++_microsteps > ChartLimits.MaxMicrosteps)
                {
                    throw new UnsettledException(
                        $"chart '{_chart.Name}' did not settle within {ChartLimits.MaxMicrosteps} microsteps");
                }

                TakeEnabled();
            }
            while (!_isDone && SelectNext());

            if (_isDone)
            {
                ExitAll();
            }

            _settled = IsSettledIn(_active) ? _settled : _configurations.Find(_active);
            Status = _isDone ? ChartStatus.Done : _isStopping ? ChartStatus.Stopped : ChartStatus.Running;
        }
        catch (UnsettledException exception)
        {
            BecomeFaulted(exception);
            kind = StepKind.Fault;
        }

        _isRunning = false;
        _raised.Clear();
        _changed.Clear();
        if (_ring is not null)
        {
            Record(_ring, kind, timestamp, before);
        }

        _isIdle = Status == ChartStatus.Running;
    }

    private bool IsSettledIn(ulong[] active) =>
        _settled is { } settled && active.AsSpan().SequenceEqual(settled.Active);

    private void BecomeFaulted(Exception exception)
    {
        Fault = exception;
        Status = ChartStatus.Faulted;
        var before = _settled?.Active ?? new ulong[_topology.Words];
        before.CopyTo(_active.AsSpan());
        foreach (var (history, hadMemory) in _changed)
        {
            _memory[history] = hadMemory ? _memoryBefore[history] : null;
        }

        _enabled.Clear();
        _notes?.AddFault(Place, FirstActive(), nameof(InvalidOperationException));
    }

    // selectEventlessTransitions, then the next internal event and selectTransitions.
    private bool SelectNext()
    {
        for (var word = 0; word < _active.Length; word++)
        {
            for (var bits = _active[word] & _tables.Eventless[word]; bits != 0; bits &= bits - 1)
            {
                var state = (word << 6) + BitOperations.TrailingZeroCount(bits);
                SelectIn(_tables.EventlessCandidates[state]);
            }
        }

        if (_enabled.Count > 0)
        {
            _trigger = -1;
            return true;
        }

        if (!_raised.TryDequeue(out var raised))
        {
            return false;
        }

        _current = raised;
        if (raised.Column >= 0)
        {
            Select(raised.Column);
        }

        return true;
    }

    private void Select(int column)
    {
        _trigger = _current.Number;
        for (var word = 0; word < _active.Length; word++)
        {
            for (var bits = _active[word] & _topology.Atomic[word]; bits != 0; bits &= bits - 1)
            {
                var state = (word << 6) + BitOperations.TrailingZeroCount(bits);
                SelectIn(_tables.CandidatesOf(state, column));
            }
        }

        if (_tables.HasDeferrals && _enabled.Count > 1)
        {
            WeighDeferrals();
        }
    }

    // An event is deferred or handled, never both, whatever the regions would: it is deferred unless for each state
    // that defers it a transition of that state or of one inside is enabled (UML 2.5.1, 14.2.3.4.4; PSSM).
    private void WeighDeferrals()
    {
        ScxmlMove? deferral = null;
        foreach (var move in _enabled)
        {
            if (move.IsDeferral && !IsOverridden(move))
            {
                deferral = move;
                break;
            }
        }

        for (var index = _enabled.Count - 1; index >= 0; index--)
        {
            var move = _enabled[index];
            if (deferral is null ? move.IsDeferral : move != deferral)
            {
                _isTaken[move.Number] = false;
                _enabled.RemoveAt(index);
            }
        }
    }

    private bool IsOverridden(ScxmlMove deferral)
    {
        foreach (var move in _enabled)
        {
            if (!move.IsDeferral
                && (move.Source == deferral.Source || _topology.IsDescendant(move.Source, deferral.Source)))
            {
                return true;
            }
        }

        return false;
    }

    private void SelectIn(int[] candidates)
    {
        foreach (var number in candidates)
        {
            _handler = _tables.Moves[number].Source;
            if (Allows(_tables.Code.Transitions[number].Guard))
            {
                if (!_isTaken[number])
                {
                    _isTaken[number] = true;
                    _enabled.Add(_tables.Moves[number]);
                }

                return;
            }
        }
    }

    private void TakeEnabled()
    {
        if (_enabled.Count == 0)
        {
            return;
        }

        foreach (var move in _enabled)
        {
            _isTaken[move.Number] = false;
        }

        if (_enabled.Count > 1)
        {
            RemoveConflicting();
        }

        Microstep();
        _enabled.Clear();
    }

    // removeConflictingTransitions
    private void RemoveConflicting()
    {
        _filtered.Clear();
        foreach (var move in _enabled)
        {
            var isPreempted = false;
            for (var index = 0; index < _filtered.Count; index++)
            {
                var other = _filtered[index];
                isPreempted = Conflict(move, other) && !_topology.IsDescendant(move.Source, other.Source);
                if (isPreempted)
                {
                    break;
                }
            }

            if (!isPreempted)
            {
                for (var index = _filtered.Count - 1; index >= 0; index--)
                {
                    if (Conflict(move, _filtered[index]))
                    {
                        _filtered.RemoveAt(index);
                    }
                }

                _filtered.Add(move);
            }
        }

        _enabled.Clear();
        _enabled.AddRange(_filtered);
    }

    // Exit sets are all that is active in the domains, and never empty: they meet when one domain lies in the other.
    private bool Conflict(ScxmlMove one, ScxmlMove other)
    {
        if (one.Targets.Length == 0 || other.Targets.Length == 0)
        {
            return false;
        }

        var first = DomainOf(one);
        var second = DomainOf(other);
        return first == second || _topology.IsDescendant(first, second) || _topology.IsDescendant(second, first);
    }

    private int DomainOf(ScxmlMove move) =>
        move.Enter is not null ? move.Domain : _entries.DomainOf(move.Source, move.IsInternal, move.Targets, _memory);

    private void Microstep()
    {
        Array.Clear(_exits);
        foreach (var move in _enabled)
        {
            if (move.Targets.Length != 0)
            {
                AddExits(DomainOf(move));
            }
        }

        Remember();
        _entries.Clear();
        foreach (var move in _enabled)
        {
            AddEntries(move);
        }

        NoteMicrostep();
        ExitStates();
        foreach (var move in _enabled)
        {
            Count(move);
            _handler = move.Source;
            Run(_tables.Code.Transitions[move.Number].Effect);
        }

        EnterStates();
    }

    private void EnterFirst(int[] targets)
    {
        Array.Clear(_exits);
        _entries.Clear();
        _entries.Add(targets, ChartDefinition.Top, _memory);
        _trigger = -1;
        NoteMicrostep();
        EnterStates();
    }

    // exitInterpreter
    private void ExitAll()
    {
        _active.CopyTo(_exits.AsSpan());
        _entries.Clear();
        _trigger = -1;
        _enabled.Clear();
        NoteMicrostep();
        ExitStates();

        // A chart that is done is shown where it ended.
        _exits.CopyTo(_active.AsSpan());
    }

    private void Count(ScxmlMove move)
    {
        if (move.Targets.Length != 0 && _outcome is OutcomeKind.Ignored or OutcomeKind.Hook)
        {
            _outcome = OutcomeKind.Transition;
            _transition = move.Number;
        }
        else if (_outcome == OutcomeKind.Ignored)
        {
            _outcome = OutcomeKind.Hook;
            _catcher = move.Source;
        }
    }

    private void NoteMicrostep()
    {
        if (_notes is null)
        {
            return;
        }

        _noteLength = 0;
        Append(_trigger + 1);
        Append(_enabled.Count);
        foreach (var move in _enabled)
        {
            Append(move.Number);
        }

        Append(Bits.Count(_exits));
        for (var word = _exits.Length - 1; word >= 0; word--)
        {
            for (var bits = _exits[word]; bits != 0;)
            {
                var bit = 63 - BitOperations.LeadingZeroCount(bits);
                bits &= ~(1UL << bit);
                Append((word << 6) + bit);
            }
        }

        for (var word = 0; word < _active.Length; word++)
        {
            for (var bits = _entries.Enter[word]; bits != 0; bits &= bits - 1)
            {
                Append((word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }

        _call++;
        _notes.AddMicrostep(Place, _noteBody.AsSpan(0, _noteLength));
    }

    private void Append(int number)
    {
        if (_noteLength + 3 > _noteBody.Length)
        {
            Array.Resize(ref _noteBody, Math.Max(32, 2 * _noteBody.Length));
        }

        _noteLength += NoteWriter.WriteNumber(_noteBody.AsSpan(_noteLength), number);
    }

    private sealed class UnsettledException(string message) : InvalidOperationException(message);
}
