using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>Trace lines in logs that hold other things too.</summary>
public sealed class TraceLineTests
{
    private const string Stamp = "2018-01-10 13:14:26.739622";

    private static readonly TestCaseData<string, object>[] Lines =
    [
        new($"[{Stamp}] [c1] e->start_at() top->s1", new TraceLine(Stamp, "c1", "start_at()", "top", "s1")),
        new($"   [{Stamp}] [c1] e->B() s1->s2  ", new TraceLine(Stamp, "c1", "B()", "s1", "s2")),
        new($" [+t] [{Stamp}] [c1] e->B() s1->s2", new TraceLine(Stamp, "c1", "B()", "s1", "s2")),
        new("[75c8c] e->BATTERY() armed->armed", new TraceLine("", "75c8c", "BATTERY()", "armed", "armed")),
        new($"[{Stamp}] [my-chart-1] e->B() s-1->s-2", new TraceLine(Stamp, "my-chart-1", "B()", "s-1", "s-2")),
        new($"[{Stamp}] [a [b] -> c] e->B() s1->s2", new TraceLine(Stamp, "a [b] -> c", "B()", "s1", "s2")),
        new($"[{Stamp}] [pi/c ü] e->after 5s() On->Off", new TraceLine(Stamp, "pi/c ü", "after 5s()", "On", "Off")),
        new("[2013-3-24 12:15:5.201] [00] cTrig->a(Erker!) S11->S211",
            new TraceLine("2013-3-24 12:15:5.201", "00", "a(Erker!)", "S11", "S211")),
        new($"[{Stamp}] [c] event->a({{'y': (0), 'x': 1}}) d2->d3",
            new TraceLine(Stamp, "c", "a({'y': (0), 'x': 1})", "d2", "d3")),
        new($"\u001b[35m [+t] [{Stamp}] [c1] e->B() s1->s2\u001b[0m", new TraceLine(Stamp, "c1", "B()", "s1", "s2")),
        new("[12] [3] e->B() s1->s2", new TraceLine("12", "3", "B()", "s1", "s2")),
    ];

    private static readonly string[] Noise =
    [
        "",
        "   ",
        "[",
        "[]",
        "] e->A() a->b",
        "noise",
        "START",
        " [+s] [name] START",
        " [+s] [name] <- Queued:(0) Deferred:(0)",
        "[+s] [my-chart] SEARCH_FOR_SUPER_SIGNAL:s1",
        "e->B() s1->s2",
        $"[{Stamp}] [c1] # scribble",
        $"[{Stamp}] [c1] e->",
        $"[{Stamp}] [c1] e->B()",
        $"[{Stamp}] [c1] e->B() s1",
        $"[{Stamp}] [c1] e->B() s1->",
        $"[{Stamp}] [c1] e->B() ->s2",
        $"[{Stamp}] [c1] e->B s1->s2",
        $"[{Stamp}] [c1] ->B() s1->s2",
        $"at [{Stamp}] [c1] e->B() s1->s2",
        "[INFO] listening on [::]:21750",
        "[ [ [ [ [ ] ] ] ] ]",
    ];

    [TestCaseSource(nameof(Lines))]
    public void TryParse_ReadsTraceLines(string line, object expected)
    {
        Assert.That(TraceLine.TryParse(line), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Noise))]
    public void TryParse_PassesOverEverythingElse(string line)
    {
        Assert.That(TraceLine.TryParse(line), Is.Null);
    }

    [Test]
    public void TryParse_NeverThrows_WhateverIsCutOrChanged()
    {
        const string line = " [+t] \u001b[35m[2018-01-10 13:14:26.739622] [a-b] e->B() s1->s2\u001b[0m";
        const string pieces = "[]->() +t\u001b;m0";
        var random = new Random(7);

        for (var round = 0; round < 20_000; round++)
        {
            var text = line[random.Next(line.Length)..].ToCharArray();
            for (var change = random.Next(4); change > 0; change--)
            {
                text[random.Next(text.Length)] = pieces[random.Next(pieces.Length)];
            }

            Assert.That(() => TraceLine.TryParse(new string(text)), Throws.Nothing);
        }
    }
}
