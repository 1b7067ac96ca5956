using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire;

namespace Mesh.Core.Discovery;

/// <summary>The nodes that beacons have told of: strangers within limits, and every accepted one.</summary>
internal sealed class SeenTable
{
    /// <summary>Nodes remembered at once; accepted ones may come on top.</summary>
    public const int MaxNodes = WireLimits.MaxSeenPeers;

    /// <summary>Node ids that one source address counts for.</summary>
    public const int MaxCountedPerSource = 16;

    /// <summary>Node ids of strangers that one source address may bring into the table.</summary>
    public const int MaxKeptPerSource = 1_024;

    private readonly Dictionary<NodeId, SeenNode> _nodes = [];
    private readonly Dictionary<IPAddress, int> _perSource = [];

    /// <summary>Every node, in no order.</summary>
    public IReadOnlyCollection<SeenNode> Nodes => _nodes.Values;

    /// <summary>
    /// Nodes on the segment, for the interval: one address counts for at most 16, so that nobody slows the others
    /// down by inventing ids.
    /// </summary>
    public int CountedNodes
    {
        get
        {
            var count = 0;
            foreach (var ids in _perSource.Values)
            {
                count += Math.Min(ids, MaxCountedPerSource);
            }

            return count;
        }
    }

    /// <summary>Looks a node up.</summary>
    /// <param name="id">The node.</param>
    /// <returns>Its row, or null.</returns>
    public SeenNode? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    /// <summary>Finds or makes a row.</summary>
    /// <param name="id">The node; its signature was checked.</param>
    /// <param name="source">Where its beacon came from.</param>
    /// <param name="isAccepted">Whether there is room in any case: their number is bounded by trust.</param>
    /// <returns>Null when there is no room.</returns>
    public SeenNode? FindOrAdd(NodeId id, IPAddress source, bool isAccepted)
    {
        if (_nodes.TryGetValue(id, out var node))
        {
            return node;
        }

        var ids = _perSource.GetValueOrDefault(source);
        if (!isAccepted && (_nodes.Count >= MaxNodes || ids >= MaxKeptPerSource))
        {
            return null;
        }

        _perSource[source] = ids + 1;
        return _nodes[id] = new SeenNode(id, source);
    }

    /// <summary>Lets go of nodes and addresses that have been silent.</summary>
    /// <param name="silentSince">Rows whose last beacon is older go.</param>
    public void Forget(TimeSpan silentSince)
    {
        foreach (var node in _nodes.Values.Where(node => node.LastSeen < silentSince).ToArray())
        {
            _nodes.Remove(node.Id);
            if (--_perSource[node.FirstSource] == 0)
            {
                _perSource.Remove(node.FirstSource);
            }
        }

        foreach (var node in _nodes.Values)
        {
            node.Forget(silentSince);
        }
    }
}
