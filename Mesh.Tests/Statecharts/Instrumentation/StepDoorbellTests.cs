using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

public sealed class StepDoorbellTests
{
    private static readonly TimeSpan MustHappen = TimeSpan.FromSeconds(10);

    private int _wakes;

    [Test]
    public void TryTake_GivesEachRingOnceInOrder_WhenSeveralHaveNewSteps()
    {
        var doorbell = new StepDoorbell(() => _wakes++);
        var rings = Enumerable.Range(0, 3).Select(_ => Attached(doorbell)).ToList();
        Drain(doorbell);

        Append(rings[2]);
        Append(rings[0]);
        Append(rings[2]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Drain(doorbell), Is.EqualTo([rings[2], rings[0]]).AsCollection);
            Assert.That(_wakes, Is.Zero, "the loop does not sleep");
        }
    }

    [Test]
    public void Append_WakesTheLoopOnce_WhenItSleeps()
    {
        var doorbell = new StepDoorbell(() => _wakes++);
        var ring = Attached(doorbell);
        var other = Attached(doorbell);
        Drain(doorbell);

        Assert.That(doorbell.TrySleep(), Is.True);
        Append(ring);
        Append(ring);
        Append(other);

        Assert.That(_wakes, Is.EqualTo(1));
    }

    [Test]
    public void TrySleep_IsFalse_WhenARingIsListedOrGrewAfterItWasTaken()
    {
        var doorbell = new StepDoorbell(() => _wakes++);
        var ring = Attached(doorbell);
        var listed = doorbell.TrySleep();
        Drain(doorbell);
        Append(ring);
        Assert.That(doorbell.TryTake(out _), Is.True);
        doorbell.Return(ring);
        var returned = doorbell.TrySleep();
        Drain(doorbell);

        var quiet = doorbell.TrySleep();

        Assert.That((listed, returned, quiet, _wakes), Is.EqualTo((false, false, true, 0)));
    }

    [Test]
    public void Attach_ListsTheRing_WhenItHasStepsAlready()
    {
        var doorbell = new StepDoorbell(() => _wakes++);
        var ring = new StepRing();
        Append(ring);

        ring.Attach(doorbell);
        var taken = Drain(doorbell);
        ring.Attach(null);
        Append(ring);

        Assert.That((taken.Count, Drain(doorbell).Count), Is.EqualTo((1, 0)));
    }

    [Test, CancelAfter(60_000)]
    public async Task Loop_ReadsEveryStepAndNeverMissesAWakeUp_WhileManyChartsRun(CancellationToken cancellationToken)
    {
        const int Writers = 4;
        const ulong StepsEach = 20_000;
        using var bell = new AutoResetEvent(false);
        var doorbell = new StepDoorbell(() => bell.Set());
        var rings = Enumerable.Range(0, Writers).Select(_ => Attached(doorbell)).ToList();
        foreach (var ring in rings)
        {
            ring.Tag = new Place();
        }

        var loop = Task.Factory.StartNew(
            () => RunLoop(doorbell, rings, StepsEach, bell),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var writers = rings.Select(ring => Task.Run(
            () =>
            {
                // In bursts, so that the loop goes to sleep in between again and again.
                var random = new Random(7);
                for (var count = 0UL; count < StepsEach; count++)
                {
                    Append(ring);
                    if (random.Next(50) == 0)
                    {
                        Thread.Yield();
                    }
                }
            },
            cancellationToken));

        await Task.WhenAll(writers);
        var isComplete = await loop;

        Assert.That(isComplete, Is.True, "a step was published and nobody came");
    }

    private static bool RunLoop(StepDoorbell doorbell, List<StepRing> rings, ulong stepsEach, AutoResetEvent bell)
    {
        var notes = new byte[NoteWriter.MaxBytes];
        while (rings.Any(ring => ((Place)ring.Tag!).Next < stepsEach))
        {
            while (doorbell.TryTake(out var ring))
            {
                var place = (Place)ring.Tag!;
                while (ring.TryRead(ref place.Next, out _, notes, out _, out _) != StepReadResult.Empty)
                {
                }
            }

            if (doorbell.TrySleep())
            {
                if (!bell.WaitOne(MustHappen))
                {
                    return rings.All(ring => ((Place)ring.Tag!).Next == stepsEach);
                }

                doorbell.Awake();
            }
        }

        return true;
    }

    private static StepRing Attached(StepDoorbell doorbell)
    {
        var ring = new StepRing();
        ring.Attach(doorbell);
        return ring;
    }

    private static List<StepRing> Drain(StepDoorbell doorbell)
    {
        var rings = new List<StepRing>();
        while (doorbell.TryTake(out var ring))
        {
            rings.Add(ring);
        }

        return rings;
    }

    private static void Append(StepRing ring) => ring.Append(new StepRecord { Number = ring.Head }, []);

    private sealed class Place
    {
        public ulong Next;
    }
}
