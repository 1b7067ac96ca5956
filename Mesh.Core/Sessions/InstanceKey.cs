using Mesh.Core.Identity;

namespace Mesh.Core.Sessions;

/// <summary>One process of one node.</summary>
/// <param name="Id">The node.</param>
/// <param name="Instance">The process.</param>
internal readonly record struct InstanceKey(NodeId Id, InstanceId Instance) : IComparable<InstanceKey>
{
    /// <inheritdoc/>
    public int CompareTo(InstanceKey other)
    {
        var byId = Id.CompareTo(other.Id);
        return byId != 0 ? byId : Instance.CompareTo(other.Instance);
    }
}
