using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>Small files are replaced whole, made once, and readable by their owner alone.</summary>
public sealed class DurableFileTests
{
    [Test]
    public void Write_ReplacesTheContentAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();

        DurableFile.Write(folder["file"], "old and long"u8);
        DurableFile.Write(folder["file"], "new"u8);

        Assert.That(File.ReadAllText(folder["file"]), Is.EqualTo("new"));
        Assert.That(Directory.GetFiles(folder.FolderPath), Has.Length.EqualTo(1));
    }

    [Test, Platform(Exclude = "Win")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Write_MakesTheFile_ForItsOwnerAlone()
    {
        using var folder = new TemporaryFolder();

        DurableFile.Write(folder["file"], []);

        Assert.That(
            File.GetUnixFileMode(folder["file"]),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Write_ThrowsAndLeavesNothing_WhenTheTargetIsAFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["file"]);

        Assert.That(
            () => DurableFile.Write(folder["file"], "new"u8),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Directory.GetFiles(folder.FolderPath), Is.Empty);
    }

    [Test]
    public void TryCreate_ReturnsFalseAndKeepsTheContent_WhenTheFileIsThere()
    {
        using var folder = new TemporaryFolder();

        var first = DurableFile.TryCreate(folder["file"], "first"u8);
        var second = DurableFile.TryCreate(folder["file"], "second"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.True);
            Assert.That(second, Is.False);
            Assert.That(File.ReadAllText(folder["file"]), Is.EqualTo("first"));
            Assert.That(Directory.GetFiles(folder.FolderPath), Has.Length.EqualTo(1));
        }
    }

    [Test, Repeat(20)]
    public void TryCreate_HasOneWinner_WhenManyTryAtOnce()
    {
        using var folder = new TemporaryFolder();
        var winners = 0;
        var threads = Enumerable.Range(0, 8).Select(value => new Thread(() =>
        {
            if (DurableFile.TryCreate(folder["file"], [(byte)value]))
            {
                Interlocked.Increment(ref winners);
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(winners, Is.EqualTo(1));
        Assert.That(Directory.GetFiles(folder.FolderPath), Has.Length.EqualTo(1));
    }

    [Test]
    public void TryRead_GivesNull_WhenThereIsNoFileOrFolder()
    {
        using var folder = new TemporaryFolder();

        Assert.That(DurableFile.TryRead(folder["missing"], 10), Is.Null);
        Assert.That(DurableFile.TryRead(Path.Combine(folder["missing"], "file"), 10), Is.Null);
    }

    [Test]
    public void TryRead_GivesTheContent_UpToTheLimit()
    {
        using var folder = new TemporaryFolder();
        DurableFile.Write(folder["file"], "0123456789"u8);

        Assert.That(DurableFile.TryRead(folder["file"], 10), Is.EqualTo("0123456789"u8.ToArray()));
        Assert.That(() => DurableFile.TryRead(folder["file"], 9), Throws.TypeOf<MeshException>());
    }
}
