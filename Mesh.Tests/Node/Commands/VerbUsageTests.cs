using Mesh.Node;
using NUnit.Framework;

namespace Mesh.Tests.Node.Commands;

/// <summary>Command lines of the verbs that are wrong: one line, 2, and nothing was started.</summary>
public sealed class VerbUsageTests
{
    private static readonly TestCaseData<string[], string>[] Faults =
    [
        new(["up", "--name", "a b"],
            "\"a b\" cannot be the name of a node: no spaces, slashes, + or *, 64 bytes at most."
            + " See `meshnode up --help`."),
        new(["up", "--chart", "producer"],
            "\"producer\" is no chart; there are: sample:producer, sample:blinker, and files that end in .scxml. "
                + "See `meshnode up --help`."),
        new(["up", "--chart", "sample:producer", "--chart", "sample:producer"],
            "two charts are named \"producer\"; call one of them otherwise: NAME=sample:producer."
                + " See `meshnode up --help`."),
        new(["up", "--event-period", "0s"], "\"0s\" is too short. See `meshnode up --help`."),
        new(["up", "--event-period", "5"],
            "\"5\" is no duration; write it like 500ms, 10s, 5m or 1h. See `meshnode up --help`."),
        new(["up", "--port", "70000"], "\"70000\" is no port. See `meshnode up --help`."),
        new(["up", "--accept", "maybe"], "\"maybe\" is not among never, once, always. See `meshnode up --help`."),
        new(["up", "--peer", "pi:x"],
            "\"pi:x\" is no address; write it like 192.168.1.20:21750 or pi.local:21750. See `meshnode up --help`."),
        new(["up", "--mesh", ""], "the name of a mesh is not empty. See `meshnode up --help`."),
        new(
            ["up", "--mesh", new string('x', 129)],
            "the name of a mesh is at most 128 bytes that can be shown. See `meshnode up --help`."),
        new(["sub", "pi//x"],
            "\"pi//x\" is no pattern; write node/chart, node/... or +/chart. See `meshnode sub --help`."),
        new(["sub", "--lane", "all"], "\"all\" is not among trace, spy, both. See `meshnode sub --help`."),
        new(["sub", "-n", "0"], "\"0\" is no number of steps. See `meshnode sub --help`."),
        new(["sub", "-o", "json"],
            "\"json\" is no output form here; there are: text, ndjson, miros. See `meshnode sub --help`."),
        new(["spy", "pi"], "\"pi\" is no chart; write node/chart, like pi/producer. See `meshnode spy --help`."),
        new(["spy"], "Required argument 'NODE/CHART' missing for command: 'spy'. See `meshnode spy --help`."),
        new(["trace", "pi/a/b"],
            "\"pi/a/b\" is no chart; write node/chart, like pi/producer. See `meshnode trace --help`."),
        new(["invite", "--ttl", "8000h"], "\"8000h\" is out of range: 1s to 168h. See `meshnode invite --help`."),
        new(["invite", "--rights", "fly"],
            "\"fly\" are no rights; name some of trace,spy,post,call,admin. See `meshnode invite --help`."),
        new(["peers", "accept"],
            "Required argument 'NAME' missing for command: 'accept'. See `meshnode peers accept --help`."),
        new(["peers", "acept", "x"],
            "unknown command \"acept\"; did you mean \"accept\"? See `meshnode peers --help`."),
        new(["peers", "add", "pi:0"],
            "\"pi:0\" is no address; write it like 192.168.1.20:21750 or pi.local:21750."
            + " See `meshnode peers add --help`."),
        new(["charts", "show", "pi"],
            "\"pi\" is no chart; write node/chart, like pi/producer. See `meshnode charts show --help`."),
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task Run_SaysTheFaultInOneLine_WhenTheCommandLineIsWrong(string[] arguments, string fault)
    {
        var result = await ProgramInProcess.RunAsync(arguments);

        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Usage, "", $"meshnode: {fault}\n")));
    }

    [TestCase("status")]
    [TestCase("id")]
    [TestCase("join", "CODE")]
    public async Task Run_SaysWhatToSet_WhenThereIsNoPlaceForTheState(params string[] arguments)
    {
        var result = await ProgramInProcess.RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Error, Does.Contain("MESH_STATE_DIR").And.Matches("^[^\n]*\n$"));
        }
    }
}
