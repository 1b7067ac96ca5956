using System.Net;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.Memory;

/// <summary>What an in-memory network does over time, stepped by one thread.</summary>
public sealed class MemoryNetworkTests
{
    private static readonly byte[] Topic = [7];
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);

    private readonly MemoryNetwork _network = new(new Random(5), MemoryNetworkMode.Stepped);
    private readonly ReceivedMessage _message = new();
    private readonly MemoryHost _left;
    private readonly MemoryHost _right;
    private readonly ITransport _leftTransport;
    private readonly ITransport _rightTransport;

    public MemoryNetworkTests()
    {
        _left = _network.AddHost("left").Attach("eth0", "lan", IPAddress.Parse("10.0.0.1"), 24);
        _right = _network.AddHost("right").Attach("eth0", "lan", IPAddress.Parse("10.0.0.2"), 24);
        (_leftTransport, _rightTransport) = (_left.CreateTransport(), _right.CreateTransport());
    }

    [TearDown]
    public void DisposeTransports()
    {
        _leftTransport.Dispose();
        _rightTransport.Dispose();
    }

    [Test]
    public void Poll_NeverWaits_WhenStepped()
    {
        Assert.That(_leftTransport.Poll(Timeout.InfiniteTimeSpan), Is.False);
    }

    [Test]
    public void AdvanceTo_DeliversEachMessage_AtItsTime()
    {
        _network.DefaultLink = new MemoryLink { MinLatency = Delay, MaxLatency = Delay };
        var (router, dealer) = Dial();

        _ = dealer.TrySend([], [1]);
        var due = _network.NextDelivery;
        _network.AdvanceTo(Delay - TimeSpan.FromTicks(1));
        var early = router.TryReceive(_message);
        _network.AdvanceTo(Delay);
        var inTime = router.TryReceive(_message);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(due, Is.EqualTo(Delay));
            Assert.That(early, Is.EqualTo(ReceiveOutcome.None));
            Assert.That(inTime, Is.EqualTo(ReceiveOutcome.Received));
            Assert.That(_message.PeerAddress, Is.EqualTo(_left.Address));
            Assert.That(_network.NextDelivery, Is.Null);
        }
    }

    [Test]
    public void AdvanceTo_KeepsTheOrderOfAConnection_WhateverTheLatencies()
    {
        _network.DefaultLink = new MemoryLink { MaxLatency = TimeSpan.FromSeconds(1) };
        var (router, dealer) = Dial();

        for (byte number = 0; number < 100; number++)
        {
            _ = dealer.TrySend([], [number]);
        }

        _network.AdvanceTo(TimeSpan.FromSeconds(1));

        Assert.That(ReceiveAll(router), Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void AdvanceTo_Throws_WhenTimeWouldGoBack()
    {
        _network.AdvanceTo(Delay);

        Assert.That(() => _network.AdvanceTo(TimeSpan.Zero), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Block_HoldsOneDirection_AndUnblockLetsItGoOnInOrder()
    {
        var (router, dealer) = Dial();
        _ = dealer.TrySend([], [0]);
        _ = router.TryReceive(_message);
        var routingId = _message.Address.ToArray();

        _network.Block(_left, _right);
        _ = dealer.TrySend([], [1]);
        _ = dealer.TrySend([], [2]);
        _ = router.TrySend(routingId, [3]);
        var (held, passed) = (ReceiveAll(router), ReceiveAll(dealer));
        _network.Unblock(_left, _right);
        var released = ReceiveAll(router);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Empty);
            Assert.That(passed, Is.EqualTo(Numbers(3)));
            Assert.That(released, Is.EqualTo(Numbers(1, 2)));
        }
    }

    [Test]
    public void Partition_HoldsBothDirections_UntilHeal()
    {
        var (router, dealer) = Dial();
        _network.Partition([_left], [_right]);

        _ = dealer.TrySend([], [1]);
        _network.AdvanceTo(TimeSpan.FromMinutes(1));
        var before = ReceiveAll(router);
        _network.Heal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(ReceiveAll(router), Is.EqualTo(Numbers(1)));
        }
    }

    [Test]
    public void Cut_EndsTheConnection_ForBothSides()
    {
        var (router, dealer) = Dial();
        _ = dealer.TrySend([], [1]);
        _ = router.TryReceive(_message);

        _network.Cut(_right, _left);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(router.TrySend(_message.Address, [1]), Is.EqualTo(SendOutcome.Unreachable));
            Assert.That(dealer.TrySend([], [1]), Is.EqualTo(SendOutcome.Again));
        }
    }

    [Test]
    public void Cut_LosesWhatWasUnderWay_AndEndsSubscriptions()
    {
        _network.DefaultLink = new MemoryLink { MinLatency = Delay, MaxLatency = Delay };
        var publisher = Bind(SocketKind.Publisher);
        var subscriber = _leftTransport.Connect(SocketKind.Subscriber, publisher.LocalEndPoint!, new SocketOptions());
        subscriber.Subscribe(Topic);
        _network.AdvanceTo(Delay);
        _ = publisher.TryReceive(_message);

        _ = publisher.TrySend(Topic, [1]);
        _network.Cut(_left, _right);
        _network.AdvanceTo(10 * Delay);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReceiveAll(subscriber), Is.Empty);
            Assert.That(publisher.TryReceive(_message), Is.EqualTo(ReceiveOutcome.Received));
            Assert.That(_message.Payload.ToArray(), Is.EqualTo(new byte[] { 0, 7 }));
        }
    }

    [Test]
    public void SetUp_HoldsConnections_WhileAnInterfaceIsDown()
    {
        var (router, dealer) = Dial();

        _right.SetUp("eth0", false);
        _ = dealer.TrySend([], [1]);
        var down = ReceiveAll(router);
        _right.SetUp("eth0", true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(down, Is.Empty);
            Assert.That(ReceiveAll(router), Is.EqualTo(Numbers(1)));
        }
    }

    [Test]
    public void Publisher_CountsWhatItLost()
    {
        var options = new SocketOptions { SendHighWaterMark = 3, ReceiveHighWaterMark = 2 };
        var publisher = Bind(SocketKind.Publisher, options);
        var subscriber = _leftTransport.Connect(SocketKind.Subscriber, publisher.LocalEndPoint!, options);
        subscriber.Subscribe([]);

        for (byte number = 0; number < 9; number++)
        {
            _ = publisher.TrySend(Topic, [number]);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReceiveAll(subscriber), Is.EqualTo(Numbers(0, 1, 2, 3, 4)));
            Assert.That(_network.LostMessageCount, Is.EqualTo(4));
        }
    }

    [Test]
    public void Connect_ReachesAnotherSegment_ByRouting_AndNobodyAtAnUnknownAddress()
    {
        var far = _network.AddHost("far").Attach("eth0", "elsewhere", IPAddress.Parse("10.9.0.1"), 16);
        using var farTransport = far.CreateTransport();
        var options = new SocketOptions();
        _ = farTransport.TryBind(SocketKind.Router, new IPEndPoint(far.Address, 0), options, out var router);
        var dealer = _leftTransport.Connect(SocketKind.Dealer, router!.LocalEndPoint!, options);
        var lost = _leftTransport.Connect(
            SocketKind.Dealer, new IPEndPoint(IPAddress.Parse("10.9.0.2"), 5000), options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dealer.TrySend([], [1]), Is.EqualTo(SendOutcome.Sent));
            Assert.That(ReceiveAll(router), Is.EqualTo(Numbers(1)));
            Assert.That(lost.TrySend([], [1]), Is.EqualTo(SendOutcome.Again));
        }
    }

    [Test]
    public void Connect_ReachesALinkLocalAddress_AndShowsTheReceiversScope()
    {
        var router = Bind(SocketKind.Router, address: IPAddress.IPv6Any);
        var target = _right.Datagrams.ReadInterfaces().Single(link => !link.IsLoopback).LinkLocal!;
        var remote = new IPEndPoint(target, router.LocalEndPoint!.Port);
        var dealer = _leftTransport.Connect(SocketKind.Dealer, remote, new SocketOptions());

        _ = dealer.TrySend([], [1]);

        Assert.That(router.TryReceive(_message), Is.EqualTo(ReceiveOutcome.Received));
        Assert.That(_message.PeerAddress!.IsIPv6LinkLocal, Is.True);
    }

    [Test]
    public void Runs_AreEqual_WhenSeedsAre()
    {
        var (first, second, other) = (Run(seed: 11), Run(seed: 11), Run(seed: 12));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
        }
    }

    private static int[] Numbers(params int[] numbers) => numbers;

    private static IPAddress Address(int number) => new([10, 0, 0, (byte)number]);

    private static List<string> Run(int seed)
    {
        var network = new MemoryNetwork(new Random(seed), MemoryNetworkMode.Stepped)
        {
            DefaultLink = new MemoryLink
            {
                MaxLatency = TimeSpan.FromMilliseconds(90),
                DatagramLoss = 0.2,
                DatagramDuplication = 0.2,
                DatagramReordering = 0.2,
            },
        };
        var sockets = Enumerable.Range(1, 5)
            .Select(number => network.AddHost($"h{number}").Attach("eth0", "lan", Address(number), 24))
            .Select(host => host.Datagrams.OpenPrivate(() => { }))
            .ToList();
        var log = new List<string>();
        var datagram = new ReceivedDatagram();

        for (var step = 0; step < 100; step++)
        {
            var to = new IPEndPoint(Address(1 + (step % 5)), sockets[step % 5].Port);
            _ = sockets[(step * 3) % 5].TrySend([(byte)step], to);
            network.AdvanceTo(TimeSpan.FromMilliseconds(step * 5));
            for (var index = 0; index < sockets.Count; index++)
            {
                while (sockets[index].TryReceive(datagram))
                {
                    log.Add($"{step}: {index} hears {datagram.Payload[0]} from {datagram.Source}");
                }
            }
        }

        return log;
    }

    private ITransportSocket Bind(SocketKind kind, SocketOptions? options = null, IPAddress? address = null)
    {
        var local = new IPEndPoint(address ?? _right.Address, 0);
        Assert.That(
            _rightTransport.TryBind(kind, local, options ?? new SocketOptions(), out var socket),
            Is.EqualTo(BindResult.Bound));
        return socket!;
    }

    private (ITransportSocket Router, ITransportSocket Dealer) Dial()
    {
        var router = Bind(SocketKind.Router);
        return (router, _leftTransport.Connect(SocketKind.Dealer, router.LocalEndPoint!, new SocketOptions()));
    }

    private List<int> ReceiveAll(ITransportSocket socket)
    {
        var received = new List<int>();
        while (socket.TryReceive(_message) == ReceiveOutcome.Received)
        {
            received.Add(_message.Payload[0]);
        }

        return received;
    }
}
