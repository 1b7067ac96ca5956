using System.Net;
using Mesh.Core.Transport;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A transport that keeps what its node receives and whom it dials. Owns the one that it wraps.</summary>
/// <param name="inner">Does the work.</param>
/// <param name="now">The time.</param>
internal sealed class TappedTransport(ITransport inner, Func<TimeSpan> now) : ITransport
{
    private readonly List<TappedSocket> _sockets = [];

    /// <summary>Every connection that was dialled, and when.</summary>
    public List<(TimeSpan At, SocketKind Kind, IPEndPoint Remote)> Dials { get; } = [];

    /// <summary>Every message that was received, as it came.</summary>
    public List<HeardMessage> Heard { get; } = [];

    /// <summary>Changes each message before the node sees it; gives null to swallow it.</summary>
    public Func<TappedSocket, byte[], byte[]?>? Change { get; set; }

    public string Description => inner.Description;

    public ConnectionCounters Connections => inner.Connections;

    /// <summary>The sockets of a kind that are open, the newest last.</summary>
    public IReadOnlyList<TappedSocket> Open(SocketKind kind) =>
        [.. _sockets.Where(socket => socket.Kind == kind && !socket.IsDisposed)];

    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        var result = inner.TryBind(kind, local, options, out socket);
        socket = socket is null ? null : Tap(socket, options);
        return result;
    }

    public ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options)
    {
        Dials.Add((now(), kind, remote));
        return Tap(inner.Connect(kind, remote, options), options);
    }

    public TimeSpan Tend(TimeSpan at) => inner.Tend(at);

    public bool Poll(TimeSpan timeout) => inner.Poll(timeout) | _sockets.Exists(socket => socket.IsReadable);

    public void Wake() => inner.Wake();

    public void Dispose() => inner.Dispose();

    private TappedSocket Tap(ITransportSocket socket, SocketOptions options)
    {
        _sockets.Add(new TappedSocket(this, socket, options));
        return _sockets[^1];
    }
}
