using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Core.Sessions;

/// <summary>The decisions that sessions ask for. Called on the loop thread; may write to disk.</summary>
internal interface ISessionTrust
{
    /// <summary>Whether a node that has proved its id may come in; an accept mode may accept it here and now.</summary>
    /// <param name="peer">The node, never this one.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>The standing, and the rights when it is accepted.</returns>
    TrustAnswer Judge(NodeId peer, TimeSpan now);

    /// <summary>How a node stands, without any accept mode taking effect.</summary>
    /// <param name="peer">The node, never this one.</param>
    /// <returns>The standing, and the rights when it is accepted.</returns>
    TrustAnswer StandingOf(NodeId peer);

    /// <summary>Notes a node that waits for a decision.</summary>
    /// <param name="peer">The node.</param>
    /// <param name="name">What it calls itself; empty when it did not say.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Whether that is news: a new node, or a name that was not known.</returns>
    bool NotePending(NodeId peer, string name, TimeSpan now);

    /// <summary>Finds the key of a handshake that names an invite, open, used or expired.</summary>
    /// <param name="inviteId">8 bytes, untrusted.</param>
    /// <param name="presharedKey">32 bytes, written when the method returns <see langword="true"/>.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns><see langword="false"/> when no such invite is known.</returns>
    bool TryGetInviteKey(ReadOnlySpan<byte> inviteId, Span<byte> presharedKey, TimeSpan now);

    /// <summary>Redeems an invite for a node that has proved its id and the secret; on disk when it returns.</summary>
    /// <param name="inviteId">8 bytes, of an invite that was found.</param>
    /// <param name="peer">The node, not rejected and not revoked.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>The outcome; when redeemed, the node is accepted with the rights.</returns>
    InviteAnswer Redeem(ReadOnlySpan<byte> inviteId, NodeId peer, TimeSpan now);

    /// <summary>Accepts the node whose invite this one has used.</summary>
    /// <param name="peer">The inviter.</param>
    /// <param name="name">What it calls itself.</param>
    /// <param name="rights">What it may do here.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>
    /// Whether the acceptance is on disk; <see langword="false"/> leaves the inviter as it stood, and the join fails.
    /// </returns>
    bool AcceptInviter(NodeId peer, string name, Rights rights, TimeSpan now);
}
