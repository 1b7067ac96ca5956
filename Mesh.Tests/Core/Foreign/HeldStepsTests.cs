using Mesh.Core.Foreign;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

public sealed class HeldStepsTests
{
    [TestCase(1), TestCase(2), TestCase(3)]
    public void Dequeue_GivesBackTheStepsInOrder_WhateverTheyAre(int seed)
    {
        var random = new Random(seed);
        var held = new HeldSteps();
        var expected = new Queue<(StepRecord, FrameClock)>();

        for (var turn = 0; turn < 3_000; turn++)
        {
            for (var count = random.Next(4); count > 0; count--)
            {
                var (step, clock) = (NextStep(random), NextClock(random));
                held.Enqueue(step, clock);
                expected.Enqueue((step, clock));
            }

            for (var count = random.Next(5); count > 0 && expected.TryDequeue(out var wanted); count--)
            {
                var step = held.Dequeue(out var clock);
                Assert.That((step, clock), Is.EqualTo(wanted));
            }
        }
    }

    private static FrameClock NextClock(Random random) => new(Any(random), (short)random.Next(-1_440, 1_440));

    private static StepRecord NextStep(Random random) => new()
    {
        Number = (ulong)Any(random),
        Kind = (StepKind)random.Next(3),
        Timestamp = Any(random),
        Signal = (int)Any(random),
        Outcome = random.Next(5) switch
        {
            0 => StepOutcome.Ignored,
            1 => StepOutcome.OfTransition((int)Any(random)),
            2 => StepOutcome.OfHook((int)Any(random)),
            3 => StepOutcome.OfDynamic((int)Any(random), (int)Any(random)),
            _ => StepOutcome.OfStart((int)Any(random)),
        },
        LeafBefore = (int)Any(random),
        LeafAfter = (int)Any(random),
        Queued = (int)Any(random),
        Deferred = (int)Any(random),
        NoteBytes = (int)Any(random),
        DroppedNotes = (uint)Any(random),
    };

    private static long Any(Random random) => random.Next(4) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => random.Next(2) == 0 ? long.MinValue : long.MaxValue,
        _ => random.Next(-2, 300),
    };
}
