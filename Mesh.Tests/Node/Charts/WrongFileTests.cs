using System.Text;
using System.Text.RegularExpressions;
using Mesh.Node;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>A wrong file, named to the program: one line with its place, soon and in little memory.</summary>
public sealed class WrongFileTests
{
    private const int LargeBytes = 100 * 1_024 * 1_024;
    private const long MostMemoryBytes = 200_000_000;

    private const string Head = """<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0">""" + "\n";

    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(1);

    [TestCase("check", "not XML", "1:1: not XML: ")]
    [TestCase("run", "not XML", "1:1: not XML: ")]
    [TestCase("check", "an unknown element", "2:16: <stat> is unknown")]
    [TestCase("run", "a missing target", "2:45: there is no state 'b'")]
    [TestCase("check", "a bad expression", "2:46: 'cond': the expression ends")]
    [TestCase("check", "100 MB", "1:1: the file has 104857600 bytes")]
    [TestCase("run", "100 MB", "1:1: the file has 104857600 bytes")]
    [TestCase("check", "10,000 levels", "2:891: elements lie deeper than 128")]
    [TestCase("run", "a billion laughs", "2:1: document types and entities are refused")]
    [CancelAfter(10_000)]
    public async Task Charts_RefusesAWrongFile(
        string verb, string what, string beginning, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var path = folder["wrong.scxml"];
        await using (var file = File.Create(path))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(ContentOf(what)), cancellationToken);
            if (what == "100 MB")
            {
                file.SetLength(LargeBytes);
            }
        }

        var (result, processorTime, peakBytes) = await MeshNodeProcess.MeasureAsync(
            ["charts", verb, path], cancellationToken);

        await TestContext.Out.WriteLineAsync($"{processorTime.TotalMilliseconds} ms, {peakBytes} bytes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Match(@$"\Ameshnode: {Regex.Escape($"{path}:{beginning}")}[^\n]*\n\z"));
            Assert.That(processorTime, Is.GreaterThan(TimeSpan.Zero).And.LessThan(MostProcessorTime));
            Assert.That(peakBytes, Is.LessThan(MostMemoryBytes));
            Assert.That(peakBytes, OperatingSystem.IsLinux() ? Is.Positive : Is.Not.Negative);
        }
    }

    private static string ContentOf(string what) => what switch
    {
        "an unknown element" => Head + "<state id='a'><stat/></state></scxml>",
        "a missing target" => Head + "<state id='a'><transition event='e' target='b'/></state></scxml>",
        "a bad expression" => Head + "<state id='a'><transition event='e' cond='1 +'/></state></scxml>",
        "10,000 levels" => Head + Repeated("<state>", 10_000),
        "a billion laughs" => Laughs(),
        _ => "just text",
    };

    private static string Laughs()
    {
        var entities = Enumerable.Range(1, 9)
            .Select(level => $"<!ENTITY a{level} \"{Repeated($"&a{level - 1};", 10)}\">");
        return "<?xml version=\"1.0\"?>\n<!DOCTYPE scxml [<!ENTITY a0 \"ha\">" + string.Concat(entities) + "]>\n"
            + Head + "<state id='&a9;'/></scxml>";
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
