using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Core;

/// <summary>What a guest takes over from the owner of its state folder, and from other guests.</summary>
public sealed partial class MeshNode
{
    /// <summary>
    /// Takes up what others have decided on this state folder since this guest began, and where the owner now sees its
    /// peers. An owner knows all that already.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when that is done.</returns>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        if (Role == MeshRole.Owner)
        {
            return;
        }

        var (owner, peers) = await AskOwnerAsync(cancellationToken).ConfigureAwait(false);
        await _parts.Loop.InvokeAsync(
            now =>
            {
                foreach (var id in _parts.Trust.Store.Reload())
                {
                    TrustChanged(id, isLess: false, now);
                }

                TakeOver(owner, peers, now);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(NodeStatus? Owner, IReadOnlyList<PeerStatus> Peers)> AskOwnerAsync(
        CancellationToken cancellationToken)
    {
        var client = new MeshOwner(_parts.Folder.FolderPath, _parts.Platform.TimeProvider);
        var owner = await client.StatusAsync(cancellationToken).ConfigureAwait(false);
        var peers = owner is null ? null : await client.PeersAsync(cancellationToken).ConfigureAwait(false);
        return (owner, peers ?? []);
    }

    private void TakeOver(NodeStatus? owner, IReadOnlyList<PeerStatus> peers, TimeSpan now)
    {
        if (owner is not null)
        {
            _parts.Core.Hub.AddPeer(Id, [new IPEndPoint(IPAddress.Loopback, owner.SessionPort)], now);
        }

        foreach (var peer in peers)
        {
            if (NodeId.TryParse(peer.Id, out var id)
                && _parts.Trust.Store.Find(id) is { State: TrustState.Accepted })
            {
                _parts.Core.Hub.AddPeer(id, peer.Endpoints.Select(IPEndPoint.Parse), now);
            }
        }
    }
}
