using Mesh.Core;

namespace Mesh.Node;

/// <summary>What the program takes from the machine: streams, clock, environment, the wish to stop.</summary>
/// <remarks>The process builds it in <c>Hosting</c>; a test builds its own and runs the program in process.</remarks>
internal sealed record ProgramServices
{
    /// <summary>Where data goes. Written by <see cref="Output.CommandOutput"/> alone.</summary>
    public required Stream Output { get; init; }

    /// <summary>Where notes and errors go. Written by <see cref="Mesh.Node.Output.CommandOutput"/> alone.</summary>
    public required Stream Error { get; init; }

    /// <summary>What commands read when they are given <c>-</c>.</summary>
    public required Stream Input { get; init; }

    /// <summary>The clock of everything the program starts.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>What the machine calls itself; the default name of its node is made of it.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Makes the machine under a node from the clock; tests put another network under it.</summary>
    public Func<TimeProvider, MeshPlatform> MakePlatform { get; init; } = time => new MeshPlatform(time);

    /// <summary>Columns of the terminal that shows <see cref="Output"/>; 0 (default) when there is none.</summary>
    public int OutputColumns { get; init; }

    /// <summary>True when a person types <see cref="Input"/>; false by default.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Cancelled when the user or the system asks the program to end.</summary>
    public CancellationToken StopToken { get; init; }
}
