using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// The first word: who has proved itself is welcomed or refused.
internal sealed partial class SessionHub
{
    private const uint TwinRetryMs = 15_000;
    private const string TwinText = "another process of this identity and incarnation is connected";

    private static RefuseMessage NoRefusal => default;

    /// <summary>Notes the greatest incarnation of a peer that was stored before this run.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="incarnation">What is known of it.</param>
    public void Remember(NodeId id, ulong incarnation) => _incarnations.TryNote(id, incarnation);

    /// <summary>The greatest incarnation of a peer that it has proved, or that was stored of it.</summary>
    /// <param name="id">The peer.</param>
    /// <returns>0 for none.</returns>
    public ulong ProvenIncarnation(NodeId id) => _incarnations.Known(id);

    private void Begin(HubLink link, HandshakeOutcome outcome, ReadOnlySpan<byte> inviteId, TimeSpan now)
    {
        var setup = new SessionSetup
        {
            Peer = outcome.Peer,
            Link = link.Link,
            Sending = outcome.Sending,
            Receiving = outcome.Receiving,
            Binding = outcome.Binding,
            IsDialled = link.Attempt is not null,
            Endpoint = link.Endpoint ?? (link.Address is { } address ? new IPEndPoint(address, 0) : null),
        };
        var session = new Session(setup, _options, _buffers, _ready, now) { Heads = _heads };
        link.Session = session;
        session.Precede(link.Unsent);
        link.Unsent = [];
        var refusal = Admit(link, inviteId, now, out var rights);
        _sessions.Add(session, link);
        link.IsPending = refusal.Code == RefuseCode.Pending;
        if (refusal != NoRefusal)
        {
            session.Refuse(refusal, now);
        }
        else
        {
            SayWelcome(session, rights, withMesh: !inviteId.IsEmpty && link.Attempt is null);
        }

        session.Flush(now);
        Settle(link, now);
    }

    // Who was invited is told which mesh this is: its key, or the name that the key follows from.
    private void SayWelcome(Session session, Rights rights, bool withMesh)
    {
        Span<byte> meshKey = stackalloc byte[MeshKey.SizeBytes];
        var hasKey = withMesh && _local.Key.IsSecret;
        if (hasKey)
        {
            _local.Key.CopyTo(meshKey);
        }

        session.Welcome(new WelcomeMessage
        {
            Rights = (uint)rights,
            Name = _local.Name,
            Limits = SessionLimits.Default with { CreditBytes = (uint)_options.BulkWindowBytes },
            SessionPort = _local.SessionPort,
            FramePort = _local.FramePort,
            Known = session.Peer.Kind == InstanceKind.Owner ? _incarnations.Known(session.Peer.Id) : 0,
            MeshKey = hasKey ? meshKey : default,
            MeshName = withMesh ? _local.Key.Name : null,
        });
        meshKey.Clear();
    }

    private RefuseMessage Admit(HubLink link, ReadOnlySpan<byte> inviteId, TimeSpan now, out Rights rights)
    {
        var peer = link.Session!.Peer;
        rights = Rights.All;
        if (_isShuttingDown)
        {
            return Refusal(RefuseCode.ShuttingDown);
        }

        if (peer.Id != _local.Identity.Id)
        {
            var judged = JudgeTrust(link, inviteId, now, out rights);
            if (judged != NoRefusal)
            {
                Counters.Count(SessionCounter.NotTrusted);
                return judged;
            }
        }

        if (peer.Kind == InstanceKind.Owner && !TryNoteIncarnation(peer))
        {
            Counters.Count(SessionCounter.Stale);
            return new RefuseMessage(RefuseCode.Stale, 0, KnownOf(peer.Id), "");
        }

        if (HasTwin(peer))
        {
            Counters.Count(SessionCounter.Twin);
            return new RefuseMessage(RefuseCode.DuplicateSession, TwinRetryMs, 0, TwinText);
        }

        if (IsFull(peer))
        {
            Counters.Count(SessionCounter.TooMany);
            return Refusal(RefuseCode.Busy);
        }

        Befriend(peer.Id, link.Address ?? link.Endpoint?.Address);
        return NoRefusal;
    }

    private RefuseMessage JudgeTrust(HubLink link, ReadOnlySpan<byte> inviteId, TimeSpan now, out Rights rights)
    {
        var peer = link.Session!.Peer.Id;
        if (link.Attempt?.Join is { } join)
        {
            // Whoever types an invite in accepts the node that made it; it is written down when that node has answered.
            rights = join.Request.Rights;
            return NoRefusal;
        }

        // Whoever was invited needs no accept mode, and uses none up.
        var answer = inviteId.IsEmpty ? _trust.Judge(peer, now) : _trust.StandingOf(peer);
        rights = answer.Rights;
        if (!inviteId.IsEmpty && answer.Standing is TrustState.Pending or TrustState.Accepted)
        {
            return Redeem(peer, inviteId, now, ref rights);
        }

        return answer.Standing switch
        {
            TrustState.Accepted => NoRefusal,
            TrustState.Rejected => Refusal(RefuseCode.Rejected),
            TrustState.Revoked => Refusal(RefuseCode.Revoked),
            _ => Refusal(RefuseCode.Pending) with { RetryAfterMs = (uint)_options.PendingRetry.TotalMilliseconds },
        };
    }

    private RefuseMessage Redeem(NodeId peer, ReadOnlySpan<byte> inviteId, TimeSpan now, ref Rights rights)
    {
        var answer = _trust.Redeem(inviteId, peer, now);
        rights |= answer.Rights;
        return answer.Outcome switch
        {
            InviteOutcome.Redeemed => NoRefusal,
            InviteOutcome.AlreadyUsed => Refusal(RefuseCode.InviteAlreadyUsed),
            _ => Refusal(RefuseCode.InviteExpired),
        };
    }

    private static RefuseMessage Refusal(RefuseCode code) => new(code, 0, 0, "");

    private bool TryNoteIncarnation(HandshakePeer peer) => peer.Id == _local.Identity.Id
        ? _local.Kind == InstanceKind.Guest || peer.Incarnation > _local.Incarnation
        : _incarnations.TryNote(peer.Id, peer.Incarnation);

    // A copied state folder or a restored snapshot: two processes under one identity and one incarnation.
    private bool HasTwin(HandshakePeer peer) => peer.Kind == InstanceKind.Owner
        && _sessions.Owner(peer.Id)?.Peer is { } other
        && other.Incarnation == peer.Incarnation
        && other.Instance != peer.Instance;

    private ulong KnownOf(NodeId id) => id == _local.Identity.Id ? _local.Incarnation : _incarnations.Known(id);

    private bool IsFull(HandshakePeer peer) => _sessions.Count >= _options.MaxSessions
        || (peer.Kind == InstanceKind.Guest && _sessions.GuestCount(peer.Id) >= _options.MaxGuestsPerPeer);

    private void Introduce(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        if (link.Address is { } address && session.SessionPort != 0)
        {
            _strangers.Note(session.Peer.Id, new IPEndPoint(address, session.SessionPort));
        }

        NotePending(link, now);
    }

    // Told once for each session, when the name is known or will not come any more.
    private void NotePending(HubLink link, TimeSpan now)
    {
        if (link.IsPending)
        {
            link.IsPending = false;
            var peer = link.Session!.Peer.Id;
            if (_trust.NotePending(peer, link.Session.Name, now))
            {
                _events.PendingAdded(peer, link.Session.Name);
            }
        }
    }
}
