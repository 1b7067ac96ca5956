using System.Net;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// The side of the handshake that dials, and what a try comes to.
internal sealed partial class SessionHub
{
    // A person may change their mind; they are not to be asked every second.
    private static readonly TimeSpan RefusedRetry = TimeSpan.FromSeconds(60);

    private void Dial(TimeSpan now)
    {
        while (!_isShuttingDown && _dialer.TryNext(now, out var request))
        {
            Start(new DialAttempt { Target = request.Target }, request.Endpoints, now);
        }
    }

    private void Start(DialAttempt attempt, IReadOnlyList<IPEndPoint> endpoints, TimeSpan now)
    {
        foreach (var endpoint in endpoints)
        {
            OpenLink(attempt, endpoint, now);
        }

        attempt.IsStarting = false;
        EndIfNothingIsLeft(attempt, now);
    }

    private void OpenLink(DialAttempt attempt, IPEndPoint endpoint, TimeSpan now)
    {
        Counters.Count(SessionCounter.Dialled);
        if (_linkMaker.Open(endpoint) is not { } opened)
        {
            attempt.Problem = "cannot be dialled from here";
            return;
        }

        var link = new HubLink
        {
            Link = opened,
            Endpoint = endpoint,
            Attempt = attempt,
            BeganAt = now,
            Initiator = attempt.Join is { } join
                ? new InitiatorHandshake(_primitives, _local, join.Request.Inviter, join.Secret)
                : new InitiatorHandshake(_primitives, _local, attempt.Target?.Expected ?? attempt.Renews?.Peer.Id),
        };
        attempt.Links.Add(link);
        _links.Add(link);
        Schedule(now + _options.HandshakeTimeout);
        SendHandshake(link, link.Initiator.Init, now);
    }

    private void ReceiveResp(HubLink link, ReadOnlySpan<byte> message, TimeSpan now)
    {
        var initiator = link.Initiator!;
        var result = initiator.ReadResp(message);
        var length = 0;
        if (result == HandshakeResult.Passed)
        {
            result = initiator.WriteFin(_buffers.Sealed, out length);
        }

        Counters.Count(result);
        if (result != HandshakeResult.Passed)
        {
            NoteFailure(link, result);
            DropHandshake(link, Describe(result), now);
            return;
        }

        Prove(link.Endpoint!.Address, now);

        // The first to prove itself wins; the others never learn who dialled.
        foreach (var other in link.Attempt!.Links.Where(other => other != link).ToList())
        {
            DropHandshake(other, "another address answered first", now);
        }

        using (initiator)
        {
            link.Initiator = null;
            link.Unsent = _buffers.Sealed.AsSpan(0, length).ToArray();
            Begin(link, initiator.Complete(), [], now);
        }
    }

    private void ReceiveNack(HubLink link, ReadOnlySpan<byte> message)
    {
        Counters.Count(SessionCounter.Nack);
        if (!NackMessage.TryRead(message, out var nack))
        {
            return;
        }

        // Anybody on the way can send one: it may colour the text, and the try goes on.
        link.Attempt!.Problem = nack.Code == NackCode.Version ? "no common version" : "busy";
        if (link.Attempt.Join is { } join)
        {
            join.HasHeardOfVersion |= nack.Code == NackCode.Version;
        }
    }

    private void NoteFailure(HubLink link, HandshakeResult result)
    {
        var attempt = link.Attempt!;
        if (attempt.Join is { } join)
        {
            join.HasHeardOfVersion |= result == HandshakeResult.Version;
            if (result is HandshakeResult.WrongNode or HandshakeResult.Self)
            {
                join.WrongEndpoints.Add(link.Endpoint!);
            }
        }

        if (result == HandshakeResult.WrongNode)
        {
            // The static endpoint that had led here leads to somebody else now.
            _dialer.Learn(link.Endpoint!, null);
        }

        if (result == HandshakeResult.Self && attempt.Target is { Expected: null } target)
        {
            target.IsSelf = true;
        }
    }

