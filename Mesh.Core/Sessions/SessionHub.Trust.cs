using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// Decisions of people take effect here: on sessions that stand, on whom to dial, and on who counts as a friend.
internal sealed partial class SessionHub
{
    private const int MaxFriendAddresses = 8192;
    private const int MaxStrangerEndpoints = 256;
    private const int MaxStrangersPerAddress = 16;

    private readonly HashSet<IPAddress> _friends = [];
    private readonly StrangerEndpoints _strangers = new();

    /// <summary>Dials an accepted peer from now on, wherever it turns out to be.</summary>
    /// <param name="id">The peer; this node's own id for a guest who looks for its owner.</param>
    /// <param name="endpoints">Where it may be; may be empty.</param>
    /// <param name="now">The loop's time.</param>
    public void AddPeer(NodeId id, IEnumerable<IPEndPoint> endpoints, TimeSpan now)
    {
        var target = _dialer.AddPeer(id);
        foreach (var endpoint in endpoints)
        {
            target.AddCandidate(endpoint);
            Befriend(id, endpoint.Address);
        }

        Schedule(now);
    }

    /// <summary>Notes that a node has proved itself at an address, in this run or in one before.</summary>
    /// <param name="address">The address.</param>
    /// <param name="now">The loop's time.</param>
    public void Prove(IPAddress address, TimeSpan now)
    {
        _dialer.Prove(address, now);
        Schedule(now);
    }

    /// <summary>Dials whoever is at an endpoint, from now on.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">The loop's time.</param>
    public void AddStatic(IPEndPoint endpoint, TimeSpan now)
    {
        _dialer.AddStatic(endpoint);
        Schedule(now);
    }

    /// <summary>Dials a stranger, for a node that accepts them; the many that one sender can invent are not.</summary>
    /// <param name="endpoint">Where its beacon came from.</param>
    /// <param name="now">The loop's time.</param>
    public void AddStranger(IPEndPoint endpoint, TimeSpan now)
    {
        if (_dialer.StaticCount < MaxStrangerEndpoints
            && _dialer.CountStatic(endpoint.Address) < MaxStrangersPerAddress)
        {
            AddStatic(endpoint, now);
        }
    }

    /// <summary>A sign of life of a node, such as a beacon; of no effect unless it is an accepted peer.</summary>
    /// <param name="id">The node.</param>
    /// <param name="endpoint">Where it may be dialled: the sign's source, or an endpoint that it signed.</param>
    /// <param name="incarnation">Its incarnation, 0 if the sign has none.</param>
    /// <param name="now">The loop's time.</param>
    public void Evidence(NodeId id, IPEndPoint endpoint, ulong incarnation, TimeSpan now)
    {
        if (_dialer.TryGet(id, out var target))
        {
            _dialer.Evidence(id, endpoint, incarnation, now);
            Befriend(id, endpoint.Address);
            Schedule(target.DueAt);
        }
    }

    /// <summary>Tries a peer at once, whatever its last answer was.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="now">The loop's time.</param>
    public void Nudge(NodeId id, TimeSpan now)
    {
        _dialer.Nudge(id, now);
        Schedule(now);
    }

    /// <summary>A decision about a node was made: asks trust for it and lets it take effect at once.</summary>
    /// <param name="id">The node.</param>
    /// <param name="now">The loop's time.</param>
    public void TrustChanged(NodeId id, TimeSpan now)
    {
        if (id == _local.Identity.Id)
        {
            return;
        }

        var answer = _trust.StandingOf(id);
        if (answer.Standing == TrustState.Accepted)
        {
            Welcome(id, answer, now);
        }
        else
        {
            TurnOut(id, answer.Standing, now);
        }

        Schedule(now);
    }

    /// <summary>Whether an accepted peer is known to be at an address.</summary>
    /// <param name="address">The address; null when it is not known.</param>
    public bool IsFriend(IPAddress? address) => address is not null && _friends.Contains(address);

    private void Welcome(NodeId id, TrustAnswer answer, TimeSpan now)
    {
        var target = _dialer.AddPeer(id);
        if (_strangers.TryGet(id, out var endpoint))
        {
            target.AddCandidate(endpoint);
            Befriend(id, endpoint.Address);
        }

        foreach (var session in _sessions.Of(id))
        {
            session.ChangeRights(answer.Rights);
        }

        _dialer.Nudge(id, now);
    }

    private void TurnOut(NodeId id, TrustState standing, TimeSpan now)
    {
        var code = standing switch
        {
            TrustState.Rejected => RefuseCode.Rejected,
            TrustState.Revoked => RefuseCode.Revoked,
            _ => RefuseCode.Pending,
        };
        _dialer.RemovePeer(id);
        foreach (var session in _sessions.Of(id))
        {
            session.Bye(code, "", SessionEnd.RefusedHere, now);
            if (_sessions.TryGetLink(session, out var link))
            {
                Settle(link, now);
            }
        }

        _friends.Clear();
        foreach (var address in _dialer.Addresses())
        {
            _friends.Add(address);
        }
    }

    private void Befriend(NodeId id, IPAddress? address)
    {
        if (id != _local.Identity.Id)
        {
            _dialer.AddPeer(id);
        }

        if (address is not null && _friends.Count < MaxFriendAddresses)
        {
            _friends.Add(address);
        }
    }
}
