using Mesh.Core.Foreign;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Runtime;

/// <summary>Reads the logs of those peers whose charts are watched, into the view.</summary>
/// <param name="transport">Where sockets come from; not owned.</param>
/// <param name="primitives">Opens frames.</param>
/// <param name="view">Where everything goes.</param>
/// <param name="start">Where reading begins at a peer that is read for the first time.</param>
internal sealed class WatchPart(ITransport transport, IPrimitives primitives, MeshView view, StartMode start)
    : IDisposable
{
    private readonly Dictionary<NodeId, PeerReader> _readers = [];

    // The readers take turns: a peer that is read costs no room of its own.
    private readonly FrameRoom _room = new();
    private readonly List<ChartPattern> _wanted = [];

    /// <summary>Where everything goes.</summary>
    public MeshView View => view;

    /// <summary>The readers, one a peer.</summary>
    public IReadOnlyCollection<PeerReader> Readers => _readers.Values;

    /// <summary>When the part wants a turn at the latest.</summary>
    public TimeSpan NextDeadline
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var reader in _readers.Values)
            {
                next = reader.NextDeadline < next ? reader.NextDeadline : next;
            }

            return next;
        }
    }

    /// <summary>Also reads the nodes that have charts of a pattern; those that are read already go on.</summary>
    /// <param name="pattern">Which charts.</param>
    /// <param name="sessions">The sessions that are open.</param>
    /// <param name="now">Monotonic.</param>
    public void Want(ChartPattern pattern, IReadOnlyCollection<Session> sessions, TimeSpan now)
    {
        _wanted.Add(pattern);
        foreach (var session in sessions.ToArray())
        {
            Open(session, now);
        }
    }

    /// <summary>Takes a session that has just opened, if its peer is watched.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">Monotonic.</param>
    public void Open(Session session, TimeSpan now)
    {
        if (session.Peer.Kind != InstanceKind.Owner
            || session.FramePort == 0
            || session.Endpoint?.Address is not { } address
            || !_wanted.Exists(pattern => pattern.MatchesNode(session.Name)))
        {
            return;
        }

        if (!_readers.TryGetValue(session.Peer.Id, out var reader))
        {
            reader = new PeerReader(transport, MakeClient(session));
            _readers.Add(session.Peer.Id, reader);
        }

        if (reader.Session != session)
        {
            reader.Attach(session, address, now);
        }
    }

    /// <summary>Takes the end of a session.</summary>
    /// <param name="session">The session that is over.</param>
    public void Close(Session session)
    {
        if (_readers.TryGetValue(session.Peer.Id, out var reader))
        {
            reader.Detach(session);
        }
    }

    /// <summary>Takes what this node may do at a peer now.</summary>
    /// <param name="session">The session with the peer.</param>
    /// <param name="now">Monotonic.</param>
    public void ApplyRights(Session session, TimeSpan now)
    {
        if (_readers.TryGetValue(session.Peer.Id, out var reader) && reader.Session == session)
        {
            reader.ApplyRights(now);
        }
    }

    /// <summary>Takes a message of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="message">Its plaintext, untrusted.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when it is not for a reader.</returns>
    public bool Handle(Session session, SessionMessageType type, ReadOnlySpan<byte> message, TimeSpan now) =>
        _readers.TryGetValue(session.Peer.Id, out var reader)
        && reader.Session == session
        && reader.Handle(type, message, now);

    /// <summary>Gives every reader its turn.</summary>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when more frames may be waiting.</returns>
    public bool Turn(TimeSpan now)
    {
        var hasMore = false;
        foreach (var reader in _readers.Values)
        {
            hasMore |= reader.Turn(now);
        }

        return hasMore;
    }

    /// <summary>Closes sockets and lets keys go.</summary>
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Dispose();
        }
    }

    private LogClient MakeClient(Session session)
    {
        Span<byte> id = stackalloc byte[NodeId.SizeBytes];
        session.Peer.Id.Write(id);
        return new LogClient(new LogClientSetup
        {
            Primitives = primitives,
            Peer = session.Peer.Id,
            Opener = new FrameOpener(primitives, session.Peer.SigningPublicKey.Span, id),
            Sink = view.AddPeer(session.Peer.Id, session.Name),
            Room = _room,
            Start = start,
        });
    }
}