    private static string Describe(HandshakeResult result) => result switch
    {
        HandshakeResult.WrongNode => "another node answered",
        HandshakeResult.Version => "no common version",
        HandshakeResult.Self => "this node itself answered",
        HandshakeResult.NotOpened => "another mesh key, or a changed message",
        _ => "handshake failed",
    };

    /// <summary>Ends a handshake that did not become a session.</summary>
    private void DropHandshake(HubLink link, string problem, TimeSpan now)
    {
        if (link.Responder is { } responder)
        {
            responder.Dispose();
            link.Responder = null;
            _halfOpen.Release(link.Address);
        }

        link.Initiator?.Dispose();
        link.Initiator = null;
        link.IsGone = true;
        link.Link.Close();
        _links.Remove(link);
        if (link.Attempt is { } attempt && attempt.Links.Remove(link))
        {
            attempt.Problem = attempt.Problem == DialAttempt.NoAnswer ? problem : attempt.Problem;
            EndIfNothingIsLeft(attempt, now);
        }
    }

    private void DropHandshakes(TimeSpan now)
    {
        foreach (var link in _links.All.Where(link => link.IsHalfOpen).ToList())
        {
            DropHandshake(link, "given up", now);
        }
    }

    private void EndIfNothingIsLeft(DialAttempt attempt, TimeSpan now)
    {
        if (attempt.IsOver || attempt.IsStarting || attempt.Links.Count > 0)
        {
            return;
        }

        attempt.IsOver = true;
        if (attempt.Target is { } target)
        {
            _dialer.Failed(target, attempt.Problem, now);
        }

        if (attempt.Join is { } join)
        {
            RetryJoin(join, now);
        }

        Schedule(now);
    }

    private void AttemptOpened(HubLink link, ReadOnlySpan<byte> welcome, TimeSpan now)
    {
        if (link.Attempt is not { IsOver: false } attempt)
        {
            return;
        }

        attempt.IsOver = true;
        if (attempt.Target is { } target)
        {
            _dialer.Succeeded(target);
        }

        if (attempt.Join is { } join)
        {
            EndJoin(join, link.Session!, welcome, now);
        }
    }

    private void AttemptRefused(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        if (link.Attempt is not { IsOver: false } attempt)
        {
            return;
        }

        attempt.IsOver = true;
        Schedule(now);
        if (attempt.Join is { } join)
        {
            EndJoin(join, session, now);
            return;
        }

        if (attempt.Target is { } target)
        {
            _dialer.Learn(link.Endpoint!, session.Peer.Id);
            TellDialer(target, session, now);
        }
    }

    private void TellDialer(DialTarget target, Session session, TimeSpan now)
    {
        switch (session.End)
        {
            case SessionEnd.Duplicate:
                _dialer.Failed(target, "another session stays", now);
                break;
            case SessionEnd.RefusedHere:
                _dialer.Refused(target, "not accepted here", RefusedRetry, now);
                break;
            case SessionEnd.RefusedThere:
                _dialer.Refused(target, Describe(session.Refusal), RetryAfter(session.Refusal), now);
                break;
            default:
                _dialer.Failed(target, DialAttempt.NoAnswer, now);
                break;
        }
    }

    private TimeSpan RetryAfter(in RefuseMessage refusal)
    {
        var said = TimeSpan.FromMilliseconds(refusal.RetryAfterMs);
        var least = refusal.Code switch
        {
            RefuseCode.Pending or RefuseCode.ShuttingDown => _options.PendingRetry,
            RefuseCode.Busy or RefuseCode.DuplicateSession => _options.AddressInterval,
            _ => RefusedRetry,
        };
        return said > least ? said : least;
    }

    private static string Describe(in RefuseMessage refusal) => refusal.Code switch
    {
        RefuseCode.Pending => "waits for a decision there",
        RefuseCode.Rejected => "rejected there",
        RefuseCode.Revoked => "blocked there",
        RefuseCode.Stale => "a later incarnation of this node is known there",
        RefuseCode.Version => "no common version",
        RefuseCode.Busy => "busy",
        RefuseCode.ShuttingDown => "shutting down",
        _ => "refused",
    };
}
