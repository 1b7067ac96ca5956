using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Foreign;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Records;
using Microsoft.Extensions.Logging;

namespace Mesh.Core.Runtime;

/// <summary>Puts a node together: identity, ports, sessions, log, beacons; closes all of it when it fails.</summary>
/// <param name="options">Checked options.</param>
/// <param name="platform">The machine.</param>
/// <param name="view">Where what is watched goes.</param>
internal sealed class NodeStart(MeshOptions options, MeshPlatform platform, MeshView view)
{
    /// <summary>Port pairs tried after the first when no port was asked for.</summary>
    public const int MaxPortTries = 64;

    private readonly Stack<IDisposable> _opened = new();
    private readonly ILogger _logger = platform.LoggerFactory.CreateLogger("Mesh");

    private bool IsOwner => options.Role == MeshRole.Owner;

    /// <summary>Opens everything; the loop does not run yet.</summary>
    /// <returns>The parts, owned by the caller.</returns>
    /// <exception cref="MeshException">The folder, a key, a port or a library is in the way.</exception>
    public NodeParts Open()
    {
        try
        {
            return OpenParts();
        }
        catch (TransportException exception)
        {
            CloseOpened();
            throw new MeshException(MeshFailure.Address, exception.Message, exception);
        }
        catch
        {
            CloseOpened();
            throw;
        }
    }

    private NodeParts OpenParts()
    {
        var primitives = platform.MakePrimitives();
        var folder = StateFolder.Open(options.StateFolder);
        var ownerLock = IsOwner ? Opened(folder.LockOwner()) : null;
        var identity = Opened(folder.LoadIdentity(primitives));
        var mesh = new NodeMesh(primitives, options, folder.FolderPath);
        var key = Opened(mesh.Load());
        var transport = Opened(platform.MakeTransport());
        var loop = new NodeLoop(transport, platform.TimeProvider, _logger);
        var local = MakeLocal(primitives, folder, identity, key);
        var trust = Opened(OpenTrust(identity, primitives, folder, loop));
        var watch = new WatchPart(transport, primitives, view, options.StartAt);
        var router = new SessionRouter(watch, () => loop.Now, _logger);
        var links = new SocketLinks(transport);
        if (IsOwner)
        {
            Publish(primitives, transport, local, links, router);
        }

        var random = platform.MakeRandom(primitives);
        var hub = new SessionHub(new SessionHubSetup
        {
            Local = local,
            Primitives = primitives,
            Links = links,
            Trust = trust,
            Events = router,
            Random = random,
            Heads = router,
        });
        var discovery = options.Beacons ? MakeDiscovery(local, primitives, random, trust, hub) : null;
        var beacons = discovery is null
            ? null
            : Opened(new BeaconPart(discovery, platform.Datagrams, options, transport.Wake)
            {
                AcceptsStrangers = trust.AcceptsStrangers,
            });
        return new NodeParts
        {
            Options = options,
            Platform = platform,
            Folder = folder,
            OwnerLock = ownerLock,
            Primitives = primitives,
            Local = local,
            Mesh = mesh,
            Trust = trust,
            Transport = transport,
            Core = new NodeCore(links, router, hub) { Transport = transport, Beacons = beacons, Discovery = discovery },
            Router = router,
            Loop = loop,
            SocketPath = ChooseSocketPath(folder.FolderPath),
        };
    }

    /// <summary>Where the owner of a state folder listens for commands of the same user.</summary>
    /// <param name="stateFolder">Full path of the folder.</param>
    /// <returns>A path short enough for a Unix domain socket.</returns>
    public static string ChooseSocketPath(string stateFolder) => LocalSocketPath.Choose(
        stateFolder,
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"),
        Path.GetTempPath(),
        Environment.UserName);

    private LocalNode MakeLocal(
        IPrimitives primitives, StateFolder folder, NodeIdentity identity, MeshKey key) => new()
        {
            Identity = identity,
            Instance = InstanceId.Create(primitives),
            Kind = IsOwner ? InstanceKind.Owner : InstanceKind.Guest,
            Incarnation = IsOwner ? new IncarnationStore(folder.IncarnationPath, platform.TimeProvider).Next() : 0,
            Name = options.Name,
            Key = key,
        };

    private static NodeDiscovery MakeDiscovery(
        LocalNode local, IPrimitives primitives, Random random, NodeTrust trust, SessionHub hub) =>
        new(local.Identity, local.Key, primitives, random)
        {
            IsAccepted = id => trust.StandingOf(id).Standing == TrustState.Accepted,
            IsFriend = hub.IsFriend,
            ProvenIncarnation = hub.ProvenIncarnation,
        };

    private NodeTrust OpenTrust(NodeIdentity identity, IPrimitives primitives, StateFolder folder, NodeLoop loop)
    {
        var store = new TrustStore(identity.Id, new TrustFolder(folder.FolderPath), platform.TimeProvider)
        {
            Mode = IsOwner ? options.Accept : AcceptMode.Never,
            StartedAt = loop.Now,
        };
        return new NodeTrust(store, new InviteStore(primitives), _logger) { MayWrite = IsOwner };
    }

    private void Publish(
        IPrimitives primitives, ITransport transport, LocalNode local, SocketLinks links, SessionRouter router)
    {
        var (sessions, frames) = BindPorts(transport);
        links.Router = sessions;
        local.SessionPort = (ushort)sessions.LocalEndPoint!.Port;
        local.FramePort = (ushort)frames.LocalEndPoint!.Port;
        var log = new NodeLogSetup
        {
            Primitives = primitives,
            Identity = local.Identity,
            Incarnation = local.Incarnation,
            Scale = new TimestampScale(platform.TimeProvider.TimestampFrequency),
            Epochs = platform.Epochs,
        };
        router.Publish = Opened(new PublishPart(transport, frames, log, platform.TimeProvider));
    }

    private (ITransportSocket Sessions, ITransportSocket Frames) BindPorts(ITransport transport)
    {
        var first = options.Port ?? MeshOptions.DefaultPort;
        var tries = options.Port is null ? MaxPortTries : 1;
        for (var port = first; port < first + (2 * tries); port += 2)
        {
            if (TryBindPair(transport, port) is { } pair)
            {
                return pair;
            }
        }

        throw new MeshException(
            MeshFailure.Address,
            options.Port is null
                ? $"No free pair of TCP ports from {first} to {first + (2 * MaxPortTries) - 1}; name one with --port."
                : $"TCP port {first} or {first + 1} is taken; choose another pair, or leave --port out.");
    }

    private static (ITransportSocket Sessions, ITransportSocket Frames)? TryBindPair(ITransport transport, int port)
    {
        var bound = transport.TryBind(
            SocketKind.Router, new IPEndPoint(IPAddress.IPv6Any, port), SocketLinks.SessionSocket, out var sessions);
        if (bound != BindResult.Bound)
        {
            return null;
        }

        if (PublishPart.TryBind(transport, new IPEndPoint(IPAddress.IPv6Any, port + 1), out var frames)
            == BindResult.Bound)
        {
            return (sessions!, frames!);
        }

        sessions!.Dispose();
        return null;
    }

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Push(opened);
        return opened;
    }

    private void CloseOpened()
    {
        while (_opened.TryPop(out var opened))
        {
            opened.Dispose();
        }
    }
}
