namespace Mesh.Node.Commands;

/// <summary>What is said in more than one place.</summary>
internal static class NodeHints
{
    /// <summary>A command needs the running node.</summary>
    public const string NotRunning = "no node runs on this state folder; start it with: meshnode up";
}
