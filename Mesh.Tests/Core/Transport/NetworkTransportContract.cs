using System.Net;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

/// <summary>What every provider on a real network does when the other end keeps no rules.</summary>
public abstract class NetworkTransportContract : TransportContract
{
    private static readonly SocketOptions Small = new() { MaxMessageBytes = 64 };

    private static IEnumerable<TestCaseData<byte[]>> HostileBytes()
    {
        var noise = new byte[5000];
        new Random(4).NextBytes(noise);
        yield return Named("a web request", "GET / HTTP/1.1\r\nHost: mesh\r\n\r\n"u8.ToArray());
        yield return Named("seeded noise", noise);
        yield return Named("noise after a greeting", [.. RawPeer.Greeting, .. noise]);
        yield return Named("a ZMTP 1 greeting", [1, 0, 0, 5, 1, 2, 3, 4]);
        yield return Named("another mechanism", [.. RawPeer.Greeting[..12], .. "HELLO"u8, .. RawPeer.Greeting[17..]]);
        yield return Named("a negative length", [.. RawPeer.Greeting, .. RawPeer.Ready([255, 255, 255, 255])]);
        yield return Named("no identity", [.. RawPeer.Greeting, .. RawPeer.ReadyWithoutIdentity("DEALER")]);
        yield return Named("no socket type", [.. RawPeer.Greeting, 4, 6, 5, .. "READY"u8]);
        yield return Named("an empty command", [.. RawPeer.Greeting, .. RawPeer.Ready("DEALER"), 4, 0]);
        yield return Named(
            "a frame of two billion bytes",
            [.. RawPeer.Greeting, .. RawPeer.Ready("DEALER"), .. RawPeer.PromiseFrame(2_000_000_000), .. noise]);
        yield return Named(
            "a frame of negative length",
            [.. RawPeer.Greeting, .. RawPeer.Ready("SUB"), .. RawPeer.PromiseFrame(-1), .. noise]);
    }

    /// <summary>
    /// Ends of the names of tests whose bytes end a process with this provider, before anybody can help it;
    /// docs/security.md says so. Those tests are skipped.
    /// </summary>
    protected virtual IReadOnlyList<string> FatalBytes => [];

    /// <summary>Whether a connection that never greets is closed in time.</summary>
    protected virtual bool LimitsGreetings => true;

    [TestCaseSource(nameof(HostileBytes))]
    public void Router_KeepsServing_WhenAStrangerSends(byte[] bytes)
    {
        SkipIfFatal();
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router);

        using var stranger = RawPeer.Dial(router.LocalEndPoint!.Port);
        stranger.Send(bytes);
        var dealer = Connect(client, router);
        client.Send(dealer, [], [1, 2, 3]);

        Assert.That(server.Receive(router).Payload.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [TestCaseSource(nameof(HostileBytes))]
    public void Publisher_KeepsServing_WhenAStrangerSends(byte[] bytes)
    {
        SkipIfFatal();
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher, Small);

        using var stranger = RawPeer.Dial(publisher.LocalEndPoint!.Port);
        stranger.Send(bytes);
        var subscriber = Connect(client, publisher);
        subscriber.Subscribe([7]);

        // A peer that speaks ZMTP 1 subscribes to everything by being there, which is seen as one more subscription.
        byte[] wanted = [1, 7];
        server.PollUntil(
            () => server.Receive(publisher).Payload.SequenceEqual(wanted), "the subscription is seen");
    }

    [TestCaseSource(nameof(HostileBytes))]
    public void Dealer_StaysQuiet_WhenItMeetsAStranger(byte[] bytes)
    {
        SkipIfFatal();
        var client = Open();
        using var listener = RawPeer.Listen();
        var dealer = client.Connect(SocketKind.Dealer, (IPEndPoint)listener.LocalEndPoint!, Small);

        using var stranger = RawPeer.Accept(listener);
        stranger.Send(bytes);

        client.ExpectSilence(dealer);
    }

    [Test]
    public void Router_ClosesAConnection_ThatNeverGreets()
    {
        Assume.That(LimitsGreetings, "the provider limits greetings");
        var server = Open();
        var options = new SocketOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(150) };
        var router = Bind(server, SocketKind.Router, options);

        using var stranger = RawPeer.Dial(router.LocalEndPoint!.Port);

