namespace Mesh.Statecharts.Scxml;

/// <summary>A <c>&lt;data&gt;</c> of a file.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its first value; null when there is none.</param>
/// <param name="Position">Where it stands.</param>
internal sealed record DataNode(string Name, ValueSource? Value, TextPosition Position);
