using System.Diagnostics;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>One holder at a time, between handles and between processes.</summary>
public sealed class FileLockTests
{
    private const int EndMs = 10_000;

    [Test]
    public void TryAcquire_GivesNull_WhileAnotherHandleHasTheLock()
    {
        using var folder = new TemporaryFolder();
        using var first = FileLock.TryAcquire(folder["lock"]);

        using var second = FileLock.TryAcquire(folder["lock"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.Not.Null);
            Assert.That(second, Is.Null);
            Assert.That(FileLock.HolderOf(folder["lock"]), Is.EqualTo(Environment.ProcessId));
        }
    }

    [Test]
    public void Dispose_LetsTheNextOneIn()
    {
        using var folder = new TemporaryFolder();
        var first = FileLock.TryAcquire(folder["lock"]);

        first!.Dispose();
        first.Dispose();
        var holder = FileLock.HolderOf(folder["lock"]);
        using var second = FileLock.TryAcquire(folder["lock"]);

        Assert.That(holder, Is.Null);
        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public void HolderOf_GivesNull_WhenTheFileIsDamaged()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["lock.pid"], "no number");

        Assert.That(FileLock.HolderOf(folder["lock"]), Is.Null);
    }

    [Test]
    public void TryAcquire_Throws_WhenTheFolderIsMissing()
    {
        using var folder = new TemporaryFolder();

        Assert.That(
            () => FileLock.TryAcquire(Path.Combine(folder["missing"], "lock")),
            Throws.TypeOf<MeshException>());
    }

    [Test, Platform("Linux"), CancelAfter(30_000)]
    public async Task TryAcquire_GivesNull_UntilTheOtherProcessIsKilled(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var other = StartHolder(folder["lock"]);
        await other.StandardOutput.ReadLineAsync(cancellationToken);

        using var refused = FileLock.TryAcquire(folder["lock"]);
        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync(cancellationToken);
        using var granted = FileLock.TryAcquire(folder["lock"]);

        Assert.That(refused, Is.Null);
        Assert.That(granted, Is.Not.Null);
    }

    [Test, Platform("Linux")]
    public void TryAcquire_KeepsOtherProcessesOut()
    {
        using var folder = new TemporaryFolder();
        var held = FileLock.TryAcquire(folder["lock"]);

        var whileHeld = TryInAnotherProcess(folder["lock"]);
        held!.Dispose();
        var afterwards = TryInAnotherProcess(folder["lock"]);

        Assert.That(whileHeld, Is.EqualTo(1));
        Assert.That(afterwards, Is.Zero);
    }

    // "flock" of util-linux takes the same lock; --no-fork makes it become "cat", which holds the file open.
    private static Process StartHolder(string path) => Process.Start(new ProcessStartInfo("flock")
    {
        ArgumentList = { "--no-fork", path, "sh", "-c", "echo held; exec cat" },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static int TryInAnotherProcess(string path)
    {
        using var process = Process.Start("flock", ["--nonblock", path, "true"]);
        Assert.That(process.WaitForExit(EndMs), Is.True);
        return process.ExitCode;
    }
}
