using System.Net;
using Mesh.Core.Transport;
using Mesh.Core.Transport.LibZmq;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.LibZmq;

/// <summary>The guard under a clock that the test moves.</summary>
[Category("Socket"), Platform("Linux")]
public sealed class ConnectionGuardTests
{
    private TimeSpan _now;

    [Test]
    public void Tend_EndsAStranger_WhomNobodyVouchesForInTime()
    {
        using var transport = new LibZmqTransport();
        using var client = new LibZmqTransport();
        _ = transport.TryBind(
            SocketKind.Router, new IPEndPoint(IPAddress.Loopback, 0), new SocketOptions(), out var router);
        var friend = client.Connect(SocketKind.Dealer, router!.LocalEndPoint!, new SocketOptions());
        client.Send(friend, [], [1]);
        var message = new ReceivedMessage();
        PollUntil(transport, () => router.TryReceive(message) == ReceiveOutcome.Received);
        router.Vouch(message.Address, isKnown: true);
        using var stranger = RawPeer.Dial(router.LocalEndPoint!.Port).Greet("DEALER");
        PollUntil(transport, () => transport.Connections.Accepted == 2);

        _now += ConnectionLimits.MaxStrangerAge;
        PollUntil(transport, () => transport.Connections.Idle == 1);
        _now += ConnectionLimits.MaxStrangerAge;
        client.Send(friend, [], [2]);
        PollUntil(transport, () => router.TryReceive(message) == ReceiveOutcome.Received);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stranger.ReadToEnd, Throws.Nothing, "it was cut");
            Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 2 }), "the friend was not");
            Assert.That(transport.Connections.Idle, Is.EqualTo(1));
        }
    }

    [TestCase("DEALER", ConnectionLimits.MaxStrangerBytes), TestCase("SUB", ConnectionLimits.MaxSubscriptionBytes)]
    public void Tend_EndsAStranger_WhoseMessageTricklesInWithoutAnEnd(string socketType, long limit)
    {
        using var transport = new LibZmqTransport();
        var kind = socketType == "SUB" ? SocketKind.Publisher : SocketKind.Router;
        _ = transport.TryBind(kind, new IPEndPoint(IPAddress.Loopback, 0), new SocketOptions(), out var socket);
        using var stranger = RawPeer.Dial(socket!.LocalEndPoint!.Port).Greet(socketType);
        PollUntil(transport, () => transport.Connections.Accepted == 1);
        byte[] parts = [.. Enumerable.Repeat<byte[]>([1, 100, .. new byte[100]], 10).SelectMany(part => part)];

        var sent = 0L;
        while (transport.Connections.Flooding == 0 && sent < 4 * limit)
        {
            sent += stranger.TrySend(parts) ? parts.Length : 4 * limit;
            PollUntil(transport, () => true);
        }

        PollUntil(transport, () => transport.Connections.Flooding == 1);
        Assert.That(sent, Is.GreaterThan(limit));
    }

    // Each look of the guard is a moment of its clock.
    private void PollUntil(LibZmqTransport transport, Func<bool> condition) => transport.PollUntil(
        () =>
        {
            _now += ConnectionLimits.LookInterval;
            _ = transport.Tend(_now);
            return condition();
        },
        "it happens");
}
