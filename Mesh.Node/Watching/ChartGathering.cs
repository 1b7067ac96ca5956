using System.Diagnostics;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Node.Output;

namespace Mesh.Node.Watching;

/// <summary>Reads what a chart did up to now, from what its node still holds.</summary>
/// <param name="node">A guest that begins at the history.</param>
/// <param name="isOwnerThere">Whether a node runs on this state folder, which may be asked like any other.</param>
internal sealed class ChartGathering(MeshNode node, bool isOwnerThere)
{
    /// <summary>How long a node may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads one chart.</summary>
    /// <param name="address">Which.</param>
    /// <param name="needsSpy">Whether the trace alone is not enough.</param>
    /// <param name="time">For patience.</param>
    /// <param name="stopToken">Gives up.</param>
    /// <returns>The chart; the newest one of that name.</returns>
    /// <exception cref="MeshException">Unknown, not trusted, or no answer.</exception>
    public async Task<ForeignHsm> ReadAsync(
        ChartAddress address, bool needsSpy, TimeProvider time, CancellationToken stopToken)
    {
        await CheckKnownAsync(address.Node, stopToken);
        var isPattern = ChartPattern.TryParse($"{address.Node}/...", out var everything);
        Debug.Assert(isPattern, "the name of a node is one segment");
        await node.WatchAsync(everything.ToString(), stopToken);
        await WaitAsync(address.Node, time, stopToken);
        var charts = node.View.Find(everything);
        var chart = charts.Where(hsm => hsm.Name == address.Chart)
            .MaxBy(hsm => (hsm.Incarnation, hsm.Chart));
        if (needsSpy && await FindAsync(address.Node, stopToken) is { } peer
            && !PeerText.Lists(peer.Granted, "spy"))
        {
            throw new MeshException(
                MeshFailure.NotTrusted, $"{address.Node} lets this node see the trace alone, not the spy.");
        }

        return chart ?? throw new MeshException(MeshFailure.NotFound, Unknown(address, charts));
    }

    private static string Unknown(ChartAddress address, IReadOnlyList<ForeignHsm> charts)
    {
        var names = charts.Where(hsm => hsm.End == ForeignEnd.None)
            .Select(hsm => hsm.Name)
            .Distinct()
            .Order()
            .ToArray();
        return names.Length == 0
            ? $"{address.Node} has no charts."
            : $"{address.Node} has no chart \"{address.Chart}\"; it has: {string.Join(", ", names)}.";
    }

    private async Task CheckKnownAsync(string name, CancellationToken stopToken)
    {
        if (name == node.Name)
        {
            if (!isOwnerThere)
            {
                throw new MeshException(
                    MeshFailure.NoOwner, $"{name} is this node, and it does not run; start it with: meshnode up");
            }

            return;
        }

        var peers = await node.PeersAsync(stopToken);
        var named = peers.Where(peer => peer.Name == name).ToArray();
        if (named.FirstOrDefault(peer => peer.Trust == PeerText.Accepted) is not null)
        {
            return;
        }

        if (named is [var peer, ..])
        {
            throw new MeshException(
                MeshFailure.NotTrusted, $"{name} is not accepted here ({peer.Trust}); to change that: "
                + $"meshnode peers accept {name}");
        }

        // A peer that was accepted by its id has no name until it answers.
        if (!peers.Any(peer => peer.Trust == PeerText.Accepted && peer.Name.Length == 0))
        {
            throw new MeshException(MeshFailure.NotFound, NoPeer(name, peers));
        }
    }

    private string NoPeer(string name, IReadOnlyList<PeerStatus> peers)
    {
        var known = peers.Where(peer => peer.Trust == PeerText.Accepted).Select(PeerText.NameOf)
            .Concat(isOwnerThere ? [node.Name] : []).Order().ToArray();
        return known.Length == 0
            ? $"No peer \"{name}\" is known, nor any other; see: meshnode invite --help"
            : $"No peer \"{name}\" is known; there are: {string.Join(", ", known)}.";
    }

    private async Task WaitAsync(string name, TimeProvider time, CancellationToken stopToken)
    {
        var begin = time.GetTimestamp();
        while (!await node.WhenUpToDateAsync(name, Slice, stopToken))
        {
            var peer = await FindAsync(name, stopToken);
            if (peer is { Problem: { } problem, IsRefused: true })
            {
                throw new MeshException(MeshFailure.NotTrusted, $"{name} refuses: {problem}.");
            }

            if (time.GetElapsedTime(begin) < Patience)
            {
                continue;
            }

            throw peer is { Presence: "alive", Granted: "" }
                ? new MeshException(MeshFailure.NotTrusted, $"{name} gives this node no right to watch.")
                : new MeshException(MeshFailure.Timeout, NoAnswer(name, peer));
        }
    }

    private static string NoAnswer(string name, PeerStatus? peer)
    {
        var reason = peer?.Problem is { } problem ? $" ({problem})" : "";
        return $"{name} did not answer in {ElapsedText.Of(Patience)}{reason}.";
    }

    private async Task<PeerStatus?> FindAsync(string name, CancellationToken stopToken) =>
        (await node.PeersAsync(stopToken))
            .FirstOrDefault(peer => peer.Name == name && peer.Trust == PeerText.Accepted);
}
