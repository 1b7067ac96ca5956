using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Core.Logs;
using Mesh.Tests.Core.Wire.Records;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Readers of the publisher's lane that are attached and have its key.</summary>
internal sealed class FrameLab(FuzzPublisher publisher)
{
    /// <summary>The first request of a client.</summary>
    public const uint FirstRequest = 1;

    // As in a node, where all readers have one.
    private readonly FrameRoom _room = new();

    private readonly byte[][] _opening =
        [.. publisher.Answer(FuzzPublisher.Encode(new AttachMessage(FirstRequest, LaneKinds.Spy).Write))];

    /// <summary>A sink that keeps nothing.</summary>
    public CountingSink Sink { get; } = new();

    /// <summary>What the publisher answers to ATTACH: LANES and GRANT.</summary>
    public IReadOnlyList<byte[]> Opening => _opening;

    /// <summary>Makes a client that has heard LANES and GRANT.</summary>
    /// <param name="sink">Takes the records.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="session">Takes what it asks.</param>
    public LogClient MakeClient(
        IRecordSink sink, StartMode start = StartMode.History, IMessageSink? session = null)
    {
        var client = new LogClient(new LogClientSetup
        {
            Primitives = publisher.Primitives,
            Peer = publisher.Identity.Id,
            Opener = publisher.Opener,
            Sink = sink,
            Room = _room,
            Start = start,
        });
        client.Attach(session ?? new CollectingSink(), LaneKinds.Spy, publisher.Now);
        foreach (var message in _opening)
        {
            _ = SessionMessage.TryReadType(message, out var type);
            _ = client.Handle(message, type, publisher.Now);
        }

        return client;
    }

    /// <summary>Plaintexts of frames with every kind of record in them.</summary>
    public static IEnumerable<byte[]> RandomPlaintexts(Random random)
    {
        var records = RecordCases.Frame();
        return [.. Enumerable.Range(0, 24).Select(_ => records.Make(random)), Crowded(random)];
    }

    // As many charts in one frame as a frame has records.
    private static byte[] Crowded(Random random)
    {
        var writer = new RecordWriter(new TimestampScale(1_000_000));
        writer.Begin(new byte[64 * 1024], RecordCases.NextBase(random));
        for (var chart = 0U; chart < 2_000; chart++)
        {
            _ = writer.TryWriteStep(chart, new RandomSteps(random).Next() with { NoteBytes = 0 }, []);
        }

        return writer.Finish().ToArray();
    }
}
