using System.Net;
using System.Security.Cryptography;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// Joining by invite: tried until somebody answers or its time is over, and told once.
internal sealed partial class SessionHub
{
    private const string NotKeptText = "the joiner could not write down that it accepts you";

    private const string OtherMeshText = "the joiner stays in another mesh";

    private readonly List<JoinAttempt> _joins = [];

    /// <summary>Joins by an invite; <see cref="ISessionEvents.JoinEnded"/> tells how it ended.</summary>
    /// <param name="request">Whom, where, and the secret.</param>
    /// <param name="now">The loop's time.</param>
    public void Join(JoinRequest request, TimeSpan now)
    {
        _joins.Add(new JoinAttempt(request, now + _options.JoinTimeout) { DueAt = now });
        Schedule(now);
    }

    private void PollJoins(TimeSpan now)
    {
        _joins.RemoveAll(join => join.IsOver);
        foreach (var join in _joins.ToList())
        {
            if (now >= join.Deadline)
            {
                EndJoin(join, new JoinResult { Outcome = join.Failure, Inviter = join.Request.Inviter });
            }
            else if (now >= join.DueAt)
            {
                DialJoin(join, now);
            }

            if (!join.IsOver)
            {
                Schedule(join.DueAt < join.Deadline ? join.DueAt : join.Deadline);
            }
        }

        _joins.RemoveAll(join => join.IsOver);
    }

    private void DialJoin(JoinAttempt join, TimeSpan now)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (var endpoint in join.Request.Endpoints)
        {
            if (_dialer.Pace.AllowedAt(endpoint, now) <= now)
            {
                _dialer.Pace.Note(endpoint, now);
                endpoints.Add(endpoint);
            }
        }

        join.DueAt = TimeSpan.MaxValue;
        Start(new DialAttempt { Join = join }, endpoints, now);
    }

    // All links of a try came to nothing. Only a wrong node at every address is an answer.
    private void RetryJoin(JoinAttempt join, TimeSpan now)
    {
        var metOnlyWrongNodes = join.WrongEndpoints.Count >= join.Request.Endpoints.Count;
        if (metOnlyWrongNodes)
        {
            EndJoin(join, new JoinResult { Outcome = JoinOutcome.WrongNode, Inviter = join.Request.Inviter });
            return;
        }

        join.DueAt = join.Request.Endpoints.Min(endpoint => _dialer.Pace.AllowedAt(endpoint, now));
        Schedule(join.DueAt);
    }

    // The inviter's WELCOME: the invite is redeemed there, so the inviter is accepted here.
    private void EndJoin(JoinAttempt join, Session session, ReadOnlySpan<byte> welcome, TimeSpan now)
    {
        _ = WelcomeMessage.TryRead(welcome, out var message);
        var meshKey = message.MeshKey.ToArray();
        var result = new JoinResult
        {
            Outcome = JoinOutcome.Joined,
            Inviter = session.Peer.Id,
            Name = session.Name,
            Rights = session.RightsHeld,
            MeshKey = meshKey,
            MeshName = message.MeshName,
        };
        if (!join.Request.TakesMesh(meshKey, message.MeshName))
        {
            GiveUp(join, session, result with { Outcome = JoinOutcome.OtherMesh }, OtherMeshText, now);
        }
        else if (!_trust.AcceptInviter(session.Peer.Id, session.Name, join.Request.Rights, now))
        {
            GiveUp(join, session, result with { Outcome = JoinOutcome.NotKept }, NotKeptText, now);
        }
        else
        {
            EndJoin(join, result);
        }

        CryptographicOperations.ZeroMemory(meshKey);
    }

    // The inviter has taken this node in, and this node does not take the inviter: no session stays, and nothing dials.
    private void GiveUp(JoinAttempt join, Session session, JoinResult result, string text, TimeSpan now)
    {
        var retryAfter = (uint)_options.PendingRetry.TotalMilliseconds;
        session.Refuse(new RefuseMessage(RefuseCode.Pending, retryAfter, 0, text), now);
        var standing = _trust.StandingOf(session.Peer.Id).Standing;
        if (standing != TrustState.Accepted)
        {
            TurnOut(session.Peer.Id, standing, now);
        }

        EndJoin(join, result with { Rights = Rights.None, MeshKey = default });
    }

    private void EndJoin(JoinAttempt join, Session session, TimeSpan now)
    {
        if (session.End != SessionEnd.RefusedThere)
        {
            RetryJoin(join, now);
            return;
        }

        EndJoin(join, new JoinResult
        {
            Outcome = session.Refusal.Code switch
            {
                RefuseCode.InviteAlreadyUsed => JoinOutcome.AlreadyUsed,
                RefuseCode.InviteExpired => JoinOutcome.Expired,
                RefuseCode.Version => JoinOutcome.Version,
                _ => JoinOutcome.Refused,
            },
            Inviter = session.Peer.Id,
            Code = session.Refusal.Code,
        });
    }

    private void EndJoin(JoinAttempt join, JoinResult result)
    {
        if (!join.IsOver)
        {
            join.Dispose();
            _events.JoinEnded(result);
        }
    }
}
