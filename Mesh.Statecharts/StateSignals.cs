using Mesh.Statecharts.Definition;

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

    /// <summary>Whether the engine itself sends a signal of this name, these three or another: spy and trace would show
    /// an event of the name as if the engine had sent it.</summary>
    /// <param name="name">The name of a signal.</param>
    /// <returns>True for the names that no chart can use.</returns>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return InnerSignals.Contains(name);
    }
}
