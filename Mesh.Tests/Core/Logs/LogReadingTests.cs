using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

/// <summary>Publisher and reader together, over a network that is as bad as a seed makes it.</summary>
public sealed class LogReadingTests
{
    private static readonly FrameRingLimits SmallRing = new()
    {
        MinBytes = 64 * 1024,
        MaxBytes = 64 * 1024,
        SegmentBytes = 128 * 1024,
    };

    [Test]
    public void Client_GetsEveryRecordOnceInOrder_OnABadNetwork([Range(1, 8)] int seed)
    {
        using var world = new LogWorld(seed);
        world.Network.DropPercent = 10;
        world.Network.DoublePercent = 10;
        world.Network.LatePercent = 20;
        world.Network.MaxSessionDelayMs = seed % 3 * 20;
        world.BeginChart(1);
        world.BeginChart(2);
        world.OnTurn = _ =>
        {
            world.Step(1, world.Network.Random.Next(4));
            world.Step(2, world.Network.Random.Next(4));
        };
        world.Connect();

        world.Run(2_000);
        world.OnTurn = null;
        world.Run(4_000);

        AssertComplete(world, 1);
    }

    [Test]
    public void Client_GoesOnWhereItWas_WhenSessionsAreCutAndReplaced([Range(1, 8)] int seed)
    {
        using var world = new LogWorld(seed);
        world.Network.DropPercent = 5;
        world.Network.LatePercent = 20;
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, world.Network.Random.Next(3));
        for (var session = 0; session < 6; session++)
        {
            world.Connect();
            world.Run(world.Network.Random.Next(20, 400));
            world.Cut();
            world.IsMuted = world.Network.Random.Next(2) == 0;
            world.Run(world.Network.Random.Next(300));
            world.IsMuted = false;
        }

        world.OnTurn = null;
        world.Connect();
        world.Run(5_000);

        AssertComplete(world, 1);
    }

    [Test]
    public void Client_DeclaresOneGap_WhenTheRingOverflowed([Range(1, 6)] int seed)
    {
        using var world = new LogWorld(seed, StartMode.History, SmallRing);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 20);
        world.Connect();
        world.Run(100);
        world.Cut();
        world.IsMuted = true;
        world.Run(1_000 + world.Network.Random.Next(500));
        world.IsMuted = false;

        world.Connect();
        world.Run(300);
        world.OnTurn = null;
        world.Run(3_000);

        var gap = world.Sink.Gaps.Single();
        var expected = Enumerable.Range(1, (int)world.Log.Spy.SealedRecords).Select(number => (ulong)number)
            .Where(number => number <= gap.After || number >= gap.Before);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gap.Reason, Is.EqualTo(GapReason.Overwritten));
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(expected));
        }
    }

    private static void AssertComplete(LogWorld world, ulong incarnation)
    {
        var expected = Enumerable.Range(1, (int)world.Log.Spy.SealedRecords).Select(number => (ulong)number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.RecordsOf(incarnation), Is.EqualTo(expected));
            Assert.That(world.Sink.Gaps, Is.Empty);
            Assert.That(world.Client.IsUpToDate, Is.True);
        }
    }
}
