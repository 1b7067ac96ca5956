using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Fuzzing.Targets;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A reader that asks for the history without end, beside one that wants it once.</summary>
public sealed class FetchFloodTests
{
    private const int Steps = 200_000;
    private const int AsksPerStep = 100;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Turn_GivesAReaderTheHistoryAndTheLiveStreamAtTheSamePace_BesideOneThatAsksWithoutEnd()
    {
        var (alone, aloneLive, none, _) = await ReadAsync(isFlooded: false);
        var (beside, besideLive, perSecond, refused) = await ReadAsync(isFlooded: true);

        await TestContext.Out.WriteLineAsync(
            $"history {alone.TotalMilliseconds} -> {beside.TotalMilliseconds} ms, live step "
            + $"{aloneLive.TotalMilliseconds} -> {besideLive.TotalMilliseconds} ms; "
            + $"flooder {perSecond / 1e6:F2} MB/s, {refused} refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone, Is.GreaterThan(0.2 * Second), "the history takes some time");
            Assert.That(beside, Is.LessThanOrEqualTo(1.05 * alone));
            Assert.That(besideLive, Is.LessThanOrEqualTo(aloneLive));
            Assert.That(none, Is.Zero);
            Assert.That(perSecond, Is.InRange(0.9 * Pace.MinBytesPerSecond, 1.1 * Pace.MinBytesPerSecond));
            Assert.That(refused, Is.GreaterThan(10_000));
        }
    }

    [Test]
    public async Task Turn_HearsFewRequests_BeforeItPublishesWhatIsNew()
    {
        const int asked = 5_000;
        await using var mesh = new StillMesh();
        var publisher = mesh.Add("pi", "10.0.0.1", options => options with { Beacons = false });
        var chart = publisher.HostChart("chart");
        using var rogue = Rogue.Stranger(publisher);
        publisher.Accept(rogue.Id);
        rogue.Open();
        var before = publisher.Counters["publish.refused.noRight"];
        for (var count = 0; count < asked; count++)
        {
            rogue.Queue(FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.None).Write));
        }

        Dispatch(chart, 1);
        var published = publisher.Parts.Core.Publish!.Log.Spy.SealedRecords;
        mesh.Time.Advance(0.005 * Second);
        var turns = 0;
        while (publisher.Parts.Core.Publish.Log.Spy.SealedRecords == published)
        {
            publisher.Transport.Poll(TimeSpan.Zero);
            _ = publisher.Parts.Core.Turn(publisher.Now);
            turns++;
        }

        var heard = publisher.Counters["publish.refused.noRight"] - before;
        publisher.Turn();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard, Is.InRange(1, 64 * turns));
            Assert.That(turns, Is.LessThanOrEqualTo(2));
            Assert.That(publisher.Counters["publish.refused.noRight"] - before, Is.EqualTo(asked), "all in the end");
        }
    }

    // How long a reader takes to the end of the history, and to a step that is made then; what the flooder was given.
    private static async Task<(TimeSpan History, TimeSpan Live, double PerSecond, long Refused)> ReadAsync(
        bool isFlooded)
    {
        await using var mesh = new StillMesh();
        var publisher = mesh.Add("pi", "10.0.0.1", options => options with { Beacons = false });
        var reader = mesh.Add("win", "10.0.0.2", options => options with { Beacons = false });
        var chart = publisher.HostChart("chart");
        for (var step = 0; step < Steps; step += 400)
        {
            Dispatch(chart, 400);
            mesh.Run(0.005 * Second);
        }

        using var rogue = Rogue.Stranger(publisher);
        var given = 0L;
        var began = publisher.Now;
        if (isFlooded)
        {
            publisher.Accept(rogue.Id);
            rogue.Open();
            rogue.Say(FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.Spy).Write));
            mesh.OnStep = () => given += Ask(publisher, rogue);
            mesh.Run(Second);
            (given, began) = (0, publisher.Now);
        }

        publisher.Accept(reader.Node.Id);
        reader.Accept(publisher.Node.Id, publisher.Address);
        reader.Watch();
        var attached = publisher.Now;
        Assert.That(mesh.RunUntil(() => reader.Steps.Count == Steps + 1), "the history comes");
        var history = publisher.Now - attached;
        Dispatch(chart, 1);
        var dispatched = publisher.Now;
        Assert.That(mesh.RunUntil(() => reader.Steps.Count == Steps + 2), "the live stream comes");
        var live = publisher.Now - dispatched;
        Assert.That(reader.Missing, Is.Zero);
        var perSecond = given / (publisher.Now - began).TotalSeconds;
        return (history, live, perSecond, publisher.Counters["publish.refused.limit"]);
    }

    private static long Ask(StillNode publisher, Rogue rogue)
    {
        var fetch = FuzzPublisher.Encode(
            new FetchMessage(2, NodeLog.SpyLane, publisher.Parts.Local.Incarnation, 1, 1_000_000).Write);
        for (var count = 0; count < AsksPerStep; count++)
        {
            rogue.Say(fetch);
        }

        return rogue.Hear();
    }

    private static void Dispatch(ChartHost<object> chart, int count)
    {
        for (; count > 0; count--)
        {
            _ = chart.Dispatch(ProducerChart.A);
        }
    }
}
