using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

public sealed class TraceTextTests
{
    private static readonly WallAnchor Anchor = new(1_509_895_059_424_492, TimeSpan.Zero, 1_000, 1_000_000);

    [Test]
    public void Format_PrintsTheLinesOfMiros()
    {
        var definition = Two();
        var start = new TraceRecord { Timestamp = 1_000, Signal = -1, From = ChartDefinition.Top, To = 0 };
        var step = new TraceRecord { Number = 1, Timestamp = 1_500, Signal = 0, From = 0, To = 1 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                TraceText.Format(definition, start, null, "75c8c", Anchor),
                Is.EqualTo("[2017-11-05 15:17:39.424492] [75c8c] e->start_at() top->arming"));
            Assert.That(
                TraceText.Format(definition, step, null, "75c8c", Anchor),
                Is.EqualTo("[2017-11-05 15:17:39.424992] [75c8c] e->BATTERY_CHARGE() arming->armed"));
        }
    }

    [TestCase(7, 0, 0)]
    [TestCase(0, -5, 0)]
    [TestCase(0, 0, 9)]
    public void Format_GivesAMalformedLine_WhenANumberIsNotInTheDefinition(int signal, int from, int to)
    {
        var record = new TraceRecord { Number = 3, Signal = signal, From = from, To = to };

        Assert.That(TraceText.Format(Two(), record, null, "x", Anchor), Does.StartWith("malformed step 3: "));
    }

    [Test]
    public void Format_ShowsThePublishersLocalTime_WhateverTheFrequency()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(5.5), "here", "here");
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 12, 31, 20, 0, 0, TimeSpan.Zero), zone);
        var anchor = WallAnchor.Of(time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchor.Format(time.GetTimestamp()), Is.EqualTo("2027-01-01 01:30:00.000000"));
            Assert.That(
                anchor.Format(time.GetTimestamp() - time.TimestampFrequency), Is.EqualTo("2027-01-01 01:29:59.000000"));
        }
    }

    [Test]
    public void Format_ShowsTheEndsOfTheCalendar_WhenTheTimeIsRubbish()
    {
        var anchors = new[]
        {
            Anchor,
            new WallAnchor(long.MaxValue, TimeSpan.MaxValue, long.MinValue, 1),
            new WallAnchor(long.MinValue, TimeSpan.MinValue, long.MaxValue, 0),
            new WallAnchor(0, TimeSpan.Zero, 0, -1),
        };

        var texts = anchors.SelectMany(anchor => new[] { anchor.Format(long.MinValue), anchor.Format(long.MaxValue) });

        Assert.That(texts, Has.All.Length.EqualTo(WallAnchor.TextLength));
    }

    [Test]
    public void StrippedLine_CutsTheTimeStampAlone()
    {
        const string Line = "[2017-11-05 15:17:39.424492] [75c8c] e->BATTERY_CHARGE() armed->armed";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TraceText.StrippedLine(Line), Is.EqualTo("[75c8c] e->BATTERY_CHARGE() armed->armed"));
            Assert.That(
                TraceText.StrippedLine("   " + Line + "\n"), Does.StartWith("[75c8c]").And.EndWith("armed->armed"));
            Assert.That(TraceText.StrippedLine("[75c8c] e->A() a->b"), Is.EqualTo("[75c8c] e->A() a->b"));
            Assert.That(TraceText.StrippedLine("[2017] "), Is.EqualTo("[2017] "));
            Assert.That(TraceText.StrippedLine("START"), Is.EqualTo("START"));
        }
    }

    [Test]
    public void Stripped_DropsIndentationAndEmptyLines_WhenThereAreSeveral()
    {
        const string Log = "\n  [2018-01-10 13:14:26.739622] [p] e->start_at() top->c1\n\n   kept as it is  \n";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                TraceText.Stripped(Log), Is.EqualTo(["[p] e->start_at() top->c1", "kept as it is"]).AsCollection);
            Assert.That(TraceText.Stripped("  one line"), Is.EqualTo(["  one line"]).AsCollection);
            Assert.That(TraceText.Stripped(""), Is.EqualTo([""]).AsCollection);
        }
    }

    [Test]
    public void NumberOf_GivesOneNameToAllThatComeTooLate_WhenTheTableIsFull()
    {
        var table = new NameTable(10);
        for (var count = 0; count < 2 * NameTable.MaxNames; count++)
        {
            table.NumberOf($"signal {count}");
        }

        var last = table.NumberOf("one more");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((table.Count, last), Is.EqualTo((NameTable.MaxNames, 10 + NameTable.MaxNames - 1)));
            Assert.That(table.TryGet(last, out var more) ? more : null, Is.EqualTo("(more)"));
            Assert.That(table.TryGet(12, out var third) ? third : null, Is.EqualTo("signal 2"));
            Assert.That(table.NumberOf("signal 2"), Is.EqualTo(12));
            Assert.That(table.TryGet(9, out _), Is.False);
        }
    }

    [Test]
    public void TrySet_RefusesWhatIsOutOfRangeOrNamedOtherwise()
    {
        var table = new NameTable(3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.TrySet(2, "below"), Is.False);
            Assert.That(table.TrySet(int.MaxValue, "above"), Is.False);
            Assert.That(table.TrySet(8, "eight"), Is.True);
            Assert.That(table.TrySet(8, "eight"), Is.True);
            Assert.That(table.TrySet(8, "nine"), Is.False);
            Assert.That(table.TryGet(5, out _), Is.False);
        }
    }

    private static ChartDefinition Two()
    {
        var data = new ChartDefinitionData
        {
            States = [new("arming"), new("armed")],
            Transitions = [new(0, 0) { Target = 1 }],
            Signals = [new("BATTERY_CHARGE")],
        };
        Assert.That(ChartDefinition.TryCreate(data, out var definition, out _), Is.True);
        return definition!;
    }
}
