using Mesh.Node;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary><c>meshnode charts run</c> and <c>check</c>, and the answers of the line runner.</summary>
public sealed class ChartCommandTests
{
    [Test]
    public async Task Run_PrintsTheSpy()
    {
        var result = await ProgramInProcess.RunAsync(
            ["charts", "run", LineClient.Chart("C01.scxml"), "--events", "B"]);

        var expected = await File.ReadAllTextAsync(LineClient.Chart("C01.spy.txt"));
        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, expected, "")));
    }

    [Test]
    public async Task Run_ServesTheFileOfTheCommandLine()
    {
        var result = await ProgramInProcess.RunAsync(
            ["charts", "run", LineClient.Chart("C01.scxml"), "-o", "json-lines"], """{"op":"state"}""");

        Assert.That(result, Is.EqualTo(new ProgramResult(
            ExitCode.Ok, """{"ok":true,"config":["c1"],"done":false,"queued":0,"deferred":0}""" + "\n", "")));
    }

    [TestCase("charts", "run")]
    [TestCase("charts", "check")]
    [TestCase("up", "--chart")]
    public async Task Commands_End2WithOneLineAndThePlace_WhenTheFileIsWrong(string verb, string rest)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mesh-wrong-{rest}-{Environment.ProcessId}.scxml");
        await File.WriteAllTextAsync(path, "<scxml\n xmlns='http://www.w3.org/2005/07/scxml'><state idd='a'/></scxml>");
        try
        {
            var result = await ProgramInProcess.RunAsync([verb, rest, path]);

            var message = $"meshnode: {path}:2:49: unknown attribute 'idd' of <state>\n";
            Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Usage, "", message)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Run_Ends3_WhenTheFileIsMissing()
    {
        var result = await ProgramInProcess.RunAsync(["charts", "run", "/no/such.scxml"]);

        Assert.That(
            result,
            Is.EqualTo(new ProgramResult(ExitCode.NotFound, "", "meshnode: /no/such.scxml: no such file\n")));
    }

    [Test]
    public async Task Run_Ends2_WhenAnEventHasTheNameOfAnInnerSignal()
    {
        var result = await ProgramInProcess.RunAsync(
            ["charts", "run", LineClient.Chart("C01.scxml"), "--events", "B EXIT_SIGNAL"]);

        Assert.That(result, Is.EqualTo(new ProgramResult(
            ExitCode.Usage, "", "meshnode: --events: \"EXIT_SIGNAL\" is a signal of the engine\n")));
    }

    [Test]
    public async Task Check_TellsPlaceSeverityMessageAndKind()
    {
        using var folder = new TemporaryFolder();
        var path = folder["c.scxml"];
        await File.WriteAllTextAsync(
            path,
            """
            <scxml xmlns="http://www.w3.org/2005/07/scxml"><state id="a">
            <transition event="e" cond="x"/></state></scxml>
            """);

        var text = await ProgramInProcess.RunAsync(["charts", "check", path]);
        var json = await ProgramInProcess.RunAsync(["charts", "check", path, "-o", "json"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(new ProgramResult(
                ExitCode.Failed,
                $"{path}:1:2: note: the chart has no final state: it never ends by itself [missing-final]\n"
                + $"{path}:2:29: warning: there is no variable 'x' [unknown-name]\n",
                "")));
            Assert.That(
                json.Output,
                Does.Contain(
                    """{"kind":"unknown-name","severity":"warning","message":"there is no variable 'x'","""
                    + "\"line\":2,\"column\":29}"));
        }
    }

    [Test]
    public async Task Run_Ends2_WhenNoFileIsNamed()
    {
        var result = await ProgramInProcess.RunAsync(["charts", "run"]);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Usage));
    }

    [TestCase("""{"op":"state"}""", """{"ok":false,"error":"no chart is loaded"}""")]
    [TestCase("""{"op":"dance"}""", """{"ok":false,"error":"unknown op \"dance\""}""")]
    [TestCase("""{}""", """{"ok":false,"error":"the request has no \"op\""}""")]
    [TestCase("""[1]""", """{"ok":false,"error":"a request is a JSON object"}""")]
    [TestCase("""{"op":""", """{"ok":false,"error":"the request is not JSON","line":1,"column":7}""")]
    [TestCase("""{"op":"load","file":"/no/such"}""", """{"ok":false,"error":"/no/such: no such file"}""")]
    [TestCase("""{"op":"load"}""", """{"ok":false,"error":"the request has no \"file\""}""")]
    [TestCase("""{"op":5}""", """{"ok":false,"error":"\"op\" is not a text"}""")]
    public async Task Run_AnswersWrongRequests(string request, string answer)
    {
        var result = await ProgramInProcess.RunAsync(["charts", "run", "-o", "json-lines"], request);

        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, answer + "\n", "")));
    }

    [TestCase("""{"op":"event"}""", "the request has no \"name\"")]
    [TestCase("""{"op":"post","name":"A","queue":"best"}""", "queue \"best\" is not one of: fifo, lifo")]
    [TestCase("""{"op":"advance"}""", "\"ms\" is a number of milliseconds from 0 to a year")]
    [TestCase("""{"op":"advance","ms":-1}""", "\"ms\" is a number of milliseconds from 0 to a year")]
    [TestCase("""{"op":"load","file":"x","profile":"uml"}""", "profile \"uml\" is not one of: samek, scxml")]
    public async Task Run_KeepsTheChart_WhenARequestIsWrong(string request, string error)
    {
        var answers = await LineClient.AnswersAsync(LineClient.Chart("C01.scxml"), request, """{"op":"state"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[1].GetProperty("error").GetString(), Is.EqualTo(error));
            Assert.That(answers[2].Texts("config"), Is.EqualTo(new[] { "c1" }));
        }
    }

    [Test]
    public async Task Step_AddsOnlyTheQueueLine_WhenNothingWaits()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Chart("C13.scxml"), """{"op":"step"}""", """{"op":"spy"}""");

        Assert.That(
            answers[2].Texts("lines").TakeLast(2), Is.All.EqualTo("<- Queued:(0) Deferred:(0)"));
    }

    [Test]
    public async Task Post_JumpsTheQueue_WhenItIsLifo()
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Chart("C15.scxml"),
            """{"op":"post","name":"X"}""",
            """{"op":"post","name":"A","queue":"lifo"}""",
            """{"op":"state"}""",
            """{"op":"step"}""",
            """{"op":"state"}""");

        Assert.That(
            (answers[3].GetRawText(), answers[5].GetRawText()),
            Is.EqualTo((
                """{"ok":true,"config":["s1"],"done":false,"queued":2,"deferred":0}""",
                """{"ok":true,"config":["s1"],"done":false,"queued":1,"deferred":1}""")));
    }

    [Test]
    public async Task Idle_IsGivenUp_WhenTheChartNeverRests()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mesh-restless-{Environment.ProcessId}.scxml");
        await File.WriteAllTextAsync(
            path,
            """
            <scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" mesh:profile="samek">
              <state id="a"><transition event="e"><send event="e"/></transition></state>
            </scxml>
            """);
        try
        {
            var answers = await LineClient.AnswersAsync(path, """{"op":"event","name":"e"}""", """{"op":"state"}""");

            Assert.That(
                answers[1].GetProperty("error").GetString(), Is.EqualTo("the chart is not idle after 100000 steps"));
            Assert.That(answers[2].GetProperty("ok").GetBoolean(), Is.True);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
