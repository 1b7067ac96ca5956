using System.Numerics;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>What is left and entered in a microstep, and the code that runs there.</content>
public sealed partial class ScxmlMachine<TContext>
{
    private void AddExits(int domain)
    {
        var first = domain + 1;
        var last = _topology.LastIn(domain);
        for (var word = first >> 6; word <= last >> 6; word++)
        {
            _exits[word] |= _active[word] & Bits.Range(word, first, last);
        }
    }

    private void AddEntries(ScxmlMove move)
    {
        if (move.Targets.Length == 0)
        {
            return;
        }

        if (move.Enter is null)
        {
            _entries.Add(move.Targets, DomainOf(move), _memory);
            return;
        }

        for (var word = 0; word < move.Enter.Length; word++)
        {
            _entries.Enter[word] |= move.Enter[word];
            _entries.ByDefault[word] |= move.ByDefault[word];
        }
    }

    private void Remember()
    {
        for (var word = 0; word < _exits.Length; word++)
        {
            for (var bits = _exits[word] & _topology.WithHistory[word]; bits != 0; bits &= bits - 1)
            {
                var state = (word << 6) + BitOperations.TrailingZeroCount(bits);
                foreach (var history in _topology.Histories[state])
                {
                    Remember(state, history);
                }
            }
        }
    }

    private void Remember(int state, int history)
    {
        var remembered = _memory[history] ?? new ulong[_topology.Words];
        if (!IsChanged(history))
        {
            _changed.Add((history, _memory[history] is not null));
            var before = _memoryBefore[history] ??= new ulong[_topology.Words];
            remembered.CopyTo(before.AsSpan());
        }

        _memory[history] = remembered;
        Array.Clear(remembered);
        if (_topology.Kinds[history] == StateKind.ShallowHistory)
        {
            foreach (var child in _topology.Children[state])
            {
                if (Bits.Contains(_active, child))
                {
                    Bits.Add(remembered, child);
                }
            }

            return;
        }

        var last = _topology.LastIn(state);
        for (var word = state >> 6; word <= last >> 6; word++)
        {
            remembered[word] = _active[word] & _topology.Atomic[word] & Bits.Range(word, state + 1, last);
        }
    }

    private bool IsChanged(int history)
    {
        foreach (var (changed, _) in _changed)
        {
            if (changed == history)
            {
                return true;
            }
        }

        return false;
    }

    private int FirstActive()
    {
        for (var state = 0; state < _topology.Count; state++)
        {
            if (Bits.Contains(_active, state) && Bits.Contains(_topology.Atomic, state))
            {
                return state;
            }
        }

        return 0;
    }

    private void ExitStates()
    {
        for (var word = _exits.Length - 1; word >= 0; word--)
        {
            for (var bits = _exits[word]; bits != 0;)
            {
                var bit = 63 - BitOperations.LeadingZeroCount(bits);
                var state = (word << 6) + bit;
                bits &= ~(1UL << bit);
                _handler = state;
                Run(_tables.Code.States[state].Exit);
                _active[word] &= ~(1UL << bit);
            }
        }

        if (_left is not null)
        {
            TellLeft(_left);
        }
    }

    private void EnterStates()
    {
        for (var word = 0; word < _active.Length; word++)
        {
            for (var bits = _entries.Enter[word]; bits != 0; bits &= bits - 1)
            {
                Enter((word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }
    }

    private void Enter(int state)
    {
        Bits.Add(_active, state);
        _handler = state;
        ref readonly var code = ref _tables.Code.States[state];
        Run(code.Entry);
        if (!code.Init.IsEmpty && Bits.Contains(_entries.ByDefault, state))
        {
            RunDefault(state, code.Init);
        }

        foreach (var history in _entries.DefaultHistories)
        {
            var effect = _tables.Code.Transitions[_topology.HistoryDefaults[history]].Effect;
            if (_topology.Parents[history] == state && !effect.IsEmpty)
            {
                RunDefault(history, effect);
            }
        }

        if (_topology.Kinds[state] == StateKind.Final)
        {
            Finish(state);
        }
    }

    private void RunDefault(int state, in EffectCode<TContext> code)
    {
        _notes?.Add(NoteKind.Initial, Math.Min(_call + 1, MaxPlace), state);
        Run(code);
    }

    private void Finish(int state)
    {
        var parent = _topology.Parents[state];
        if (parent == ChartDefinition.Top)
        {
            _isDone = true;
            return;
        }

        RaiseDone(parent, DoneDataOf(state));
        var outer = _topology.Parents[parent];
        if (outer != ChartDefinition.Top && _topology.Kinds[outer] == StateKind.Parallel
            && IsInFinalState(outer))
        {
            RaiseDone(outer, null);
        }
    }

    private void RaiseDone(int state, object? data) =>
        Enqueue(_tables.DoneSignalOf(state), data, EventOrigin.Platform, null);

    private object? DoneDataOf(int state)
    {
        try
        {
            return _tables.Code.States[state].DoneData?.Invoke(_context, _face);
        }
        catch (Exception exception)
        {
            RaiseError(exception);
            return null;
        }
    }

    private bool IsInFinalState(int state)
    {
        var isParallel = _topology.Kinds[state] == StateKind.Parallel;
        foreach (var child in _topology.Children[state])
        {
            var isFinal = isParallel ? IsInFinalState(child)
                : _topology.Kinds[child] == StateKind.Final && Bits.Contains(_active, child);
            if (isFinal != isParallel)
            {
                return isFinal;
            }
        }

        return isParallel;
    }

    private bool Allows(in GuardCode<TContext> guard)
    {
        if (guard.IsEmpty)
        {
            return true;
        }

        try
        {
            return guard.Simple is { } simple ? simple(_context) : guard.Full!(_context, _face, _current.Payload);
        }
        catch (Exception exception)
        {
            RaiseError(exception);
            return false;
        }
    }

    private void Run(in EffectCode<TContext> code)
    {
        _call++;
        if (code.IsEmpty)
        {
            return;
        }

        try
        {
            if (code.Simple is { } simple)
            {
                simple(_context);
            }
            else
            {
                code.Full!(_context, _face, _current.Payload);
            }
        }
        catch (Exception exception)
        {
            RaiseError(exception);
        }
    }

    private void RaiseError(Exception exception) =>
        Enqueue(ScxmlSignals.ErrorExecution, exception, EventOrigin.Platform, null);
}
