using System.Net;
using System.Text;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

/// <summary>What every provider of the transport seam does; one fixture per provider derives from it.</summary>
public abstract partial class TransportContract
{
    private static readonly SocketOptions Defaults = new();
    private static readonly byte[] Topic = "0123456789abcdef"u8.ToArray();

    private readonly List<ITransport> _opened = [];

    [TearDown]
    public void DisposeTransports() => _opened.ForEach(transport => transport.Dispose());

    /// <summary>Makes a transport; all of one test are on the same machine.</summary>
    protected abstract ITransport Create();

    /// <summary>Whether a router's message tells the address that it came from.</summary>
    protected virtual bool TellsPeerAddresses => true;

    /// <summary>Bytes that a message may cost on the loop's thread, beyond its own length.</summary>
    protected virtual int AllocatedBytesPerMessage => 0;

    private protected ITransport Open()
    {
        var transport = Create();
        _opened.Add(transport);
        return transport;
    }

    private protected static ITransportSocket Bind(
        ITransport transport, SocketKind kind, SocketOptions? options = null, IPAddress? address = null)
    {
        var local = new IPEndPoint(address ?? IPAddress.Loopback, 0);
        var result = transport.TryBind(kind, local, options ?? Defaults, out var socket);
        Assert.That(result, Is.EqualTo(BindResult.Bound));
        return socket!;
    }

    private protected static ITransportSocket Connect(
        ITransport transport, ITransportSocket to, SocketOptions? options = null)
    {
        var kind = to.Kind == SocketKind.Router ? SocketKind.Dealer : SocketKind.Subscriber;
        return transport.Connect(kind, new IPEndPoint(IPAddress.Loopback, to.LocalEndPoint!.Port), options ?? Defaults);
    }

    /// <summary>A router and a dealer that have met; the routing id is the dealer's.</summary>
    private protected static (ITransportSocket Router, ITransportSocket Dealer, byte[] RoutingId) Meet(
        ITransport server, ITransport client, SocketOptions? options = null)
    {
        var router = Bind(server, SocketKind.Router, options);
        var dealer = Connect(client, router, options);
        client.Send(dealer, [], [1]);
        return (router, dealer, server.Receive(router).Address.ToArray());
    }

    /// <summary>A publisher and a subscriber of <see cref="Topic"/> that have met.</summary>
    private protected static (ITransportSocket Publisher, ITransportSocket Subscriber) MeetOnTopic(
        ITransport server, ITransport client, SocketOptions? options = null)
    {
        var publisher = Bind(server, SocketKind.Publisher, options);
        var subscriber = Connect(client, publisher, options);
        subscriber.Subscribe(Topic);
        _ = server.Receive(publisher);
        return (publisher, subscriber);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Joined(byte first, byte[] rest) => [first, .. rest];
}
