using System.Net;
using System.Net.Sockets;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

// Routers and dealers.
public abstract partial class TransportContract
{
    private const int MessageCount = 1000;

    [Test]
    public void Dealer_DeliversInOrder_ToTheRouter()
    {
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router);
        var dealer = Connect(client, router);
        var received = new List<int>();
        var message = new ReceivedMessage();

        for (var number = 0; number < MessageCount; number++)
        {
            while (dealer.TrySend([], BitConverter.GetBytes(number)) == SendOutcome.Again)
            {
                TakeAll();
            }
        }

        server.PollUntil(() => TakeAll() == MessageCount, "all arrive");
        Assert.That(received, Is.EqualTo(Enumerable.Range(0, MessageCount)));

        int TakeAll()
        {
            while (router.TryReceive(message) == ReceiveOutcome.Received)
            {
                received.Add(BitConverter.ToInt32(message.Payload));
            }

            return received.Count;
        }
    }

    [Test]
    public void Router_Answers_TheDealerThatAsked()
    {
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router);
        var (first, second) = (Connect(client, router), Connect(client, router));

        client.Send(first, [], Text("first"));
        client.Send(second, [], Text("second"));
        for (var count = 0; count < 2; count++)
        {
            var question = server.Receive(router);
            server.Send(router, question.Address.ToArray(), [.. Text("to "), .. question.Payload]);
        }

        var (toFirst, toSecond) = (client.Receive(first), client.Receive(second));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(toFirst.Payload.ToArray(), Is.EqualTo(Text("to first")));
            Assert.That(toFirst.Address.ToArray(), Is.Empty);
            Assert.That(toSecond.Payload.ToArray(), Is.EqualTo(Text("to second")));
        }
    }

    [Test]
    public void Router_KeepsARoutingId_ForTheLifeOfTheConnection()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, routingId) = Meet(server, client);

        client.Send(dealer, [], [2]);

        Assert.That(server.Receive(router).Address.ToArray(), Is.EqualTo(routingId));
    }

    [Test]
    public void Dealer_CarriesEmptyAndLongPayloads()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, _) = Meet(server, client);
        var longest = new byte[Defaults.MaxMessageBytes];
        new Random(1).NextBytes(longest);

        client.Send(dealer, [], []);
        client.Send(dealer, [], longest);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Receive(router).Payload.ToArray(), Is.Empty);
            Assert.That(server.Receive(router).Payload.SequenceEqual(longest), Is.True);
        }
    }

    [Test]
    public void TrySend_IsUnreachable_WhenTheRouterNeverSawTheId()
    {
        var server = Open();
        var router = Bind(server, SocketKind.Router);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(router.TrySend([0, 1, 2, 3, 4], [1]), Is.EqualTo(SendOutcome.Unreachable));
            Assert.That(router.TrySend([], [1]), Is.EqualTo(SendOutcome.Unreachable));
        }
    }

    [Test]
    public void TrySend_BecomesUnreachable_WhenTheDealerIsGone()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, routingId) = Meet(server, client);

        dealer.Dispose();

        server.PollUntil(() => router.TrySend(routingId, [1]) == SendOutcome.Unreachable, "the id is forgotten");
        Assert.That(router.TrySend(routingId, [1]), Is.EqualTo(SendOutcome.Unreachable));
    }

    [Test]
    public void TrySend_SaysAgain_WhenTheDealerDoesNotRead()
    {
        var (server, client) = (Open(), Open());
        var options = new SocketOptions { SendHighWaterMark = 8, ReceiveHighWaterMark = 8 };
        var (router, dealer, routingId) = Meet(server, client, options);
        var payload = new byte[16 * 1024];

        var sent = SendUntilRefused(router, routingId, payload);
        Assert.That(router.TrySend(routingId, payload), Is.EqualTo(SendOutcome.Again));

        // Nothing of what was taken is lost, and reading makes room again.
        for (var count = 0; count < sent; count++)
        {
            client.Receive(dealer);
        }

        server.Send(router, routingId, payload);
    }

    [Test]
    public void TrySend_SaysAgain_WhenTheRouterDoesNotRead()
    {
        var (server, client) = (Open(), Open());
        var options = new SocketOptions { SendHighWaterMark = 8, ReceiveHighWaterMark = 8 };
        var (router, dealer, _) = Meet(server, client, options);
        var payload = new byte[16 * 1024];

        var sent = SendUntilRefused(dealer, [], payload);

        for (var count = 0; count < sent; count++)
        {
            server.Receive(router);
        }

        client.Send(dealer, [], payload);
    }

    [Test]
    public void Router_NeverReceives_WhatIsLongerThanTheLimit()
    {
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router, new SocketOptions { MaxMessageBytes = 1000 });
        var (rude, polite) = (Connect(client, router), Connect(client, router));
        client.Send(rude, [], new byte[1000]);
        var rudeId = server.Receive(router).Address.ToArray();

        client.Send(rude, [], new byte[1001]);

        server.PollUntil(() => router.TrySend(rudeId, [1]) == SendOutcome.Unreachable, "the connection is cut");
        client.Send(polite, [], Text("still served"));
        Assert.That(server.Receive(router).Payload.ToArray(), Is.EqualTo(Text("still served")));
    }

    [Test]
    public void Router_TellsTheAddress_ThatAMessageCameFrom()
    {
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router, address: IPAddress.IPv6Any);
        var dealer = Connect(client, router);

        client.Send(dealer, [], [1]);

        var expected = TellsPeerAddresses ? IPAddress.Loopback : null;
        Assert.That(server.Receive(router).PeerAddress, Is.EqualTo(expected));
    }

    [Test]
    public void Router_ListensForBothFamilies_OnTheIpv6Wildcard()
    {
        Assume.That(Socket.OSSupportsIPv6, "this machine has IPv6");
        var (server, client) = (Open(), Open());
        var router = Bind(server, SocketKind.Router, address: IPAddress.IPv6Any);
        var remote = new IPEndPoint(IPAddress.IPv6Loopback, router.LocalEndPoint!.Port);
        var dealer = client.Connect(SocketKind.Dealer, remote, Defaults);

        client.Send(dealer, [], [6]);

        var message = server.Receive(router);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 6 }));
            Assert.That(message.PeerAddress, Is.EqualTo(TellsPeerAddresses ? IPAddress.IPv6Loopback : null));
        }
    }

    [Test]
    public void Connect_IsSilent_WhenNobodyListens()
    {
        var (server, client) = (Open(), Open());
        var gone = Bind(server, SocketKind.Router);
        var remote = gone.LocalEndPoint!;
        gone.Dispose();

        var early = client.Connect(SocketKind.Dealer, remote, Defaults);
        _ = early.TrySend([], Text("lost"));
        client.ExpectSilence(early);
        var result = server.TryBind(SocketKind.Router, remote, Defaults, out var router);
        var late = client.Connect(SocketKind.Dealer, remote, Defaults);
        client.Send(late, [], Text("found"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BindResult.Bound));
            Assert.That(server.Receive(router!).Payload.ToArray(), Is.EqualTo(Text("found")));
        }
    }

    private static int SendUntilRefused(ITransportSocket socket, byte[] address, byte[] payload)
    {
        // What the system buffers below the queues is a few megabytes.
        const int Bound = 5000;
        var sent = 0;
        for (var refusals = 0; refusals < 3;)
        {
            // The I/O thread needs a moment to move what it can; three polls without progress mean full.
            if (socket.TrySend(address, payload) == SendOutcome.Sent)
            {
                sent++;
                refusals = 0;
                Assert.That(sent, Is.LessThan(Bound), "the queue has a limit");
            }
            else
            {
                refusals++;
                using var pause = new ManualResetEventSlim();
                _ = pause.Wait(TimeSpan.FromMilliseconds(50));
            }
        }

        return sent;
    }
}
