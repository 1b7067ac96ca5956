namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>
/// The event processor, slow and plain: it knows no tree, it only asks states with signals and believes what they
/// answer, in the order that Samek's algorithm has in miros 4.2.1.
/// </summary>
/// <param name="ask">Asks a state with a signal; every question leaves its mark in the spy there.</param>
internal sealed class OracleProcessor(Func<string, string, OracleAnswer> ask)
{
    /// <summary>The name of the state that holds all others.</summary>
    public const string Top = "top";

    // The state that the last answer spoke of: the parent after SUPER, the target after a transition.
    private string _other = Top;

    /// <summary>The settled state.</summary>
    public string Current { get; private set; } = Top;

    /// <summary>Enters a state from <see cref="Top"/> and follows its init transitions.</summary>
    public void Start(string target)
    {
        Enter(target, Top);
        Current = Settle(target);
    }

    /// <summary>Runs one event to completion.</summary>
    /// <returns>Whether there was a transition.</returns>
    public bool Dispatch(string signal)
    {
        var (status, source) = Offer(signal);
        if (status != OracleStatus.Transition)
        {
            return false;
        }

        var target = _other;
        for (var state = Current; state != source; state = _other)
        {
            Leave(state);
        }

        foreach (var state in Travel(source, target))
        {
            Ask(state, OracleSignals.Entry);
        }

        Current = Settle(target);
        return true;
    }

    // Offers the event to the current state and outward, until one catches it or top ignores it.
    private (OracleStatus Status, string Source) Offer(string signal)
    {
        var state = Current;
        while (true)
        {
            var status = Ask(state, signal);
            if (status == OracleStatus.Unhandled)
            {
                status = Ask(state, OracleSignals.Empty);
            }

            if (status != OracleStatus.Super)
            {
                return (status, state);
            }

            state = _other;
        }
    }

    // Goes from the source to the target by one of the eight topologies; the result is what is still to be entered.
    private List<string> Travel(string source, string target)
    {
        if (source == target)
        {
            Ask(source, OracleSignals.Exit);
            return [target]; // (a)
        }

        var parentOfTarget = ParentOf(target);
        if (source == parentOfTarget)
        {
            return [target]; // (b)
        }

        var parentOfSource = ParentOf(source);
        if (parentOfSource == parentOfTarget)
        {
            Ask(source, OracleSignals.Exit);
            return [target]; // (c)
        }

        if (parentOfSource == target)
        {
            Ask(source, OracleSignals.Exit);
            return []; // (d)
        }

        return TravelFar(source, parentOfSource, target, parentOfTarget);
    }

    private List<string> TravelFar(string source, string parentOfSource, string target, string parentOfTarget)
    {
        List<string> ancestry = [target, parentOfTarget];
        while (Ask(ancestry[^1], OracleSignals.Search) == OracleStatus.Super)
        {
            if (_other == source)
            {
                ancestry.Reverse();
                return ancestry; // (e)
            }

            ancestry.Add(_other);
        }

        Ask(source, OracleSignals.Exit);

        // (f) when the parent of the source is found at once, else (g); target itself found is the far form of (h).
        var outward = parentOfSource;
        while (!ancestry.Contains(outward))
        {
            Leave(outward);
            outward = _other;
        }

        var entries = ancestry[..ancestry.IndexOf(outward)];
        entries.Reverse();
        return entries;
    }

    // Sends EXIT; a state that handled it did not name its parent and is asked for it.
    private void Leave(string state)
    {
        if (Ask(state, OracleSignals.Exit) == OracleStatus.Handled)
        {
            Ask(state, OracleSignals.Search);
        }
    }

    // Asks from the target outward for the way from the boundary, then enters from the outside in.
    private void Enter(string target, string boundary)
    {
        var path = new Stack<string>();
        for (var state = target; state != boundary; state = _other)
        {
            if (state == Top)
            {
                throw new InvalidOperationException($"{target} is not inside {boundary}");
            }

            path.Push(state);
            Ask(state, OracleSignals.Search);
        }

        foreach (var state in path)
        {
            Ask(state, OracleSignals.Entry);
        }
    }

    // Sends INIT until a state does not transition any deeper.
    private string Settle(string target)
    {
        while (Ask(target, OracleSignals.Init) == OracleStatus.Transition)
        {
            var inner = _other;
            Enter(inner, target);
            target = inner;
        }

        return target;
    }

    private string ParentOf(string state)
    {
        Ask(state, OracleSignals.Search);
        return _other;
    }

    private OracleStatus Ask(string state, string signal)
    {
        var answer = ask(state, signal);
        _other = answer.Other ?? _other;
        return answer.Status;
    }
}
