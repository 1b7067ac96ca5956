using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Identity;

/// <summary>The local socket: short, the same for all processes of a user, another for each state folder.</summary>
public sealed class LocalSocketPathTests
{
    [Test]
    public void Choose_TakesTheRuntimeFolder_WhenThereIsOne()
    {
        var path = LocalSocketPath.Choose("/home/ada/state", "/run/user/1000", "/tmp", "ada");

        Assert.That(path, Does.Match(@"^/run/user/1000/mesh/[0-9a-z]{16}\.sock$"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Choose_TakesAFolderOfTheUserUnderTheTemporaryOne_Otherwise(string? runtimeFolder)
    {
        var path = LocalSocketPath.Choose("/home/ada/state", runtimeFolder, "/tmp", "ada");

        Assert.That(path, Does.Match(@"^/tmp/mesh-[0-9a-z]{16}/[0-9a-z]{16}\.sock$"));
    }

    [Test]
    public void Choose_DependsOnTheStateFolderAndTheUserAlone()
    {
        var path = LocalSocketPath.Choose("/home/ada/state", null, "/tmp", "ada");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LocalSocketPath.Choose("/home/ada/state", null, "/tmp", "ada"), Is.EqualTo(path));
            Assert.That(LocalSocketPath.Choose("/home/ada/other", null, "/tmp", "ada"), Is.Not.EqualTo(path));
            Assert.That(LocalSocketPath.Choose("/home/ada/state", null, "/tmp", "bob"), Is.Not.EqualTo(path));
        }
    }

    [Test]
    public void Choose_StaysShort_HoweverDeepTheStateFolderLies()
    {
        var deep = "/" + string.Join('/', Enumerable.Repeat("folder", 100));

        var path = LocalSocketPath.Choose(deep, "/run/user/1000", "/tmp", new string('ü', 200));

        Assert.That(Encoding.UTF8.GetByteCount(path), Is.LessThanOrEqualTo(LocalSocketPath.MaxBytes));
    }

    [Test]
    public void Choose_TakesTheTemporaryFolder_WhenTheRuntimeFolderLiesTooDeep()
    {
        var deep = "/" + new string('r', LocalSocketPath.MaxBytes);

        Assert.That(LocalSocketPath.Choose("/state", deep, "/tmp", "ada"), Does.StartWith("/tmp/"));
        Assert.That(
            () => LocalSocketPath.Choose("/state", deep, deep, "ada"),
            Throws.TypeOf<MeshException>().With.Message.Contains("XDG_RUNTIME_DIR"));
    }

    [Test]
    public void Choose_GivesAPathThatASocketCanBeBoundTo()
    {
        using var folder = new TemporaryFolder();
        var path = LocalSocketPath.Choose(folder["state"], folder["runtime"], "/tmp", "ada");
        LocalSocketPath.PrepareFolder(path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        socket.Bind(new UnixDomainSocketEndPoint(path));

        Assert.That(File.Exists(path), Is.True);
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void PrepareFolder_MakesAFolder_ForTheOwnerAlone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder["mesh"], "a.sock");

        LocalSocketPath.PrepareFolder(path);
        LocalSocketPath.PrepareFolder(path);

        Assert.That(
            File.GetUnixFileMode(folder["mesh"]),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void PrepareFolder_Throws_WhenTheFolderIsOpenToOthersOrALink()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["open"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Directory.CreateSymbolicLink(folder["link"], folder.FolderPath);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => LocalSocketPath.PrepareFolder(Path.Combine(folder["open"], "a.sock")),
                Throws.TypeOf<MeshException>());
            Assert.That(
                () => LocalSocketPath.PrepareFolder(Path.Combine(folder["link"], "a.sock")),
                Throws.TypeOf<MeshException>());
        }
    }
}
