namespace Mesh.Statecharts.Definition;

/// <summary>What sort of state a state is. Values are wire values.</summary>
public enum StateKind : byte
{
    /// <summary>An ordinary state, with or without states inside.</summary>
    Ordinary = 0,
}
