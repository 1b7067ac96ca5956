using System.Net;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;

namespace Mesh.Core.Runtime;

/// <summary>Makes the links of sessions from sockets, and carries what arrives on them to the hub.</summary>
/// <param name="transport">Where sockets come from; not owned.</param>
internal sealed class SocketLinks(ITransport transport) : ISessionLinks, IDisposable
{
    /// <summary>
    /// Messages taken from one socket in one turn of the loop: what is published waits no longer than they take.
    /// </summary>
    public const int MaxMessagesPerTurn = 64;

    /// <summary>Limits of every session socket.</summary>
    public static readonly SocketOptions SessionSocket = new()
    {
        MaxMessageBytes = Wire.WireLimits.MaxSessionMessageBytes + 1024,
        SendHighWaterMark = 1_000,
        ReceiveHighWaterMark = 1_000,
    };

    private readonly List<DialledLink> _dialled = [];
    private readonly ReceivedMessage _message = new();

    /// <summary>The listening socket, or null for a guest; not owned.</summary>
    public ITransportSocket? Router { get; set; }

    /// <inheritdoc/>
    public ISessionLink? Open(IPEndPoint endpoint)
    {
        // Where peers say they are is untrusted, and nobody listens at port 0.
        if (endpoint.Port == 0)
        {
            return null;
        }

        try
        {
            var link = new DialledLink(transport.Connect(SocketKind.Dealer, endpoint, SessionSocket), endpoint);
            _dialled.Add(link);
            return link;
        }
        catch (TransportException)
        {
            // The machine is out of descriptors; the dialler's back-off tries again.
            return null;
        }
    }

    /// <inheritdoc/>
    public ISessionLink Answer(ReadOnlySpan<byte> routingId) =>
        new AnsweringLink(
            Router ?? throw new InvalidOperationException("A node without a listener has nothing to answer."),
            routingId.ToArray());

    /// <summary>Gives the hub what has arrived.</summary>
    /// <param name="hub">Takes the messages.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when a socket may hold more.</returns>
    public bool Receive(SessionHub hub, TimeSpan now)
    {
        var hasMore = ReceiveRouted(hub, now);

        // Taking a message may open or close links.
        for (var index = 0; index < _dialled.Count; index++)
        {
            var link = _dialled[index];
            hasMore |= !link.IsClosed && ReceiveDialled(hub, link, now);
        }

        return hasMore;
    }

    /// <summary>Disposes links that sessions have given up; those let a last word out before they close.</summary>
    public void Sweep()
    {
        for (var index = _dialled.Count - 1; index >= 0; index--)
        {
            if (_dialled[index].IsClosed)
            {
                _dialled[index].Dispose();
                _dialled.RemoveAt(index);
            }
        }
    }

    /// <summary>Closes every dialled socket.</summary>
    public void Dispose()
    {
        foreach (var link in _dialled)
        {
            link.Dispose();
        }

        _dialled.Clear();
    }

    private bool ReceiveRouted(SessionHub hub, TimeSpan now)
    {
        if (Router is not { IsReadable: true } router)
        {
            return false;
        }

        for (var count = 0; count < MaxMessagesPerTurn; count++)
        {
            switch (router.TryReceive(_message))
            {
                case ReceiveOutcome.None:
                    return false;
                case ReceiveOutcome.Received:
                    hub.ReceiveRouted(_message.Address, _message.PeerAddress, _message.Payload, now);
                    break;
            }
        }

        return true;
    }

    private bool ReceiveDialled(SessionHub hub, DialledLink link, TimeSpan now)
    {
        if (!link.Socket.IsReadable)
        {
            return false;
        }

        for (var count = 0; count < MaxMessagesPerTurn && !link.IsClosed; count++)
        {
            switch (link.Socket.TryReceive(_message))
            {
                case ReceiveOutcome.None:
                    return false;
                case ReceiveOutcome.Received:
                    hub.ReceiveDialled(link, _message.Payload, now);
                    break;
            }
        }

        return true;
    }
}
