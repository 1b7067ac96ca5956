using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>A chart of the Scxml profile compiled for dispatch; shared by everything that runs the chart.</summary>
internal sealed class ScxmlTables<TContext>
{
    private readonly ChartDefinition _definition;
    private readonly Dictionary<string, int> _columns;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _columnsByText;
    private readonly int[][] _matches;
    private readonly List<int>?[] _own;
    private readonly int[]?[]?[] _rows;
    private readonly int _anyColumn;
    private readonly Signal?[] _doneSignals;

    public ScxmlTables(ChartDefinition definition, ChartCode<TContext> code)
    {
        _definition = definition;
        Code = code;
        Topology = new Topology(definition);
        _columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var signal in definition.Signals)
        {
            _columns.Add(signal.Name, _columns.Count);
        }

        _columnsByText = _columns.GetAlternateLookup<ReadOnlySpan<char>>();
        _anyColumn = _columns.GetValueOrDefault(EventDescriptor.Any, -1);
        _matches = [.. definition.Signals.Select(MatchesOf)];
        _own = new List<int>?[Topology.Count];
        _rows = new int[]?[]?[Topology.Count];
        _doneSignals = new Signal?[Topology.Count];
        Eventless = new ulong[Topology.Words];
        EventlessCandidates = new int[Topology.Count][];
        for (var transition = 0; transition < definition.Transitions.Count; transition++)
        {
            (_own[definition.Transitions[transition].Source] ??= []).Add(transition);
        }

        for (var state = 0; state < Topology.Count; state++)
        {
            EventlessCandidates[state] = CandidatesOf(state, IsEventless);
            if (EventlessCandidates[state].Length != 0 && Bits.Contains(Topology.Atomic, state))
            {
                Bits.Add(Eventless, state);
            }
        }

        var entries = new EntrySet(Topology);
        Moves = [.. Enumerable.Range(0, definition.Transitions.Count).Select(number => MakeMove(number, entries))];
        HasDeferrals = Moves.Any(move => move.IsDeferral);
        HasRegions = Topology.Kinds.Contains(StateKind.Parallel);
    }

    /// <summary>The code of the chart.</summary>
    public ChartCode<TContext> Code { get; }

    /// <summary>The tree.</summary>
    public Topology Topology { get; }

    /// <summary>The transitions by their numbers.</summary>
    public ScxmlMove[] Moves { get; }

    /// <summary>Whether a state defers events.</summary>
    public bool HasDeferrals { get; }

    /// <summary>Whether several states may be active that do not lie in each other.</summary>
    public bool HasRegions { get; }

    /// <summary>The atomic states that have, or lie in what has, a transition without an event.</summary>
    public ulong[] Eventless { get; }

    /// <summary>For each state its transitions without an event, then those of the states around it.</summary>
    public int[][] EventlessCandidates { get; }

    /// <summary>
    /// The column of an event: that of the longest descriptor that matches it; all others that match it, match that
    /// descriptor too. -1 when nothing matches. Allocates nothing.
    /// </summary>
    public int ColumnOf(string name)
    {
        for (var length = name.Length; length > 0; length = name.AsSpan(0, length).LastIndexOf('.'))
        {
            if (_columnsByText.TryGetValue(name.AsSpan(0, length), out var column))
            {
                return column;
            }
        }

        return _anyColumn;
    }

    /// <summary>The transitions that a state, and then the states around it, have for the events of a column. Made when
    /// first needed; any thread.</summary>
    public int[] CandidatesOf(int state, int column)
    {
        var row = Volatile.Read(ref _rows[state]);
        return row is not null && Volatile.Read(ref row[column]) is { } known ? known : MakeCandidates(state, column);
    }

    /// <summary>The signal that tells that a state is done.</summary>
    public Signal DoneSignalOf(int state)
    {
        var known = Volatile.Read(ref _doneSignals[state]);
        if (known is null)
        {
            var name = ScxmlSignals.DoneState(_definition.States[state].Name);
            known = _definition.TryFindSignal(name, out var number) ? Code.Signals[number] : new Signal(name);
            Volatile.Write(ref _doneSignals[state], known);
        }

        return known;
    }

    private int[] MakeCandidates(int state, int column)
    {
        var row = Volatile.Read(ref _rows[state]);
        if (row is null)
        {
            row = new int[]?[_definition.Signals.Count];
            row = Interlocked.CompareExchange(ref _rows[state], row, null) ?? row;
        }

        var made = CandidatesOf(state, transition => Reacts(transition, column));
        Volatile.Write(ref row[column], made);
        return made;
    }

    private int[] CandidatesOf(int state, Func<TransitionDefinition, bool> isWanted)
    {
        var candidates = new List<int>();
        for (var outer = state; outer != ChartDefinition.Top; outer = Topology.Parents[outer])
        {
            if (!Topology.IsHistory(outer) && _own[outer] is { } own)
            {
                candidates.AddRange(own.Where(number => isWanted(_definition.Transitions[number])));
            }
        }

        return [.. candidates];
    }

    private static bool IsEventless(TransitionDefinition transition) =>
        transition.Signal == TransitionDefinition.Eventless;

    private bool Reacts(TransitionDefinition transition, int column)
    {
        if (IsEventless(transition))
        {
            return false;
        }

        var matches = _matches[column];
        return matches.Contains(transition.Signal) || transition.MoreSignals.Any(signal => matches.Contains(signal));
    }

    // The descriptors that match the events of a signal's name: its beginnings of whole tokens, and the one for all.
    private int[] MatchesOf(SignalDefinition signal)
    {
        var matches = new List<int>();
        for (var length = signal.Name.Length; length > 0; length = signal.Name.AsSpan(0, length).LastIndexOf('.'))
        {
            if (_columnsByText.TryGetValue(signal.Name.AsSpan(0, length), out var column))
            {
                matches.Add(column);
            }
        }

        if (_anyColumn >= 0 && signal.Name != EventDescriptor.Any)
        {
            matches.Add(_anyColumn);
        }

        return [.. matches];
    }

    private ScxmlMove MakeMove(int number, EntrySet entries)
    {
        var transition = _definition.Transitions[number];
        var source = transition.Source;
        var targets = Topology.Targets[number];
        var isInternal = transition.Kind == TransitionKind.Internal;
        if (targets.Length == 0 || Topology.IsHistory(source))
        {
            return new ScxmlMove
            {
                Number = number,
                Source = source,
                IsInternal = isInternal,
                IsDeferral = Code.Transitions[number].IsDeferral,
                Targets = targets,
            };
        }

        var nothing = new ulong[]?[Topology.Count];
        entries.Clear();
        var domain = entries.DomainOf(source, isInternal, targets, nothing);
        entries.Add(targets, domain, nothing);
        return new ScxmlMove
        {
            Number = number,
            Source = source,
            IsInternal = isInternal,
            Targets = targets,
            Domain = domain,
            Enter = entries.HasMetHistory ? null : (ulong[])entries.Enter.Clone(),
            ByDefault = (ulong[])entries.ByDefault.Clone(),
        };
    }
}
