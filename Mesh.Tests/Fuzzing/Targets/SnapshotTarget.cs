using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Core.Logs;
using Mesh.Tests.Core.Wire.Records;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Snapshots as the answer to a reader that asked for one, chunk by chunk.</summary>
internal sealed class SnapshotTarget : IFuzzTarget
{
    private readonly FuzzPublisher _publisher = new();
    private readonly FrameLab _lab;
    private readonly List<byte[]> _chunks = [];
    private byte[] _input = [];
    private MeshView _view = null!;
    private LogClient _client = null!;

    public SnapshotTarget() => _lab = new FrameLab(_publisher);

    public string Name => "snapshot";

    public int BytesPerInputByte => FuzzLimits.BytesPerViewByte;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        var codec = RecordCases.Snapshot();
        return
        [
            .. Enumerable.Repeat(_publisher.Log.Spy.MakeSnapshot().ToArray(), 8),
            .. Enumerable.Range(0, 40).Select(_ => codec.Make(random)),
            Crowded(random, 800),
        ];
    }

    private static byte[] Crowded(Random random, int charts)
    {
        var writer = new MessageWriter(new byte[256 * 1024]);
        new SnapshotHeader
        {
            Lane = NodeLog.SpyLane,
            Incarnation = 7,
            AfterFrame = 12,
            AfterRecord = 60,
            Base = RecordCases.NextBase(random),
            ChartCount = charts,
        }.Write(ref writer);
        var hash = new byte[WireSizes.HashBytes];
        for (var chart = 0; chart < charts; chart++)
        {
            new SnapshotChart
            {
                Chart = (uint)chart,
                Name = $"chart{chart}",
                TraceName = $"trace{chart}",
                Hash = hash,
                NextStep = 9,
                Leaf = 1,
                States = default,
                Queued = 0,
                Deferred = 0,
                Names = default,
            }.Write(ref writer);
        }

        return writer.Written.ToArray();
    }

    public void Prepare(byte[] input)
    {
        _client?.Dispose();
        _input = input;
        _view = new MeshView();
        var session = new CollectingSink();
        _client = _lab.MakeClient(_view.AddPeer(_publisher.Identity.Id, "pi"), StartMode.Snapshot, session);
        _ = SnapshotMessage.TryRead(session.Sent[^1], out var asked);
        _chunks.Clear();
        for (var offset = 0; offset < input.Length || offset == 0; offset += WireLimits.MaxChunkBytes)
        {
            var piece = input.AsSpan(offset, Math.Min(WireLimits.MaxChunkBytes, input.Length - offset)).ToArray();
            var (start, total) = ((uint)offset, (uint)input.Length);
            _chunks.Add(FuzzPublisher.Encode((ref writer) =>
                new ChunkMessage { Request = asked.Request, TotalBytes = total, Offset = start, Bytes = piece }
                    .Write(ref writer)));
        }
    }

    public void Run()
    {
        foreach (var chunk in _chunks)
        {
            _ = _client.Handle(chunk, SessionMessageType.Chunk, _publisher.Now);
        }
    }

    public string? Check()
    {
        // Whether a snapshot is whole is asked before it is read, in another way.
        if (SnapshotReader.TryOpen(_input, out var asked) && SnapshotReader.TryOpen(_input, out var read))
        {
            while (read.TryRead(out _))
            {
                // To the end or to a fault.
            }

            if (asked.TrySkipAll() != read.IsComplete)
            {
                return $"complete by one reading and not by the other: {read.IsComplete}";
            }
        }

        foreach (var chart in _view.Charts())
        {
            _ = (chart.Spy(), chart.Trace(), chart.Steps(), chart.StateName, chart.LastStep, chart.ToString());
        }

        return null;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _publisher.Dispose();
    }
}
