using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

/// <summary>Keys and rights: who can open what, and what a change of keys costs the others.</summary>
public sealed class LogKeysTests
{
    [Test]
    public void ReplaceEpochs_CostsAReaderNothing_WhileTheLaneIsBusy([Range(1, 4)] int seed)
    {
        using var world = Started(seed);
        world.Network.LatePercent = 20;
        world.Network.MaxSessionDelayMs = 30;

        for (var change = 0; change < 5; change++)
        {
            world.Run(150);
            world.Log.ReplaceEpochs();
        }

        world.Run(200);
        world.OnTurn = null;
        world.Run(3_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Gaps, Is.Empty);
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
            Assert.That(world.Client.Counters[FrameDrop.WrongKey], Is.Zero);
        }
    }

    [Test]
    public void Keys_AreAskedFor_WhenTheGrantWasLost()
    {
        using var world = Started(1);
        world.Run(100);
        var server = world.Server!;

        // The lane changes its key without this reader being told, as if the message had been forgotten.
        world.Log.Remove(server);
        world.Log.ReplaceEpochs();
        world.Log.Add(server);
        world.Run(500);
        world.OnTurn = null;
        world.Run(2_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.SentByReader(SessionMessageType.Keys), Is.GreaterThan(0));
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
            Assert.That(world.Sink.Gaps, Is.Empty);
        }
    }

    [Test]
    public void Use_GivesAKeyForTenMinutes_AndGrantsTheNextOneAhead()
    {
        using var world = Started(1);
        world.OnTurn = null;
        world.Run(100);
        var grants = world.SentByPublisher(SessionMessageType.Grant);

        world.OnTurn = now => world.Step(1, (int)now.TotalMilliseconds % 1_000 < 4 ? 1 : 0);
        world.Run(LaneEpochs.MaxUse.TotalMilliseconds - 1_000);
        var ahead = world.SentByPublisher(SessionMessageType.Grant);
        var before = world.Log.Spy.Epochs[0].Number;
        world.Run(4_000);
        world.OnTurn = null;
        world.Run(2_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ahead, Is.EqualTo(grants + 1), "the next key is there before it is used");
            Assert.That(before, Is.EqualTo(1U));
            Assert.That(world.LastFrameEpoch, Is.EqualTo(2U));
            Assert.That(world.Client.Counters[FrameDrop.NoKey], Is.Zero);
            Assert.That(world.SentByReader(SessionMessageType.Keys), Is.Zero);
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
        }
    }

    [Test]
    public void Allow_EndsTheService_WhenTheRightIsTakenAway()
    {
        using var world = Started(1);
        world.Run(200);
        world.Network.MaxSessionDelayMs = 0;

        world.Server!.Allow(LaneKinds.None);
        world.Log.ReplaceEpochs();
        world.Run(2);
        var sent = world.SentByPublisher(SessionMessageType.Grant) + world.SentByPublisher(SessionMessageType.Frame);
        var applied = world.Sink.Records.Count;
        world.Run(3_000);

        using (Assert.EnterMultipleScope())
        {
            var now = world.SentByPublisher(SessionMessageType.Grant) + world.SentByPublisher(SessionMessageType.Frame);
            Assert.That(now, Is.EqualTo(sent), "neither a key nor a frame after that");
            Assert.That(world.Sink.Records, Has.Count.LessThan(applied + 100), "frames of before may be under way");
            Assert.That(world.Server.Heads(), Is.Empty);
        }
    }

    [Test]
    public void Attach_IsRefused_WithoutARight()
    {
        using var world = new LogWorld(1);
        world.Connect(LaneKinds.None);
        world.Ask(new AttachMessage(7, LaneKinds.Spy | LaneKinds.Trace));

        Assert.That(world.LastError(), Is.EqualTo((7U, SessionErrorCode.NoRight)));
    }

    [Test]
    public void Fetch_IsRefused_BeforeTheLaneIsAttached()
    {
        using var world = new LogWorld(1);
        world.Connect(LaneKinds.None);
        world.Ask(new FetchMessage(8, NodeLog.SpyLane, 1, 1, 2));

        Assert.That(world.LastError(), Is.EqualTo((8U, SessionErrorCode.NoRight)));
    }

    [Test]
    public void Grant_IncludesTheKeysOfAllFramesThatAreHeld_ForALateReader()
    {
        using var world = new LogWorld(1);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 5);
        for (var change = 0; change < 4; change++)
        {
            world.Run(50);
            world.Log.ReplaceEpochs();
        }

        world.Connect();
        world.Run(100);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Log.Spy.Epochs, Has.Count.EqualTo(5));
            Assert.That(world.SentByReader(SessionMessageType.Keys), Is.Zero);
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
        }
    }

    [Test]
    public void Client_GoesOnWhereItWas_WhenItsRightIsTakenAndGivenBack()
    {
        using var world = Started(1);
        world.Run(200);
        world.Server!.Allow(LaneKinds.None);
        world.Log.ReplaceEpochs();
        world.Client.OnAllowed(LaneKinds.None, world.Network.Now);
        world.Run(500);
        var topics = world.Client.Topics;
        var asked = world.SentByReader(SessionMessageType.Fetch) + world.SentByReader(SessionMessageType.Keys);
        world.Run(500);
        var askedLater = world.SentByReader(SessionMessageType.Fetch) + world.SentByReader(SessionMessageType.Keys);

        world.Server.Allow(LaneKinds.Spy);
        world.Client.OnAllowed(LaneKinds.Spy, world.Network.Now);
        world.Run(500);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(topics, Is.Empty);
            Assert.That(askedLater, Is.EqualTo(asked), "nothing is asked without a right");
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)), "a right includes the history that is held");
            Assert.That(world.Sink.Gaps, Is.Empty);
        }
    }

    [Test]
    public void Allow_LeavesWhatIsUnderWay_WhenNothingChanged()
    {
        using var world = new LogWorld(1);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 40);
        world.Run(2_000);
        world.OnTurn = null;
        world.Connect();
        for (var turn = 0; turn < 50; turn++)
        {
            world.Run(4);
            world.Server!.Allow(LaneKinds.Spy | LaneKinds.Trace);
        }

        world.Run(2_000);

        Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
    }

    [Test]
    public void Client_ReadsTheSpyLane_WhenItMayReadMoreThanTheTrace()
    {
        using var world = Started(1);
        world.Connect(LaneKinds.Trace);
        world.Run(300);
        var topic = world.Client.Topics.Single();

        world.Server!.Allow(LaneKinds.Spy | LaneKinds.Trace);
        world.Client.OnAllowed(LaneKinds.Spy | LaneKinds.Trace, world.Network.Now);
        world.Run(500);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(topic, Is.EqualTo(world.Log.Trace!.Topic));
            Assert.That(world.Client.Topics, Is.EqualTo(new[] { world.Log.Spy.Topic }));
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(All(world)));
            Assert.That(world.Sink.Gaps, Is.Empty);
        }
    }

    private static LogWorld Started(int seed)
    {
        var world = new LogWorld(seed);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 3);
        world.Connect();
        return world;
    }

    private static IEnumerable<ulong> All(LogWorld world) =>
        Enumerable.Range(1, (int)world.Log.Spy.SealedRecords).Select(number => (ulong)number);
}
