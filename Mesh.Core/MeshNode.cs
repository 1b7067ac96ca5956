using System.Net;
using Mesh.Core.Control;
using Mesh.Core.Discovery;
using Mesh.Core.Foreign;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Core;

/// <summary>A node of the mesh: publishes charts of this process and watches those of peers that trust it.</summary>
/// <remarks>
/// <code>
/// StartAsync ─▶ Host, WatchAsync, InviteAsync, … ─▶ DisposeAsync
/// </code>
/// Every member may be called from any thread. Events of <see cref="View"/> are raised on the node's own loop thread.
/// </remarks>
public sealed partial class MeshNode : IAsyncDisposable
{
    private const int MaxContinued = 3;

    private readonly NodeParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _chartNames = [];
    private readonly Lock _chartGate = new();
    private readonly ILogger _logger;
    private readonly long _startedAt;
    private ControlServer? _server;
    private Task _control = Task.CompletedTask;
    private int _continuedCount;
    private bool _isDisposed;

    private MeshNode(NodeParts parts, MeshView view)
    {
        _parts = parts;
        View = view;
        _logger = parts.Platform.LoggerFactory.CreateLogger<MeshNode>();
        _startedAt = parts.Platform.TimeProvider.GetTimestamp();
    }

    /// <summary>This node's id.</summary>
    public NodeId Id => _parts.Local.Identity.Id;

    /// <summary>This node's label.</summary>
    public string Name => _parts.Local.Name;

    /// <summary>Owner or guest.</summary>
    public MeshRole Role => _parts.Options.Role;

    /// <summary>TCP port of sessions; 0 for a guest.</summary>
    public int SessionPort => _parts.Local.SessionPort;

    /// <summary>TCP port of frames; 0 for a guest.</summary>
    public int FramePort => _parts.Local.FramePort;

    /// <summary>The charts of other nodes, as far as they are watched.</summary>
    public MeshView View { get; }

    /// <summary>What it is made of; touched by its loop, or by whoever takes the loop's place.</summary>
    internal NodeParts Parts => _parts;

    /// <summary>Completes when the node has ended; faulted when its loop broke down.</summary>
    public Task Ended => _parts.Loop.Ended;

