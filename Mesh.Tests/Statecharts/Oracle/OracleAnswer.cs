namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The answer of a state: a status and the other state that the status speaks of, if any.</summary>
internal readonly record struct OracleAnswer(OracleStatus Status, string? Other = null);
