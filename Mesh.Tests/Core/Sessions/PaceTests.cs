using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class PaceTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestCase(0, 200)]
    [TestCase(1, 400)]
    [TestCase(7, 25_600)]
    [TestCase(8, 30_000)]
    [TestCase(1000, 30_000)]
    public void Ceiling_DoublesUpToTheLimit(int failures, int milliseconds) =>
        Assert.That(BackOff.Ceiling(failures, First, Limit), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [Test]
    public void NextDelay_IsSpreadOverTheWholeCeiling()
    {
        var delays = Enumerable.Range(0, 1000).Select(seed =>
        {
            var backOff = new BackOff(new Random(seed), First, Limit);
            backOff.NextDelay();
            return backOff.NextDelay();
        }).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delays.Max(), Is.LessThan(2 * First).And.GreaterThan(1.9 * First));
            Assert.That(delays.Min(), Is.LessThan(0.1 * First));
        }
    }

    [Test]
    public void Reset_StartsTheScheduleAgain()
    {
        var backOff = new BackOff(new Random(1), First, Limit);
        Assert.That(Enumerable.Range(0, 50).Select(_ => backOff.NextDelay()).Max(), Is.GreaterThan(2 * First));

        backOff.Reset();

        Assert.That(backOff.FailureCount, Is.Zero);
        Assert.That(backOff.NextDelay(), Is.LessThanOrEqualTo(First));
    }

    [Test]
    public void TryTake_AllowsABurstAndThenTheRate()
    {
        var bucket = new TokenBucket(50);
        var start = TimeSpan.FromSeconds(7);

        Assert.That(Enumerable.Range(0, 100).Count(_ => bucket.TryTake(start)), Is.EqualTo(50));
        Assert.That(bucket.TryTake(start + TimeSpan.FromMilliseconds(19)), Is.False);
        Assert.That(bucket.TryTake(start + TimeSpan.FromMilliseconds(21)), Is.True);
        Assert.That(
            Enumerable.Range(0, 100).Count(_ => bucket.TryTake(start + TimeSpan.FromHours(1))), Is.EqualTo(50));
    }
}
