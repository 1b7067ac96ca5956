using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Records;

/// <summary>The bytes of a snapshot, against those of a second implementation.</summary>
public sealed class SnapshotVectorTests
{
    private static readonly SnapshotHeader Header = new()
    {
        Lane = 1,
        Incarnation = 300,
        AfterFrame = 17,
        AfterRecord = 4_096,
        Base = new FrameBase(1_700_000_000_000_000, -120, 5_000_000),
        ChartCount = 2,
    };

    private static byte[] Vector => MessageVectorTests.Vectors["SnapshotState"];

    [Test]
    public void Write_GivesTheBytesOfTheVector()
    {
        var writer = new MessageWriter(new byte[1_024]);

        Header.Write(ref writer);
        Oven().Write(ref writer);
        Unstarted().Write(ref writer);

        Assert.That(Convert.ToHexString(writer.Written), Is.EqualTo(Convert.ToHexString(Vector)));
    }

    [Test]
    public void TryRead_GivesTheChartsOfTheVector()
    {
        var isOpen = SnapshotReader.TryOpen(Vector, out var reader);
        Assert.That(isOpen, Is.True);
        Assert.That(reader.Header, Is.EqualTo(Header));

        Assert.That(reader.TryRead(out var oven), Is.True);
        AssertSame(oven, Oven());
        Assert.That(reader.TryRead(out var unstarted), Is.True);
        AssertSame(unstarted, Unstarted());
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.IsComplete, Is.True);
    }

    [Test]
    public void IsComplete_IsFalse_ForEveryBeginningOfTheVector()
    {
        var complete = Enumerable.Range(0, Vector.Length).Where(length => IsComplete(Vector.AsSpan(0, length)));

        Assert.That(complete, Is.Empty);
        Assert.That(IsComplete(Vector), Is.True);
    }

    private static bool IsComplete(ReadOnlySpan<byte> bytes)
    {
        if (!SnapshotReader.TryOpen(bytes, out var reader))
        {
            return false;
        }

        while (reader.TryRead(out _))
        {
        }

        return reader.IsComplete;
    }

    private static SnapshotChart Oven() => new()
    {
        Chart = 7,
        Name = "oven",
        TraceName = "ofen",
        Hash = VectorMessages.Bytes(0x10, 32),
        NextStep = 10,
        Leaf = 4,
        States = ChartStates.Faulted,
        Queued = 0,
        Deferred = 2,
        Names =
        new SnapshotName[]
        {
            new(NameKind.Signal, 12, "ODD"),
            new(NameKind.State, 40, "odd state"),
        },
    };

    private static SnapshotChart Unstarted() => new()
    {
        Chart = 8,
        Name = "a",
        TraceName = "a",
        Hash = VectorMessages.Bytes(0x12, 32),
        NextStep = 0,
        Leaf = -1,
        States = 0,
        Queued = -1,
        Deferred = 0,
        Names = default,
    };

    private static void AssertSame(in SnapshotChart actual, in SnapshotChart expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (actual.Chart, actual.Name.ToString(), actual.TraceName.ToString(), actual.NextStep, actual.Leaf),
                Is.EqualTo((
                    expected.Chart,
                    expected.Name.ToString(),
                    expected.TraceName.ToString(),
                    expected.NextStep,
                    expected.Leaf)));
            Assert.That(
                (actual.States, actual.Queued, actual.Deferred),
                Is.EqualTo((expected.States, expected.Queued, expected.Deferred)));
            Assert.That(actual.Hash.ToArray(), Is.EqualTo(expected.Hash.ToArray()));
            Assert.That(BytesOf(actual.Names), Is.EqualTo(BytesOf(expected.Names)));
        }
    }

    private static byte[] BytesOf(SnapshotNames names)
    {
        var writer = new MessageWriter(new byte[1_024]);
        names.Write(ref writer);
        return writer.Written.ToArray();
    }
}
