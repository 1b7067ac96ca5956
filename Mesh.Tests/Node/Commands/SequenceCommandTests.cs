using System.Text.Json;
using Mesh.Node;
using NUnit.Framework;

namespace Mesh.Tests.Node.Commands;

/// <summary><c>meshnode sequence</c> from a text to drawings, to the byte.</summary>
public sealed class SequenceCommandTests
{
    private const string Stamp = "[2018-01-10 13:14:26.739622]";

    [TestCase("producer")]
    [TestCase("arrows")]
    [TestCase("two-charts")]
    public async Task Sequence_DrawsWhatMirosDraws(string name)
    {
        var result = await ProgramInProcess.RunAsync(["sequence", Expectation($"{name}.trace.txt")]);

        var expected = await File.ReadAllTextAsync(Expectation($"{name}.diagram.txt"));
        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, expected, "")));
    }

    [TestCase("-")]
    [TestCase(null)]
    public async Task Sequence_ReadsStandardInput(string? source)
    {
        var trace = await File.ReadAllTextAsync(Expectation("two-charts.trace.txt"));
        string[] arguments = source is null ? ["sequence"] : ["sequence", source];

        var result = await ProgramInProcess.RunAsync(arguments, trace);

        var expected = await File.ReadAllTextAsync(Expectation("two-charts.diagram.txt"));
        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, expected, "")));
    }

    [Test]
    public async Task Sequence_DrawsTheSame_WhenTheTraceIsTaggedAndAmongSpyLines()
    {
        var trace = await File.ReadAllLinesAsync(Expectation("two-charts.trace.txt"));
        var log = string.Concat(trace.Select(line =>
            $" [+s] [my-chart] START\r\n [+t] {line}\r\n\r\n [+s] [75c8c] <- Queued:(0) Deferred:(0)\r\n[I] x->y\r\n"));

        var result = await ProgramInProcess.RunAsync(["sequence", "-"], log);

        var expected = await File.ReadAllTextAsync(Expectation("two-charts.diagram.txt"));
        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, expected, "")));
    }

    [Test]
    public async Task Sequence_DrawsAChain_WhenAllStampsAreEqual()
    {
        var upsideDown = $"{Stamp} [c] e->Y() b->c\n{Stamp} [c] e->X() a->b\n{Stamp} [c] e->start_at() top->a\n";
        var inOrder = $"{Stamp} [c] e->start_at() top->a\n{Stamp} [c] e->X() a->b\n{Stamp} [c] e->Y() b->c\n";

        var result = await ProgramInProcess.RunAsync(["sequence"], upsideDown);

        Assert.That(result, Is.EqualTo(await ProgramInProcess.RunAsync(["sequence"], inOrder)));
    }

    [Test]
    public async Task Sequence_ListsTheSteps_WhenJsonIsAskedFor()
    {
        var trace = $"noise\n{Stamp} [my-chart] e->B() c1->c1\n[x] e->C() c1->c2\n";

        var result = await ProgramInProcess.RunAsync(["sequence", "-o", "json"], trace);

        const string expected =
            """{"schema":"mesh.sequence/1","charts":[""" +
            """{"chart":"my-chart","steps":[""" +
            """{"time":"2018-01-10 13:14:26.739622","signal":"B()","from":"c1","to":"c1"}]},""" +
            """{"chart":"x","steps":[{"time":null,"signal":"C()","from":"c1","to":"c2"}]}]}""";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Is.EqualTo(expected + "\n"));
            Assert.That(() => JsonDocument.Parse(result.Output).Dispose(), Throws.Nothing);
        }
    }

    [Test]
    public async Task Sequence_Ends3_WhenTheTextHoldsNoTrace()
    {
        var result = await ProgramInProcess.RunAsync(["sequence"], "START\n [+s] [name] START\n");

        Assert.That(
            result, Is.EqualTo(new ProgramResult(ExitCode.NotFound, "", "meshnode: -: no trace lines in it\n")));
    }

    [Test]
    public async Task Sequence_Ends3_WhenTheFileIsMissing()
    {
        var result = await ProgramInProcess.RunAsync(["sequence", "/no/such/trace.txt"]);

        var expected = new ProgramResult(ExitCode.NotFound, "", "meshnode: /no/such/trace.txt: no such file\n");
        Assert.That(result, Is.EqualTo(expected));
    }

    [Test]
    public async Task Sequence_Ends1_WhenTheFileIsAFolder()
    {
        var result = await ProgramInProcess.RunAsync(["sequence", Path.GetTempPath()]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.Error, Does.Contain("cannot be read").And.Matches("^[^\n]*\n$"));
        }
    }

    private static string Expectation(string file) =>
        Path.Combine(AppContext.BaseDirectory, "Expectations", "sequence", file);
}
