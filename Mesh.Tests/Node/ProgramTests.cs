using System.CommandLine;
using System.Text;
using Mesh.Node;
using Mesh.Node.Commands;
using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>What every command line has in common: usage errors, help, the form of errors.</summary>
public sealed class ProgramTests
{
    private static readonly TestCaseData<string[], string>[] UsageFaults =
    [
        new(["nonsense"], "unknown command \"nonsense\". See `meshnode --help`."),
        new(["verzion"], "unknown command \"verzion\"; did you mean \"version\"? See `meshnode --help`."),
        new(["--quite"], "unknown option \"--quite\"; did you mean \"--quiet\"? See `meshnode --help`."),
        new(["version", "extra"], "unexpected argument \"extra\". See `meshnode version --help`."),
        new(["version", "--outptu", "json"],
            "unknown option \"--outptu\"; did you mean \"--output\"? See `meshnode version --help`."),
        new(["version", "--zzz"], "unknown option \"--zzz\". See `meshnode version --help`."),
        new(["version", "-o", "yaml"],
            "\"yaml\" is no output form here; there are: text, json. See `meshnode version --help`."),
        new(["version", "-o"], "Required argument missing for option: '-o'. See `meshnode version --help`."),
        new(["sequence", "--nummer"],
            "unknown option \"--nummer\"; did you mean \"--number\"? See `meshnode sequence --help`."),
        new(["sequence", "a", "b"], "unexpected argument \"b\". See `meshnode sequence --help`."),
        new(["help", "verison"], "unknown command \"verison\"; did you mean \"version\"? See `meshnode --help`."),
        new(["bad\u001b[31m"], "unknown command \"bad\\x1b[31m\". See `meshnode --help`."),
    ];

    [TestCaseSource(nameof(UsageFaults))]
    public async Task Run_SaysTheFaultInOneLine_WhenTheCommandLineIsWrong(string[] arguments, string fault)
    {
        var result = await ProgramInProcess.RunAsync(arguments);

        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Usage, "", $"meshnode: {fault}\n")));
    }

    [Test]
    public async Task Run_SaysTheFaultAsJson_WhenJsonWasAskedFor()
    {
        var result = await ProgramInProcess.RunAsync(["version", "-o", "json", "--zzz"]);

        const string fault = """{"schema":"mesh.error/1","exit":2,"code":"usage",""" +
            "\"message\":\"unknown option \\\"--zzz\\\". See `meshnode version --help`.\"}\n";
        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Usage, "", fault)));
    }

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("help")]
    public async Task Run_ListsTheCommands_WhenHelpIsAskedFor(string word)
    {
        var result = await ProgramInProcess.RunAsync([word]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(result.Output, Does.Contain(ShortHelp.Summary).And.Contain("  version "));
            Assert.That(result.Error, Is.Empty);
        }
    }

    [Test]
    public async Task Run_ShowsTheSameHelp_WhenItIsAskedForByVerbOrByOption()
    {
        var byOption = await ProgramInProcess.RunAsync(["sequence", "--help"]);
        var byVerb = await ProgramInProcess.RunAsync(["help", "sequence"]);

        Assert.That(byVerb, Is.EqualTo(byOption));
    }

    [Test]
    public async Task Run_TakesTheWordAsData_WhenItBeginsWithAnAtSign()
    {
        var result = await ProgramInProcess.RunAsync(["sequence", "@trace.txt"]);

        Assert.That(
            result, Is.EqualTo(new ProgramResult(ExitCode.NotFound, "", "meshnode: @trace.txt: no such file\n")));
    }

    [Test]
    public async Task Run_TakesTheWordAsFile_WhenItStandsBehindTwoDashes()
    {
        var result = await ProgramInProcess.RunAsync(["sequence", "--", "--trace.txt"]);

        Assert.That(result.Error, Is.EqualTo("meshnode: --trace.txt: no such file\n"));
    }

    [TestCase("meshnode seq", "sequence\n")]
    [TestCase("meshnode version -o ", "json\ntext\n")]
    public async Task Run_CompletesTheLine_WhenTheShellAsks(string line, string expected)
    {
        var result = await ProgramInProcess.RunAsync([$"[suggest:{line.Length}]", line]);

        Assert.That(result.Output, Is.EqualTo(expected));
    }

    [Test]
    public void Commands_OfferJson_WhenTheyPrintData()
    {
        // These print no data: a node runs, an address is noted, a story is told, or it is help.
        string[] silent = ["up", "add", "demo", "help"];
        var tree = Tree();
        var without = Leaves(tree)
            .Where(command => !silent.Contains(command.Name))
            .Where(command => !command.Options.OfType<OutputOption>()
                .Any(option => option.Offers(OutputFormat.Json) || option.Offers(OutputFormat.Ndjson)))
            .Select(command => command.Name);

        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Commands_HaveADescriptionOfOneSentence()
    {
        var bad = Leaves(Tree())
            .Where(command => command.Description is not { Length: > 10 } text || !text.EndsWith('.'))
            .Select(command => command.Name);

        Assert.That(bad, Is.Empty);
    }

    [Test]
    public async Task Run_ReturnsInterrupted_WhenTheStopTokenEndsACommandThatWaits()
    {
        using var stop = new CancellationTokenSource();
        using var input = new BlockedStream();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var services = ProgramInProcess.Services(output, error, input) with { StopToken = stop.Token };

        var run = MeshNodeProgram.RunAsync(["sequence", "-"], services);
        await input.ReadStarted;
        await stop.CancelAsync();

        Assert.That(await run, Is.EqualTo(ExitCode.Interrupted));
    }

    [Test]
    public async Task Run_ReturnsUsage_WhenAPersonNamesNoFile()
    {
        using var error = new MemoryStream();
        var services = ProgramInProcess.Services(Stream.Null, error, Stream.Null) with { InputIsTerminal = true };

        var exitCode = await MeshNodeProgram.RunAsync(["sequence"], services);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(
                Encoding.UTF8.GetString(error.ToArray()),
                Is.EqualTo("meshnode: name a chart or a file, or - to type the trace."
                    + " See `meshnode sequence --help`.\n"));
        }
    }

    private static RootCommand Tree()
    {
        var services = ProgramInProcess.Services(Stream.Null, Stream.Null, Stream.Null);
        return CommandTree.Create(new CommandContext(services, new CommandOutput(services)));
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
