using System.Text.Json;
using Mesh.Node;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>Every request of the line runner in both profiles, and every shape of its answers.</summary>
public sealed class LineRunnerTests
{
    private const string Ok = """{"ok":true}""";

    private const string Chart = """
        <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" name="c" initial="a">
          <datamodel><data id="list">[]</data></datamodel>
          <state id="a">
            <transition event="go" target="b"/>
            <transition event="say"><log expr="_event.data"/></transition>
            <transition event="later"><send event="go" delay="1s"/></transition>
            <transition event="defer"><mesh:defer event="go"/></transition>
            <transition event="wrong"><assign location="list" expr="list.x.y"/></transition>
          </state>
          <state id="b"><transition event="go" target="a"/><transition event="later" target="a"/></state>
        </scxml>
        """;

    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void WriteChart() => File.WriteAllText(_folder["c.scxml"], Chart);

    [TearDown]
    public void RemoveChart() => _folder.Dispose();

    [Test]
    public async Task Event_PostsAndRuns([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(profile, """{"op":"event","name":"go"}""", """{"op":"state"}""");

        Assert.That(answers, Is.EqualTo(new[] { Ok, State("b") }));
    }

    [Test]
    public async Task Event_CarriesItsData([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile, """{"op":"event","name":"say","data":{"k":[1,"x",null]}}""", """{"op":"spy"}""");

        Assert.That(Lines(answers[1]), Does.Contain("""{"k":[1,"x",null]}"""));
    }

    [Test]
    public async Task Post_WaitsUntilItIsRun([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile, """{"op":"post","name":"go"}""", """{"op":"state"}""", """{"op":"idle"}""", """{"op":"state"}""");

        Assert.That(answers, Is.EqualTo(new[] { Ok, State("a", queued: 1), Ok, State("b") }));
    }

    [TestCase("samek", "fifo", "b")]
    [TestCase("samek", "lifo", "a")]
    [TestCase("scxml", "fifo", "b")]
    [TestCase("scxml", "lifo", "a")]
    public async Task Post_TakesAnEndOfTheQueue(string profile, string queue, string expected)
    {
        // What waits is "go"; another event before it or behind it.
        var answers = await RunAsync(
            profile,
            """{"op":"post","name":"go"}""",
            $$"""{"op":"post","name":"nobody","queue":"{{queue}}"}""",
            """{"op":"step"}""",
            """{"op":"state"}""");

        Assert.That(answers[3], Is.EqualTo(State(expected, queued: 1)));
    }

    [Test]
    public async Task Step_RunsOneEvent([Values("samek", "scxml")] string profile)
    {
        const string post = """{"op":"post","name":"go"}""";
        var answers = await RunAsync(profile, post, post, """{"op":"step"}""", """{"op":"state"}""");

        Assert.That(answers[2..], Is.EqualTo(new[] { Ok, State("b", queued: 1) }));
    }

    [Test]
    public async Task Step_AddsTheQueueLineAlone_WhenNothingWaits([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(profile, """{"op":"step"}""", """{"op":"spy"}""");

        Assert.That(Lines(answers[1])[^2..], Is.All.EqualTo("<- Queued:(0) Deferred:(0)"));
    }

    [Test]
    public async Task Dispatch_RunsPastTheQueue([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile,
            """{"op":"post","name":"nobody"}""",
            """{"op":"dispatch","name":"say","data":5}""",
            """{"op":"state"}""",
            """{"op":"spy"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[1..3], Is.EqualTo(new[] { Ok, State("a", queued: 1) }));
            Assert.That(Lines(answers[3]), Does.Contain("5"));
            Assert.That(Lines(answers[3])[^1], Does.Not.StartWith("<-"));
        }
    }

    [Test]
    public async Task Advance_MovesTheClock([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile,
            """{"op":"event","name":"later"}""",
            """{"op":"advance","ms":999.5}""",
            """{"op":"state"}""",
            """{"op":"advance","ms":0.5}""",
            """{"op":"state"}""");

        Assert.That(answers, Is.EqualTo(new[] { Ok, Ok, State("a"), Ok, State("b") }));
    }

    [Test]
    public async Task State_TellsWhatIsDeferred([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(profile, """{"op":"event","name":"defer"}""", """{"op":"state"}""");

        Assert.That(answers[1], Is.EqualTo(State("a", deferred: 1)));
    }

    [TestCase("samek", "SEARCH_FOR_SUPER_SIGNAL:b")]
    [TestCase("scxml", "EXIT_SIGNAL:a")]
    public async Task Spy_TellsTheLines(string profile, string line)
    {
        var answers = await RunAsync(profile, """{"op":"event","name":"go"}""", """{"op":"spy"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[1], Does.StartWith("""{"ok":true,"lines":["START","""));
            Assert.That(Lines(answers[1]), Does.Contain(line));
        }
    }

    [Test]
    public async Task Spy_TellsTheLast500Lines([Values("samek", "scxml")] string profile)
    {
        var events = Enumerable.Repeat("""{"op":"event","name":"go"}""", 400);

        var answers = await RunAsync(profile, [.. events, """{"op":"spy"}""", """{"op":"trace"}"""]);

        Assert.That((Lines(answers[^2]).Count, Lines(answers[^1]).Count), Is.EqualTo((500, 401)));
    }

    [Test]
    public async Task Trace_TellsTheTransitions([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(profile, """{"op":"event","name":"go"}""", """{"op":"trace"}""");

        Assert.That(
            answers[1], Is.EqualTo("""{"ok":true,"lines":["[c] e->start_at() top->a","[c] e->go() a->b"]}"""));
    }

    [Test]
    public async Task Load_StartsAnew([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile, """{"op":"event","name":"go"}""", Load("c.scxml", profile), """{"op":"state"}""");

        Assert.That(answers[1..], Is.EqualTo(new[] { Ok, State("a") }));
    }

    [Test]
    public async Task Load_KeepsTheChart_WhenTheFileIsNone([Values("samek", "scxml")] string profile)
    {
        await File.WriteAllTextAsync(_folder["wrong.scxml"], "<scxml\n  xmlns='http://www.w3.org/2005/07/scxml'/>");

        var answers = await RunAsync(
            profile, """{"op":"event","name":"go"}""", Load("wrong.scxml", profile), """{"op":"state"}""");

        Assert.That(
            answers[1..],
            Is.EqualTo(new[] { """{"ok":false,"error":"the chart has no state","line":1,"column":2}""", State("b") }));
    }

    [Test]
    public async Task AWrongExpression_FaultsTheOneAndIsAnEventOfTheOther([Values("samek", "scxml")] string profile)
    {
        var answers = await RunAsync(
            profile, """{"op":"event","name":"wrong"}""", """{"op":"event","name":"go"}""", """{"op":"state"}""");

        Assert.That(answers, Is.EqualTo(profile == "scxml" ? new[] { Ok, Ok, State("b") } :
        [
            Fault, Fault, State("a"),
        ]));
    }

    [TestCase("""{"op":"event","name":""}""", "the request has no \\\"name\\\"")]
    [TestCase("""{"op":"event","name":7}""", "\\\"name\\\" is not a text")]
    [TestCase("""{"op":"post","name":"go","queue":""}""", "queue \\\"\\\" is not one of: fifo, lifo")]
    [TestCase("""{"op":"post","name":"ENTRY_SIGNAL"}""", "\\\"ENTRY_SIGNAL\\\" is a signal of the engine")]
    [TestCase("""{"op":"dispatch","name":"EMPTY_SIGNAL"}""", "\\\"EMPTY_SIGNAL\\\" is a signal of the engine")]
    [TestCase("""{"op":"dispatch"}""", "the request has no \\\"name\\\"")]
    [TestCase("""{"op":"advance","ms":"5"}""", "\\\"ms\\\" is a number of milliseconds from 0 to a year")]
    [TestCase("""{"op":"advance","ms":1e300}""", "\\\"ms\\\" is a number of milliseconds from 0 to a year")]
    [TestCase("""{"op":null}""", "the request has no \\\"op\\\"")]
    [TestCase("\"state\"", "a request is a JSON object")]
    public async Task AWrongRequest_IsAnsweredWithItsFault(string request, string error)
    {
        var answers = await RunAsync("scxml", request, """{"op":"state"}""");

        Assert.That(answers, Is.EqualTo(new[] { $$"""{"ok":false,"error":"{{error}}"}""", State("a") }));
    }

    // Deeper than a value may be, though it is JSON; and requests after lines that are none.
    [Test]
    public async Task ARequestThatIsNoJson_IsAnsweredWithItsPlace()
    {
        var deep = string.Concat(Enumerable.Repeat('[', 100)) + string.Concat(Enumerable.Repeat(']', 100));

        var answers = await RunAsync(
            "scxml", """{"op" "state"}""", $$"""{"op":"event","name":"say","data":{{deep}}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                answers[0], Is.EqualTo("""{"ok":false,"error":"the request is not JSON","line":2,"column":7}"""));
            Assert.That(answers[1], Does.StartWith("""{"ok":false,"error":"the request is not JSON","line":3,"""));
        }
    }

    [Test]
    public async Task AFullQueue_IsAnError([Values("samek", "scxml")] string profile)
    {
        var posts = Enumerable.Repeat("""{"op":"post","name":"go"}""", 501);

        var answers = await RunAsync(profile, [.. posts, """{"op":"state"}"""]);

        Assert.That(
            answers[^2..],
            Is.EqualTo(new[] { """{"ok":false,"error":"the queue is full"}""", State("a", queued: 500) }));
    }

    private static string Fault =>
        """{"ok":false,"error":"the chart is faulted: 8:32: [] has no member 'x'"}""";

    private static string State(string state, int queued = 0, int deferred = 0) =>
        $$"""{"ok":true,"config":["{{state}}"],"done":false,"queued":{{queued}},"deferred":{{deferred}}}""";

    private static List<string> Lines(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return [.. document.RootElement.Texts("lines")];
    }

    private string Load(string name, string profile) =>
        $$"""{"op":"load","file":{{JsonSerializer.Serialize(_folder[name])}},"profile":"{{profile}}"}""";

    // The answers but for the first, to the load.
    private async Task<string[]> RunAsync(string profile, params string[] requests)
    {
        var result = await ProgramInProcess.RunAsync(
            ["charts", "run", "-o", "json-lines"], string.Join('\n', requests.Prepend(Load("c.scxml", profile))));
        var answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That((result.ExitCode, result.Error, answers[0]), Is.EqualTo((ExitCode.Ok, "", Ok)));
        Assert.That(answers, Has.Length.EqualTo(requests.Length + 1));
        return answers[1..];
    }
}
