using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>The demonstration, as a newcomer runs it.</summary>
[Category("Socket")]
public sealed class DemoTests
{
    [Test, CancelAfter(120_000)]
    public async Task Demo_ShowsThatBothNodesTellTheSame_AndLeavesNothingBehind(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var start = folder["state"];
        var before = Folders();

        var result = await MeshProcess.RunAsync(start, null, ["demo"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, string.Join('\n', result.Errors));
            Assert.That(result.Output, Has.Exactly(2).StartsWith("ready "));
            Assert.That(result.Output, Has.Some.Contains(" seen ").And.Some.Contains(" heard "));
            Assert.That(result.Output, Has.Some.StartsWith("accepted both ways: pi "));
            Assert.That(result.Output, Has.Exactly(6).StartsWith(" [x] Trace: "));
            Assert.That(result.Output, Has.Some.EqualTo("[Statechart: producer_pi] (?)"));
            Assert.That(result.Output.TakeLast(3), Is.EqualTo(
                new[] { "  equal: 49 spy lines", "  equal: 49 spy lines, live", "  equal: 6 trace lines" }));
            Assert.That(Directory.Exists(start), Is.False, "the demonstration has folders of its own");
            Assert.That(Folders().Except(before), Is.Empty);
        }
    }

    private static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "mesh-demo-*");
}
