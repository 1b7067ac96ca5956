using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts;

/// <summary>What a <see cref="StateMethod{TContext}"/> did with what it was sent. The default value is no answer and a
/// fault of the chart.</summary>
public readonly record struct StateAnswer
{
    private StateAnswer(Report? report, string? target)
    {
        Report = report;
        Target = target;
    }

    /// <summary>Caught: nobody else is asked.</summary>
    public static StateAnswer Handled { get; } = new(Definition.Report.Handled, null);

    /// <summary>Caught but refused, by a guard for example: the parent is asked.</summary>
    public static StateAnswer Unhandled { get; } = new(Definition.Report.Unhandled, null);

    /// <summary>Not caught: the parent is asked.</summary>
    public static StateAnswer Super { get; } = new(Definition.Report.Super, null);

    /// <summary>What it is when it is no transition.</summary>
    internal Report? Report { get; }

    /// <summary>Where it goes when it is one.</summary>
    internal string? Target { get; }

    /// <summary>A transition. To an init: to a state inside; to an entry or exit it is a fault of the chart.</summary>
    /// <param name="target">The name of a state; an unknown one is a fault of the chart.</param>
    /// <returns>The answer.</returns>
    public static StateAnswer Transition(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return new StateAnswer(null, target);
    }
}
