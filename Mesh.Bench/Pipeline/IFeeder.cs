using Mesh.Core;

namespace Mesh.Bench.Pipeline;

/// <summary>Gives a node something to publish.</summary>
internal interface IFeeder : IDisposable
{
    /// <summary>Hosts the charts.</summary>
    /// <param name="node">A node that runs.</param>
    void Host(MeshNode node);

    /// <summary>Feeds a little. The node's loop thread only.</summary>
    TurnResult Turn();

    /// <summary>Does what the parent asks for.</summary>
    /// <param name="words">A command and its arguments.</param>
    string Answer(string[] words);

    /// <summary>A number that follows from the last step of each chart.</summary>
    long Digest();
}
