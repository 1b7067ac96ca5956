using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class HoleListTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);

    [Test]
    public void TryAsk_GivesNothing_BeforeTheHoleIsDue()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(3, 5), Start + HoleList.FirstDelay);

        var early = holes.TryAsk(Start, 1, 100, out _);
        var due = holes.TryAsk(Start + HoleList.FirstDelay, 1, 100, out var range);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(due, Is.True);
            Assert.That(range, Is.EqualTo(new FrameRange(3, 5)));
        }
    }

    [Test]
    public void TryAsk_GivesAHoleOnce_WhileItsRequestIsUnderWay()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(3, 5), Start);
        _ = holes.TryAsk(Start, 1, 100, out _);

        var again = holes.TryAsk(Start + TimeSpan.FromHours(1), 2, 100, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.False);
            Assert.That(holes.NextAskAt, Is.EqualTo(TimeSpan.MaxValue));
        }
    }

    [Test]
    public void Answered_DoublesTheWait_UpToTwoSeconds()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(3, 3), Start);
        var waits = new List<double>();
        var now = Start;

        for (var request = 1u; request <= 9; request++)
        {
            _ = holes.TryAsk(now, request, 100, out _);
            holes.Answered(request, now);
            waits.Add((holes.NextAskAt - now).TotalMilliseconds);
            now = holes.NextAskAt;
        }

        Assert.That(waits, Is.EqualTo(new double[] { 20, 40, 80, 160, 320, 640, 1280, 2000, 2000 }));
    }

    [Test]
    public void TryAsk_SplitsAHole_WhenItIsLargerThanThePage()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(1, 10), Start);

        _ = holes.TryAsk(Start, 1, 4, out var first);
        _ = holes.TryAsk(Start, 2, 4, out var second);
        _ = holes.TryAsk(Start, 3, 4, out var third);

        Assert.That(
            new[] { first, second, third },
            Is.EqualTo(new[] { new FrameRange(1, 4), new FrameRange(5, 8), new FrameRange(9, 10) }));
    }

    [Test]
    public void DropBelow_CutsHoles_ThatReachBelowTheFloor()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(1, 2), Start);
        holes.Add(new FrameRange(5, 9), Start);

        var dropped = holes.DropBelow(7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dropped, Is.True);
            Assert.That(holes.Lowest, Is.EqualTo(7UL));
            Assert.That(holes.DropBelow(7), Is.False);
        }
    }

    [Test]
    public void AskAgain_MakesHolesDue_WhenTheSessionIsReplaced()
    {
        var holes = new HoleList();
        holes.Add(new FrameRange(1, 2), Start);
        _ = holes.TryAsk(Start, 1, 100, out _);

        holes.AskAgain(Start);
        var asked = holes.TryAsk(Start, 2, 100, out var range);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.True);
            Assert.That(range, Is.EqualTo(new FrameRange(1, 2)));
        }
    }

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5)]
    public void Fill_AgreesWithASet_ForRandomWork(int seed)
    {
        var random = new Random(seed);
        var holes = new HoleList();
        var missing = new SortedSet<ulong>();
        var next = 1UL;

        for (var turn = 0; turn < 2_000; turn++)
        {
            if (random.Next(3) == 0 && !holes.IsFull)
            {
                next += (ulong)random.Next(3);
                var range = new FrameRange(next, next + (ulong)random.Next(6));
                holes.Add(range, Start);
                missing.UnionWith(Enumerable.Range(0, (int)range.Count).Select(step => range.From + (ulong)step));
                next = range.To + 1;
            }
            else if (random.Next(50) == 0)
            {
                var floor = (ulong)random.Next((int)next + 1);
                _ = holes.DropBelow(floor);
                missing.RemoveWhere(number => number < floor);
            }
            else
            {
                var number = (ulong)random.Next((int)next + 2);
                Assert.That(holes.Fill(number), Is.EqualTo(missing.Remove(number)), $"seed {seed}, turn {turn}");
            }

            Assert.That(holes.Lowest, Is.EqualTo(missing.Count == 0 ? ulong.MaxValue : missing.Min), $"turn {turn}");
        }
    }
}
