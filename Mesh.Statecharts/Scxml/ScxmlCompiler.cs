using System.Text;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>Makes a chart of what was read.</summary>
internal sealed class ScxmlCompiler
{
    private readonly ParseContext _context;
    private readonly ChartBuilder<ScxmlMemory> _chart;

    private ScxmlCompiler(ParseContext context, ChartBuilder<ScxmlMemory> chart)
    {
        _context = context;
        _chart = chart;
    }

    /// <summary>Makes the chart.</summary>
    /// <param name="tree">What was read, checked.</param>
    /// <param name="states">Its states by their names.</param>
    /// <param name="context">The profile, and the signals of the file.</param>
    /// <exception cref="ScxmlException">The chart breaks a static check.</exception>
    public static Chart<ScxmlMemory> Compile(
        ScxmlTree tree, Dictionary<string, StateNode> states, ParseContext context)
    {
        try
        {
            return Chart.Define<ScxmlMemory>(
                string.IsNullOrEmpty(tree.Name) ? "chart" : tree.Name,
                builder => new ScxmlCompiler(context, builder).Add(tree));
        }
        catch (ChartDefinitionException fault)
        {
            // The checks of definitions know names and no places.
            var state = states.Values.FirstOrDefault(
                each => fault.Message.Contains($"state '{each.Id}'", StringComparison.Ordinal));
            var text = fault.Message.StartsWith("chart '", StringComparison.Ordinal)
                ? fault.Message[(fault.Message.IndexOf("': ", StringComparison.Ordinal) + 3)..] : fault.Message;
            throw new ScxmlException(text, state?.Position ?? tree.Root.Position);
        }
    }

    private void Add(ScxmlTree tree)
    {
        _chart.Profile(_context.Profile).Style(tree.Style);
        if (tree.Root.Initial is { } initial)
        {
            _chart.Start(initial.Names);
        }

        foreach (var state in tree.Root.Children)
        {
            Add(state, _chart.State(state.Id, state.Kind));
        }
    }

    private void Add(StateNode state, StateBuilder<ScxmlMemory> builder)
    {
        AddHandlers(state, builder);
        foreach (var transition in state.Transitions)
        {
            AddTransition(transition, builder);
        }

        if (state.DoneData is { } data)
        {
            builder.DoneData((memory, chart) => memory.DoneData(data, chart));
        }

        foreach (var child in state.Children)
        {
            Add(child, builder.State(child.Id, child.Kind));
        }
    }

    private void AddHandlers(StateNode state, StateBuilder<ScxmlMemory> builder)
    {
        // Data get their values at the start, and an outermost state is always entered then.
        var needsCode = state.Entry.Exists(block => block.Steps.Count > 0) || state.Data.Count > 0
            || (state.Parent!.Parent is null && _context.DataModel == DataModel.Expressions && !state.IsHistory);
        if (needsCode)
        {
            builder.Entry((memory, chart) => memory.RunEntry(state, chart), state.EntryReport ?? Report.Super);
        }
        else if (state.EntryReport is { } entry)
        {
            builder.Entry(entry);
        }

        if (state.ExitReport is { } exit)
        {
            builder.Exit((memory, chart) => memory.Run(state.Exit, chart), exit);
        }

        ContentBlock[] init = [.. state.Init, .. state.InitialContent is { } content ? [content] : (ContentBlock[])[]];
        Action<ScxmlMemory, IChart>? code = Array.Exists(init, block => block.Steps.Count > 0)
            ? (memory, chart) => memory.Run(init, chart) : null;
        if (state.Initial is { } initial)
        {
            builder.Init(initial.Names, code);
        }
        else if (state.InitReport is { } report)
        {
            builder.Init((memory, chart) => memory.Run(init, chart), report);
        }
    }

    private void AddTransition(TransitionNode transition, StateBuilder<ScxmlMemory> builder)
    {
        if (!_context.IsSamek)
        {
            End(transition, transition.Events is { } events ? builder.OnAny(events.Names) : builder.Always());
            return;
        }

        foreach (var name in transition.Events!.Names.Distinct())
        {
            End(transition, builder.On(_context.SignalOf(name)));
        }
    }

    private void End(TransitionNode transition, TransitionBuilder<ScxmlMemory> builder)
    {
        if (transition.Condition is { } condition)
        {
            if (Encoding.UTF8.GetByteCount(condition.Text) <= ChartLimits.MaxNameBytes)
            {
                builder.When(condition.Text, (memory, chart) => memory.Holds(condition, chart));
            }
            else
            {
                builder.When((memory, chart) => memory.Holds(condition, chart));
            }
        }

        if (transition.Content.Steps.Count > 0)
        {
            ContentBlock[] blocks = [transition.Content];
            builder.Do((memory, chart) => memory.Run(blocks, chart));
        }

        if (transition.Targets is not { } targets)
        {
            _ = transition.Report switch
            {
                _ when !_context.IsSamek => builder.Handled(),
                Report.Unhandled => builder.Refuse(),
                Report.Super => builder.Pass(),
                _ => builder.Handled(),
            };
        }
        else if (transition.IsInternal && !_context.IsSamek)
        {
            builder.GotoInside(targets.Names);
        }
        else
        {
            builder.Goto(targets.Names);
        }
    }
}
