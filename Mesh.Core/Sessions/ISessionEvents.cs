using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

/// <summary>What the hub tells the node. Called on the loop thread, inside the call that caused it.</summary>
/// <remarks>The receiver may use the hub and its sessions from inside, except to receive or to poll.</remarks>
internal interface ISessionEvents
{
    /// <summary>A session is open. If the pair had one, the new one is to be used; the old one closes soon.</summary>
    /// <param name="session">The session.</param>
    void Opened(Session session);

    /// <summary>A message that is not the session's own business, or a PING, whose heads are of interest.</summary>
    /// <param name="session">The session.</param>
    /// <param name="type">Its type.</param>
    /// <param name="message">The whole plaintext, untrusted; valid during the call.</param>
    void MessageReceived(Session session, SessionMessageType type, ReadOnlySpan<byte> message);

    /// <summary>A session that was open is over.</summary>
    /// <param name="session">The session; its <see cref="Session.End"/> says why.</param>
    void Closed(Session session);

    /// <summary>What this node may do at the peer's changed.</summary>
    /// <param name="session">The session.</param>
    void RightsChanged(Session session);

    /// <summary>The belief about the owner of an id changed.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="presence">The new belief.</param>
    void PresenceChanged(NodeId peer, Presence presence);

    /// <summary>A stranger proved its id and waits for a decision.</summary>
    /// <param name="peer">The stranger.</param>
    /// <param name="name">What it calls itself; empty when it did not say.</param>
    void PendingAdded(NodeId peer, string name);

    /// <summary>A peer that was dialled refused this node.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="endpoint">Where it was dialled, if this side did.</param>
    /// <param name="refusal">Its words.</param>
    void Refused(NodeId peer, IPEndPoint? endpoint, in RefuseMessage refusal);

    /// <summary>
    /// An accepted peer knows a later incarnation of this node. <see cref="Incarnation.Judge"/> says whether to go on
    /// behind it by <see cref="SessionHub.Continue"/>, or to ask a person.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="known">What it knows.</param>
    void StaleIncarnation(NodeId peer, ulong known);

    /// <summary>A join by invite is over.</summary>
    /// <param name="result">How it ended.</param>
    void JoinEnded(JoinResult result);
}
