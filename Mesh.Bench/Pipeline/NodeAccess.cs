using System.Runtime.CompilerServices;
using Mesh.Core;
using Mesh.Core.Runtime;

namespace Mesh.Bench.Pipeline;

/// <summary>A way behind the front door, to feed a node on its own loop and to read what it counts.</summary>
internal static class NodeAccess
{
    /// <summary>What the node is made of.</summary>
    public static NodeParts Parts(this MeshNode node) => Field(node);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parts")]
    private static extern ref NodeParts Field(MeshNode node);
}
