namespace Mesh.Statecharts;

/// <summary>What the engine itself sends to a <see cref="StateMethod{TContext}"/>.</summary>
public static class StateSignals
{
    /// <summary>The state is being entered.</summary>
    public static Signal Entry { get; } = new("ENTRY_SIGNAL");

    /// <summary>The state is being left.</summary>
    public static Signal Exit { get; } = new("EXIT_SIGNAL");

    /// <summary>A transition has settled in the state, which may go to a state inside.</summary>
    public static Signal Init { get; } = new("INIT_SIGNAL");
}
