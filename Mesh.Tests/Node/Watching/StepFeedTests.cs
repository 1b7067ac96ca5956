using Mesh.Core.Foreign;
using Mesh.Node.Watching;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Watching;

/// <summary>What a feed tells of what happens in a view.</summary>
public sealed class StepFeedTests
{
    private readonly ForeignWorld _world = new();
    private readonly ManualTimeProvider _time = new();

    [Test]
    public void TryRead_GivesTheLinesOfEachStep_WhenBothLanesAreWanted()
    {
        using var feed = Feed(Lanes.Both, withSnapshots: false);
        _world.Appear(1, "producer");
        _world.Start(1);
        _world.Ignore(1, 1, "c1");

        var news = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(news.Select(Summary), Is.EqualTo(new[] { "Step pi/producer 0", "Step pi/producer 1" }));
            Assert.That(news[0].TraceLine, Does.EndWith("[producer_pi] e->start_at() top->c1"));
            Assert.That(news[0].SpyLines[0], Is.EqualTo("START"));
            Assert.That(news[1].TraceLine, Is.Null);
            Assert.That(news[1].SpyLines, Is.EqualTo(
                new[] { "A:c1", "A:producer_outer", "<- Queued:(0) Deferred:(0)" }));
        }
    }

    [Test]
    public void TryRead_GivesChangesOfStateOnly_WhenTheTraceIsWanted()
    {
        using var feed = Feed(Lanes.Trace, withSnapshots: false);
        _world.Appear(1, "producer");
        _world.Start(1);
        _world.Ignore(1, 1, "c1");
        _world.A(1, 2, "c1", "c2");

        var news = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(news.Select(Summary), Is.EqualTo(new[] { "Step pi/producer 0", "Step pi/producer 2" }));
            Assert.That(news[1].SpyLines, Is.Empty);
        }
    }

    [Test]
    public void TryRead_GivesChartsThatArePatternsOnly()
    {
        _ = ChartPattern.TryParse("+/left", out var left);
        _ = ChartPattern.TryParse("pi/right", out var right);
        using var feed = new StepFeed(_world.View, [left, right], Lanes.Spy, withSnapshots: false, _time);
        _world.Appear(1, "left");
        _world.Appear(2, "middle");
        _world.Appear(3, "right");
        _world.Start(1);
        _world.Start(2);
        _world.Start(3);
        _world.End(2);

        var news = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(news.Select(Summary), Is.EqualTo(new[] { "Step pi/left 0", "Step pi/right 0" }));
            Assert.That(feed.ChartCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void TryRead_ShowsWhereAChartWas_BeforeItsFirstStep()
    {
        using var feed = Feed(Lanes.Trace, withSnapshots: true);
        _world.Appear(1, "producer");
        _world.A(1, 5, "c1", "c2");
        _world.A(1, 6, "c2", "c1");

        var news = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(news.Select(entry => entry.Kind), Is.EqualTo(
                new[] { NewsKind.Snapshot, NewsKind.Step, NewsKind.Step }));
            Assert.That(news[0].State, Is.EqualTo("c1"));
        }
    }

    [Test]
    public void TryRead_GivesNoSnapshot_WhenTheChartIsSeenFromItsStart()
    {
        using var feed = Feed(Lanes.Trace, withSnapshots: true);
        _world.Appear(1, "producer");
        _world.Start(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(Read(feed).Select(Summary), Is.EqualTo(new[] { "Step pi/producer 0" }));
    }

    [Test]
    public void TryRead_TellsMissingSteps_AndTheEnd()
    {
        using var feed = Feed(Lanes.Trace, withSnapshots: false);
        _world.Appear(1, "producer");
        _world.Start(1);
        _world.A(1, 11, "c1", "c2");
        _world.End(1);

        var news = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(news.Select(entry => entry.Kind), Is.EqualTo(
                new[] { NewsKind.Step, NewsKind.Gap, NewsKind.Step, NewsKind.Ended }));
            Assert.That(news[1].MissingSteps, Is.EqualTo(10));
            Assert.That(news[1].Reason, Is.EqualTo("overwritten"));
            Assert.That(news[3].Reason, Is.EqualTo("stopped"));
        }
    }

    [Test]
    public void TryRead_TellsWhatWasLeftAway_WhenTheReaderIsTooSlow()
    {
        const int tooMany = 10;
        using var feed = Feed(Lanes.Spy, withSnapshots: false);
        _world.Appear(1, "producer");
        _world.Start(1);
        for (var number = 1; number < StepFeed.MaxWaiting + tooMany; number++)
        {
            _world.Ignore(1, (ulong)number, "c1");
        }

        var before = Read(feed);
        _world.Ignore(1, StepFeed.MaxWaiting + tooMany, "c1");
        var after = Read(feed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Has.Count.EqualTo(StepFeed.MaxWaiting));
            Assert.That(after.Select(entry => entry.Kind), Is.EqualTo(new[] { NewsKind.Gap, NewsKind.Step }));
            Assert.That(after[0].MissingSteps, Is.EqualTo(tooMany));
            Assert.That(after[0].Reason, Is.EqualTo("output-too-slow"));
        }
    }

    [Test]
    public void Dispose_EndsListening()
    {
        var feed = Feed(Lanes.Trace, withSnapshots: false);
        feed.Dispose();
        _world.Appear(1, "producer");
        _world.Start(1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(feed), Is.Empty);
            Assert.That(_time.PendingTimerCount, Is.Zero);
        }
    }

    private static string Summary(ChartNews news) => $"{news.Kind} {news.Hsm} {news.Step.Number}";

    private static List<ChartNews> Read(StepFeed feed)
    {
        var all = new List<ChartNews>();
        while (feed.TryRead(out var news))
        {
            all.Add(news);
        }

        return all;
    }

    private StepFeed Feed(Lanes lanes, bool withSnapshots) => new(_world.View, [], lanes, withSnapshots, _time);
}
