namespace Mesh.Core;

/// <summary>What the last owner of a state folder ran with, so that guests of the same identity fit to it.</summary>
public sealed record OwnerSettings
{
    /// <summary>The node's label.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the mesh that was chosen; null for the one that the state folder keeps.</summary>
    public string? MeshName { get; init; }

    /// <summary>Full path of the file with the mesh key; null for none.</summary>
    public string? MeshKeyFile { get; init; }
}
