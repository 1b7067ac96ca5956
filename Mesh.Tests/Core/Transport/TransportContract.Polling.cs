using System.Diagnostics;
using System.Net;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

// Binding, polling, waking, disposal, allocation and what callers may not do.
public abstract partial class TransportContract
{
    // Documentation network of RFC 5737: no machine has it.
    private static readonly IPAddress NobodysAddress = IPAddress.Parse("192.0.2.1");

    [Test]
    public void TryBind_SaysAddressInUse_WhenThePortIsTaken()
    {
        var (server, other) = (Open(), Open());
        var first = Bind(server, SocketKind.Router);

        var result = other.TryBind(SocketKind.Publisher, first.LocalEndPoint!, Defaults, out var socket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BindResult.AddressInUse));
            Assert.That(socket, Is.Null);
        }
    }

    [Test]
    public void TryBind_TakesThePortAgain_WhenItsSocketIsGone()
    {
        var server = Open();
        var first = Bind(server, SocketKind.Router);
        var local = first.LocalEndPoint!;

        first.Dispose();

        server.PollUntil(
            () => server.TryBind(SocketKind.Router, local, Defaults, out _) == BindResult.Bound, "the port is free");
    }

    [Test]
    public void TryBind_SaysAddressNotAvailable_WhenNoInterfaceHasIt()
    {
        var result = Open().TryBind(SocketKind.Router, new IPEndPoint(NobodysAddress, 0), Defaults, out var socket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BindResult.AddressNotAvailable));
            Assert.That(socket, Is.Null);
        }
    }

    [Test]
    public void TryBind_TellsTheTruePort_WhenAskedForAnyPort()
    {
        var server = Open();

        var (first, second) = (Bind(server, SocketKind.Router), Bind(server, SocketKind.Publisher));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.LocalEndPoint!.Port, Is.InRange(1, 65535));
            Assert.That(second.LocalEndPoint!.Port, Is.Not.EqualTo(first.LocalEndPoint.Port));
            Assert.That(first.LocalEndPoint.Address, Is.EqualTo(IPAddress.Loopback));
        }
    }

    [Test]
    public void Poll_ReturnsFalse_WhenTheTimeoutPassed()
    {
        var transport = Open();
        _ = Bind(transport, SocketKind.Router);
        _ = transport.Poll(TimeSpan.Zero);
        var watch = Stopwatch.StartNew();

        var found = transport.Poll(TimeSpan.FromMilliseconds(60));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.False);
            Assert.That(watch.Elapsed, Is.InRange(TimeSpan.FromMilliseconds(50), TransportWaits.MustHappen));
        }
    }

    [Test]
    public void Poll_ReturnsAtOnce_WhenWokenBefore()
    {
        var transport = Open();

        for (var count = 0; count < 1000; count++)
        {
            transport.Wake();
        }

        var first = transport.Poll(TransportWaits.MustHappen);
        var second = transport.Poll(TimeSpan.FromMilliseconds(20));
        transport.Wake();
        var third = transport.Poll(TransportWaits.MustHappen);

        Assert.That((first, second, third), Is.EqualTo((true, false, true)), "many wakes count as one");
    }

    [Test, CancelAfter(20_000)]
    public async Task Poll_Ends_WhenAnotherThreadWakesIt()
    {
        using var polls = new SemaphoreSlim(0);
        var transport = Open();

        // The loop owns the transport; each round must be ended by a wake, or the test runs into its limit.
        var loop = Task.Factory.StartNew(() => CountPolls(transport, polls, 100), TaskCreationOptions.LongRunning);
        for (var count = 0; count < 100; count++)
        {
            transport.Wake();
            await polls.WaitAsync();
        }

        Assert.That(await loop, Is.EqualTo(100));
    }

    [Test]
    public void Poll_SaysReadable_UntilAllIsReceived()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, _) = Meet(server, client);
        client.Send(dealer, [], [1]);
        client.Send(dealer, [], [2]);

        server.PollUntil(() => router.IsReadable, "the router is readable");
        var message = server.Receive(router);
        Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 1 }));
        server.PollUntil(() => router.IsReadable, "the second message keeps it readable");
        server.Receive(router, message);
        var none = router.TryReceive(message);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Payload.ToArray(), Is.EqualTo(new byte[] { 2 }));
            Assert.That(none, Is.EqualTo(ReceiveOutcome.None));
            Assert.That(router.IsReadable, Is.False);
        }
    }

    [Test]
    public void Poll_FindsAMessage_ThatArrivedWhileTheSocketWasSending()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, routingId) = Meet(server, client);
        var message = new ReceivedMessage();

        // A send may swallow the signal that something arrived; the poll after it must find out by itself.
        for (var round = 0; round < 2000; round++)
        {
            client.Send(dealer, [], [1]);
            server.Send(router, routingId, [2]);
            server.Send(router, routingId, [3]);
            server.Receive(router, message);
            client.Receive(dealer, message);
            client.Receive(dealer, message);
        }
    }

    [Test]
    public void Dispose_WorksInAnyOrder_AndTwice()
    {
        var (server, client) = (Open(), Open());
        var (router, dealer, _) = Meet(server, client);

        server.Dispose();
        router.Dispose();
        dealer.Dispose();
        dealer.Dispose();
        client.Dispose();
        client.Dispose();
        server.Wake();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(router.IsReadable, Is.False);
            Assert.That(() => router.TrySend([1], [1]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => dealer.TryReceive(new ReceivedMessage()), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => server.Poll(TimeSpan.Zero), Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public void Dispose_OfOneSocket_LeavesTheOthersPolled()
    {
        var (server, client) = (Open(), Open());
        var routers = Enumerable.Range(0, 40).Select(_ => Bind(server, SocketKind.Router)).ToList();
        var survivors = routers.Where((_, index) => index % 3 == 0).ToList();

        routers.Except(survivors).ToList().ForEach(router => router.Dispose());

        foreach (var router in survivors)
        {
            var dealer = Connect(client, router);
            client.Send(dealer, [], [9]);
            server.PollUntil(() => router.IsReadable, "a survivor is polled");
            Assert.That(server.Receive(router).Payload.ToArray(), Is.EqualTo(new byte[] { 9 }));
        }
    }

    [Test]
    public void Messages_AllocateNoMoreThanSaid_OnceWarm()
    {
        const int Rounds = 1000;
        var (server, client) = (Open(), Open());
        var (router, dealer, routingId) = Meet(server, client);
        var (publisher, subscriber) = MeetOnTopic(server, client);
        var message = new ReceivedMessage();
        var payload = new byte[2000];

        ExchangeMany(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ExchangeMany(Rounds);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Three messages a round, each with its bytes on both ways.
        var limit = AllocatedBytesPerMessage == 0 ? 0 : Rounds * 3 * (AllocatedBytesPerMessage + (2 * payload.Length));
        Assert.That(allocated, Is.LessThanOrEqualTo(limit));

        void ExchangeMany(int count)
        {
            for (var number = 0; number < count; number++)
            {
                _ = dealer.TrySend([], payload);
                Take(server, router);
                _ = router.TrySend(routingId, payload);
                Take(client, dealer);
                _ = publisher.TrySend(Topic, payload);
                Take(client, subscriber);
            }
        }

        void Take(ITransport transport, ITransportSocket socket)
        {
            while (socket.TryReceive(message) != ReceiveOutcome.Received)
            {
                _ = transport.Poll(TransportWaits.MustHappen);
            }
        }
    }

    [Test]
    public void Sockets_RefuseWhatTheirKindCannotDo()
    {
        var transport = Open();
        var publisher = Bind(transport, SocketKind.Publisher);
        var subscriber = Connect(transport, publisher);
        var dealer = Connect(transport, Bind(transport, SocketKind.Router));
        var free = new IPEndPoint(IPAddress.Loopback, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => subscriber.TrySend(Topic, [1]), Throws.InvalidOperationException);
            Assert.That(() => publisher.Subscribe(Topic), Throws.InvalidOperationException);
            Assert.That(() => dealer.Unsubscribe(Topic), Throws.InvalidOperationException);
            Assert.That(() => dealer.TrySend([1], [1]), Throws.ArgumentException);
            Assert.That(() => transport.TryBind(SocketKind.Dealer, free, Defaults, out _), Throws.ArgumentException);
            Assert.That(
                () => transport.Connect(SocketKind.Router, publisher.LocalEndPoint!, Defaults),
                Throws.ArgumentException);
            Assert.That(
                () => transport.Connect(SocketKind.Dealer, free, Defaults), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => transport.Poll(TimeSpan.FromSeconds(-5)), Throws.InstanceOf<ArgumentException>());
        }
    }

    [Test]
    public void Description_NamesTheProvider() => Assert.That(Open().Description, Does.Match(@"^[A-Za-z]+ \S+"));

    private static int CountPolls(ITransport transport, SemaphoreSlim polls, int wanted)
    {
        var count = 0;
        while (count < wanted)
        {
            count += transport.Poll(Timeout.InfiniteTimeSpan) ? 1 : 0;
            polls.Release();
        }

        return count;
    }
}
