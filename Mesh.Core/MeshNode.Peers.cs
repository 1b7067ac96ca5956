using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;

namespace Mesh.Core;

/// <summary>Who is there, and who may what.</summary>
public sealed partial class MeshNode
{
    /// <summary>Every peer that is known: accepted, pending, decided against, or only seen by beacon.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>One entry a node id, in order of name and id.</returns>
    public Task<IReadOnlyList<PeerStatus>> PeersAsync(CancellationToken cancellationToken = default) =>
        _parts.Loop.InvokeAsync(DescribePeers, cancellationToken);

    /// <summary>Accepts a peer, now and after every restart.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="rights">What it may do here.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or the decision cannot be written.</exception>
    public Task<PeerStatus> AcceptAsync(
        string peer, Rights rights = Rights.Watch, CancellationToken cancellationToken = default) =>
        DecideAsync(peer, TrustState.Accepted, rights, cancellationToken);

    /// <summary>Rejects a peer: no mode and no further attempt lets it in.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or the decision cannot be written.</exception>
    public Task<PeerStatus> RejectAsync(string peer, CancellationToken cancellationToken = default) =>
        DecideAsync(peer, TrustState.Rejected, Rights.None, cancellationToken);

    /// <summary>Takes an acceptance back: the session ends and the keys change before the next frame.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or the decision cannot be written.</exception>
    public Task<PeerStatus> BlockAsync(string peer, CancellationToken cancellationToken = default) =>
        DecideAsync(peer, TrustState.Revoked, Rights.None, cancellationToken);

    /// <summary>Deletes what was decided about a peer; it is a stranger again.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stood.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or its file cannot be deleted.</exception>
    public Task<PeerStatus> ForgetAsync(string peer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(peer);
        return WriteAsync(
            now =>
            {
                var id = Resolve(peer);
                var row = _parts.Trust.Store.Find(id);
                var status = Describe(id, row, now);
                _parts.Trust.Store.Forget(id);
                TrustChanged(id, row?.State == TrustState.Accepted, now);
                return status;
            },
            cancellationToken);
    }

    /// <summary>Dials an endpoint from now on, whoever is there.</summary>
    /// <param name="endpoint">Address and session port.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when it is noted.</returns>
    public Task AddPeerAsync(IPEndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfZero(endpoint.Port, nameof(endpoint));
        return _parts.Loop.InvokeAsync(
            now =>
            {
                _parts.Core.Hub.AddStatic(endpoint, now);
                return true;
            },
            cancellationToken);
    }

    private Task<PeerStatus> DecideAsync(
        string peer, TrustState state, Rights rights, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(peer);
        return WriteAsync(
            now =>
            {
                var id = Resolve(peer);
                var before = _parts.Trust.Store.StandingOf(id).Rights;
                var row = _parts.Trust.Store.Decide(id, state, rights);
                TrustChanged(id, (before & ~row.Rights) != Rights.None, now);
                return Describe(id, row, now);
            },
            cancellationToken);
    }

    // A guest writes only under the lock that an owner would hold.
    private async Task<T> WriteAsync<T>(Func<TimeSpan, T> work, CancellationToken cancellationToken)
    {
        using var storeLock = Role == MeshRole.Guest ? _parts.Folder.LockOwner() : null;
        return await _parts.Loop.InvokeAsync(work, cancellationToken).ConfigureAwait(false);
    }

    private void TrustChanged(NodeId id, bool isLess, TimeSpan now)
    {
        var hub = _parts.Core.Hub;
        if (_parts.Trust.Store.Find(id) is { State: TrustState.Accepted } row)
        {
            hub.AddPeer(id, row.Endpoints.Concat(SeenEndpoints(id)), now);
        }

        hub.TrustChanged(id, now);
        if (_parts.Core.Publish is not { } publish)
        {
            return;
        }

        publish.ApplyRights(id);
        if (isLess)
        {
            publish.Log.ReplaceEpochs();
        }
    }

    private NodeId Resolve(string peer)
    {
        var rows = _parts.Trust.Store.Find(peer);
        if (rows.Count == 1)
        {
            return rows[0].Id;
        }

        if (rows.Count > 1)
        {
            var ids = string.Join(", ", rows.Select(row => row.Id.ToString()));
            throw new MeshException(MeshFailure.NotFound, $"'{peer}' is the name of several nodes; name one id: {ids}");
        }

        if (NodeId.TryParse(peer, out var id))
        {
            return id;
        }

        var prefix = Bare(peer);
        var seen = prefix.Length < 4 || _parts.Core.Discovery is not { } discovery
            ? []
            : discovery.Seen.Where(node => Bare(node.Id.ToString()).StartsWith(prefix, StringComparison.Ordinal))
                .ToList();
        return seen.Count == 1
            ? seen[0].Id
            : throw new MeshException(
                MeshFailure.NotFound, $"No peer '{peer}' is known; 'meshnode peers' lists names and ids.");
    }

    private static string Bare(string id) => id.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private IReadOnlyList<PeerStatus> DescribePeers(TimeSpan now)
    {
        var store = _parts.Trust.Store;
        var statuses = store.All.Select(row => Describe(row.Id, row, now)).ToList();
        if (_parts.Core.Discovery is { } discovery)
        {
            statuses.AddRange(discovery.Seen
                .Where(node => store.Find(node.Id) is null)
                .OrderBy(node => node.Id)
                .Select(node => Describe(node.Id, null, now)));
        }

        return statuses;
    }

    private PeerStatus Describe(NodeId id, PeerTrust? row, TimeSpan now)
    {
        var hub = _parts.Core.Hub;
        hub.TryGetOwner(id, out var session);
        var seen = _parts.Core.Discovery?.Find(id);
        var endpoints = hub.EndpointsOf(id).Concat(SeenEndpoints(id)).Distinct().Select(Text).ToList();
        var heard = session?.LastHeard;
        heard = seen is not null && !(seen.LastSeen < heard) ? seen.LastSeen : heard;
        return new PeerStatus
        {
            Id = id.ToString(),
            Name = row?.Name ?? session?.Name ?? "",
            Trust = row is null ? "seen" : row.State.ToString().ToLowerInvariant(),
            Rights = row is null ? "" : RightsText.Format(row.Rights),
            Granted = session is null ? "" : RightsText.Format(session.RightsHeld),
            Presence = session is null ? PresenceText(hub.PresenceOf(id)) : PresenceText(session.Presence),
            Endpoint = session is { IsDialled: true, Endpoint: { } endpoint }
                ? Text(endpoint)
                : endpoints.FirstOrDefault() ?? session?.Endpoint?.Address.ToString() ?? "",
            Endpoints = endpoints,
            IsBeaconHeard = seen is not null,
            RttMs = session is { Clock.HasSample: true } ? session.Clock.RoundTrip.TotalMilliseconds : null,
            LastSeenMs = heard is { } at ? Math.Max(0, (now - at).TotalMilliseconds) : null,
            Problem = session is null ? _parts.Router.ProblemOf(id) ?? hub.ProblemOf(id) : null,
            IsRefused = session is null && _parts.Router.IsRefusedBy(id),
            NameConflict = row is not null && _parts.Trust.Store.HasNameConflict(row),
        };
    }

    private IEnumerable<IPEndPoint> SeenEndpoints(NodeId id) =>
        _parts.Core.Discovery?.Find(id) is { } seen ? seen.Endpoints.Concat(seen.SignedEndpoints) : [];

    private static string Text(IPEndPoint endpoint) => endpoint.ToString();

    private static string PresenceText(Presence presence) => presence.ToString().ToLowerInvariant();
}
