using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class FrameSequenceTests
{
    private const int HoldBytes = 8 << 20;
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);

    [Test]
    public void OnOpened_HoldsWhatIsAhead_UntilTheHoleIsFilled()
    {
        var sequence = Started(0);

        Open(sequence, 1);
        Open(sequence, 3);
        var first = Drain(sequence);
        var waiting = sequence.Step(isStarted: true);
        Open(sequence, 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(new ulong[] { 1 }));
            Assert.That(waiting, Is.EqualTo(SequenceStep.Waiting));
            Assert.That(Drain(sequence), Is.EqualTo(new ulong[] { 2, 3 }));
            Assert.That(sequence.IsBehind, Is.False);
        }
    }

    [Test]
    public void TryAsk_AsksForAHole_TwentyMillisecondsAfterItWasSeen()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        Open(sequence, 4);

        var early = sequence.TryAsk(Start + TimeSpan.FromMilliseconds(19), 1, out _);
        var due = sequence.TryAsk(Start + TimeSpan.FromMilliseconds(20), 1, out var range);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(due, Is.True);
            Assert.That(range, Is.EqualTo(new FrameRange(2, 3)));
        }
    }

    [Test]
    public void Wants_RefusesAFrame_ThatWasAppliedOrIsHeldOrLiesTooFarAhead()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        _ = Drain(sequence);
        Open(sequence, 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.Wants(1), Is.False);
            Assert.That(sequence.Wants(2), Is.True);
            Assert.That(sequence.Wants(3), Is.False);
            Assert.That(sequence.Wants(2 + FrameSequence.MaxAhead), Is.False);
        }
    }

    [Test]
    public void Step_SkipsWhatIsGone_WhenWhatComesAfterIsHeld()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        _ = Drain(sequence);
        Open(sequence, 5);
        _ = sequence.TryAsk(Start + HoleList.FirstDelay, 1, out _);

        sequence.OnFetched(1, new FrameRange(5, 5), Start + HoleList.FirstDelay);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.Step(isStarted: true), Is.EqualTo(SequenceStep.Skipped));
            Assert.That(Drain(sequence), Is.EqualTo(new ulong[] { 5 }));
        }
    }

    [Test]
    public void Step_GivesUpAFrame_ThatDoesNotComeHoweverOftenItIsAskedFor()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        _ = Drain(sequence);
        Open(sequence, 3);
        var now = Start;

        for (var request = 1u; request <= FrameSequence.MaxTries; request++)
        {
            Assert.That(sequence.Step(isStarted: true), Is.EqualTo(SequenceStep.Waiting));
            now = sequence.NextAskAt;
            _ = sequence.TryAsk(now, request, out _);
            sequence.OnFetched(request, new FrameRange(1, 3), now);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.Step(isStarted: true), Is.EqualTo(SequenceStep.Skipped));
            Assert.That(sequence.Next, Is.EqualTo(3UL));
            Assert.That(now - Start, Is.EqualTo(TimeSpan.FromSeconds(3)).Within(TimeSpan.FromSeconds(2)));
        }
    }

    [Test]
    public void WantsLive_IsFalse_UntilTheHistoryIsNearTheHead()
    {
        var sequence = Started(1_000);
        var asked = new List<FrameRange>();
        var wasLive = sequence.WantsLive;
        var now = Start;

        for (var request = 1u; !sequence.WantsLive; request++)
        {
            Assert.That(sequence.TryAsk(now, request, out var page), Is.True);
            Assert.That(sequence.TryAsk(now, request + 1, out _), Is.False, "one page at a time");
            asked.Add(page);
            for (var number = page.From; number <= page.To; number++)
            {
                Open(sequence, number, 60_000);
            }

            _ = Drain(sequence);
            sequence.OnFetched(request, new FrameRange(1, 1_000), now);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wasLive, Is.False);
            Assert.That(asked, Has.Count.EqualTo(28));
            Assert.That(sequence.Next, Is.InRange(900UL, 1_000UL));
        }
    }

    [Test]
    public void WantsLive_BecomesFalse_WhenTheHoldOverflows()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        _ = Drain(sequence);

        for (var number = 3UL; number < 300; number++)
        {
            Open(sequence, number, 50_000);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.WantsLive, Is.False);
            Assert.That(sequence.TryAsk(Start + HoleList.FirstDelay, 1, out var page), Is.True);
            Assert.That(page, Is.EqualTo(new FrameRange(2, 2)));
        }
    }

    [Test]
    public void Step_FallsOff_WhenAPageIsGone()
    {
        var sequence = Started(1_000);
        _ = sequence.TryAsk(Start, 1, out _);

        sequence.OnFetched(1, new FrameRange(500, 2_000), Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.Step(isStarted: true), Is.EqualTo(SequenceStep.FallenOff));
            Assert.That(sequence.Step(isStarted: false), Is.EqualTo(SequenceStep.Skipped), "nothing was lost yet");
            Assert.That(sequence.Next, Is.EqualTo(500UL));
        }
    }

    [Test]
    public void MoveTo_KeepsWhatCameAfterTheSnapshot()
    {
        var sequence = Started(0);
        sequence.AwaitSnapshot(10);
        Open(sequence, 11);
        Open(sequence, 12);
        Open(sequence, 13);

        sequence.MoveTo(12);

        Assert.That(Drain(sequence), Is.EqualTo(new ulong[] { 12, 13 }));
    }

    [Test]
    public void OnHead_AsksForTheTail_WhenTheLastFramesWereLost()
    {
        var sequence = Started(0);
        Open(sequence, 1);
        _ = Drain(sequence);

        sequence.OnHead(3, Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.IsBehind, Is.True);
            Assert.That(sequence.TryAsk(Start + HoleList.FirstDelay, 1, out var range), Is.True);
            Assert.That(range, Is.EqualTo(new FrameRange(2, 3)));
        }
    }

    [Test]
    public void Step_ComesToAnEnd_WhateverThePublisherClaims([Values(false, true)] bool isStarted)
    {
        var sequence = Started(0);
        sequence.OnHead(ulong.MaxValue, Start);
        sequence.OnFetched(1, new FrameRange(ulong.MaxValue, ulong.MaxValue), Start);
        var steps = 0;

        while (sequence.Step(isStarted) == SequenceStep.Skipped && steps < 10)
        {
            steps++;
        }

        Assert.That(steps, Is.LessThan(2));
    }

    [Test]
    public void TryAsk_AsksForNothing_WhileASnapshotIsAwaited()
    {
        var sequence = Started(0);
        sequence.AwaitSnapshot(10);
        sequence.OnHead(20, Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sequence.TryAsk(Start + TimeSpan.FromSeconds(1), 1, out _), Is.False);
            Assert.That(sequence.NextAskAt, Is.EqualTo(TimeSpan.MaxValue));
        }
    }

    // A network that drops, doubles and delays frames, and a publisher that answers late from a ring.
    [TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5), TestCase(6), TestCase(7), TestCase(8)]
    public void Drain_GivesEveryFrameOnceInOrder_OnABadNetwork(int seed)
    {
        const int FrameCount = 3_000;
        var random = new Random(seed);
        var sequence = Started(0);
        var applied = new List<ulong>();
        var events = new PriorityQueue<Action<TimeSpan>, TimeSpan>();
        var request = 0u;

        for (var number = 1UL; number <= FrameCount; number++)
        {
            var frame = number;
            var copies = random.Next(100) switch { < 10 => 0, < 15 => 2, _ => 1 };
            for (var copy = 0; copy < copies; copy++)
            {
                var delay = random.Next(10) == 0 ? random.Next(60) : random.Next(3);
                events.Enqueue(at => Offer(frame, at), Start + TimeSpan.FromMilliseconds(number + (ulong)delay));
            }
        }

        events.Enqueue(at => sequence.OnHead(FrameCount, at), Start + TimeSpan.FromSeconds(4));
        while (events.TryDequeue(out var happens, out var now))
        {
            happens(now);
            applied.AddRange(Drain(sequence));
            if (sequence.TryAsk(now, ++request, out var range))
            {
                Answer(request, range, now + TimeSpan.FromMilliseconds(random.Next(50)));
            }
            else if (sequence.NextAskAt < TimeSpan.MaxValue)
            {
                events.Enqueue(_ => { }, Later(sequence.NextAskAt, now));
            }
        }

        Assert.That(applied, Is.EqualTo(Enumerable.Range(1, FrameCount).Select(number => (ulong)number)));

        void Offer(ulong number, TimeSpan at)
        {
            if (sequence.Wants(number))
            {
                Open(sequence, number, 1_000, at);
            }
        }

        void Answer(uint asked, FrameRange range, TimeSpan at)
        {
            for (var number = range.From; number <= range.To; number++)
            {
                var frame = number;
                if (random.Next(20) != 0)
                {
                    events.Enqueue(time => Offer(frame, time), at);
                }
            }

            var held = new FrameRange(1, range.To);
            events.Enqueue(time => sequence.OnFetched(asked, held, time), at + TimeSpan.FromMilliseconds(1));
        }
    }

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static FrameSequence Started(ulong last)
    {
        var sequence = new FrameSequence(HoldBytes);
        sequence.Start(1, new FrameRange(1, last), Start);
        return sequence;
    }

    private static void Open(FrameSequence sequence, ulong number, int bytes = 100, TimeSpan? now = null) =>
        sequence.OnOpened(new KeptFrame(number, number, 1, 0), new byte[bytes], isApplied: false, now ?? Start);

    private static List<ulong> Drain(FrameSequence sequence)
    {
        var drained = new List<ulong>();
        while (sequence.Step(isStarted: true) == SequenceStep.Ready
            && sequence.TryTake(out var facts, out var buffer, out _))
        {
            FrameHold.Return(buffer);
            drained.Add(facts.Number);
        }

        return drained;
    }
}
