using System.Text.RegularExpressions;
using Mesh.Node;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>What <c>docs/statecharts.md</c> shows is what the program does.</summary>
public sealed partial class StatechartsDocumentTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(Architecture.RepositoryRoot.Path, "docs", "statecharts.md"));

    [Test]
    public void Samples_AreTheFiles()
    {
        var files = Directory.EnumerateFiles(LineClient.Sample("."), "*.scxml").Select(File.ReadAllText).ToList();
        var shown = XmlBlock().Matches(Text).Select(match => match.Groups["content"].Value).ToList();

        Assert.That(shown, Is.Not.Empty.And.SubsetOf(files));
    }

    [Test]
    public void Samples_AreAllNamed()
    {
        foreach (var file in Directory.EnumerateFiles(LineClient.Sample("."), "*.scxml"))
        {
            Assert.That(Text, Does.Contain(Path.GetFileName(file)));
        }
    }

    [Test]
    public void CSharp_GivesWhatItsCommentSays()
    {
        Assert.That(Text, Does.Contain("host.PostFifo(host.SignalOf(\"request\"));").And.Contain("busy: 1 served"));

        var file = ScxmlFile.Load(LineClient.Sample("counter.scxml"));
        var host = new ChartHost<ScxmlMemory>(
            file.Chart, file.CreateMemory(), TimeProvider.System, file.HostOptions);
        host.Start();
        host.PostFifo(host.SignalOf("request"));
        host.CompleteCircuit();

        Assert.That($"{host.StateName}: {host.Context.Values["served"]} served", Is.EqualTo("busy: 1 served"));
    }

    [Test]
    public async Task Commands_EndWell()
    {
        var run = await ProgramInProcess.RunAsync(
            ["charts", "run", LineClient.Sample("counter.scxml"), "--events", "request request ready"]);
        var check = await ProgramInProcess.RunAsync(["charts", "check", LineClient.Sample("traffic.scxml")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, check.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.Ok)));
            Assert.That(run.Output, Does.Contain("customer 2\n"));
            Assert.That(check.Output, Does.EndWith("no mistakes found\n"));
        }
    }

    [Test]
    public void Requests_AreThoseOfTheRunner()
    {
        string[] operations =
            ["load", "event", "post", "step", "idle", "dispatch", "advance", "spy", "trace", "state"];

        Assert.That(
            Operation().Matches(Text).Select(match => match.Groups["name"].Value).Distinct(),
            Is.EquivalentTo(operations));
    }

    [GeneratedRegex(@"```xml\n(?<content>.*?)```", RegexOptions.Singleline)]
    private static partial Regex XmlBlock();

    [GeneratedRegex(@"{""op"":""(?<name>\w+)""")]
    private static partial Regex Operation();
}
