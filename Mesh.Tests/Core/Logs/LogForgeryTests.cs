using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

/// <summary>Frames that are not what they seem: each is counted by its reason, and costs the reader nothing.</summary>
public sealed class LogForgeryTests
{
    private const int HeaderStart = 3;

    [TestCase(HeaderStart, (int)FrameDrop.Malformed, TestName = "Client_CountsMalformed_WhenTheFormatIsAnother")]
    [TestCase(HeaderStart + 2, (int)FrameDrop.WrongLane, TestName = "Client_CountsWrongLane_WhenTheLaneIsAnother")]
    [TestCase(HeaderStart + 10, (int)FrameDrop.WrongLane, TestName = "Client_CountsWrongLane_WhenItIsOfAnotherRun")]
    [TestCase(HeaderStart + 15, (int)FrameDrop.TooFarAhead, TestName = "Client_CountsTooFarAhead_WhenTheNumberIsHuge")]
    [TestCase(HeaderStart + 40, (int)FrameDrop.WrongKey, TestName = "Client_CountsWrongKey_WhenTheKeyIdIsAnother")]
    [TestCase(HeaderStart + 30, (int)FrameDrop.Forged, TestName = "Client_CountsForged_WhenTheHeaderWasChanged")]
    [TestCase(HeaderStart + 60, (int)FrameDrop.Forged, TestName = "Client_CountsForged_WhenTheSaltWasChanged")]
    [TestCase(HeaderStart + 80, (int)FrameDrop.Forged, TestName = "Client_CountsForged_WhenTheCiphertextWasChanged")]
    [TestCase(-1, (int)FrameDrop.BadSignature, TestName = "Client_CountsBadSignature_WhenTheSignatureWasChanged")]
    public void Client_CountsTheReason(int offset, int reason)
    {
        using var world = Started();
        world.Run(100);
        var left = 5;
        world.Tamper = frame =>
        {
            if (left-- <= 0)
            {
                return null;
            }

            var copy = frame.ToArray();
            copy[offset < 0 ? copy.Length + offset : offset] ^= 0x40;
            return copy;
        };
        world.Run(100);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Client.Counters[(FrameDrop)reason], Is.EqualTo(5));
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
            Assert.That(world.Sink.Gaps, Is.Empty);
        }
    }

    [Test]
    public void Client_AppliesNothingTwice_WhenEveryFrameIsReplayed()
    {
        using var world = Started();
        world.Run(200);
        world.OnTurn = null;
        world.Run(500);

        foreach (var (topic, frame) in world.Published.ToArray())
        {
            _ = world.Client.OnPublished(topic, frame, world.Network.Now);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
            Assert.That(world.Client.Counters[FrameDrop.Duplicate], Is.EqualTo(world.Published.Count));
        }
    }

    [Test]
    public void Client_CountsUnknownTopic_WhenTheTopicIsNobodys()
    {
        using var world = Started();
        world.Run(100);

        var isTaken = world.Client.OnPublished(default, [1, 2, 3], world.Network.Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isTaken, Is.False);
            Assert.That(world.Client.Counters[FrameDrop.UnknownTopic], Is.EqualTo(1));
        }
    }

    [TestCase(1), TestCase(2), TestCase(3)]
    public void Client_IsNotDisturbed_ByRandomBytesOnItsTopic(int seed)
    {
        using var world = Started();
        world.Run(100);
        var random = new Random(seed);
        var topic = world.Log.Spy.Topic;

        for (var turn = 0; turn < 2_000; turn++)
        {
            var frame = world.Published[random.Next(world.Published.Count)].Frame.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            _ = world.Client.OnPublished(topic, frame.AsSpan(0, random.Next(frame.Length + 1)), world.Network.Now);
        }

        world.Run(500);
        world.OnTurn = null;
        world.Run(2_500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)), $"seed {seed}");
            Assert.That(world.Sink.Gaps, Is.Empty);
        }
    }

    [TestCase(1), TestCase(2), TestCase(3)]
    public void Server_AnswersAnything_WithoutThrowing(int seed)
    {
        using var world = Started();
        world.Run(100);
        var random = new Random(seed);
        var messages = world.ReaderMessages.Concat(world.PublisherMessages).Where(message => message.Length < 500)
            .ToArray();
        var room = new byte[64 * 1024];

        for (var turn = 0; turn < 5_000; turn++)
        {
            var message = messages[random.Next(messages.Length)].ToArray();
            message[random.Next(message.Length)] = (byte)random.Next(256);
            message = message[..random.Next(message.Length + 1)];
            var type = LogWorld.TypeOf(message);
            _ = world.Server!.Handle(message, type);
            _ = world.Client.Handle(message, type, world.Network.Now);
            _ = world.Server.TryProduce(room, world.Network.Now, out _);
        }

        Assert.That(world.Server!.Heads(), Has.Length.LessThanOrEqualTo(1));
    }

    private static LogWorld Started()
    {
        var world = new LogWorld(1);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 3);
        world.Connect();
        return world;
    }

    private static IEnumerable<ulong> All(LogWorld world) =>
        Enumerable.Range(1, (int)world.Log.Spy.SealedRecords).Select(number => (ulong)number);
}
