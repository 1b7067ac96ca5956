using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// What becomes of sessions: open, one of each pair, over.
internal sealed partial class SessionHub
{
    private void Open(HubLink link, ReadOnlySpan<byte> welcome, TimeSpan now)
    {
        var session = link.Session!;
        AttemptOpened(link, welcome, now);
        if (session.State != SessionState.Open)
        {
            // A join that came to nothing here.
            return;
        }

        if (_sessions.TryGet(session.Peer.Key, out var current)
            && PairRule.Stays(_local.InstanceKey, current, session, _options.DuplicateWindow) == current)
        {
            Counters.Count(SessionCounter.Duplicate);
            session.Bye(RefuseCode.DuplicateSession, "", SessionEnd.Duplicate, now);
            return;
        }

        _sessions.Use(session);
        link.Link.Vouch();
        link.IsAnnounced = true;
        link.RenewAt = session.IsDialled ? now + _options.RenewAfter : now + _options.RenewAfter + _options.RenewGrace;
        Schedule(link.RenewAt);
        Counters.Count(SessionCounter.Opened);
        LearnEndpoint(link, now);
        if (session.Peer.Kind == InstanceKind.Owner)
        {
            _dialer.Connected(session.Peer.Id, session.Peer.Incarnation);
            SetPresence(session.Peer.Id, session.Presence);
        }

        _events.Opened(session);
        Replace(current, session, now);
        RetireOlder(session, now);
        if (_local.Kind == InstanceKind.Owner && session.KnownIncarnation > _local.Incarnation)
        {
            _events.StaleIncarnation(session.Peer.Id, session.KnownIncarnation);
        }
    }

    // The old one of a pair: at once if the two were dialled at once, else after a while in which it still receives.
    private void Replace(Session? old, Session session, TimeSpan now)
    {
        if (old is null || !_sessions.TryGetLink(old, out var link))
        {
            return;
        }

        Counters.Count(SessionCounter.Duplicate);
        if (session.OpenedAt - old.OpenedAt > _options.DuplicateWindow)
        {
            link.RetireAt = now + _options.HandoverTime;
            Schedule(link.RetireAt);
        }
        else
        {
            old.Bye(RefuseCode.DuplicateSession, "", SessionEnd.Duplicate, now);
        }
    }

    // An owner that came back with a later incarnation: its old process is gone, whatever its link says.
    private void RetireOlder(Session session, TimeSpan now)
    {
        if (session.Peer.Kind != InstanceKind.Owner)
        {
            return;
        }

        foreach (var other in _sessions.Of(session.Peer.Id))
        {
            if (other.Peer.Kind == InstanceKind.Owner && other.Peer.Incarnation < session.Peer.Incarnation)
            {
                other.Bye(RefuseCode.DuplicateSession, "", SessionEnd.Replaced, now);
            }
        }
    }

    /// <summary>Tells what became of a session in the last call, and lets go of it when it has ended.</summary>
    private void Settle(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        if (session.State is SessionState.Closing or SessionState.Ended)
        {
            Report(link, now);
        }
        else if (link.IsAnnounced && session.Peer.Kind == InstanceKind.Owner
            && _sessions.TryGet(session.Peer.Key, out var current) && current == session)
        {
            SetPresence(session.Peer.Id, session.Presence);
        }

        if (session.State == SessionState.Ended)
        {
            NotePending(link, now);
            _sessions.Remove(session);
            _links.Remove(link);
        }
        else
        {
            Schedule(session.NextDeadline);
        }
    }

    private void Report(HubLink link, TimeSpan now)
    {
        if (link.IsReported)
        {
            return;
        }

        link.IsReported = true;
        var session = link.Session!;
        CountEnd(session.End);
        if (session.End == SessionEnd.RefusedThere)
        {
            HearRefusal(session);
        }

        if (!link.IsAnnounced)
        {
            AttemptRefused(link, now);
            return;
        }

        Counters.Count(SessionCounter.Closed);
        _sessions.Retire(session);
        if (session.Peer.Kind == InstanceKind.Owner && _sessions.Owner(session.Peer.Id) is null)
        {
            _dialer.Disconnected(session.Peer.Id, session.End, now);
            Schedule(now);
            SetPresence(session.Peer.Id, PresenceAfter(session.End));
        }

        _events.Closed(session);
    }

    // A refusal that ends a session was said to a side that had welcomed the peer, so the peer is an accepted one.
    private void HearRefusal(Session session)
    {
        _events.Refused(session.Peer.Id, session.Endpoint, session.Refusal);
        if (session.Refusal.Code == RefuseCode.Stale && _local.Kind == InstanceKind.Owner)
        {
            _events.StaleIncarnation(session.Peer.Id, session.Refusal.Known);
        }
    }

    private void CountEnd(SessionEnd end)
    {
        switch (end)
        {
            case SessionEnd.Lost:
                Counters.Count(SessionCounter.Lost);
                break;
            case SessionEnd.QueueFull:
                Counters.Count(SessionCounter.QueueFull);
                break;
            case SessionEnd.Forged or SessionEnd.Malformed or SessionEnd.CreditBroken:
                Counters.Count(SessionCounter.Broken);
                break;
            case SessionEnd.Unanswered:
                Counters.Count(SessionCounter.HandshakeTimeout);
                break;
        }
    }

    private static Presence PresenceAfter(SessionEnd end) => end switch
    {
        SessionEnd.Left => Presence.Left,
        SessionEnd.Closed => Presence.Unknown,
        _ => Presence.Lost,
    };

    private void SetPresence(NodeId id, Presence presence)
    {
        if (_presence.GetValueOrDefault(id) == presence)
        {
            return;
        }

        _presence[id] = presence;
        _events.PresenceChanged(id, presence);
    }

    // Where an accepted owner can be dialled when it is lost: its address as seen here, and the port that it names.
    private void LearnEndpoint(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        if (link.Address is { } from)
        {
            Prove(from, now);
        }

        if (session.Peer.Kind != InstanceKind.Owner)
        {
            return;
        }

        if (link.Endpoint is { } endpoint)
        {
            _dialer.Learn(endpoint, session.Peer.Id);
        }
        else if (link.Address is { } address && session.SessionPort != 0
            && _dialer.TryGet(session.Peer.Id, out var target))
        {
            target.AddCandidate(new IPEndPoint(address, session.SessionPort));
        }
    }
}
