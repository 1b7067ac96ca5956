using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class FrameRingTests
{
    private static readonly FrameRingLimits Small = new()
    {
        MinBytes = 1_000,
        MaxBytes = 4_000,
        KeepTime = TimeSpan.FromSeconds(2),
        SegmentBytes = 512,
    };

    [Test]
    public void First_IsAfterLast_WhenNothingIsHeld()
    {
        var ring = new FrameRing(Small);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ring.First, Is.EqualTo(1UL));
            Assert.That(ring.Last, Is.Zero);
            Assert.That(ring.TryGet(0, out _, out _), Is.False);
            Assert.That(ring.TryGet(1, out _, out _), Is.False);
        }
    }

    [Test]
    public void Commit_KeepsTheMinimum_WhateverItsAge()
    {
        var ring = new FrameRing(Small);

        for (var number = 1UL; number <= 20; number++)
        {
            Append(ring, number, 100, TimeSpan.FromHours(number));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ring.First, Is.EqualTo(11UL));
            Assert.That(ring.Bytes, Is.EqualTo(1_000));
        }
    }

    [Test]
    public void Commit_KeepsTwoSecondsOfTheRate_UpToTheMaximum()
    {
        var ring = new FrameRing(Small);

        for (var number = 1UL; number <= 30; number++)
        {
            Append(ring, number, 100, TimeSpan.FromSeconds(0.1 * number));
        }

        var held = ring.Last - ring.First + 1;
        for (var number = 31UL; number <= 100; number++)
        {
            Append(ring, number, 100, TimeSpan.FromSeconds(3));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(20UL));
            Assert.That(ring.Bytes, Is.EqualTo(Small.MaxBytes));
        }
    }

    [TestCase(1), TestCase(2), TestCase(3)]
    public void TryGet_GivesTheSameBytes_ForEveryFrameThatIsHeld(int seed)
    {
        var random = new Random(seed);
        var ring = new FrameRing(Small);
        var sent = new Dictionary<ulong, byte[]>();
        var now = TimeSpan.Zero;

        for (var number = 1UL; number <= 500; number++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(200));
            var frame = new byte[random.Next(1, 700)];
            random.NextBytes(frame);
            sent[number] = frame;
            frame.CopyTo(ring.Reserve(frame.Length));
            _ = ring.Commit(new KeptFrame(number, number, 1, 0), frame.Length, now);

            for (var held = ring.First; held <= ring.Last; held++)
            {
                Assert.That(ring.TryGet(held, out var kept, out var facts), Is.True);
                Assert.That(kept.SequenceEqual(sent[held]), Is.True, $"frame {held} after {number}");
                Assert.That(facts.Number, Is.EqualTo(held));
            }
        }
    }

    [Test]
    public void Commit_AllocatesNothing_OnceTheRingIsFull()
    {
        var ring = new FrameRing(Small with { SegmentBytes = 64 * 1024, MinBytes = 400_000, MaxBytes = 400_000 });
        for (var number = 1UL; number <= 2_000; number++)
        {
            Append(ring, number, 1_000, TimeSpan.Zero);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 2_001UL; number <= 12_000; number++)
        {
            Append(ring, number, 1_000, TimeSpan.Zero);
        }

        // A segment object of 40 bytes for each 64 frames; the arena itself is used again.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
    }

    private static void Append(FrameRing ring, ulong number, int bytes, TimeSpan now)
    {
        ring.Reserve(bytes)[..bytes].Fill((byte)number);
        _ = ring.Commit(new KeptFrame(number, number, 1, 0), bytes, now);
    }
}
