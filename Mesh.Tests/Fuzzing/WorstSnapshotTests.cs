using System.Buffers.Binary;
using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Fuzzing.Targets;
using NUnit.Framework;

namespace Mesh.Tests.Fuzzing;

/// <summary>Snapshots that are made to cost the view of a reader as much as they can.</summary>
public sealed class WorstSnapshotTests
{
    private const int Seed = 1;

    [TestCase(1, 0, false)]
    [TestCase(600, 0, false)]
    [TestCase(3_000, 0, false)]
    [TestCase(3_000, 0, true)]
    [TestCase(2_000, 1, false)]
    [TestCase(3, 4_096, false)]
    [TestCase(2_047, 0, false, 1)]
    public void Snapshot_CostsNoMoreThanTheBoundOfTheView(
        int charts, int names, bool areAlike, int differentCharts = int.MaxValue)
    {
        using var target = new SnapshotTarget();

        var snapshot = Make(charts, names, areAlike, differentCharts);
        var report = new FuzzRunner(target, Seed).Replay([snapshot]);

        TestContext.Out.WriteLine($"{snapshot.Length} bytes:{report}");
        Assert.That(report.Findings, Is.Empty);
    }

    private static byte[] Make(int charts, int nameCount, bool areAlike, int differentCharts)
    {
        using var publisher = new FuzzPublisher();
        var writer = new MessageWriter(new byte[512 * 1024]);
        new SnapshotHeader
        {
            Lane = NodeLog.SpyLane,
            Incarnation = publisher.Log.Incarnation,
            AfterFrame = 1,
            AfterRecord = 1,
            Base = new FrameBase(1_700_000_000_000_000, 60, 0),
            ChartCount = charts,
        }.Write(ref writer);
        SnapshotName[] names = [.. Enumerable.Range(0, nameCount).Select(number =>
            new SnapshotName(NameKind.Signal, (uint)number, ""))];
        for (var chart = 0; chart < charts; chart++)
        {
            var hash = new byte[WireSizes.HashBytes];
            BinaryPrimitives.WriteInt32BigEndian(hash, areAlike ? 0 : chart);
            new SnapshotChart
            {
                Chart = (uint)(chart % differentCharts),
                Name = "",
                TraceName = "a",
                Hash = hash,
                NextStep = 9,
                Leaf = 1,
                States = ChartStates.Ended,
                Queued = 0,
                Deferred = 0,
                Names = names,
            }.Write(ref writer);
        }

        return writer.Written.ToArray();
    }
}
