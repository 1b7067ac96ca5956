namespace Mesh.Statecharts;

/// <summary>A state written as a method, in the manner of miros and QP: it is sent every event, entry, exit and init
/// (<see cref="StateSignals"/>), and says what it did with it.</summary>
/// <param name="chart">The chart that runs it.</param>
/// <param name="context">The data of the chart.</param>
/// <param name="received">What happened.</param>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
/// <returns>What the state did.</returns>
public delegate StateAnswer StateMethod<in TContext>(IChart chart, TContext context, Event received);
