using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts;

/// <summary>Where charts are made.</summary>
public static class Chart
{
    /// <summary>Defines a chart: its states, what they react to, and the code of its handlers.</summary>
    /// <typeparam name="TContext">The data that the handlers work on; one object for each running chart.</typeparam>
    /// <param name="name">What error messages and listings call the chart. Not empty.</param>
    /// <param name="define">Names the states and transitions; called once, before the method returns.</param>
    /// <returns>The chart: immutable, shared by everything that runs it.</returns>
    /// <exception cref="ChartDefinitionException">The chart breaks a static check; the message names the
    /// state.</exception>
    /// <example>
    /// <code>
    /// var chart = Chart.Define&lt;Door&gt;("door", c =>
    /// {
    ///     var closed = c.State("closed").Entry(door => door.Lamp = false);
    ///     var open = c.State("open").Entry(door => door.Lamp = true);
    ///     closed.On(Pull).When("unlocked", door => !door.Locked).Goto(open);
    ///     open.On(Push).Goto(closed);
    /// });
    /// </code>
    /// </example>
    public static Chart<TContext> Define<TContext>(string name, Action<ChartBuilder<TContext>> define)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(define);
        var builder = new ChartBuilder<TContext>(name);
        define(builder);
        return builder.Build();
    }
}
