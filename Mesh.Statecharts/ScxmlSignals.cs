namespace Mesh.Statecharts;

/// <summary>The signals that SCXML has names for.</summary>
public static class ScxmlSignals
{
    /// <summary>Code of the chart failed; the payload is the exception.</summary>
    public static Signal ErrorExecution { get; } = new("error.execution");

    /// <summary>An event could not be sent; the payload is the exception or nothing.</summary>
    public static Signal ErrorCommunication { get; } = new("error.communication");

    /// <summary>The name of the event that tells that a state is done.</summary>
    /// <param name="state">The name of a state with a final state inside, or of a parallel one.</param>
    /// <returns><c>done.state.NAME</c>.</returns>
    public static string DoneState(string state) => "done.state." + state;
}
