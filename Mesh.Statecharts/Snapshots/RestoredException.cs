namespace Mesh.Statecharts.Snapshots;

/// <summary>An exception that was a payload when a snapshot was taken, as far as the snapshot tells it; also what
/// stands for work that was running then and cannot be started anew.</summary>
/// <param name="originalType">The name of the type that it had; empty for lost work.</param>
/// <param name="message">Its message.</param>
public sealed class RestoredException(string originalType, string message) : Exception(message)
{
    /// <summary>The name of the type that it had; empty for lost work.</summary>
    public string OriginalType => originalType;
}
