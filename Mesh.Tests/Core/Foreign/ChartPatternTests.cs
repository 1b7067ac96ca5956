using Mesh.Core.Foreign;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

public sealed class ChartPatternTests
{
    [TestCase("pi/blinker", "pi", "blinker", true)]
    [TestCase("pi/blinker", "pi", "blinker2", false)]
    [TestCase("pi/blinker", "win", "blinker", false)]
    [TestCase("pi/...", "pi", "blinker", true)]
    [TestCase("pi/...", "pi", "room/lamp", true)]
    [TestCase("pi", "pi", "room/lamp", true)]
    [TestCase("pi", "win", "lamp", false)]
    [TestCase("+/lamp", "pi", "lamp", true)]
    [TestCase("+/lamp", "pi", "room/lamp", false)]
    [TestCase("+/+/lamp", "pi", "room/lamp", true)]
    [TestCase("pi/room/...", "pi", "room/lamp", true)]
    [TestCase("pi/room/...", "pi", "hall/lamp", false)]
    [TestCase("...", "pi", "room/lamp", true)]
    [TestCase("+", "pi", "lamp", true)]
    [TestCase("PI/lamp", "pi", "lamp", false)]
    public void Matches_FollowsTheSegments(string text, string node, string chart, bool expected)
    {
        var isPattern = ChartPattern.TryParse(text, out var pattern);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isPattern, Is.True);
            Assert.That(pattern.Matches(node, chart), Is.EqualTo(expected));
        }
    }

    [TestCase(""), TestCase("pi/"), TestCase("/lamp"), TestCase("pi//lamp"), TestCase(".../lamp")]
    public void TryParse_Refuses_WhatIsNoPattern(string text) =>
        Assert.That(ChartPattern.TryParse(text, out _), Is.False);
}
