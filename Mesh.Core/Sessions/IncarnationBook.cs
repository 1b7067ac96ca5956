using Mesh.Core.Identity;

namespace Mesh.Core.Sessions;

/// <summary>The greatest incarnation of each accepted peer that this node has met.</summary>
internal sealed class IncarnationBook
{
    private readonly Dictionary<NodeId, ulong> _known = [];

    /// <summary>The greatest incarnation known.</summary>
    /// <param name="id">The peer.</param>
    /// <returns>0 for none.</returns>
    public ulong Known(NodeId id) => _known.GetValueOrDefault(id);

    /// <summary>Notes an incarnation, unless a later one is known.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="incarnation">What it showed, or what was stored of it.</param>
    /// <returns><see langword="false"/> when a later one is known: the peer has been rolled back.</returns>
    public bool TryNote(NodeId id, ulong incarnation)
    {
        if (incarnation < Known(id))
        {
            return false;
        }

        _known[id] = incarnation;
        return true;
    }
}
