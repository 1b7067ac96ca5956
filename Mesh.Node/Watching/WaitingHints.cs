using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Node.Commands;
using Mesh.Node.Output;

namespace Mesh.Node.Watching;

/// <summary>Tells who watches what is awaited, and when a node comes or goes; takes up new decisions.</summary>
/// <param name="node">The guest that watches.</param>
/// <param name="owner">The node of this state folder, if it runs.</param>
/// <param name="patterns">Which charts; none for all.</param>
/// <param name="hasPeers">Whether an address to dial was given.</param>
internal sealed class WaitingHints(
    MeshNode node, MeshOwner owner, IReadOnlyList<ChartPattern> patterns, bool hasPeers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, bool> _isThere = [];

    /// <summary>Runs until it is cancelled, which is no failure.</summary>
    /// <param name="context">The clock, and where hints go.</param>
    /// <param name="chartCount">How many charts were found so far.</param>
    /// <param name="end">Ends it.</param>
    public async Task RunAsync(CommandContext context, Func<int> chartCount, CancellationToken end)
    {
        try
        {
            await HintAtStrangersAsync(context.Output, end);
            await Task.Delay(Patience, context.Services.Time, end);
            if (chartCount() == 0)
            {
                context.Output.Note(await WhatIsAwaitedAsync(end));
            }

            while (true)
            {
                await node.RefreshAsync(end);
                TellPresence(context.Output, await node.PeersAsync(end));
                await Task.Delay(Interval, context.Services.Time, end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The command ends.
        }
        catch (OutputClosedException)
        {
            // The command will notice as well, with its next line.
        }
    }

    private async Task HintAtStrangersAsync(CommandOutput output, CancellationToken end)
    {
        var peers = await node.PeersAsync(end);
        if (!peers.Any(peer => peer.Trust == PeerText.Accepted) && !hasPeers && await owner.StatusAsync(end) is null)
        {
            output.Note(
                "no peer is accepted yet: run `meshnode invite` on the other machine, and here `meshnode join CODE`");
        }
    }

    private async Task<string> WhatIsAwaitedAsync(CancellationToken end)
    {
        var peers = await node.PeersAsync(end);
        var troubles = peers.Where(peer => peer is { Trust: PeerText.Accepted, Problem: not null })
            .Select(peer => $"{PeerText.NameOf(peer)}: {peer.Problem}");
        var strangers = peers.Where(peer => peer is { Trust: not PeerText.Accepted, Problem: not null })
            .Select(peer => $"{Where(peer)} and this node do not trust each other yet: run `meshnode invite` there,"
                + " and here `meshnode join CODE`");
        var pattern = patterns.Count == 0 ? "" : $" {string.Join(' ', patterns)}";
        return string.Join("; ", troubles.Concat(strangers).Prepend($"no chart matches{pattern} yet, still waiting"));
    }

    private static string Where(PeerStatus peer) =>
        peer is { Name: "", Endpoint.Length: > 0 } ? peer.Endpoint : PeerText.NameOf(peer);

    private void TellPresence(CommandOutput output, IReadOnlyList<PeerStatus> peers)
    {
        foreach (var peer in peers.Where(peer => peer.Trust == PeerText.Accepted))
        {
            var isThere = peer.Presence is "alive" or "suspect";
            var isKnown = _isThere.TryGetValue(peer.Id, out var wasThere);
            if (isKnown && wasThere != isThere)
            {
                output.Note(isThere
                    ? $"{PeerText.NameOf(peer)} is back"
                    : $"{PeerText.NameOf(peer)} is gone ({peer.Presence}); waiting for it");
            }

            // Who was never there is not missed.
            if (isKnown || isThere)
            {
                _isThere[peer.Id] = isThere;
            }
        }
    }
}