    /// <summary>Starts a node.</summary>
    /// <param name="options">How it takes part.</param>
    /// <param name="platform">The machine under it.</param>
    /// <param name="cancellationToken">Gives up; what was opened is closed.</param>
    /// <returns>The node, ready: it listens, sends beacons and dials.</returns>
    /// <exception cref="MeshException">The state folder, a key, a port or a library is in the way.</exception>
    public static async Task<MeshNode> StartAsync(
        MeshOptions options, MeshPlatform platform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(platform);
        cancellationToken.ThrowIfCancellationRequested();
        var node = Open(options, platform);
        try
        {
            await node.RunAsync(cancellationToken).ConfigureAwait(false);
            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes a chart of this process from its oldest recorded step on.</summary>
    /// <param name="chart">An instrumented chart, started or not. It may be published at one node at a time.</param>
    /// <param name="name">Its name in addresses; default the chart's own.</param>
    /// <param name="cancellationToken">Gives up waiting; the chart may be published all the same.</param>
    /// <returns>A task that completes when the chart is published.</returns>
    /// <exception cref="MeshException">The name is taken or cannot stand in an address, or this is a guest.</exception>
    public async Task HostAsync(
        IHostedChart chart, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var label = name ?? chart.Name;
        if (!NodeName.IsValid(label))
        {
            throw new MeshException($"'{label}' cannot be the name of a chart in an address.");
        }

        var publish = _parts.Core.Publish ?? throw new MeshException("A guest publishes no charts.");
        lock (_chartGate)
        {
            if (_chartNames.Contains(label))
            {
                throw new MeshException($"This node has a chart '{label}' already.");
            }

            _chartNames.Add(label);
        }

        await _parts.Loop.InvokeAsync(_ => Publish(publish, label, chart), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the publishing of a chart; what it did so far stays to be read.</summary>
    /// <param name="name">Its name in addresses.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was such a chart.</returns>
    public async Task<bool> UnhostAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_chartGate)
        {
            if (!_chartNames.Remove(name))
            {
                return false;
            }
        }

        return await _parts.Loop.InvokeAsync(
            _ =>
            {
                var charts = _parts.Core.Publish!.Charts;
                var chart = charts.Charts.FirstOrDefault(published => published.Spy.Image.Name == name);
                return chart is not null && charts.End(chart.Number, EndReason.Stopped);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Watches the charts that a pattern chooses, in <see cref="View"/>, from now on.</summary>
    /// <param name="pattern">
    /// <c>node/chart</c>; <c>+</c> stands for one segment and <c>...</c> for the rest. Null: everything of every
    /// accepted peer.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The view.</returns>
    /// <exception cref="MeshException">The pattern is none.</exception>
    public async Task<MeshView> WatchAsync(string? pattern = null, CancellationToken cancellationToken = default)
    {
        var chosen = ChartPattern.All;
        if (pattern is not null && !ChartPattern.TryParse(pattern, out chosen))
        {
            throw new MeshException($"'{pattern}' is no pattern; write node/chart, node/... or +/chart.");
        }

        await _parts.Loop.InvokeAsync(
            now =>
            {
                _parts.Core.Watch.Want(chosen, _parts.Core.Hub.Sessions, now);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return View;
    }

    /// <summary>Says goodbye to the peers and closes everything. Charts run on; they are the caller's.</summary>
    /// <returns>A task that completes when all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _control.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _parts.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _joinGate.Dispose();
    }

    /// <summary>Opens a node whose loop does not run: whoever opens it gives its parts their turns.</summary>
    /// <param name="options">How it takes part.</param>
    /// <param name="platform">The machine under it.</param>
    /// <returns>The node.</returns>
    /// <exception cref="MeshException">The state folder, a key, a port or a library is in the way.</exception>
    internal static MeshNode Open(MeshOptions options, MeshPlatform platform)
    {
        var view = new MeshView();
        var node = new MeshNode(new NodeStart(options.Validated(), platform, view).Open(), view);
        node.Connect(node._parts.Loop.Now);
        return node;
    }

    private uint Publish(PublishPart part, string name, IHostedChart chart)
    {
        try
        {
            return part.Charts.Add(name, chart);
        }
        catch (ArgumentException exception)
        {
            lock (_chartGate)
            {
                _ = _chartNames.Remove(name);
            }

            throw new MeshException($"'{name}' cannot be published: {exception.Message}", exception);
        }
    }

    // The start of a node, up to its first turn.
    private void Connect(TimeSpan now)
    {
        _parts.Router.Stale = known => OnStale(known);
        _parts.Router.Joined = OnJoined;
        _parts.Router.Learned = OnLearned;
        DialKnownPeers(now);
        if (_parts.Core.Discovery is { } discovery)
        {
            discovery.Fresh += OnFresh;
            Announce(now);
        }

        foreach (var fault in _parts.Trust.Store.Faults)
        {
            LogFault(fault);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Role == MeshRole.Guest)
        {
            var (owner, peers) = await AskOwnerAsync(cancellationToken).ConfigureAwait(false);
            TakeOver(owner, peers, _parts.Loop.Now);
        }

        _parts.Loop.Start(_parts.Core);
        if (Role == MeshRole.Owner)
        {
            LeaveSettings();
            await ListenForCommandsAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void LeaveSettings()
    {
        var keyFile = _parts.Options.MeshKeyFile;
        var settings = new OwnerSettings
        {
            Name = Name,
            MeshName = _parts.Options.MeshName,
            MeshKeyFile = keyFile is null ? null : Path.GetFullPath(keyFile),
        };
        OwnerSettingsFile.Save(_parts.Folder.FolderPath, settings);
    }

    private void DialKnownPeers(TimeSpan now)
    {
        var hub = _parts.Core.Hub;
        foreach (var peer in _parts.Trust.Store.Accepted)
        {
            hub.Remember(peer.Id, peer.Incarnation);
            hub.AddPeer(peer.Id, peer.Endpoints, now);
            foreach (var endpoint in peer.Endpoints)
            {
                hub.Prove(endpoint.Address, now);
            }
        }

        foreach (var endpoint in _parts.Options.Peers)
        {
            hub.AddStatic(endpoint, now);
        }
    }

    private void Announce(TimeSpan now)
    {
        if (Role == MeshRole.Guest || _parts.Core is not { Discovery: { } discovery, Beacons: { } beacons })
        {
            return;
        }

        discovery.Announce(
            new BeaconContent
            {
                Incarnation = _parts.Local.Incarnation,
                Sequence = 0,
                SessionPort = _parts.Local.SessionPort,
                FramePort = _parts.Local.FramePort,
                PrivatePort = (ushort)beacons.PrivatePort,
            },
            now);
    }

    // A beacon is a hint: accepted peers are dialled where it came from, strangers only if they would be let in.
    private void OnFresh(SeenNode node)
    {
        var now = _parts.Loop.Now;
        var isStranger = _parts.Trust.Store.Find(node.Id) is null or { State: Trust.TrustState.Pending };
        foreach (var endpoint in node.Endpoints)
        {
            _parts.Core.Hub.Evidence(node.Id, endpoint, node.Incarnation, now);
            if (isStranger && Role == MeshRole.Owner && _parts.Trust.Store.AcceptsStrangers(now))
            {
                _parts.Core.Hub.AddStranger(endpoint, now);
                break;
            }
        }
    }

    private async Task ListenForCommandsAsync(CancellationToken cancellationToken)
    {
        LocalSocketPath.PrepareFolder(_parts.SocketPath);
        var platform = _parts.Platform;
        _server = new ControlServer(
            _parts.SocketPath,
            AnswerAsync,
            platform.TimeProvider,
            platform.LoggerFactory.CreateLogger<ControlServer>());
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _control = _server.RunAsync(listening, _stop.Token);
        await listening.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Who dialled this node can be dialled at the port that it says it listens on, once it is gone.
    private void OnLearned(Session session)
    {
        var endpoint = session.Endpoint is not { } at || session.SessionPort == 0
            ? null
            : session.IsDialled ? at : new IPEndPoint(at.Address, session.SessionPort);
        _parts.Trust.Learn(session.Peer.Id, session.Name, endpoint, session.Peer.Incarnation);
        if (endpoint is not null)
        {
            _parts.Core.Hub.Evidence(session.Peer.Id, endpoint, session.Peer.Incarnation, _parts.Loop.Now);
        }
    }

    private void OnStale(ulong known)
    {
        var ruling = Incarnation.Judge(_parts.Local.Incarnation, known, out var next);
        if (ruling == StaleRuling.Ignore)
        {
            return;
        }

        // Two running copies of one state folder would overtake each other for ever.
        if (ruling == StaleRuling.AskPerson || ++_continuedCount > MaxContinued)
        {
            LogCloned(known);
            return;
        }

        try
        {
            new IncarnationStore(_parts.Folder.IncarnationPath, _parts.Platform.TimeProvider).Advance(next);
        }
        catch (MeshException exception)
        {
            LogFault(exception.Message);
            return;
        }

        LogContinued(known, next);
        _parts.Core.Hub.Continue(next, _parts.Loop.Now);
        _parts.Core.Publish?.Restart(next);
        Announce(_parts.Loop.Now);
    }

    [LoggerMessage(1920, LogLevel.Warning, "{Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(1921, LogLevel.Warning, "A peer knows incarnation {Known} of this node; going on as {Next}")]
    private partial void LogContinued(ulong known, ulong next);

    [LoggerMessage(1922, LogLevel.Error,
        "A peer knows incarnation {Known} of this node, too far ahead: does a copy of the state folder run?")]
    private partial void LogCloned(ulong known);
}
