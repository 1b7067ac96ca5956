using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>The charts of <c>docs/samples</c>, run as their text says.</summary>
public sealed class SampleFileTests
{
    [Test]
    public async Task Oven_GivesTheLinesOfMiros()
    {
        var requests = new[] { "TOAST", "OPEN", "CLOSE", "OFF", "OPEN", "CLOSE" }
            .Select(name => $$"""{"op":"event","name":"{{name}}"}""");

        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("oven.scxml"), [.. requests, """{"op":"spy"}""", """{"op":"trace"}"""]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                answers[^2].Texts("lines"), Is.EqualTo(await File.ReadAllLinesAsync(LineClient.Chart("D6.spy.txt"))));
            Assert.That(
                answers[^1].Texts("lines"), Is.EqualTo(await File.ReadAllLinesAsync(LineClient.Chart("D6.trace.txt"))));
        }
    }

    [Test]
    public async Task News_ReachWhoSubscribed()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("news.scxml"), """{"op":"event","name":"write"}""", """{"op":"spy"}""");

        var lines = answers[^1].Texts("lines").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Does.Contain("SUBSCRIBING TO:(headline, TYPE:fifo)"));
            Assert.That(lines, Does.Contain("PUBLISH:(headline, PRIORITY:1000)"));
            Assert.That(lines, Does.Contain("ENTRY_SIGNAL:informed"));
        }
    }

    [Test]
    public void News_ReachOtherChartsOfTheirBus()
    {
        var file = ScxmlFile.Load(LineClient.Sample("news.scxml"));
        var bus = new EventBus();
        var hosts = Enumerable.Range(0, 2).Select(_ => new ChartHost<ScxmlMemory>(
            file.Chart, file.CreateMemory(), TimeProvider.System, file.HostOptions with { Bus = bus })).ToList();
        hosts.ForEach(host =>
        {
            host.Start();
            host.CompleteCircuit();
        });

        hosts[0].PostFifo(hosts[0].SignalOf("write"));
        hosts.ForEach(host => host.CompleteCircuit());

        Assert.That(hosts.Select(host => host.StateName), Is.All.EqualTo("informed"));
    }

    [Test]
    public void News_ReachOtherChartsOfTheProcess_WhenTheirHostsAreGivenNoBus()
    {
        const string text = """
            <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" mesh:profile="PROFILE">
              <state id="a"><onentry><mesh:subscribe event="shared.PROFILE"/></onentry>
                <transition event="write"><mesh:publish event="shared.PROFILE"/></transition>
                <transition event="shared.PROFILE" target="b"/></state>
              <state id="b"/>
            </scxml>
            """;
        foreach (var profile in new[] { "samek", "scxml" })
        {
            var file = ScxmlFile.Parse(text.Replace("PROFILE", profile, StringComparison.Ordinal));
            var hosts = Enumerable.Range(0, 2).Select(_ => new ChartHost<ScxmlMemory>(
                file.Chart, file.CreateMemory(), TimeProvider.System, file.HostOptions)).ToList();
            hosts.ForEach(host => host.Start());
            hosts.ForEach(host => host.CompleteCircuit());

            hosts[0].PostFifo(hosts[0].SignalOf("write"));
            hosts.ForEach(host => host.CompleteCircuit());

            Assert.That(hosts.Select(host => host.StateName), Is.All.EqualTo("b"), profile);
        }
    }

    [Test]
    public async Task Counter_ServesWhoCameWhileItWasBusy()
    {
        const string request = """{"op":"event","name":"request"}""";
        const string ready = """{"op":"event","name":"ready"}""";

        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("counter.scxml"), request, request, request, ready, ready, ready, """{"op":"spy"}""");

        Assert.That(
            answers[^1].Texts("lines").Where(line => line.StartsWith("customer", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "customer 1", "customer 2", "customer 3" }));
    }

    [Test]
    public async Task Reminder_PostsToItself()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Sample("reminder.scxml"),
            """{"op":"advance","ms":450}""",
            """{"op":"event","name":"enough"}""",
            """{"op":"advance","ms":1000}""",
            """{"op":"trace"}""",
            """{"op":"state"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                answers[^2].Texts("lines").Select(line => line[(line.IndexOf("e->", StringComparison.Ordinal) + 3)..]),
                Is.EqualTo(new[]
                {
                    "start_at() top->waiting",
                    "data_ready() waiting->processing", "finished() processing->waiting",
                    "data_ready() waiting->processing", "finished() processing->waiting",
                    "enough() waiting->resting",
                }));
            Assert.That(answers[^1].Texts("config"), Is.EqualTo(new[] { "resting" }));
        }
    }
}
