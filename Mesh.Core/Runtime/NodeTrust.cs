using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Microsoft.Extensions.Logging;

namespace Mesh.Core.Runtime;

/// <summary>Answers sessions from trust store and invites. A disk that fails makes strangers of peers.</summary>
/// <param name="store">Who may come in.</param>
/// <param name="invites">The invites of this run; owned.</param>
/// <param name="logger">Where faults of the disk go.</param>
internal sealed partial class NodeTrust(TrustStore store, InviteStore invites, ILogger logger)
    : ISessionTrust, IDisposable
{
    /// <summary>Who may come in.</summary>
    public TrustStore Store { get; } = store;

    /// <summary>The invites of this run.</summary>
    public InviteStore Invites { get; } = invites;

    /// <summary>Whether this process may write rows: the owner always, a guest while it holds the lock.</summary>
    public bool MayWrite { get; set; }

    /// <summary>Whether a stranger could come in: by the accept mode, or by an invite that is open.</summary>
    /// <param name="now">The loop's time.</param>
    public bool AcceptsStrangers(TimeSpan now) => Store.AcceptsStrangers(now) || Invites.HasOpen(now);

    /// <inheritdoc/>
    public TrustAnswer Judge(NodeId peer, TimeSpan now)
    {
        try
        {
            var (state, rights) = Store.Judge(peer, now);
            return new TrustAnswer(state, rights);
        }
        catch (MeshException exception)
        {
            LogUnwritten(peer, exception.Message);
            return new TrustAnswer(TrustState.Pending, Rights.None);
        }
    }

    /// <inheritdoc/>
    public TrustAnswer StandingOf(NodeId peer)
    {
        var (state, rights) = Store.StandingOf(peer);
        return new TrustAnswer(state, rights);
    }

    /// <inheritdoc/>
    public bool NotePending(NodeId peer, string name, TimeSpan now) => Store.NotePending(peer, name);

    /// <inheritdoc/>
    public bool TryGetInviteKey(ReadOnlySpan<byte> inviteId, Span<byte> presharedKey, TimeSpan now) =>
        Invites.TryGetKey(inviteId, presharedKey, now);

    /// <inheritdoc/>
    public InviteAnswer Redeem(ReadOnlySpan<byte> inviteId, NodeId peer, TimeSpan now)
    {
        try
        {
            var (outcome, rights) = Invites.Redeem(inviteId, peer, Store, now);
            if (outcome == InviteOutcome.Redeemed)
            {
                LogRedeemed(peer, RightsText.Format(rights));
            }

            return new InviteAnswer(outcome, rights);
        }
        catch (MeshException exception)
        {
            LogUnwritten(peer, exception.Message);
            return new InviteAnswer(InviteOutcome.Expired, Rights.None);
        }
    }

    /// <inheritdoc/>
    public bool AcceptInviter(NodeId peer, string name, Rights rights, TimeSpan now)
    {
        try
        {
            Store.Decide(peer, TrustState.Accepted, rights | Store.StandingOf(peer).Rights, name);
            return true;
        }
        catch (MeshException exception)
        {
            LogUnwritten(peer, exception.Message);
            return false;
        }
    }

    /// <summary>Keeps what a session proved, where this process may write.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="name">What it calls itself.</param>
    /// <param name="endpoint">Where it answered, if this node dialled it.</param>
    /// <param name="incarnation">Its incarnation; 0 for a guest.</param>
    public void Learn(NodeId peer, string name, IPEndPoint? endpoint, ulong incarnation)
    {
        if (!MayWrite)
        {
            return;
        }

        try
        {
            Store.Learn(peer, name, endpoint, incarnation);
        }
        catch (MeshException exception)
        {
            LogUnwritten(peer, exception.Message);
        }
    }

    /// <summary>Zeroes the keys of the invites.</summary>
    public void Dispose() => Invites.Dispose();

    [LoggerMessage(1904, LogLevel.Information, "{PeerId} used an invite and is accepted; may {Rights}")]
    private partial void LogRedeemed(NodeId peerId, string rights);

    [LoggerMessage(1903, LogLevel.Error, "The row of {PeerId} was not written: {Reason}")]
    private partial void LogUnwritten(NodeId peerId, string reason);
}
