using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

public sealed class StepRingTests
{
    private readonly StepRing _ring = new();
    private readonly byte[] _notes = new byte[NoteWriter.MaxBytes];

    [Test]
    public void TryRead_GivesEveryStepInOrder_WhenTheReaderKeepsUp()
    {
        var next = 0UL;
        for (var number = 0; number < 2_000; number++)
        {
            Append(_ring);
            var result = _ring.TryRead(ref next, out var record, _notes, out var length, out _);
            Assert.That(result, Is.EqualTo(StepReadResult.Read));
            Check(record, _notes.AsSpan(0, length));
        }

        Assert.That(_ring.TryRead(ref next, out _, _notes, out _, out _), Is.EqualTo(StepReadResult.Empty));
        Assert.That(next, Is.EqualTo(2_000));
    }

    [Test]
    public void TryRead_TellsWhatWasLost_WhenTheReaderWasTooSlow()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Append(_ring);
        }

        var next = 0UL;
        var first = _ring.TryRead(ref next, out _, _notes, out _, out var lostUpTo);
        var second = _ring.TryRead(ref next, out var record, _notes, out _, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, lostUpTo), Is.EqualTo((StepReadResult.Lost, 1_000UL - 512)));
            Assert.That((second, record.Number), Is.EqualTo((StepReadResult.Read, lostUpTo)));
        }
    }

    [Test]
    public void TryRead_TellsAStepAsLost_WhenItsNotesWereOverwritten()
    {
        var notes = new byte[NoteWriter.MaxBytes];
        for (var number = 0UL; number < 100; number++)
        {
            _ring.Append(new StepRecord { Number = number, NoteBytes = notes.Length }, notes);
        }

        var next = 0UL;
        var lost = 0;
        var read = 0;
        while (_ring.TryRead(ref next, out _, _notes, out _, out _) is var result && result != StepReadResult.Empty)
        {
            lost += result == StepReadResult.Lost ? 1 : 0;
            read += result == StepReadResult.Read ? 1 : 0;
        }

        Assert.That((lost, read), Is.EqualTo((68, 32)), "256 KiB of notes are held");
    }

    [Test]
    public void TryReadTrace_KeepsTheTransitions_WhenManyHooksFollow()
    {
        Append(_ring, StepOutcome.OfTransition(0));
        for (var number = 0; number < 5_000; number++)
        {
            Append(_ring, StepOutcome.OfHook(0));
        }

        var next = 0UL;
        var result = _ring.TryReadTrace(ref next, out var record, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result, record.Number, _ring.TraceHead), Is.EqualTo((StepReadResult.Read, 0UL, 1UL)));
            Assert.That(_ring.Oldest, Is.EqualTo(5_001UL - 512));
        }
    }

    [Test]
    public void TryRead_KeepsEveryNumberOfTheRecord()
    {
        var record = new StepRecord
        {
            Kind = StepKind.Fault,
            Timestamp = long.MinValue,
            Signal = 5_119,
            Outcome = StepOutcome.OfDynamic(4_095, 4_094),
            LeafBefore = -1,
            LeafAfter = 4_093,
            Queued = StepRecord.NoQueues,
            Deferred = 65_000,
            NoteBytes = 3,
            DroppedNotes = uint.MaxValue,
        };
        _ring.Append(record, [1, 2, 3]);

        var next = 0UL;
        _ring.TryRead(ref next, out var read, _notes, out _, out _);

        Assert.That(read, Is.EqualTo(record));
    }

    [Test]
    public void TryRead_Throws_WhenThereIsNoRoomForTheNotes()
    {
        Assert.That(
            () =>
            {
                var next = 0UL;
                _ring.TryRead(ref next, out _, new byte[NoteWriter.MaxBytes - 1], out _, out _);
            },
            Throws.InstanceOf<ArgumentException>());
    }

    [Test, CancelAfter(60_000)]
    public async Task TryRead_NeverGivesATornStep_WhileTheWriterRunsAtFullSpeed(CancellationToken cancellationToken)
    {
        const ulong Count = 400_000;
        var running = Enumerable.Range(0, 2)
            .Select(_ => Task.Run(() => ReadUntil(Count, cancellationToken), cancellationToken)).ToArray();

        await Task.Run(
            () =>
            {
                for (var number = 0UL; number < Count; number++)
                {
                    Append(_ring);
                }
            },
            cancellationToken);

        foreach (var (read, lost) in await Task.WhenAll(running))
        {
            Assert.That(read + lost, Is.EqualTo(Count));
            Assert.That(read, Is.Positive);
        }
    }

    private (ulong Read, ulong Lost) ReadUntil(ulong count, CancellationToken cancellationToken)
    {
        var notes = new byte[NoteWriter.MaxBytes];
        var (next, read, lost) = (0UL, 0UL, 0UL);
        while (next < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = next;
            switch (_ring.TryRead(ref next, out var record, notes, out var length, out var lostUpTo))
            {
                case StepReadResult.Read:
                    Check(record, notes.AsSpan(0, length));
                    Assert.That(record.Number, Is.EqualTo(from));
                    read++;
                    break;
                case StepReadResult.Lost:
                    Assert.That(lostUpTo, Is.GreaterThan(from).And.EqualTo(next));
                    lost += next - from;
                    break;
            }
        }

        return (read, lost);
    }

    // Everything in a step follows from its number, so that a mixture of two steps shows.
    private static void Append(StepRing ring, StepOutcome? outcome = null)
    {
        var number = ring.Head;
        Span<byte> notes = stackalloc byte[(int)(number % 40)];
        notes.Fill((byte)number);
        ring.Append(
            new StepRecord
            {
                Number = number,
                Kind = StepKind.Step,
                Timestamp = (long)number * 31,
                Signal = (int)(number % 5_000),
                Outcome = outcome ?? StepOutcome.OfTransition((int)(number % 30_000)),
                LeafBefore = (int)(number % 4_001),
                LeafAfter = (int)(number % 4_003),
                Queued = (int)(number % 60_001),
                Deferred = (int)(number % 60_007),
                NoteBytes = notes.Length,
                DroppedNotes = (uint)number,
            },
            notes);
    }

    private static void Check(in StepRecord record, ReadOnlySpan<byte> notes)
    {
        var number = record.Number;
        var isWhole = record.Timestamp == (long)number * 31
            && record.Signal == (int)(number % 5_000)
            && record.Outcome == StepOutcome.OfTransition((int)(number % 30_000))
            && record.LeafBefore == (int)(number % 4_001)
            && record.LeafAfter == (int)(number % 4_003)
            && record.Queued == (int)(number % 60_001)
            && record.Deferred == (int)(number % 60_007)
            && record.DroppedNotes == (uint)number
            && notes.Length == (int)(number % 40)
            && !notes.ContainsAnyExcept((byte)number);
        if (!isWhole)
        {
            Assert.Fail($"step {number} is torn");
        }
    }
}
