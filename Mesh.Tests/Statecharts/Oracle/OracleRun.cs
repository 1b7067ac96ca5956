namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>All that can be seen of a chart after a script.</summary>
/// <param name="Final">The settled state.</param>
/// <param name="Spy">The lines of the spy.</param>
/// <param name="Trace">The lines of the trace, without time stamps.</param>
/// <param name="Live">What the live callbacks got.</param>
/// <param name="Variables">The variables of the chart that were ever set.</param>
internal sealed record OracleRun(
    string Final,
    IReadOnlyList<string> Spy,
    IReadOnlyList<string> Trace,
    IReadOnlyList<string> Live,
    IReadOnlyDictionary<string, int> Variables);
