using System.Net;
using System.Text;
using Mesh.Core.Transport;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A socket of a <see cref="TappedTransport"/>, into which an attacker can put messages.</summary>
/// <param name="owner">Keeps what is received.</param>
/// <param name="inner">Does the work.</param>
/// <param name="options">Its limits, which hold for what is put in too.</param>
internal sealed class TappedSocket(TappedTransport owner, ITransportSocket inner, SocketOptions options)
    : ITransportSocket
{
    private readonly Queue<HeardMessage> _put = new();
    private readonly HashSet<string> _attackers = new(StringComparer.Ordinal);

    public SocketKind Kind => inner.Kind;

    public IPEndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsReadable => !IsDisposed && (_put.Count > 0 || inner.IsReadable);

    public long DroppedMessageCount => inner.DroppedMessageCount;

    /// <summary>Whether the node has closed it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>What the node has sent: to attackers by a router, and all of it by a dealer.</summary>
    public Queue<byte[]> Said { get; } = new();

    /// <summary>Whether attackers take nothing.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Sends a message to the node, as somebody could who is on the way or has a connection.</summary>
    /// <param name="address">Routing id or topic.</param>
    /// <param name="peer">Where it seems to come from.</param>
    /// <param name="payload">What is sent; no longer than the socket takes.</param>
    public void Put(byte[] address, IPAddress? peer, byte[] payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, options.MaxMessageBytes, nameof(payload));
        _put.Enqueue(new HeardMessage(this, address, peer, payload));
    }

    /// <summary>Opens a connection of an attacker: what the node answers there goes to <see cref="Said"/>.</summary>
    /// <param name="routingId">Of nobody else.</param>
    public void Admit(byte[] routingId) => _attackers.Add(Convert.ToHexString(routingId));

    public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        if (_attackers.Contains(Convert.ToHexString(address)))
        {
            if (!IsBlocked)
            {
                Said.Enqueue(payload.ToArray());
            }

            return IsBlocked ? SendOutcome.Again : SendOutcome.Sent;
        }

        if (Kind == SocketKind.Dealer)
        {
            Said.Enqueue(payload.ToArray());
        }

        return inner.TrySend(address, payload);
    }

    public ReceiveOutcome TryReceive(ReceivedMessage into)
    {
        if (_put.TryDequeue(out var put))
        {
            Fill(into, put);
            return ReceiveOutcome.Received;
        }

        var outcome = inner.TryReceive(into);
        if (outcome != ReceiveOutcome.Received)
        {
            return outcome;
        }

        var heard = new HeardMessage(this, into.Address.ToArray(), into.PeerAddress, into.Payload.ToArray());
        owner.Heard.Add(heard);
        if (owner.Change is null)
        {
            return outcome;
        }

        var changed = owner.Change(this, heard.Payload.ToArray());
        if (changed is null)
        {
            return ReceiveOutcome.Dropped;
        }

        Fill(into, heard with { Payload = changed });
        return outcome;
    }

    public void Subscribe(ReadOnlySpan<byte> topic) => inner.Subscribe(topic);

    public void Unsubscribe(ReadOnlySpan<byte> topic) => inner.Unsubscribe(topic);

    public void Vouch(ReadOnlySpan<byte> address, bool isKnown) => inner.Vouch(address, isKnown);

    public void Dispose()
    {
        IsDisposed = true;
        inner.Dispose();
    }

    private static void Fill(ReceivedMessage into, HeardMessage message)
    {
        into.SetAddress(message.Address);
        into.SetPayload(message.Payload);
        into.SetPeer(Encoding.ASCII.GetBytes(message.Peer?.ToString() ?? ""));
    }
}
