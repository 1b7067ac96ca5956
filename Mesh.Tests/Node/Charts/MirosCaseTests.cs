using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>Charts of miros written as SCXML, through the line runner: its spy and trace, line by line.</summary>
public sealed class MirosCaseTests
{
    private const string QueueLine = "<- Queued:";

    [TestCase("C01", "B")]
    [TestCase("C05f", "T OPEN T")]
    [TestCase("C08", "T")]
    public async Task Events_GiveTheLinesOfMiros(string name, string events)
    {
        var requests = events.Split(' ').Select(each => $$"""{"op":"event","name":"{{each}}"}""");

        await AssertLinesAsync(name, false, [.. requests]);
    }

    [TestCase("C02a", "A")]
    [TestCase("C02d", "A")]
    [TestCase("C02g2", "B")]
    [TestCase("C03", "E")]
    [TestCase("C05", "T OPEN T")]
    public async Task Dispatches_GiveTheLinesOfTheProcessorAlone(string name, string events)
    {
        var requests = events.Split(' ').Select(each => $$"""{"op":"dispatch","name":"{{each}}"}""");

        await AssertLinesAsync(name, true, [.. requests]);
    }

    [Test]
    public async Task TimedPosts_GiveTheLinesOfMiros()
    {
        await AssertLinesAsync(
            "C10", false, """{"op":"advance","ms":450}""", """{"op":"event","name":"TRIGGER_PULLED"}""");
    }

    [Test]
    public async Task Posts_WaitUntilTheyAreRun()
    {
        const string post = """{"op":"post","name":"A"}""";

        await AssertLinesAsync("C13", false, post, post, post, """{"op":"idle"}""");
    }

    [Test]
    public async Task Steps_RunOneEventEach()
    {
        const string step = """{"op":"step"}""";
        string[] requests =
        [
            .. new[] { "A", "A", "R", "", "R", "", "R" }.SelectMany(
                name => name.Length == 0 ? [step] : new[] { $$"""{"op":"post","name":"{{name}}"}""", step }),
        ];

        await AssertLinesAsync("C15", false, requests);
    }

    private static async Task AssertLinesAsync(string name, bool isBare, params string[] requests)
    {
        var answers = await LineClient.AnswersAsync(
            LineClient.Chart($"{name}.scxml"), [.. requests, """{"op":"spy"}""", """{"op":"trace"}"""]);

        var spy = answers[^2].Texts("lines");
        if (isBare)
        {
            // Only the start came from a host with queues.
            var start = spy.TakeWhile(line => !line.StartsWith(QueueLine, StringComparison.Ordinal)).ToList();
            spy = start.Concat(spy.Skip(start.Count + 1));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.GetProperty("ok").GetBoolean()), Is.All.True);
            Assert.That(spy, Is.EqualTo(await File.ReadAllLinesAsync(LineClient.Chart($"{name}.spy.txt"))));
            Assert.That(
                answers[^1].Texts("lines"),
                Is.EqualTo(await File.ReadAllLinesAsync(LineClient.Chart($"{name}.trace.txt"))));
        }
    }
}
