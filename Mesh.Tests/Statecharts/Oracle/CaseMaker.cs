namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Makes random charts with random scripts.</summary>
/// <remarks>
/// Every run ends: a reaction posts and defers only signals of a higher rank, and entries, exits, inits and the
/// reactions to quiet signals only quiet ones, which never transition. A recall uses up what was deferred.
/// </remarks>
internal sealed class CaseMaker
{
    private const int MaxStates = 12;
    private const int MaxDepth = 6;
    private const int BoundaryRank = 6;
    private const int QuietRank = 7;

    private static readonly string[] Ranked = ["A", "B", "C", "D", "E", "F"];
    private static readonly string[] Quiet = ["Q", "R"];
    private static readonly string[] Variables = ["x", "y"];
    private static readonly string[] Unknown = ["Zz"];

    private readonly Random _random;
    private readonly List<StateSpec> _states = [];
    private readonly bool _isRich;

    private CaseMaker(Random random)
    {
        _random = random;
        _isRich = random.Next(4) > 0;
    }

    /// <summary>Makes a case without expectations.</summary>
    /// <param name="random">The only source of chance.</param>
    /// <param name="eventCount">How many lines the script has after the start.</param>
    public static ChartCase Make(Random random, int eventCount)
    {
        var maker = new CaseMaker(random);
        var style = random.Next(2) == 0 ? SpecStyle.Flat : SpecStyle.Factory;
        maker.MakeTree();
        return new ChartCase
        {
            Host = random.Next(3) == 0 ? CaseHost.Queues : CaseHost.Active,
            Chart = new ChartSpec { Name = "chart", Style = style, States = [.. maker._states.Select(maker.Furnish)] },
            Script = maker.MakeScript(eventCount),
        };
    }

    private void MakeTree()
    {
        var count = 1 + _random.Next(MaxStates);
        var rootChance = 0.1 + (0.4 * _random.NextDouble());
        for (var index = 0; index < count; index++)
        {
            // A bias to the states made last gives deep trees; the bound keeps them at six levels.
            var parent = _states.Count == 0 || Chance(rootChance)
                ? null
                : _states[Math.Max(_random.Next(_states.Count), _random.Next(_states.Count))];
            var isTooDeep = parent is not null && AncestorsOf(parent).Count() >= MaxDepth - 1;
            _states.Add(new StateSpec { Name = $"s{index}", Parent = isTooDeep ? parent!.Parent : parent?.Name });
        }
    }

    private StateSpec Furnish(StateSpec bare) => bare with
    {
        Entry = Chance(0.7) ? Boundary(bare, "in") : null,
        Exit = Chance(0.7) ? Boundary(bare, "out") : null,
        Init = Chance(0.5) ? MakeInit(bare) : null,
        On = MakeReactions(bare),
    };

    private ReactionSpec Boundary(StateSpec state, string word)
    {
        List<SpecAction> actions = Chance(0.3) ? [SpecAction.Parse($"scribble {word} {state.Name}")] : [];
        if (Chance(0.2))
        {
            actions.Add(SpecAction.Parse($"remember {Pick(["slot", "other"])}"));
        }

        if (Chance(0.3) && AncestorsOf(state).ToList() is { Count: > 0 } ancestors)
        {
            actions.Add(SpecAction.Parse($"remember in-{Pick(ancestors).Name}"));
        }

        return new ReactionSpec { Do = [.. actions, .. Actions(BoundaryRank, 0.2)], Report = AnyReport() };
    }

    private ReactionSpec MakeInit(StateSpec state)
    {
        var inside = _states.Where(each => AncestorsOf(each).Contains(state)).ToList();
        var target = inside.Count > 0 && Chance(0.7) ? Pick(inside).Name : null;
        if (target is not null && Chance(0.2))
        {
            target = $"*in-{state.Name}";
        }

        return new ReactionSpec
        {
            Do = Actions(BoundaryRank, 0.2),
            Then = target,
            Report = target is null ? AnyReport() : SpecReport.Handled,
        };
    }

    private Dictionary<string, IReadOnlyList<ReactionSpec>> MakeReactions(StateSpec state)
    {
        var reactions = new Dictionary<string, IReadOnlyList<ReactionSpec>>();
        for (var rank = 0; rank < Ranked.Length; rank++)
        {
            if (Chance(0.4))
            {
                reactions[Ranked[rank]] = Alternatives(rank, canTransition: true);
            }
        }

        foreach (var signal in Quiet.Where(_ => Chance(0.3)))
        {
            reactions[signal] = Alternatives(QuietRank, canTransition: false);
        }

        return reactions;
    }

    // One to three reactions to one signal; all but the last have guards, and the last may.
    private ReactionSpec[] Alternatives(int rank, bool canTransition)
    {
        var count = Chance(0.7) ? 1 : 2 + _random.Next(2);
        return [.. Enumerable.Range(1, count).Select(each => new ReactionSpec
        {
            When = each < count || Chance(0.25) ? Guard() : null,
            Do = Actions(rank, 0.4),
            Then = canTransition && Chance(0.7) ? Target() : null,
            Report = Chance(0.7) ? SpecReport.Handled : AnyReport(),
        })];
    }

    private string Target() => Chance(0.1) ? $"*{Pick(["slot", "other"])}" : Pick(_states).Name;

    private SpecGuard Guard() => new(Pick(Variables), Chance(0.5), _random.Next(3));

    private SpecReport AnyReport() => Pick([SpecReport.Handled, SpecReport.Super, SpecReport.Unhandled]);

    private List<SpecAction> Actions(int rank, double chance)
    {
        var actions = new List<SpecAction>();
        while (_isRich && actions.Count < 3 && Chance(chance))
        {
            actions.Add(SpecAction.Parse(AnyAction(rank)));
        }

        return actions;
    }

    private string AnyAction(int rank)
    {
        var higher = Ranked.Skip(rank + 1).Concat(Quiet).ToList();
        var canPost = rank < QuietRank;
        return _random.Next(9) switch
        {
            0 => $"scribble note {new string('é', _random.Next(40))}{_random.Next(10)}",
            1 when canPost => $"post-fifo {Pick(higher)}",
            2 when canPost => $"post-lifo {Pick(higher)}",
            3 when canPost => $"defer {Pick(higher)}",
            4 or 5 => "recall",
            6 when canPost => $"{Pick(["publish", "publish", "subscribe"])} {Pick(higher)}",
            7 => $"set {Pick(Variables)} {_random.Next(3)}",
            _ => $"add {Pick(Variables)} 1",
        };
    }

    private List<string> MakeScript(int eventCount)
    {
        List<string> script = _isRich && Chance(0.3) ? [$"subscribe {Pick(Ranked)}", $"subscribe {Pick(Quiet)}"] : [];
        script.Add($"start {Pick(_states).Name}");
        while (script.Count <= eventCount)
        {
            var signal = Chance(0.9) ? Pick([.. Ranked, .. Quiet]) : Pick(Unknown);
            script.Add(_random.Next(12) switch
            {
                0 => $"post {signal}",
                1 => $"post-lifo {signal}",
                2 => "step",
                3 => "drain",
                _ => signal,
            });
        }

        script.Add("drain");
        return script;
    }

    private IEnumerable<StateSpec> AncestorsOf(StateSpec state)
    {
        for (var name = state.Parent; name is not null;)
        {
            var parent = _states.First(each => each.Name == name);
            yield return parent;
            name = parent.Parent;
        }
    }

    private bool Chance(double chance) => _random.NextDouble() < chance;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
