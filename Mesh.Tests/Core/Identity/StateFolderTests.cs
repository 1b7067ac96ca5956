using System.Runtime.Versioning;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>The folder of a node: made once, safe from others, owned by one.</summary>
public sealed class StateFolderTests
{
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();

    [Test]
    public void LoadIdentity_GivesTheSameNode_EachTime()
    {
        using var temporary = new TemporaryFolder();

        using var first = StateFolder.Open(temporary["state"]).LoadIdentity(_primitives);
        using var second = StateFolder.Open(temporary["state"]).LoadIdentity(_primitives);

        Assert.That(second.Id, Is.EqualTo(first.Id));
    }

    [Test]
    public void LoadIdentity_GivesOtherNodes_InOtherFolders()
    {
        using var temporary = new TemporaryFolder();

        using var first = StateFolder.Open(temporary["a"]).LoadIdentity(_primitives);
        using var second = StateFolder.Open(temporary["b"]).LoadIdentity(_primitives);

        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public void LoadIdentity_GivesOneNode_WhenManyStartAtOnce()
    {
        using var temporary = new TemporaryFolder();
        var ids = new NodeId[8];
        var threads = Enumerable.Range(0, ids.Length).Select(index => new Thread(() =>
        {
            using var identity = StateFolder.Open(temporary["state"]).LoadIdentity(_primitives);
            ids[index] = identity.Id;
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        Assert.That(ids[0], Is.Not.EqualTo(default(NodeId)));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public void LoadIdentity_ThrowsAndKeepsTheFile_WhenTheSeedIsDamaged(int length)
    {
        using var temporary = new TemporaryFolder();
        DurableFile.Write(temporary["seed"], new byte[length]);

        Assert.That(
            () => StateFolder.Open(temporary.FolderPath).LoadIdentity(_primitives),
            Throws.TypeOf<MeshException>().With.Message.Contains(temporary["seed"]));
        Assert.That(new FileInfo(temporary["seed"]).Length, Is.EqualTo(length));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void Open_MakesFolderAndSeed_ForTheirOwnerAlone()
    {
        using var temporary = new TemporaryFolder();

        StateFolder.Open(temporary["state"]).LoadIdentity(_primitives).Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                File.GetUnixFileMode(temporary["state"]),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.That(
                File.GetUnixFileMode(Path.Combine(temporary["state"], "seed")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherWrite)]
    [Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void Open_Throws_WhenOthersMayWriteToTheFolder(UnixFileMode mode)
    {
        using var temporary = new TemporaryFolder();
        File.SetUnixFileMode(temporary.FolderPath, File.GetUnixFileMode(temporary.FolderPath) | mode);

        Assert.That(
            () => StateFolder.Open(temporary.FolderPath),
            Throws.TypeOf<MeshException>().With.Message.Contains("chmod go-w"));
    }

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.OtherWrite)]
    [Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void LoadIdentity_Throws_WhenTheSeedIsOpenToOthers(UnixFileMode mode)
    {
        using var temporary = new TemporaryFolder();
        var folder = StateFolder.Open(temporary.FolderPath);
        folder.LoadIdentity(_primitives).Dispose();
        File.SetUnixFileMode(temporary["seed"], UnixFileMode.UserRead | mode);

        Assert.That(
            () => folder.LoadIdentity(_primitives),
            Throws.TypeOf<MeshException>().With.Message.Contains("chmod 600"));
    }

    [Test]
    public void Open_Throws_WhenThePathIsAFile()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary["file"], string.Empty);

        Assert.That(() => StateFolder.Open(temporary["file"]), Throws.TypeOf<MeshException>());
    }

    [Test]
    public void LockOwner_NamesTheHolder_WhenTheFolderIsOwned()
    {
        using var temporary = new TemporaryFolder();
        using var held = StateFolder.Open(temporary.FolderPath).LockOwner();

        var refusal = Assert.Throws<MeshException>(
            () => StateFolder.Open(temporary.FolderPath).LockOwner().Dispose());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Failure, Is.EqualTo(MeshFailure.Owned));
            Assert.That(refusal.Message, Does.Contain($"process {Environment.ProcessId}"));
        }
    }

    [Test]
    public void TryLockOwner_GivesNull_WhileAnotherOwns()
    {
        using var temporary = new TemporaryFolder();
        var folder = StateFolder.Open(temporary.FolderPath);
        var held = folder.TryLockOwner();

        Assert.That(folder.TryLockOwner(), Is.Null);
        Assert.That(folder.OwnerProcessId(), Is.EqualTo(Environment.ProcessId));

        held!.Dispose();
        using var next = folder.TryLockOwner();

        Assert.That(next, Is.Not.Null);
    }
}
