using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;

namespace Mesh.Core.Trust;

/// <summary>
/// The invites of this run. They end on the monotonic clock, so a restart voids them; who redeemed one stands in the
/// trust store, flushed to the disk before the answer.
/// </summary>
/// <remarks>
/// No secret is kept, only the key that is derived from it. The key of an invite that has ended still opens the
/// handshake in which the answer is <i>expired</i> or <i>already used</i>; it is zeroed when the invite is forgotten,
/// and on disposal.
/// </remarks>
/// <param name="primitives">Source of secrets.</param>
internal sealed class InviteStore(IPrimitives primitives) : IDisposable
{
    /// <summary>Invites that are open or remembered at once.</summary>
    public const int MaxInvites = 256;

    /// <summary>How long an ended invite is remembered, to tell <i>expired</i> from <i>unknown</i>.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly List<Entry> _entries = [];

    /// <summary>Makes an invite.</summary>
    /// <param name="life">How long it can be redeemed.</param>
    /// <param name="rights">What the node gets that redeems it.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>The secret, 16 bytes, for the code; it is kept nowhere else, and the caller disposes it.</returns>
    /// <exception cref="MeshException">Too many invites are open.</exception>
    public SecretBuffer Create(TimeSpan life, Rights rights, TimeSpan now)
    {
        Forget(now);
        if (_entries.Count >= MaxInvites)
        {
            throw new MeshException(MeshFailure.Setup, $"{MaxInvites} invites are remembered; wait for some to end.");
        }

        var secret = new SecretBuffer(KeyDerivation.InviteSecretBytes);
        primitives.Fill(secret.Span);
        var id = new byte[KeyDerivation.InviteIdBytes];
        KeyDerivation.DeriveInviteId(secret.Span, id);
        var key = new SecretBuffer(KeyDerivation.KeyBytes);
        KeyDerivation.DeriveInvitePresharedKey(secret.Span, key.Span);
        _entries.Add(new Entry(id, key, rights, now + life));
        return secret;
    }

    /// <summary>Whether somebody could still come in by an invite.</summary>
    /// <param name="now">Monotonic.</param>
    public bool HasOpen(TimeSpan now)
    {
        Forget(now);
        return _entries.Exists(entry => entry.RedeemedBy is null && now < entry.ExpiresAt);
    }

    /// <summary>Finds the key of the one handshake that an invite opens, ended invites included.</summary>
    /// <param name="inviteId">8 bytes, untrusted.</param>
    /// <param name="presharedKey">32 bytes, written when the method returns true.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when there is no such invite.</returns>
    public bool TryGetKey(ReadOnlySpan<byte> inviteId, Span<byte> presharedKey, TimeSpan now)
    {
        Forget(now);
        if (Find(inviteId) is not { } entry)
        {
            return false;
        }

        entry.Key.Span.CopyTo(presharedKey);
        return true;
    }

    /// <summary>Redeems an invite for a node that has proved its id and the secret.</summary>
    /// <param name="inviteId">8 bytes.</param>
    /// <param name="peer">The node.</param>
    /// <param name="store">Gets the acceptance, on the disk when the method returns.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>What became of it, and the rights when it was redeemed.</returns>
    public (InviteOutcome Outcome, Rights Rights) Redeem(
        ReadOnlySpan<byte> inviteId, NodeId peer, TrustStore store, TimeSpan now)
    {
        if (Find(inviteId) is not { } entry)
        {
            return (InviteOutcome.Unknown, Rights.None);
        }

        if (entry.RedeemedBy is { } redeemer && redeemer != peer)
        {
            return (InviteOutcome.AlreadyUsed, Rights.None);
        }

        if (now >= entry.ExpiresAt)
        {
            return (InviteOutcome.Expired, Rights.None);
        }

        // Again, because the answer was lost: what a person decided since then stands.
        var standing = store.StandingOf(peer);
        if (entry.RedeemedBy is not null)
        {
            return standing.State == TrustState.Accepted
                ? (InviteOutcome.Redeemed, standing.Rights)
                : (InviteOutcome.AlreadyUsed, Rights.None);
        }

        // A peer that has more already loses nothing by a second invite.
        var rights = entry.Rights | standing.Rights;
        store.Decide(peer, TrustState.Accepted, rights);
        entry.RedeemedBy = peer;
        return (InviteOutcome.Redeemed, rights);
    }

    /// <summary>Zeroes every key; the invites are void.</summary>
    public void Dispose() => ForgetWhere(_ => true);

    private void Forget(TimeSpan now) => ForgetWhere(entry => now - entry.ExpiresAt > Memory);

    private void ForgetWhere(Predicate<Entry> isOver)
    {
        foreach (var entry in _entries.FindAll(isOver))
        {
            entry.Key.Dispose();
            _ = _entries.Remove(entry);
        }
    }

    private Entry? Find(ReadOnlySpan<byte> inviteId)
    {
        foreach (var entry in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Id, inviteId))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>One invite.</summary>
    private sealed class Entry(byte[] id, SecretBuffer key, Rights rights, TimeSpan expiresAt)
    {
        public byte[] Id { get; } = id;

        public SecretBuffer Key { get; } = key;

        public Rights Rights { get; } = rights;

        public TimeSpan ExpiresAt { get; } = expiresAt;

        public NodeId? RedeemedBy { get; set; }
    }
}
