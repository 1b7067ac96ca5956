using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class LaneEpochsTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    [Test]
    public void Use_KeepsTheKey_ForTenMinutesFromItsFirstFrame()
    {
        using var epochs = new LaneEpochs(PrimitivesProvider.Load());
        var first = epochs.Use(1, Start).Number;
        var planned = epochs.TryPlan(Start + LaneEpochs.MaxUse - LaneEpochs.PlanAhead, out _);

        var stillFirst = epochs.Use(2, Start + LaneEpochs.MaxUse - TimeSpan.FromMilliseconds(1)).Number;
        var second = epochs.Use(3, Start + LaneEpochs.MaxUse);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.True);
            Assert.That(stillFirst, Is.EqualTo(first));
            Assert.That(second.Number, Is.EqualTo(first + 1));
            Assert.That(second.FirstFrame, Is.EqualTo(3UL));
        }
    }

    [Test]
    public void TryPlan_MakesNothing_BeforeItIsTimeAndTwice()
    {
        using var epochs = new LaneEpochs(PrimitivesProvider.Load());
        _ = epochs.Use(1, Start);
        var due = Start + LaneEpochs.MaxUse - LaneEpochs.PlanAhead;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(epochs.TryPlan(due - TimeSpan.FromMilliseconds(1), out _), Is.False);
            Assert.That(epochs.TryPlan(due, out _), Is.True);
            Assert.That(epochs.TryPlan(due, out _), Is.False);
        }
    }

    [Test]
    public void Use_ChangesTheKey_AfterTwoToTheTwentyFrames()
    {
        using var epochs = new LaneEpochs(PrimitivesProvider.Load());
        _ = epochs.Use(1, Start);
        _ = epochs.Use(LaneEpochs.MaxFrames - 1, Start);
        var planned = epochs.TryPlan(Start, out _);

        var last = epochs.Use(LaneEpochs.MaxFrames, Start).Number;
        var next = epochs.Use(LaneEpochs.MaxFrames + 1, Start).Number;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.True);
            Assert.That(last, Is.EqualTo(1U));
            Assert.That(next, Is.EqualTo(2U));
        }
    }

    [Test]
    public void Replace_PassesThePlannedKeyBy_ForARemovedReaderMayKnowIt()
    {
        using var epochs = new LaneEpochs(PrimitivesProvider.Load());
        _ = epochs.Use(1, Start);
        _ = epochs.TryPlan(Start + LaneEpochs.MaxUse, out var planned);
        var plannedId = planned.Key.KeyId;

        var fresh = epochs.Replace();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(epochs.Use(2, Start + LaneEpochs.MaxUse), Is.SameAs(fresh));
            Assert.That(fresh.Number, Is.GreaterThan(planned.Number));
            Assert.That(fresh.Key.KeyId, Is.Not.EqualTo(plannedId));
            Assert.That(epochs.All.Select(epoch => epoch.Number), Is.EqualTo(new uint[] { 1, 3 }));
        }
    }

    [Test]
    public void Forget_KeepsTheCurrentKey_EvenWithoutAFrame()
    {
        using var epochs = new LaneEpochs(PrimitivesProvider.Load());
        _ = epochs.Use(1, Start);
        _ = epochs.Replace();

        epochs.Forget(100);

        Assert.That(epochs.All.Single(), Is.SameAs(epochs.Current));
    }
}
