using System.Net;
using Mesh.Core.Control;
using Mesh.Core.Trust;

namespace Mesh.Core;

/// <summary>What the node says of itself, and its answers to commands on the local socket.</summary>
public sealed partial class MeshNode
{
    /// <summary>What the node says of itself now.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The status.</returns>
    public Task<NodeStatus> StatusAsync(CancellationToken cancellationToken = default) =>
        _parts.Loop.InvokeAsync(_ => DescribeSelf(), cancellationToken);

    /// <summary>What the node says of itself; on the loop thread.</summary>
    internal NodeStatus DescribeSelf()
    {
        string[] charts;
        lock (_chartGate)
        {
            charts = [.. _chartNames];
        }

        return new NodeStatus
        {
            Name = Name,
            Id = Id.ToString(),
            ProcessId = Environment.ProcessId,
            Incarnation = _parts.Local.Incarnation,
            SessionPort = SessionPort,
            FramePort = FramePort,
            BeaconPort = _parts.Core.Beacons?.Port ?? 0,
            UptimeMs = _parts.Platform.TimeProvider.GetElapsedTime(_startedAt).TotalMilliseconds,
            Transport = _parts.Transport.Description,
            Primitives = _parts.Primitives.Name,
            Mesh = _parts.Local.Key.MeshId.ToString("x16", null),
            HasMeshKey = _parts.Local.Key.IsSecret,
            Interfaces = [.. (_parts.Core.Beacons?.Interfaces ?? []).Select(link => $"{link.Name} {link.Address}")],
            Charts = charts,
            Counters = Runtime.NodeCounters.Read(_parts.Core, _parts.Trust.Store, _server),
        };
    }

    /// <summary>Answers a command of the same user.</summary>
    /// <param name="request">What is asked, untrusted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="MeshException">It is refused.</exception>
    internal async Task<ControlResponse> AnswerAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case ControlOperation.Status:
                return new ControlResponse { Status = await StatusAsync(cancellationToken).ConfigureAwait(false) };
            case ControlOperation.Peers:
                return new ControlResponse { Peers = await PeersAsync(cancellationToken).ConfigureAwait(false) };
            case ControlOperation.Accept:
                return Changed(await AcceptAsync(
                    Required(request.Peer), ParseRights(request.Rights), cancellationToken).ConfigureAwait(false));
            case ControlOperation.Reject:
                return Changed(
                    await RejectAsync(Required(request.Peer), cancellationToken).ConfigureAwait(false));
            case ControlOperation.Block:
                return Changed(await BlockAsync(Required(request.Peer), cancellationToken).ConfigureAwait(false));
            case ControlOperation.Forget:
                return Changed(await ForgetAsync(Required(request.Peer), cancellationToken).ConfigureAwait(false));
            case ControlOperation.Add:
                await AddPeerAsync(IPEndPoint.Parse(Required(request.Endpoint)), cancellationToken)
                    .ConfigureAwait(false);
                return new ControlResponse();
            case ControlOperation.Invite:
                var life = TimeSpan.FromMilliseconds(request.TimeToLiveMs ?? 600_000);
                return new ControlResponse
                {
                    Code = await InviteAsync(life, ParseRights(request.Rights), cancellationToken)
                        .ConfigureAwait(false),
                };
            case ControlOperation.Join:
                return Changed(await JoinAsync(Required(request.Code), cancellationToken).ConfigureAwait(false));
            default:
                throw new MeshException($"This node does not know '{request.Operation}'.");
        }
    }

    private static ControlResponse Changed(PeerStatus peer) => new() { Peers = [peer] };

    private static string Required(string? value) =>
        value ?? throw new MeshException("The request lacks what it is about.");

    private static Rights ParseRights(string? text)
    {
        if (text is null)
        {
            return Rights.Watch;
        }

        return RightsText.TryParse(text, out var rights)
            ? rights
            : throw new MeshException($"'{text}' are no rights; known are trace, spy, post, call, admin.");
    }
}
