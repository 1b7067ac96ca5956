using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire;

namespace Mesh.Core.Trust;

/// <summary>
/// Who may come in, and what they may do. The owner's loop uses it; each decision is on the disk before it counts.
/// </summary>
internal sealed class TrustStore
{
    /// <summary>Strangers remembered while they wait for a decision.</summary>
    public const int MaxPending = WireLimits.MaxPendingPeers;

    /// <summary>Peers with a decision.</summary>
    public const int MaxPeers = WireLimits.MaxKnownPeers;

    /// <summary>How long after the start <see cref="AcceptMode.Once"/> accepts.</summary>
    public static readonly TimeSpan OnceWindow = TimeSpan.FromMinutes(10);

    private readonly NodeId _self;
    private readonly ITrustFiles _files;
    private readonly TimeProvider _wall;
    private readonly Dictionary<NodeId, PeerTrust> _peers = [];
    private readonly List<PeerTrust> _pending = [];
    private readonly List<string> _faults = [];
    private bool _onceUsed;

    /// <summary>Loads the rows.</summary>
    /// <param name="self">This node, which is always accepted.</param>
    /// <param name="files">Where rows are kept.</param>
    /// <param name="wall">Stamps decisions for people.</param>
    public TrustStore(NodeId self, ITrustFiles files, TimeProvider wall)
    {
        _self = self;
        _files = files;
        _wall = wall;
        Load();
    }

    /// <summary>What happens to strangers.</summary>
    public AcceptMode Mode { get; init; }

    /// <summary>Monotonic time of the start, for <see cref="AcceptMode.Once"/>.</summary>
    public TimeSpan StartedAt { get; init; }

    /// <summary>One line for each file that could not be used.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Every row, pending ones included, in order of name and id.</summary>
    public IReadOnlyList<PeerTrust> All =>
        [.. _peers.Values.Concat(_pending).OrderBy(peer => peer.Name, StringComparer.Ordinal).ThenBy(peer => peer.Id)];

    /// <summary>Strangers that wait for a decision, the oldest first.</summary>
    public IReadOnlyList<PeerTrust> Pending => _pending;

    /// <summary>Peers that may come in.</summary>
    public IEnumerable<PeerTrust> Accepted => _peers.Values.Where(peer => peer.State == TrustState.Accepted);

    /// <summary>Whether a stranger would be accepted now.</summary>
    /// <param name="now">Monotonic.</param>
    public bool AcceptsStrangers(TimeSpan now) => Mode switch
    {
        AcceptMode.Always => true,
        AcceptMode.Once => !_onceUsed && now - StartedAt < OnceWindow,
        _ => false,
    };

    /// <summary>Reads the rows anew, because another process may have decided; strangers go on waiting.</summary>
    /// <returns>The nodes that stand otherwise than before.</returns>
    public IReadOnlyList<NodeId> Reload()
    {
        var before = new Dictionary<NodeId, PeerTrust>(_peers);
        _peers.Clear();
        _faults.Clear();
        Load();
        _pending.RemoveAll(peer => _peers.ContainsKey(peer.Id));
        return
        [
            .. before.Keys.Union(_peers.Keys)
                .Where(id => Standing(before.GetValueOrDefault(id)) != Standing(_peers.GetValueOrDefault(id))),
        ];
    }

    /// <summary>Looks a row up.</summary>
    /// <param name="id">The node.</param>
    /// <returns>Its row, or null.</returns>
    public PeerTrust? Find(NodeId id) => _peers.GetValueOrDefault(id) ?? _pending.Find(peer => peer.Id == id);

    /// <summary>Looks rows up by what a person typed.</summary>
    /// <param name="text">A name, a node id, or the first 4 or more characters of one.</param>
    /// <returns>Every row that fits; more than one is for the person to tell apart by id.</returns>
    public IReadOnlyList<PeerTrust> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = All.Where(peer => peer.Name == text).ToList();
        if (named.Count > 0)
        {
            return named;
        }

