using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class LogServerTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    [Test]
    public void Handle_RefusesTheSixtyFifthFetch_ByItsLimit()
    {
        using var lab = Filled(100);
        var (server, sent) = Attached(lab);

        for (var request = 10u; request < 10 + WireLimits.MaxOutstandingFetches + 1; request++)
        {
            Fetch(server, request, 1, 2);
        }

        Assert.That(Errors(sent), Is.EqualTo(new[] { (10U + 64, SessionErrorCode.Limit) }));
    }

    [Test]
    public void TryProduce_GivesTheFramesAsked_ThenSaysWhatIsHeld()
    {
        using var lab = Filled(10);
        var (server, sent) = Attached(lab);
        Fetch(server, 5, 3, 20);

        var frames = ProduceAll(server, 64 * 1024, Start);

        _ = FetchedMessage.TryRead(sent[^1], out var fetched);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(frames, Is.EqualTo(lab.Published.Skip(2)));
            Assert.That(fetched, Is.EqualTo(new FetchedMessage(5, 1, 10)));
        }
    }

    [Test]
    public void TryProduce_StartsAtTheFirstHeld_WhenOlderFramesAreGone()
    {
        using var lab = Filled(100, new FrameRingLimits { MinBytes = 20_000, MaxBytes = 20_000 });
        var (server, sent) = Attached(lab);
        Fetch(server, 5, 1, 100);

        var frames = ProduceAll(server, 64 * 1024, Start);

        _ = FetchedMessage.TryRead(sent[^1], out var fetched);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fetched.FirstHeld, Is.GreaterThan(50UL));
            Assert.That(frames, Is.EqualTo(lab.Published.Skip((int)fetched.FirstHeld - 1)));
        }
    }

    [Test]
    public void TryProduce_WritesNothing_WhenTheNextFrameDoesNotFit()
    {
        using var lab = Filled(3);
        var (server, _) = Attached(lab);
        Fetch(server, 5, 1, 3);
        var room = new byte[64 * 1024];

        var isSmallEnough = server.TryProduce(room.AsSpan(0, 500), Start, out _);
        var frames = ProduceAll(server, 64 * 1024, Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSmallEnough, Is.False);
            Assert.That(frames, Is.EqualTo(lab.Published));
        }
    }

    [Test]
    public void TryProduce_KeepsThePace_OfFourMegabytesASecond()
    {
        using var lab = Filled(4_000);
        var (server, _) = Attached(lab);
        var sentBytes = 0L;
        var request = 10u;

        for (var now = Start; now < Start + TimeSpan.FromSeconds(2); now += TimeSpan.FromMilliseconds(5))
        {
            Fetch(server, request++, 1, 50);
            sentBytes += ProduceAll(server, 64 * 1024, now).Sum(frame => (long)frame.Length);
        }

        Assert.That(sentBytes / 2.0, Is.EqualTo(4_000_000).Within(15).Percent);
    }

    [Test]
    public void NextProduceAt_NamesTheTime_WhenThePaceIsClosed()
    {
        using var lab = Filled(400);
        var (server, _) = Attached(lab);
        var idle = server.NextProduceAt(Start);
        Fetch(server, 10, 1, 400);

        _ = ProduceAll(server, 64 * 1024, Start);
        var next = server.NextProduceAt(Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(idle, Is.EqualTo(TimeSpan.MaxValue));
            Assert.That(next, Is.GreaterThan(Start).And.LessThan(Start + TimeSpan.FromMilliseconds(20)));
            Assert.That(ProduceAll(server, 64 * 1024, next), Is.Not.Empty);
        }
    }

    [Test]
    public void TryProduce_CutsADefinitionIntoChunks_AndSendsItBeforeFrames()
    {
        using var lab = Filled(3);
        var definition = new byte[100_000];
        new Random(1).NextBytes(definition);
        var hash = DefinitionHash.Of(definition);
        lab.Log.Definitions.Add(hash, definition);
        var (server, _) = Attached(lab);
        Fetch(server, 5, 1, 3);
        Ask(server, hash, 6);
        var assembly = new ChunkAssembly(WireLimits.MaxDefinitionBytes);
        var room = new byte[64 * 1024];

        while (!assembly.IsComplete && server.TryProduce(room, Start, out var length))
        {
            Assert.That(ChunkMessage.TryRead(room.AsSpan(0, length), out var chunk), Is.True);
            Assert.That(chunk.Request, Is.EqualTo(6U));
            Assert.That(assembly.TryAdd(chunk.TotalBytes, chunk.Offset, chunk.Bytes), Is.True);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assembly.IsComplete, Is.True);
            Assert.That(assembly.Whole.Span.SequenceEqual(definition), Is.True);
        }
    }

    [Test]
    public void Handle_AnswersNotHeld_ForADefinitionOfNobody()
    {
        using var lab = Filled(1);
        var (server, sent) = Attached(lab);

        Ask(server, new DefinitionHash(1, 2), 6);

        Assert.That(Errors(sent), Is.EqualTo(new[] { (6U, SessionErrorCode.NotHeld) }));
    }

    [Test]
    public void Handle_AnswersUnknownLane_ForALaneThatIsNotThere()
    {
        using var lab = Filled(1);
        var (server, sent) = Attached(lab);

        Send(server, SessionMessageType.Snapshot, (ref MessageWriter writer) =>
            new SnapshotMessage(9, 77).Write(ref writer));
        Send(server, SessionMessageType.Fetch, (ref MessageWriter writer) =>
            new FetchMessage(8, NodeLog.SpyLane, 6, 1, 1).Write(ref writer));

        Assert.That(
            Errors(sent),
            Is.EqualTo(new[] { (9U, SessionErrorCode.UnknownLane), (8U, SessionErrorCode.UnknownLane) }));
    }

    [Test]
    public void Handle_AnswersMalformed_ForWhatIsNoMessage()
    {
        using var lab = Filled(1);
        var (server, sent) = Attached(lab);

        _ = server.Handle([0x91, 0x14], SessionMessageType.Fetch);

        Assert.That(Errors(sent), Is.EqualTo(new[] { (0U, SessionErrorCode.Malformed) }));
    }

    [Test]
    public void Handle_LeavesOtherMessagesAlone()
    {
        using var lab = Filled(1);
        var (server, sent) = Attached(lab);
        var before = sent.Count;

        var isTaken = server.Handle([0x91, 0x03], SessionMessageType.Ping);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isTaken, Is.False);
            Assert.That(sent, Has.Count.EqualTo(before));
        }
    }

    private delegate void MessageBody(ref MessageWriter writer);

    private static LaneLab Filled(int frames, FrameRingLimits? limits = null)
    {
        var lab = new LaneLab(limits);
        for (var frame = 0; frame < frames; frame++)
        {
            lab.Write(TimeSpan.Zero, noteBytes: 1_000);
            lab.Flush(TimeSpan.Zero);
        }

        return lab;
    }

    private static (LogServer Server, List<byte[]> Sent) Attached(LaneLab lab)
    {
        var sink = new CollectingSink();
        var server = new LogServer(lab.Log, sink, LaneKinds.Spy);
        Send(server, SessionMessageType.Attach, (ref MessageWriter writer) =>
            new AttachMessage(1, LaneKinds.Spy).Write(ref writer));
        return (server, sink.Sent);
    }

    private static void Fetch(LogServer server, uint request, ulong from, ulong to) =>
        Send(server, SessionMessageType.Fetch, (ref MessageWriter writer) =>
            new FetchMessage(request, NodeLog.SpyLane, 7, from, to).Write(ref writer));

    private static void Ask(LogServer server, DefinitionHash hash, uint request)
    {
        var bytes = hash.ToArray();
        Send(server, SessionMessageType.Definition, (ref MessageWriter writer) =>
            new DefinitionMessage { Request = request, Hash = bytes }.Write(ref writer));
    }

    private static void Send(LogServer server, SessionMessageType type, MessageBody body)
    {
        var writer = new MessageWriter(new byte[256]);
        body(ref writer);
        _ = server.Handle(writer.Written, type);
    }

    private static List<byte[]> ProduceAll(LogServer server, int roomBytes, TimeSpan now)
    {
        var frames = new List<byte[]>();
        var room = new byte[roomBytes];
        while (server.TryProduce(room, now, out var length))
        {
            Assert.That(FrameMessage.TryRead(room.AsSpan(0, length), out var frame), Is.True);
            frames.Add(frame.Frame.ToArray());
        }

        return frames;
    }

    private static List<(uint Request, SessionErrorCode Code)> Errors(List<byte[]> sent)
    {
        var errors = new List<(uint, SessionErrorCode)>();
        foreach (var message in sent)
        {
            if (ErrorMessage.TryRead(message, out var error))
            {
                errors.Add((error.Request, error.Code));
            }
        }

        return errors;
    }
}
