using System.Net;
using Mesh.Core.Transport;

namespace Mesh.Bench.Pipeline;

/// <summary>A publisher socket that loses a share of what it is given.</summary>
internal sealed class LossySocket(ITransportSocket inner, Random losses, double share) : ITransportSocket
{
    public SocketKind Kind => inner.Kind;

    public IPEndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsReadable => inner.IsReadable;

    public long DroppedMessageCount => inner.DroppedMessageCount;

    public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload) =>
        losses.NextDouble() < share ? SendOutcome.Sent : inner.TrySend(address, payload);

    public ReceiveOutcome TryReceive(ReceivedMessage into) => inner.TryReceive(into);

    public void Subscribe(ReadOnlySpan<byte> topic) => inner.Subscribe(topic);

    public void Unsubscribe(ReadOnlySpan<byte> topic) => inner.Unsubscribe(topic);

    public void Vouch(ReadOnlySpan<byte> address, bool isKnown) => inner.Vouch(address, isKnown);

    public void Dispose() => inner.Dispose();
}