        // As ids are read: I and L are 1, O is 0.
        var prefix = text.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)
            .Replace('I', '1').Replace('L', '1').Replace('O', '0');
        return prefix.Length < 4
            ? []
            : [.. All.Where(peer => IdText(peer.Id).StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Whether another known id presents the same name.</summary>
    /// <param name="peer">One of them.</param>
    public bool HasNameConflict(PeerTrust peer) =>
        peer.Name.Length > 0 && All.Any(other => other.Id != peer.Id && other.Name == peer.Name);

    /// <summary>How a node stands, without any mode taking effect.</summary>
    /// <param name="id">The node.</param>
    /// <returns>How it stands and what it may do.</returns>
    public (TrustState State, Rights Rights) StandingOf(NodeId id)
    {
        if (id == _self)
        {
            return (TrustState.Accepted, Rights.All);
        }

        return _peers.TryGetValue(id, out var peer)
            ? (peer.State, peer.State == TrustState.Accepted ? peer.Rights : Rights.None)
            : (TrustState.Pending, Rights.None);
    }

    /// <summary>Judges a node that has proved its id; a mode may accept it here and now.</summary>
    /// <param name="id">The node.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>How it stands and what it may do.</returns>
    public (TrustState State, Rights Rights) Judge(NodeId id, TimeSpan now)
    {
        var standing = StandingOf(id);
        if (standing.State != TrustState.Pending || !AcceptsStrangers(now) || IsFull())
        {
            return standing;
        }

        _onceUsed = true;
        Decide(id, TrustState.Accepted, Rights.Watch);
        return (TrustState.Accepted, Rights.Watch);
    }

    /// <summary>Strangers forgotten because others came after them.</summary>
    public long PendingForgotten { get; private set; }

    /// <summary>Decisions that were not taken because there are as many peers as there may be.</summary>
    public long TooManyPeers { get; private set; }

    /// <summary>Notes a stranger that waits; the oldest makes room.</summary>
    /// <param name="id">The stranger.</param>
    /// <param name="name">What it calls itself; empty when it has not said.</param>
    /// <returns>Whether that is news.</returns>
    public bool NotePending(NodeId id, string name)
    {
        if (id == _self || _peers.ContainsKey(id))
        {
            return false;
        }

        var label = NodeName.IsValid(name) ? name : "";
        var known = _pending.FindIndex(peer => peer.Id == id);
        if (known >= 0)
        {
            if (label.Length == 0 || _pending[known].Name == label)
            {
                return false;
            }

            _pending[known] = _pending[known] with { Name = label };
            return true;
        }

        if (_pending.Count >= MaxPending)
        {
            _pending.RemoveAt(0);
            PendingForgotten++;
        }

        _pending.Add(new PeerTrust { Id = id, Name = label, State = TrustState.Pending });
        return true;
    }

    /// <summary>Decides about a node; on the disk when the method returns.</summary>
    /// <param name="id">The node.</param>
    /// <param name="state">Accepted, rejected or revoked.</param>
    /// <param name="rights">What it may do when it is accepted.</param>
    /// <param name="name">What it calls itself, where that is known.</param>
    /// <returns>The row.</returns>
    /// <exception cref="MeshException">There is no room, or the file cannot be written.</exception>
    public PeerTrust Decide(NodeId id, TrustState state, Rights rights, string? name = null)
    {
        if (id == _self)
        {
            throw new MeshException(MeshFailure.Setup, "A node decides nothing about itself.");
        }

        var known = Find(id);
        if (known is null or { State: TrustState.Pending } && IsFull())
        {
            throw new MeshException(MeshFailure.Setup, $"{MaxPeers} peers are decided about; forget some first.");
        }

        var row = (known ?? new PeerTrust { Id = id, State = state }) with
        {
            State = state,
            Rights = state == TrustState.Accepted ? rights : Rights.None,
            DecidedAtMs = _wall.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return Save(NodeName.IsValid(name) ? row with { Name = name! } : row);
    }

    /// <summary>Keeps what a session with an accepted peer has proved.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="name">What it calls itself.</param>
    /// <param name="endpoint">Where it answered, if this node dialled it.</param>
    /// <param name="incarnation">Its incarnation; 0 for a guest.</param>
    /// <exception cref="MeshException">The file cannot be written.</exception>
    public void Learn(NodeId id, string name, IPEndPoint? endpoint, ulong incarnation)
    {
        if (!_peers.TryGetValue(id, out var known))
        {
            return;
        }

        var learned = known with
        {
            Name = NodeName.IsValid(name) ? name : known.Name,
            Incarnation = Math.Max(known.Incarnation, incarnation),
        };
        if (endpoint is not null && !known.Endpoints.Contains(endpoint))
        {
            learned = learned with
            {
                Endpoints = [endpoint, .. known.Endpoints.Take(PeerTrust.MaxEndpoints - 1)],
            };
        }

        if (learned != known)
        {
            Save(learned);
        }
    }

    /// <summary>Deletes the row of a node, pending or decided.</summary>
    /// <param name="id">The node.</param>
    /// <exception cref="MeshException">The file cannot be deleted.</exception>
    public void Forget(NodeId id)
    {
        _files.Delete(id);
        _peers.Remove(id);
        _pending.RemoveAll(peer => peer.Id == id);
    }

    private bool IsFull()
    {
        var isFull = _peers.Count >= MaxPeers;
        TooManyPeers += isFull ? 1 : 0;
        return isFull;
    }

    private static (TrustState? State, Rights? Rights) Standing(PeerTrust? row) => (row?.State, row?.Rights);

    private void Load()
    {
        foreach (var content in _files.Load(_faults))
        {
            if (TrustFile.TryRead(content, out var peer))
            {
                _peers[peer!.Id] = peer;
            }
        }
    }

    private PeerTrust Save(PeerTrust row)
    {
        _files.Save(row.Id, TrustFile.Write(row));
        _peers[row.Id] = row;
        _pending.RemoveAll(peer => peer.Id == row.Id);
        return row;
    }

    private static string IdText(NodeId id) => id.ToString().Replace("-", "", StringComparison.Ordinal);
}
