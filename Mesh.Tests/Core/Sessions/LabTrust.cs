using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;

namespace Mesh.Tests.Core.Sessions;

/// <summary>Decisions in memory, made by tests.</summary>
internal sealed class LabTrust : ISessionTrust
{
    private readonly Dictionary<NodeId, TrustAnswer> _rows = [];
    private readonly Dictionary<NodeId, string> _pending = [];
    private readonly List<Invite> _invites = [];

    /// <summary>What the next strangers are given without a decision: 0 none, else the number of strangers.</summary>
    public int AutoAcceptCount { get; set; }

    /// <summary>Whether the inviter's row cannot be written.</summary>
    public bool IsDiskFull { get; set; }

    public IReadOnlyDictionary<NodeId, string> Pending => _pending;

    /// <summary>Nodes that redeemed an invite, in order, repetitions included.</summary>
    public List<NodeId> Redeemed { get; } = [];

    public TrustAnswer this[NodeId id]
    {
        get => _rows.GetValueOrDefault(id);
        set
        {
            _rows[id] = value;
            _pending.Remove(id);
        }
    }

    public void Accept(NodeId id, Rights rights = Rights.Trace | Rights.Spy) =>
        this[id] = new TrustAnswer(TrustState.Accepted, rights);

    public void AddInvite(ReadOnlySpan<byte> secret, Rights rights, TimeSpan expiresAt) =>
        _invites.Add(new Invite(secret.ToArray(), rights, expiresAt));

    public TrustAnswer Judge(NodeId peer, TimeSpan now)
    {
        if (!_rows.ContainsKey(peer) && AutoAcceptCount > 0)
        {
            AutoAcceptCount--;
            Accept(peer);
        }

        return this[peer];
    }

    public TrustAnswer StandingOf(NodeId peer) => this[peer];

    public bool NotePending(NodeId peer, string name, TimeSpan now)
    {
        var isNews = !_pending.TryGetValue(peer, out var known) || (name.Length > 0 && known != name);
        _pending[peer] = name.Length > 0 ? name : known ?? "";
        return isNews;
    }

    public bool TryGetInviteKey(ReadOnlySpan<byte> inviteId, Span<byte> presharedKey, TimeSpan now)
    {
        var invite = Find(inviteId);
        if (invite is not null)
        {
            KeyDerivation.DeriveInvitePresharedKey(invite.Secret, presharedKey);
        }

        return invite is not null;
    }

    public InviteAnswer Redeem(ReadOnlySpan<byte> inviteId, NodeId peer, TimeSpan now)
    {
        var invite = Find(inviteId)!;
        if (now >= invite.ExpiresAt)
        {
            return new InviteAnswer(InviteOutcome.Expired, Rights.None);
        }

        if (invite.UsedBy is { } other && other != peer)
        {
            return new InviteAnswer(InviteOutcome.AlreadyUsed, Rights.None);
        }

        invite.UsedBy = peer;
        Redeemed.Add(peer);
        Accept(peer, invite.Rights);
        return new InviteAnswer(InviteOutcome.Redeemed, invite.Rights);
    }

    public bool AcceptInviter(NodeId peer, string name, Rights rights, TimeSpan now)
    {
        if (!IsDiskFull)
        {
            Accept(peer, rights);
        }

        return !IsDiskFull;
    }

    private Invite? Find(ReadOnlySpan<byte> inviteId)
    {
        Span<byte> id = stackalloc byte[KeyDerivation.InviteIdBytes];
        foreach (var invite in _invites)
        {
            KeyDerivation.DeriveInviteId(invite.Secret, id);
            if (inviteId.SequenceEqual(id))
            {
                return invite;
            }
        }

        return null;
    }

    private sealed record Invite(byte[] Secret, Rights Rights, TimeSpan ExpiresAt)
    {
        public NodeId? UsedBy { get; set; }
    }
}
