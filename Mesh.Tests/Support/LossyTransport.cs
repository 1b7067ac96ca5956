using System.Net;
using Mesh.Core.Transport;

namespace Mesh.Tests.Support;

/// <summary>
/// A transport whose publishers lose a share of what they publish, drawn from a seeded source; everything else passes.
/// Owns the transport that it wraps.
/// </summary>
public sealed class LossyTransport(ITransport inner, Random random, double share) : ITransport
{
    /// <summary>Published messages lost so far.</summary>
    public long LostCount { get; private set; }

    /// <summary>Published messages passed on so far.</summary>
    public long PassedCount { get; private set; }

    public string Description => $"{inner.Description}, losing {share:P0} of what is published";

    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        var result = inner.TryBind(kind, local, options, out socket);
        if (socket is not null && kind == SocketKind.Publisher)
        {
            socket = new LossyPublisher(this, socket);
        }

        return result;
    }

    public ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options) =>
        inner.Connect(kind, remote, options);

    public ConnectionCounters Connections => inner.Connections;

    public TimeSpan Tend(TimeSpan now) => inner.Tend(now);

    public bool Poll(TimeSpan timeout) => inner.Poll(timeout);

    public void Wake() => inner.Wake();

    public void Dispose() => inner.Dispose();

    private bool Loses()
    {
        var isLost = random.NextDouble() < share;
        LostCount += isLost ? 1 : 0;
        PassedCount += isLost ? 0 : 1;
        return isLost;
    }

    private sealed class LossyPublisher(LossyTransport owner, ITransportSocket inner) : ITransportSocket
    {
        public SocketKind Kind => inner.Kind;

        public IPEndPoint? LocalEndPoint => inner.LocalEndPoint;

        public bool IsReadable => inner.IsReadable;

        public long DroppedMessageCount => inner.DroppedMessageCount;

        public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload) =>
            owner.Loses() ? SendOutcome.Sent : inner.TrySend(address, payload);

        public ReceiveOutcome TryReceive(ReceivedMessage into) => inner.TryReceive(into);

        public void Subscribe(ReadOnlySpan<byte> topic) => inner.Subscribe(topic);

        public void Unsubscribe(ReadOnlySpan<byte> topic) => inner.Unsubscribe(topic);

        public void Vouch(ReadOnlySpan<byte> address, bool isKnown) => inner.Vouch(address, isKnown);

        public void Dispose() => inner.Dispose();
    }
}