        Assert.That(stranger.ReadToEnd, Throws.Nothing);
    }

    [Test]
    public void Router_ClosesAConnection_ThatPromisesTooMuch()
    {
        var router = Bind(Open(), SocketKind.Router, Small);
        using var stranger = RawPeer.Dial(router.LocalEndPoint!.Port).Greet("DEALER");

        stranger.Send(RawPeer.PromiseFrame(65));

        Assert.That(stranger.ReadToEnd, Throws.Nothing);
    }

    [Test]
    public void Router_DropsMessages_OfMoreThanOnePart()
    {
        var server = Open();
        var router = Bind(server, SocketKind.Router);
        using var peer = RawPeer.Dial(router.LocalEndPoint!.Port).Greet("DEALER");

        peer.SendParts(2, [1]);
        peer.SendParts(1000, [2]);
        peer.SendParts(1, [3]);

        var (message, dropped) = ReceiveCountingDrops(server, router);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 3 }));
            Assert.That(router.DroppedMessageCount, Is.EqualTo(2));
            Assert.That(dropped, Is.InRange(10, 100), "draining is spread over many receives, and bounded");
        }
    }

    [Test]
    public void Dealer_DropsMessages_OfMoreThanOnePart()
    {
        var client = Open();
        using var listener = RawPeer.Listen();
        var dealer = client.Connect(SocketKind.Dealer, (IPEndPoint)listener.LocalEndPoint!, Small);
        using var peer = RawPeer.Accept(listener).Greet("ROUTER");

        peer.SendParts(3, [1]);
        peer.SendParts(1, [2]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(dealer).Payload.ToArray(), Is.EqualTo(new byte[] { 2 }));
            Assert.That(dealer.DroppedMessageCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void Subscriber_DropsMessages_ThatAreNotTopicAndPayload()
    {
        var client = Open();
        using var listener = RawPeer.Listen();
        var subscriber = client.Connect(SocketKind.Subscriber, (IPEndPoint)listener.LocalEndPoint!, Small);
        subscriber.Subscribe([7]);
        using var peer = RawPeer.Accept(listener).Greet("PUB");

        peer.SendParts(1, [7]);
        peer.SendParts(3, [7, 1]);
        peer.SendParts(2, [8, 2]);
        peer.SendParts(2, [7, 3]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(subscriber).Payload.ToArray(), Is.EqualTo(new byte[] { 7, 3 }));
            Assert.That(subscriber.DroppedMessageCount, Is.EqualTo(2), "what was not asked for does not count");
        }
    }

    [Test]
    public void Publisher_DropsMessages_ThatAreNoSubscriptions()
    {
        var server = Open();
        var publisher = Bind(server, SocketKind.Publisher);
        using var peer = RawPeer.Dial(publisher.LocalEndPoint!.Port).Greet("SUB");

        peer.SendParts(1, [9, 9]);
        peer.SendParts(1, []);
        peer.SendParts(1, [1, 7]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Receive(publisher).Payload.ToArray(), Is.EqualTo(new byte[] { 1, 7 }));
            Assert.That(publisher.DroppedMessageCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void Router_IsNotFooled_WhenAPeerNamesItself()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, routingId) = Meet(server, client);

        // The impostor claims the routing id of a connection that stands; messages for it still reach the true one.
        byte[] identity = [8, .. "Identity"u8, 0, 0, 0, (byte)routingId.Length, .. routingId];
        byte[] body = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8, .. identity];
        using var impostor = RawPeer.Dial(router.LocalEndPoint!.Port);
        impostor.Send([.. RawPeer.Greeting, 4, (byte)body.Length, .. body]);
        impostor.SendParts(1, [66]);
        _ = server.Poll(TransportWaits.MustNotHappen);

        server.Send(router, routingId, [1]);
        Assert.That(client.Receive(dealer).Payload.ToArray(), Is.EqualTo(new byte[] { 1 }));
    }

    private void SkipIfFatal()
    {
        var name = TestContext.CurrentContext.Test.Name;
        if (FatalBytes.Any(fatal => name.EndsWith(fatal, StringComparison.Ordinal)))
        {
            Assert.Ignore("these bytes end the process with this provider: docs/security.md");
        }
    }

    private static (ReceivedMessage Message, int Dropped) ReceiveCountingDrops(
        ITransport transport, ITransportSocket socket)
    {
        var message = new ReceivedMessage();
        var dropped = 0;
        transport.PollUntil(
            () =>
            {
                var outcome = socket.TryReceive(message);
                dropped += outcome == ReceiveOutcome.Dropped ? 1 : 0;
                return outcome == ReceiveOutcome.Received;
            },
            "the good message arrives");
        return (message, dropped);
    }

    private static TestCaseData<byte[]> Named(string name, byte[] bytes) => new(bytes) { TestName = $"{{m}}({name})" };
}
