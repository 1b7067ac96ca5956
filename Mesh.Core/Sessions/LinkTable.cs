using System.Diagnostics.CodeAnalysis;

namespace Mesh.Core.Sessions;

/// <summary>Finds what the hub knows about a link, by routing id or by the link itself.</summary>
internal sealed class LinkTable
{
    private readonly Dictionary<byte[], HubLink> _routed = new(new RoutingIdComparer());
    private readonly Dictionary<ISessionLink, HubLink> _dialled = [];

    /// <summary>Every link, in no order; not to be changed while it is walked.</summary>
    public IEnumerable<HubLink> All => _routed.Values.Concat(_dialled.Values);

    /// <summary>Links of both kinds.</summary>
    public int Count => _routed.Count + _dialled.Count;

    /// <summary>Finds a link of the listening socket.</summary>
    /// <param name="routingId">The routing id.</param>
    /// <param name="link">The link.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryFind(ReadOnlySpan<byte> routingId, [NotNullWhen(true)] out HubLink? link) =>
        _routed.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(routingId, out link);

    /// <summary>Finds a dialled link.</summary>
    /// <param name="dialled">The link.</param>
    /// <param name="link">What is known about it.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryFind(ISessionLink dialled, [NotNullWhen(true)] out HubLink? link) =>
        _dialled.TryGetValue(dialled, out link);

    /// <summary>Adds a link.</summary>
    /// <param name="link">The link.</param>
    public void Add(HubLink link)
    {
        if (link.RoutingId is { } routingId)
        {
            _routed.Add(routingId, link);
        }
        else
        {
            _dialled.Add(link.Link, link);
        }
    }

    /// <summary>Removes a link.</summary>
    /// <param name="link">The link.</param>
    public void Remove(HubLink link)
    {
        if (link.RoutingId is { } routingId)
        {
            _routed.Remove(routingId);
        }
        else
        {
            _dialled.Remove(link.Link);
        }
    }
}
