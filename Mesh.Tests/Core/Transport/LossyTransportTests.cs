using System.Net;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

public sealed class LossyTransportTests
{
    private const int Count = 2000;

    private readonly MemoryHost _host =
        new MemoryNetwork(new Random(1), MemoryNetworkMode.Stepped).AddHost("alone");

    [Test]
    public void Publisher_LosesTheShareItWasTold()
    {
        var (received, lost) = Publish(seed: 20, share: 0.05);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lost, Is.InRange(60, 140), "about 100 of 2,000");
            Assert.That(received, Has.Count.EqualTo(Count - lost));
            Assert.That(received, Is.Ordered.And.Unique);
        }
    }

    [Test]
    public void Publisher_LosesTheSame_WhenTheSeedIsTheSame()
    {
        var (first, second) = (Publish(seed: 3, share: 0.05), Publish(seed: 3, share: 0.05));

        Assert.That(second.Received, Is.EqualTo(first.Received));
    }

    [Test]
    public void Publisher_LosesNothing_WhenTheShareIsZero() =>
        Assert.That(Publish(seed: 3, share: 0).Received, Has.Count.EqualTo(Count));

    [Test]
    public void Routers_LoseNothing()
    {
        using var transport = new LossyTransport(_host.CreateTransport(), new Random(1), share: 1);
        var options = new SocketOptions();
        _ = transport.TryBind(SocketKind.Router, new IPEndPoint(IPAddress.Loopback, 0), options, out var router);
        var dealer = transport.Connect(SocketKind.Dealer, router!.LocalEndPoint!, options);

        _ = dealer.TrySend([], [1]);

        Assert.That(router.TryReceive(new ReceivedMessage()), Is.EqualTo(ReceiveOutcome.Received));
    }

    private (List<int> Received, long Lost) Publish(int seed, double share)
    {
        using var transport = new LossyTransport(_host.CreateTransport(), new Random(seed), share);
        var options = new SocketOptions();
        _ = transport.TryBind(SocketKind.Publisher, new IPEndPoint(IPAddress.Loopback, 0), options, out var publisher);
        var subscriber = transport.Connect(SocketKind.Subscriber, publisher!.LocalEndPoint!, options);
        subscriber.Subscribe([]);
        var received = new List<int>();
        var message = new ReceivedMessage();

        for (var number = 0; number < Count; number++)
        {
            _ = publisher.TrySend([1], BitConverter.GetBytes(number));
            if (subscriber.TryReceive(message) == ReceiveOutcome.Received)
            {
                received.Add(BitConverter.ToInt32(message.Payload));
            }
        }

        Assert.That(transport.PassedCount + transport.LostCount, Is.EqualTo(Count));
        return (received, transport.LostCount);
    }
}
