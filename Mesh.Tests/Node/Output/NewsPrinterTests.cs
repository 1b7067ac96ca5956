using System.Text;
using System.Text.Json;
using Mesh.Node.Output;
using Mesh.Node.Watching;
using Mesh.Tests.Node.Watching;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>The forms of what happens to charts, to the byte.</summary>
[CancelAfter(10_000)]
public sealed class NewsPrinterTests
{
    private readonly ForeignWorld _world = new();

    [Test]
    public async Task Miros_PrintsWhatTheConsumerOfItsNetworkedExamplePrints(CancellationToken cancellationToken)
    {
        var printed = await PrintAsync(Lanes.Both, output => new MirosNews(output), cancellationToken);

        const string expected =
            " [x] Trace: [2023-11-14 23:13:20.000000] [producer_pi] e->start_at() top->c1\n"
            + " [x] Spy: START\n"
            + " [x] Spy: SEARCH_FOR_SUPER_SIGNAL:producer_outer\n"
            + " [x] Spy: ENTRY_SIGNAL:producer_outer\n"
            + " [x] Spy: INIT_SIGNAL:producer_outer\n"
            + " [x] Spy: SEARCH_FOR_SUPER_SIGNAL:c1\n"
            + " [x] Spy: ENTRY_SIGNAL:c1\n"
            + " [x] Spy: INIT_SIGNAL:c1\n"
            + " [x] Spy: <- Queued:(0) Deferred:(0)\n"
            + "-- gap: 16 steps (overwritten) --\n"
            + " [x] Trace: [2023-11-14 23:13:20.017000] [producer_pi] e->A() c1->c2\n"
            + " [x] Spy: A:c1\n"
            + " [x] Spy: SEARCH_FOR_SUPER_SIGNAL:c2\n"
            + " [x] Spy: SEARCH_FOR_SUPER_SIGNAL:c1\n"
            + " [x] Spy: EXIT_SIGNAL:c1\n"
            + " [x] Spy: ENTRY_SIGNAL:c2\n"
            + " [x] Spy: INIT_SIGNAL:c2\n"
            + " [x] Spy: <- Queued:(0) Deferred:(0)\n";
        Assert.That(printed, Is.EqualTo(expected));
    }

    [Test]
    public async Task Text_PrintsALineForEachChange_InTheTimeOfThePublisher(CancellationToken cancellationToken)
    {
        var printed = await PrintAsync(Lanes.Trace, output => new TextNews(output, Lanes.Trace), cancellationToken);

        Assert.That(printed, Is.EqualTo(
            "23:13:20.000  pi/producer  top -> c1  start\n"
            + "-- gap: 16 steps (overwritten) --\n"
            + "23:13:20.017  pi/producer  c1 -> c2  A\n"));
    }

    [Test]
    public async Task Text_PrintsEachSpyLine_WhenTheSpyIsWanted(CancellationToken cancellationToken)
    {
        var printed = await PrintAsync(Lanes.Spy, output => new TextNews(output, Lanes.Spy), cancellationToken);

        Assert.That(printed, Does.StartWith("23:13:20.000  pi/producer  START\n")
            .And.EndsWith("23:13:20.017  pi/producer  <- Queued:(0) Deferred:(0)\n")
            .And.Not.Contain("->  "));
    }

    [Test]
    public async Task Ndjson_PrintsAnObjectALine_FromHelloToEnd(CancellationToken cancellationToken)
    {
        var printed = await PrintAsync(
            Lanes.Trace, output => new NdjsonNews(output, Lanes.Trace, ["pi/..."]), cancellationToken);

        var chart = $"\"peer\":\"pi\",\"peerId\":\"{_world.PeerId}\",\"chart\":\"producer\","
            + "\"incarnation\":7,\"instance\":1";
        var expected =
            "{\"t\":\"hello\",\"schema\":\"mesh.event/1\",\"pattern\":[\"pi/...\"],\"lane\":\"trace\"}\n"
            + $"{{\"t\":\"event\",\"kind\":\"start\",{chart},\"from\":[],\"to\":[\"c1\"],\"trigger\":null,\"seq\":0,"
            + "\"at\":\"2023-11-14T22:13:20.000000Z\",\"queued\":0,\"deferred\":0,"
            + "\"trace\":\"[2023-11-14 23:13:20.000000] [producer_pi] e->start_at() top->c1\"}\n"
            + $"{{\"t\":\"gap\",{chart},\"missing\":16,\"reason\":\"overwritten\"}}\n"
            + $"{{\"t\":\"event\",\"kind\":\"transition\",{chart},\"from\":[\"c1\"],\"to\":[\"c2\"],"
            + "\"trigger\":\"A\",\"seq\":17,\"at\":\"2023-11-14T22:13:20.017000Z\",\"queued\":0,\"deferred\":0,"
            + "\"trace\":\"[2023-11-14 23:13:20.017000] [producer_pi] e->A() c1->c2\"}\n"
            + $"{{\"t\":\"chart-ended\",{chart},\"reason\":\"stopped\"}}\n"
            + "{\"t\":\"end\",\"reason\":\"interrupted\",\"events\":2,\"lost\":16}\n";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(printed, Is.EqualTo(expected));
            Assert.That(
                () => printed.TrimEnd().Split('\n').ToList().ForEach(line => JsonDocument.Parse(line).Dispose()),
                Throws.Nothing);
        }
    }

    [Test]
    public async Task RunAsync_Ends_AfterSoManySteps(CancellationToken cancellationToken)
    {
        using var data = new MemoryStream();
        var output = new CommandOutput(ProgramInProcess.Services(data, Stream.Null, Stream.Null));
        using var feed = Feed(Lanes.Trace);
        Play();

        var printing = new NewsPrinting(feed, new TextNews(output, Lanes.Trace), output) { MaxSteps = 1 };
        await printing.RunAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(printing.IsComplete);
            Assert.That(printing.StepCount, Is.EqualTo(1));
            Assert.That(Encoding.UTF8.GetString(data.ToArray()),
                Is.EqualTo("23:13:20.000  pi/producer  top -> c1  start\n"));
        }
    }

    [Test]
    public void ChartText_ShowsStatesAndReactions()
    {
        _world.Appear(1, "producer");
        var hsm = _world.View.Charts().Single();

        Assert.That(ChartText.Lines(hsm.Definition!, "c1"), Is.EqualTo(new[]
        {
            "  producer_outer",
            "    (init) -> c1",
            "    B -> producer_outer",
            "    c1 *",
            "      A -> c2",
            "    c2",
            "      A -> c1",
        }));
    }

    private async Task<string> PrintAsync(
        Lanes lanes, Func<CommandOutput, INewsPrinter> makePrinter, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream();
        var output = new CommandOutput(ProgramInProcess.Services(data, Stream.Null, Stream.Null));
        using var feed = Feed(lanes);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Play();
        await end.CancelAsync();

        var printing = new NewsPrinting(feed, makePrinter(output), output);
        await printing.RunAsync(end.Token);
        printing.Finish("interrupted");

        return Encoding.UTF8.GetString(data.ToArray());
    }

    private StepFeed Feed(Lanes lanes) =>
        new(_world.View, [], lanes, withSnapshots: false, new ManualTimeProvider());

    private void Play()
    {
        _world.Appear(1, "producer");
        _world.Start(1);
        _world.A(1, 17, "c1", "c2");
        _world.End(1);
    }
}
