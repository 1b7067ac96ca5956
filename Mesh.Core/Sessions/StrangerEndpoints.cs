using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire;

namespace Mesh.Core.Sessions;

/// <summary>Where the last pending strangers can be dialled, should they be accepted.</summary>
internal sealed class StrangerEndpoints
{
    private readonly Dictionary<NodeId, IPEndPoint> _endpoints = [];
    private readonly Queue<NodeId> _order = new();

    /// <summary>Notes where a stranger is; the oldest of 32 is forgotten.</summary>
    /// <param name="id">The stranger.</param>
    /// <param name="endpoint">Where its session port is.</param>
    public void Note(NodeId id, IPEndPoint endpoint)
    {
        if (!_endpoints.ContainsKey(id))
        {
            _order.Enqueue(id);
        }

        _endpoints[id] = endpoint;
        while (_order.Count > WireLimits.MaxPendingPeers)
        {
            _endpoints.Remove(_order.Dequeue());
        }
    }

    /// <summary>Where a stranger is.</summary>
    /// <param name="id">The stranger.</param>
    /// <param name="endpoint">Where its session port is.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryGet(NodeId id, [NotNullWhen(true)] out IPEndPoint? endpoint) =>
        _endpoints.TryGetValue(id, out endpoint);
}
