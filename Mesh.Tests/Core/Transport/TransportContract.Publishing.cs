using System.Diagnostics;
using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

// Publishers and subscribers.
public abstract partial class TransportContract
{
    [Test]
    public void Publisher_SeesTheSubscription_AndTheSubscriberWhatIsPublished()
    {
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher);
        var subscriber = Connect(client, publisher);

        subscriber.Subscribe(Topic);
        var subscription = server.Receive(publisher);
        var outcome = publisher.TrySend(Topic, Text("news"));
        var news = client.Receive(subscriber);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(subscription.Payload.ToArray(), Is.EqualTo(Joined(1, Topic)));
            Assert.That(subscription.Address.ToArray(), Is.Empty);
            Assert.That(outcome, Is.EqualTo(SendOutcome.Sent));
            Assert.That(news.Address.ToArray(), Is.EqualTo(Topic));
            Assert.That(news.Payload.ToArray(), Is.EqualTo(Text("news")));
        }
    }

    [Test]
    public void Subscriber_ReceivesInOrder_WhenItKeepsUp()
    {
        var (server, client) = (Open(), Open());
        var (publisher, subscriber) = MeetOnTopic(server, client);
        var message = new ReceivedMessage();

        for (var number = 0; number < MessageCount; number++)
        {
            _ = publisher.TrySend(Topic, BitConverter.GetBytes(number));
            client.Receive(subscriber, message);
            Assert.That(BitConverter.ToInt32(message.Payload), Is.EqualTo(number));
        }
    }

    [Test]
    public void Subscriber_ReceivesOnly_TopicsThatBeginAsItAsked()
    {
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher);
        var subscriber = Connect(client, publisher);
        subscriber.Subscribe([7, 7]);
        _ = server.Receive(publisher);

        _ = publisher.TrySend([7], Text("shorter"));
        _ = publisher.TrySend([7, 8], Text("other"));
        _ = publisher.TrySend([7, 7, 1], Text("longer"));

        Assert.That(client.Receive(subscriber).Payload.ToArray(), Is.EqualTo(Text("longer")));
    }

    [Test]
    public void Publisher_SeesEachSubscription_AndTheEndOfTheLast()
    {
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher);
        var (first, second) = (Connect(client, publisher), Connect(client, publisher));

        first.Subscribe(Topic);
        var firstSeen = server.Receive(publisher).Payload.ToArray();
        second.Subscribe(Topic);
        var secondSeen = server.Receive(publisher).Payload.ToArray();
        first.Unsubscribe(Topic);
        second.Unsubscribe(Topic);
        var end = server.Receive(publisher).Payload.ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(firstSeen, Is.EqualTo(Joined(1, Topic)));
            Assert.That(secondSeen, Is.EqualTo(Joined(1, Topic)));
            Assert.That(end, Is.EqualTo(Joined(0, Topic)));
        }
    }

    [Test]
    public void Publisher_SeesTheEnd_WhenTheSubscriberIsGone()
    {
        var (server, client) = (Open(), Open());
        var (publisher, subscriber) = MeetOnTopic(server, client);

        subscriber.Dispose();

        Assert.That(server.Receive(publisher).Payload.ToArray(), Is.EqualTo(Joined(0, Topic)));
    }

    [Test]
    public void Unsubscribe_EndsOnlyOneOfTwoSubscriptions()
    {
        var (server, client) = (Open(), Open());
        var (publisher, subscriber) = MeetOnTopic(server, client);
        subscriber.Subscribe(Topic);
        subscriber.Unsubscribe(Topic);

        var payload = Text("still wanted");
        var message = new ReceivedMessage();
        client.PollUntil(
            () => publisher.TrySend(Topic, payload) == SendOutcome.Sent
                && subscriber.TryReceive(message) == ReceiveOutcome.Received,
            "the first subscription stands");

        Assert.That(message.Payload.ToArray(), Is.EqualTo(payload));
    }

    [Test]
    public void Subscriber_MissesWhatWasPublished_BeforeItsSubscriptionArrived()
    {
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher);

        _ = publisher.TrySend(Topic, Text("too early"));
        var subscriber = Connect(client, publisher);
        subscriber.Subscribe(Topic);
        _ = server.Receive(publisher);
        _ = publisher.TrySend(Topic, Text("in time"));

        Assert.That(client.Receive(subscriber).Payload.ToArray(), Is.EqualTo(Text("in time")));
    }

    [Test]
    public void Subscriber_IsSilent_WhenNobodyPublishesYet()
    {
        var (server, client) = (Open(), Open());
        var gone = Bind(server, SocketKind.Publisher);
        var remote = gone.LocalEndPoint!;
        gone.Dispose();

        var early = client.Connect(SocketKind.Subscriber, remote, Defaults);
        early.Subscribe(Topic);
        client.ExpectSilence(early);
        var result = server.TryBind(SocketKind.Publisher, remote, Defaults, out var publisher);
        var late = client.Connect(SocketKind.Subscriber, remote, Defaults);
        late.Subscribe(Topic);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BindResult.Bound));
            Assert.That(server.Receive(publisher!).Payload.ToArray(), Is.EqualTo(Joined(1, Topic)));
        }
    }

    [Test]
    public void Publisher_LosesFrames_ForASubscriberThatDoesNotRead()
    {
        const int Count = 4000;
        var (server, client) = (Open(), Open());
        var options = new SocketOptions { SendHighWaterMark = 8, ReceiveHighWaterMark = 8 };
        var (publisher, subscriber) = MeetOnTopic(server, client, options);
        var payload = new byte[16 * 1024];
        var outcomes = new HashSet<SendOutcome>();

        for (var number = 0; number < Count; number++)
        {
            BitConverter.TryWriteBytes(payload, number);
            outcomes.Add(publisher.TrySend(Topic, payload));
        }

        var received = ReceiveUntilQuiet(client, subscriber);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes, Is.EqualTo(new[] { SendOutcome.Sent }), "a publisher never waits");
            Assert.That(received, Has.Count.GreaterThan(0).And.Count.LessThan(Count));
            Assert.That(received, Is.Ordered.And.Unique);
        }
    }

    [Test]
    public void Publisher_ServesOthers_WhenASubscriptionIsTooLong()
    {
        var (server, client) = (Open(), Open());
        var publisher = Bind(server, SocketKind.Publisher, new SocketOptions { MaxMessageBytes = 64 });
        var (rude, polite) = (Connect(client, publisher), Connect(client, publisher));

        rude.Subscribe(new byte[5000]);
        polite.Subscribe(Topic);

        Assert.That(server.Receive(publisher).Payload.ToArray(), Is.EqualTo(Joined(1, Topic)));
        _ = publisher.TrySend(Topic, Text("served"));
        Assert.That(client.Receive(polite).Payload.ToArray(), Is.EqualTo(Text("served")));
        server.ExpectSilence(publisher);
    }

    private static List<int> ReceiveUntilQuiet(ITransport transport, ITransportSocket socket)
    {
        var received = new List<int>();
        var message = new ReceivedMessage();
        var quietSince = Stopwatch.GetTimestamp();

        // A poll may end before its time with nothing: connections are looked after meanwhile.
        while (Stopwatch.GetElapsedTime(quietSince) < TransportWaits.MustNotHappen)
        {
            _ = transport.Poll(TransportWaits.MustNotHappen);
            while (socket.TryReceive(message) == ReceiveOutcome.Received)
            {
                received.Add(BitConverter.ToInt32(message.Payload));
                quietSince = Stopwatch.GetTimestamp();
            }
        }

        return received;
    }
}
