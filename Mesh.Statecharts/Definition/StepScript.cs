namespace Mesh.Statecharts.Definition;

/// <summary>
/// The Samek algorithm over a declared tree, as miros runs it: which states are searched, left and entered, in which
/// order.
/// What runs (the engine's step lists) and what is printed (the spy) are both made from it, so they cannot disagree.
/// </summary>
/// <remarks>
/// Inits are not part of a script: after each script the state it ends in is sent INIT, and if that goes anywhere the
/// script of the init follows. Facts: miros 4.2.1, <c>dispatch</c>, <c>trans_</c> and <c>init</c>.
/// </remarks>
internal static class StepScript
{
    /// <summary>Into a state from one around it: the start (from <c>top</c>) and every init.</summary>
    /// <param name="definition">The chart.</param>
    /// <param name="boundary">A state around the target, or <c>top</c>; neither searched nor entered.</param>
    /// <param name="target">The state to enter.</param>
    /// <param name="script">Where the steps are added.</param>
    public static void Enter(ChartDefinition definition, int boundary, int target, List<ScriptStep> script)
    {
        for (var state = target; state != boundary; state = definition.ParentOf(state))
        {
            script.Add(new ScriptStep(ScriptOperation.Search, state));
        }

        AddEntries(definition, boundary, target, script);
    }

    /// <summary>From the settled state to the target of a transition.</summary>
    /// <param name="definition">The chart.</param>
    /// <param name="leaf">The settled state.</param>
    /// <param name="source">The state that caught the event; <paramref name="leaf"/> or a state around it.</param>
    /// <param name="target">The state to go to.</param>
    /// <param name="script">Where the steps are added.</param>
    public static void Transition(
        ChartDefinition definition,
        int leaf,
        int source,
        int target,
        List<ScriptStep> script)
    {
        for (var state = leaf; state != source; state = definition.ParentOf(state))
        {
            AddExit(state, script);
        }

        if (source == target)
        {
            script.Add(new ScriptStep(ScriptOperation.Exit, source)); // (a)
            script.Add(new ScriptStep(ScriptOperation.Entry, target));
            return;
        }

        script.Add(new ScriptStep(ScriptOperation.Search, target));
        if (source == definition.ParentOf(target))
        {
            script.Add(new ScriptStep(ScriptOperation.Entry, target)); // (b)
            return;
        }

        script.Add(new ScriptStep(ScriptOperation.Search, source));
        var outer = definition.ParentOf(source);
        if (outer == definition.ParentOf(target))
        {
            script.Add(new ScriptStep(ScriptOperation.Exit, source)); // (c)
            script.Add(new ScriptStep(ScriptOperation.Entry, target));
        }
        else if (outer == target)
        {
            script.Add(new ScriptStep(ScriptOperation.Exit, source)); // (d)
        }
        else
        {
            TravelFar(definition, source, target, script);
        }
    }

    private static void TravelFar(ChartDefinition definition, int source, int target, List<ScriptStep> script)
    {
        for (var state = definition.ParentOf(target); state != ChartDefinition.Top; state = definition.ParentOf(state))
        {
            script.Add(new ScriptStep(ScriptOperation.Search, state));
            if (definition.ParentOf(state) == source)
            {
                AddEntries(definition, source, target, script); // (e)
                return;
            }
        }

        script.Add(new ScriptStep(ScriptOperation.Exit, source));

        // (f) when the parent of the source holds the target, else (g); the target itself found on the way is (h).
        var outward = definition.ParentOf(source);
        while (!definition.IsInside(target, outward))
        {
            AddExit(outward, script);
            outward = definition.ParentOf(outward);
        }

        AddEntries(definition, outward, target, script);
    }

    private static void AddExit(int state, List<ScriptStep> script)
    {
        script.Add(new ScriptStep(ScriptOperation.Exit, state));
        script.Add(new ScriptStep(ScriptOperation.SearchAfterExit, state));
    }

    // From the outside in, the boundary not included.
    private static void AddEntries(ChartDefinition definition, int boundary, int target, List<ScriptStep> script)
    {
        var first = script.Count;
        for (var state = target; state != boundary; state = definition.ParentOf(state))
        {
            script.Add(new ScriptStep(ScriptOperation.Entry, state));
        }

        script.Reverse(first, script.Count - first);
    }
}
