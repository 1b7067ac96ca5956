using System.Diagnostics;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>The build script's manners; what it builds and runs is this very test run.</summary>
[Platform(Include = "Unix,Linux,MacOsX", Reason = "build.sh needs bash")]
[CancelAfter(60_000)]
public sealed class BuildScriptTests
{
    [Test]
    public async Task Help_NamesEveryVerb(CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await RunAsync(["help"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(error, Is.Empty);
            foreach (var verb in new[] { "test", "bench", "format", "publish", "clean", "help" })
            {
                Assert.That(output, Does.Contain($"\n  {verb} "));
            }
        }
    }

    [TestCase("build.sh: unknown verb \"tset\"; see ./build.sh help\n", "tset")]
    [TestCase("build.sh: --filter needs a value; see ./build.sh help\n", "test", "--filter")]
    [TestCase("build.sh: test does not know \"--fliter\"; see ./build.sh help\n", "test", "--fliter", "x")]
    public async Task Run_SaysTheFaultInOneLine_WhenTheArgumentsAreWrong(string fault, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Is.EqualTo(fault));
        }
    }

    [Test]
    public void Scripts_HaveNoCarriageReturns_AndMayBeRun()
    {
        foreach (var name in new[] { "build.sh", ".ci/run" })
        {
            var file = Path.Combine(RepositoryRoot.Path, name);
            var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(File.ReadAllText(file), Does.Not.Contain('\r'), name);
                Assert.That(mode.HasFlag(UnixFileMode.UserExecute), name);
            }
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash", arguments.Prepend(Path.Combine(RepositoryRoot.Path, "build.sh")))
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, error);
    }
}
