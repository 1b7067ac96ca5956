using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>A random chart whose handlers start work, and a plain account of which work must be alive: that whose state
/// was not left since.</summary>
internal sealed class WorkTree
{
    private const int MaxStates = 10;

    private static readonly Signal<int> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");
    private static readonly Signal[] Events = [new("A"), new("B"), new("C")];

    private readonly Random _random;
    private readonly Profile _profile;
    private readonly List<int> _parents = [];
    private readonly int[] _entered = new int[MaxStates];
    private readonly int[] _left = new int[MaxStates];
    private readonly List<Piece> _pieces = [];

    private WorkTree(Random random, Profile profile)
    {
        _random = random;
        _profile = profile;
    }

    /// <summary>How much work was started.</summary>
    public int StartedCount => _pieces.Count;

    /// <summary>How much of it was cancelled.</summary>
    public int CancelledCount => _pieces.Count(piece => piece.Token.IsCancellationRequested);

    /// <summary>How many results came.</summary>
    public int DeliveredCount => _pieces.Count(piece => piece.IsDelivered);

    /// <summary>What was wrong first; null when all was right.</summary>
    public string? Fault { get; private set; }

    /// <summary>Makes a chart and runs events on it.</summary>
    public static WorkTree Run(int seed, Profile profile, int events)
    {
        var tree = new WorkTree(new Random(seed), profile);
        var host = new ChartHost<WorkTree>(tree.Define(), tree, new ManualTimeProvider());
        host.Start();
        for (var count = 0; count < events && tree.Fault is null; count++)
        {
            host.PostFifo(Events[tree._random.Next(Events.Length)]);
            tree.CompleteSome();
            host.CompleteCircuit();
            tree.Check(host);
        }

        return tree;
    }

    private Chart<WorkTree> Define() => Chart.Define<WorkTree>("work", c =>
    {
        c.Profile(_profile);
        _parents.AddRange(Enumerable.Range(0, MaxStates).Select(state => _random.Next(-1, state)));
        var states = new List<StateBuilder<WorkTree>>();
        for (var state = 0; state < MaxStates; state++)
        {
            var parent = _parents[state];
            var canBeParallel = _profile == Profile.Scxml && _parents.Contains(state);
            var kind = canBeParallel && _random.Next(2) == 0 ? StateKind.Parallel : StateKind.Ordinary;
            states.Add(parent < 0 ? c.State($"s{state}", kind) : states[parent].State($"s{state}", kind));
            Furnish(states[state], state);
        }
    });

    private void Furnish(StateBuilder<WorkTree> builder, int state)
    {
        builder.Entry((_, chart) =>
        {
            _entered[state]++;
            StartMaybe(chart, state);
        });
        builder.Exit((_, chart) =>
        {
            StartMaybe(chart, state);
            _left[state] = _entered[state];
        });
        builder.On(Done).Do((_, number) => Deliver(number)).Handled();
        foreach (var signal in Events.Where(_ => _random.Next(2) == 0))
        {
            builder.On(signal).Do((_, chart) => StartMaybe(chart, state)).Goto($"s{_random.Next(MaxStates)}");
        }
    }

    private void StartMaybe(IChart chart, int state)
    {
        if (_random.Next(3) != 0)
        {
            return;
        }

        // In the Scxml profile the state of an effect may have been left; what is named must be active.
        var around = new List<int>();
        for (var outer = state; outer >= 0; outer = _parents[outer])
        {
            if (_profile == Profile.Samek || chart.IsIn($"s{outer}"))
            {
                around.Add(outer);
            }
        }

        var isNamed = around.Count > 0 && _random.Next(2) == 0;
        var owner = around.Count == 0 ? -1 : isNamed ? around[_random.Next(around.Count)] : around[0];
        var piece = new Piece(owner, owner < 0 ? 0 : _entered[owner]);
        var number = _pieces.Count;
        _pieces.Add(piece);
        chart.StartWork(
            token =>
            {
                piece.Token = token;
                return piece.Source.Task;
            },
            Done,
            Failed,
            isNamed ? $"s{owner}" : null);
        if (_random.Next(8) == 0)
        {
            piece.Source.SetResult(number);
        }
    }

    private void CompleteSome()
    {
        for (var number = 0; number < _pieces.Count; number++)
        {
            if (_random.Next(6) == 0)
            {
                _pieces[number].Source.TrySetResult(number);
            }
        }
    }

    private void Deliver(int number)
    {
        Fault ??= IsAlive(_pieces[number]) ? null : $"the result of work {number} came after its state was left";
        _pieces[number].IsDelivered = true;
    }

    private void Check(ChartHost<WorkTree> host)
    {
        Fault ??= host.Fault?.Message;
        for (var number = 0; number < _pieces.Count && Fault is null; number++)
        {
            var piece = _pieces[number];
            var isDone = piece.Source.Task.IsCompleted;
            if (!isDone && piece.Token.IsCancellationRequested == IsAlive(piece))
            {
                Fault = $"work {number} of s{piece.Owner} is alive: {IsAlive(piece)}, but not for the chart";
            }
            else if (isDone && !piece.IsDelivered && IsAlive(piece))
            {
                Fault = $"the result of work {number} of s{piece.Owner} did not come";
            }
        }
    }

    private bool IsAlive(Piece piece) => piece.Owner < 0 || _left[piece.Owner] < piece.Entry;

    private sealed class Piece(int owner, int entry)
    {
        public int Owner => owner;

        public int Entry => entry;

        public TaskCompletionSource<int> Source { get; } = new();

        public CancellationToken Token { get; set; }

        public bool IsDelivered { get; set; }
    }
}
