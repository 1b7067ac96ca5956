using System.Diagnostics.CodeAnalysis;
using Mesh.Core.Identity;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Core.Sessions;

/// <summary>Every session of the hub, by its link, by the node, and the one in use of each pair of instances.</summary>
internal sealed class SessionTable
{
    private readonly Dictionary<Session, HubLink> _links = [];
    private readonly Dictionary<NodeId, List<Session>> _byNode = [];
    private readonly Dictionary<InstanceKey, Session> _current = [];

    /// <summary>Sessions of any state.</summary>
    public int Count => _links.Count;

    /// <summary>The sessions in use: open, and one of each pair.</summary>
    public IReadOnlyCollection<Session> Current => _current.Values;

    /// <summary>Adds a session that begins.</summary>
    /// <param name="session">The session.</param>
    /// <param name="link">Its link.</param>
    public void Add(Session session, HubLink link)
    {
        _links.Add(session, link);
        if (!_byNode.TryGetValue(session.Peer.Id, out var list))
        {
            list = [];
            _byNode.Add(session.Peer.Id, list);
        }

        list.Add(session);
    }

    /// <summary>Removes a session that ended.</summary>
    /// <param name="session">The session.</param>
    public void Remove(Session session)
    {
        Retire(session);
        if (_links.Remove(session) && _byNode.TryGetValue(session.Peer.Id, out var list))
        {
            list.Remove(session);
            if (list.Count == 0)
            {
                _byNode.Remove(session.Peer.Id);
            }
        }
    }

    /// <summary>The link of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="link">Its link.</param>
    /// <returns>Whether the session is in the table.</returns>
    public bool TryGetLink(Session session, [NotNullWhen(true)] out HubLink? link) =>
        _links.TryGetValue(session, out link);

    /// <summary>Makes a session the one in use of its pair.</summary>
    /// <param name="session">An open session.</param>
    public void Use(Session session) => _current[session.Peer.Key] = session;

    /// <summary>Takes a session out of use.</summary>
    /// <param name="session">The session.</param>
    /// <returns>Whether it was in use.</returns>
    public bool Retire(Session session) =>
        _current.TryGetValue(session.Peer.Key, out var current)
        && current == session
        && _current.Remove(session.Peer.Key);

    /// <summary>The session in use with one process.</summary>
    /// <param name="key">The process.</param>
    /// <param name="session">The session.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(InstanceKey key, [NotNullWhen(true)] out Session? session) =>
        _current.TryGetValue(key, out session);

    /// <summary>The session in use with the owner of an id.</summary>
    /// <param name="id">The node.</param>
    /// <returns>The newest, or <see langword="null"/>.</returns>
    public Session? Owner(NodeId id)
    {
        Session? newest = null;
        if (!_byNode.TryGetValue(id, out var list))
        {
            return null;
        }

        foreach (var session in list)
        {
            if (session.Peer.Kind == InstanceKind.Owner
                && TryGet(session.Peer.Key, out var current)
                && current == session
                && (newest is null || session.OpenedAt >= newest.OpenedAt))
            {
                newest = session;
            }
        }

        return newest;
    }

    /// <summary>All sessions with a node, of any state.</summary>
    /// <param name="id">The node.</param>
    /// <returns>A copy.</returns>
    public Session[] Of(NodeId id) => _byNode.TryGetValue(id, out var list) ? [.. list] : [];

    /// <summary>Sessions with guests of a node that have not said or heard a last word.</summary>
    /// <param name="id">The node.</param>
    /// <returns>How many.</returns>
    public int GuestCount(NodeId id) => Of(id).Count(session =>
        session.Peer.Kind == InstanceKind.Guest && session.State is SessionState.Opening or SessionState.Open);
}
