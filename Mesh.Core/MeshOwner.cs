using System.Net;
using Mesh.Core.Control;
using Mesh.Core.Runtime;
using Mesh.Core.Trust;

namespace Mesh.Core;

/// <summary>Asks the process that owns a state folder, over its local socket.</summary>
/// <remarks>
/// Every method gives nothing (null, or false) when no owner listens; the caller then goes on as a guest, or says so.
/// What the owner refuses is thrown as it would be by <see cref="MeshNode"/>. Thread-safe.
/// </remarks>
public sealed class MeshOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Joining dials another machine; the owner itself gives up before this.
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(30);

    private readonly string _stateFolder;
    private readonly TimeProvider _timeProvider;
    private readonly ControlClient _client;

    /// <summary>Asks the owner of a folder.</summary>
    /// <param name="stateFolder">The state folder; need not exist.</param>
    /// <param name="timeProvider">Tells when an owner that does not answer is given up.</param>
    /// <exception cref="MeshException">The path of the local socket would be too long.</exception>
    public MeshOwner(string stateFolder, TimeProvider timeProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stateFolder);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _stateFolder = Path.GetFullPath(stateFolder);
        _client = new ControlClient(NodeStart.ChooseSocketPath(_stateFolder));
    }

    /// <summary>Reads what the owner runs with, or ran with when it last did.</summary>
    /// <returns>Its settings; null when there was none yet, or they are damaged.</returns>
    public OwnerSettings? ReadSettings() => OwnerSettingsFile.Read(_stateFolder);

    /// <summary>What the owner says of itself.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Its status, or null.</returns>
    public async Task<NodeStatus?> StatusAsync(CancellationToken cancellationToken = default) =>
        (await AskAsync(new ControlRequest { Operation = ControlOperation.Status }, cancellationToken)
            .ConfigureAwait(false))?.Status;

    /// <summary>Every peer that the owner knows.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peers, or null.</returns>
    public async Task<IReadOnlyList<PeerStatus>?> PeersAsync(CancellationToken cancellationToken = default) =>
        (await AskAsync(new ControlRequest { Operation = ControlOperation.Peers }, cancellationToken)
            .ConfigureAwait(false))?.Peers;

    /// <summary>Has a peer accepted.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="rights">What it may do.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now, or null.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or it cannot be written.</exception>
    public Task<PeerStatus?> AcceptAsync(
        string peer, Rights rights = Rights.Watch, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            new ControlRequest
            {
                Operation = ControlOperation.Accept,
                Peer = peer,
                Rights = RightsText.Format(rights),
            },
            cancellationToken);

    /// <summary>Has a peer rejected.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now, or null.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or it cannot be written.</exception>
    public Task<PeerStatus?> RejectAsync(string peer, CancellationToken cancellationToken = default) =>
        ChangeAsync(new ControlRequest { Operation = ControlOperation.Reject, Peer = peer }, cancellationToken);

    /// <summary>Has an acceptance taken back.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stands now, or null.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or it cannot be written.</exception>
    public Task<PeerStatus?> BlockAsync(string peer, CancellationToken cancellationToken = default) =>
        ChangeAsync(new ControlRequest { Operation = ControlOperation.Block, Peer = peer }, cancellationToken);

    /// <summary>Has a decision deleted.</summary>
    /// <param name="peer">Its name, its id, or the first characters of the id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The peer as it stood, or null.</returns>
    /// <exception cref="MeshException">No such peer, or more than one; or it cannot be written.</exception>
    public Task<PeerStatus?> ForgetAsync(string peer, CancellationToken cancellationToken = default) =>
        ChangeAsync(new ControlRequest { Operation = ControlOperation.Forget, Peer = peer }, cancellationToken);

    /// <summary>Has an endpoint dialled from now on.</summary>
    /// <param name="endpoint">Address and session port.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether an owner took it.</returns>
    public async Task<bool> AddPeerAsync(IPEndPoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var request = new ControlRequest { Operation = ControlOperation.Add, Endpoint = endpoint.ToString() };
        return await AskAsync(request, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Has an invite made.</summary>
    /// <param name="life">How long it can be used; see <see cref="MeshNode.InviteAsync"/>.</param>
    /// <param name="rights">What the joiner may do.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The code, or null.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The life is too short or too long.</exception>
    /// <exception cref="MeshException">Too many invites are open.</exception>
    public async Task<string?> InviteAsync(
        TimeSpan life, Rights rights = Rights.Watch, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(life, MeshNode.MinInviteLife);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, MeshNode.MaxInviteLife);
        var request = new ControlRequest
        {
            Operation = ControlOperation.Invite,
            TimeToLiveMs = (long)life.TotalMilliseconds,
            Rights = RightsText.Format(rights),
        };
        return (await AskAsync(request, cancellationToken).ConfigureAwait(false))?.Code;
    }

    /// <summary>Has the owner join the node that made a code.</summary>
    /// <param name="code">The code; case and dashes do not matter.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The inviter as it stands now, or null.</returns>
    /// <exception cref="MeshException">The code is mistyped, used, expired, or nobody answered.</exception>
    public Task<PeerStatus?> JoinAsync(string code, CancellationToken cancellationToken = default) =>
        ChangeAsync(new ControlRequest { Operation = ControlOperation.Join, Code = code }, cancellationToken);

    private async Task<PeerStatus?> ChangeAsync(ControlRequest request, CancellationToken cancellationToken) =>
        (await AskAsync(request, cancellationToken).ConfigureAwait(false))?.Peers?[0];

    private async Task<ControlResponse?> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var patience = request.Operation == ControlOperation.Join ? JoinPatience : Patience;
        using var deadline = new CancellationTokenSource(patience, _timeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var response = await _client.AskAsync(request, end.Token).ConfigureAwait(false);
            return response?.Failure is { } failure ? throw new MeshException(failure, response.Message) : response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MeshException(
                MeshFailure.Timeout,
                $"The node that owns {_stateFolder} does not answer on its local socket; is it suspended?");
        }
    }
}
