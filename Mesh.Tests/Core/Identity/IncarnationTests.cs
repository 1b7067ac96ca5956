using Mesh.Core.Identity;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>The arithmetic of incarnations.</summary>
public sealed class IncarnationTests
{
    private const ulong Day = 86_400_000;

    [TestCase(0ul, 1_700_000_000_000L, 1_700_000_000_000ul)]
    [TestCase(1_700_000_000_000ul, 1_700_000_000_000L, 1_700_000_000_001ul)]
    [TestCase(1_800_000_000_000ul, 1_700_000_000_000L, 1_800_000_000_001ul)]
    [TestCase(0ul, 0L, 1ul)]
    [TestCase(0ul, -5L, 1ul)]
    public void Next_IsTheGreaterOfTheLastAndTheClock(ulong last, long unixMs, ulong expected) =>
        Assert.That(Incarnation.Next(last, unixMs), Is.EqualTo(expected));

    [TestCase(100ul, 100ul)]
    [TestCase(100ul, 99ul)]
    [TestCase(100ul, 0ul)]
    public void Judge_Ignores_WhatIsNotLater(ulong own, ulong known)
    {
        Assert.That(Incarnation.Judge(own, known, out var next), Is.EqualTo(StaleRuling.Ignore));
        Assert.That(next, Is.EqualTo(own));
    }

    [TestCase(100ul, 101ul)]
    [TestCase(100ul, 99ul + Day)]
    public void Judge_ContinuesAfterIt_WhenItIsLessThanADayAhead(ulong own, ulong known)
    {
        Assert.That(Incarnation.Judge(own, known, out var next), Is.EqualTo(StaleRuling.Continue));
        Assert.That(next, Is.EqualTo(known + 1));
    }

    [TestCase(100ul, 100ul + Day)]
    [TestCase(0ul, ulong.MaxValue)]
    [TestCase(ulong.MaxValue - 1, ulong.MaxValue)]
    public void Judge_AsksAPerson_WhenItIsADayAheadOrTheLastNumber(ulong own, ulong known)
    {
        Assert.That(Incarnation.Judge(own, known, out var next), Is.EqualTo(StaleRuling.AskPerson));
        Assert.That(next, Is.EqualTo(own));
    }
}
